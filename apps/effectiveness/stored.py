"""Keeping the stored figures: what was marked is computed again and written where it differs.

Readers never need it (see ``standings``): a province with a mark is computed on reading. So it
runs off the request, each minute and after imports, and may be late or die half-way: the mark
goes in the transaction that makes the rows right, and only marks that were there before the raw
rows were read go.
"""

import gc
import logging
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.database import insert_rows, refresh_statistics
from apps.core.importing import chunks
from apps.effectiveness import formula, stamps, triggers
from apps.effectiveness.due import batches, keeps, marked_pairs, marks_of, outdated
from apps.effectiveness.models import RegionTally, StaleMark, StoredScore, StoredTally
from apps.effectiveness.rubrics import Rules, rules_by_year
from apps.effectiveness.spans import Story, spans_of, unpack
from apps.effectiveness.stories import stories_of
from apps.effectiveness.tallying import Scored, grouped_runs, runs_by_region, runs_together
from apps.pokja.models import Pokja
from apps.regions.enums import Level
from apps.regions.models import Region

logger = logging.getLogger(__name__)

FIRST_YEAR = 2015
MANY_WRITTEN = 1000  # rows; after so many the planner is told
MANY = 1000  # regions; beyond them whole provinces are computed
SCORE_FIELDS = [
    *("province_id", "year", "pokja", "start", "end", "region_id"),
    *("cells", "details", "kinds", "effective", "score", "rules"),
]
TALLY_FIELDS = [
    *("province_id", "year", "start", "end", "rules"),
    *("pokja", "effective", "rated", "sent"),
    *("met_sk", "met_plan", "met_indicators", "met_budget"),
    *("waiting_sk", "waiting_plan", "waiting_indicators", "waiting_budget"),
    *("effective_provinces", "effective_districts"),
]
REGION_FIELDS = ["region_id", *TALLY_FIELDS]


@dataclass
class Settled:
    """What a run did: provinces looked at, rows of Pokja written, provinces that failed."""

    provinces: int = 0
    written: int = 0
    failed: int = 0


def years_kept(today: date) -> list[int]:
    """All years a page can show, and the next: the first day of a year needs no job."""
    return list(range(FIRST_YEAR, today.year + 2))


def settle(limit: int | None = None) -> Settled:
    """Make the stored rows of marked provinces right, at most ``limit`` provinces.

    Also of those that lack rows made with the rubrics in force: after a rubric was published, in
    a new year. A province that fails keeps its marks, is logged, and keeps nobody else waiting.
    """
    triggers.ensure()
    today = timezone.localdate()
    rules = rules_by_year(years_kept(today))
    done = Settled()
    for provinces in batches(marked_pairs(), outdated(rules), limit):
        _settle_safely(provinces, rules, today, done)
    if done.written >= MANY_WRITTEN:
        refresh_statistics(StoredScore, StoredTally, RegionTally)
    stamps.gather()
    return done


def rebuild() -> Settled:
    """Throw away what is stored and compute everything anew."""
    with transaction.atomic():
        StoredTally.objects.all().delete()
        RegionTally.objects.all().delete()
        StoredScore.objects.all().delete()
    return settle()


# --- making rows right -----------------------------------------------------------------------


def _settle_safely(batch, rules, today, done: Settled) -> None:
    """Whatever goes wrong in one province, the others are settled: a batch that fails is taken
    province by province. What failed is logged whole and keeps its marks, so it is computed on
    reading and tried again at the next run."""
    provinces, whole = batch
    try:
        with _gathering_no_garbage(), transaction.atomic():
            written = _settle(provinces, whole, rules, today)
    except Exception:
        if len(provinces) == 1:
            logger.exception("Nilai provinsi %s gagal dihitung ulang.", provinces[0])
            done.failed += 1
            return
        logger.warning("Beberapa provinsi dihitung ulang satu per satu.", exc_info=True)
        for pk in provinces:
            _settle_safely(([pk], whole & {pk}), rules, today, done)
        return
    done.provinces += len(provinces)
    done.written += written


@contextmanager
def _gathering_no_garbage():
    """A batch makes a hundred thousand small things and no circles among them: looking for some
    again and again is a fifth of its time. Its memory goes as ever, by count of references."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _settle(provinces: list[int], whole: set[int], rules, today: date) -> int:
    """Lock, then read the marks, then the raw rows: what is written later leaves a new mark."""
    held = Region.objects.select_for_update(no_key=True).filter(pk__in=provinces)
    list(held.order_by("pk").values_list("pk", flat=True))
    marks = marks_of(provinces)
    regions = {region for _, region, _, _ in marks}
    if len(regions) > MANY:
        regions, whole = set(), set(provinces)
    pokja = Pokja.objects.filter(
        Q(region__in=regions) | Q(region__province__in=whole),
        region__province__in=provinces,
    )
    stored = StoredScore.objects.filter(
        Q(region_id__in=regions) | Q(province_id__in=whole), province_id__in=provinces
    )
    rows = score_rows(stories_of(pokja, rules), rules, today)
    written = _replace(StoredScore, SCORE_FIELDS, stored, rows)
    # Of whole provinces these are all rows there are: no need to read them back.
    grouped = grouped_runs(map(_scored, rows)) if whole == set(provinces) else _stored(provinces)
    _settle_tallies(provinces, grouped, rules, today)
    stamps.move()
    settled = [pk for pk, _, then, now in marks if {then, now or then} <= set(provinces)]
    for part in chunks(settled):
        StaleMark.objects.filter(pk__in=part).delete()
    return written


def score_rows(stories: Iterable[Story], rules: Mapping[int, Rules | None], today: date) -> list:
    """Rows of StoredScore (the values of SCORE_FIELDS), as the formula gives them now."""
    kept = {year: keeps(each) for year, each in rules.items()}
    years = [year for year, told in kept.items() if told is not None]
    judged: dict[tuple[int, str], tuple] = {}
    found = []
    for story in stories:
        for year, spans in spans_of(story, years, today).items():
            for start, end, cells, details in spans:
                key = year, cells
                if key not in judged:
                    judged[key] = judge(cells, rules[year])
                found.append(
                    (
                        *(story.province_id, year, story.pokja_id, start, end, story.region_id),
                        *(cells, details, story.kinds, *judged[key], kept[year]),
                    )
                )
    return found


def judge(cells: str, rules: Rules | None) -> tuple[bool | None, int | None]:
    """(effective, score) of four cells by the rules; nothing without rules."""
    if rules is None:
        return None, None
    results = unpack(cells, ";;;")
    return (
        formula.is_effective(results, rules.required),
        formula.score(results, rules.weights),
    )


def _replace(model, fields: list[str], stored, rows: list[tuple]) -> int:
    """Write the rows that differ from those stored, and take away those that are no more; how
    many were written."""
    old = {row[1:]: row[0] for row in stored.order_by().values_list("pk", *fields)}
    new = [row for row in rows if old.pop(row, None) is None]
    for part in chunks(list(old.values())):
        model.objects.filter(pk__in=part).delete()
    insert_rows(model, fields, new)
    return len(new)


# --- tallies ---------------------------------------------------------------------------------


def _settle_tallies(provinces: list[int], grouped, rules, today: date) -> None:
    """The counts of the provinces in every year: which regions count may change by itself."""
    regions = Region.objects.with_pokja_level().filter(province__in=provinces).order_by()
    is_province: dict[int, dict[int, bool]] = {pk: {} for pk in provinces}
    for pk, province, level in regions.values_list("pk", "province_id", "level"):
        is_province[province][pk] = level == Level.PROVINSI
    there = Region.objects.filter(pk__in=provinces, level=Level.PROVINSI).order_by("pk")
    rows, parts = [], []
    for pk in there.values_list("pk", flat=True):
        for year in rules:
            scored = grouped.get((pk, year), ())
            found = tally_rows(pk, year, scored, rules, is_province[pk], today)
            rows += found[0]
            parts += found[1]
    for model, fields, fresh in (
        (StoredTally, TALLY_FIELDS, rows),
        (RegionTally, REGION_FIELDS, parts),
    ):
        _replace(model, fields, model.objects.filter(province_id__in=provinces), fresh)


def _stored(provinces: list[int]) -> dict[tuple[int, int], list[Scored]]:
    rows = StoredScore.objects.filter(province_id__in=provinces).order_by()
    names = ("province_id", "year", *Scored._fields)
    return grouped_runs(
        (pk, year, Scored(*values)) for pk, year, *values in rows.values_list(*names)
    )


def _scored(row: tuple) -> tuple[int, int, Scored]:
    """(province, year, run) of the values of SCORE_FIELDS."""
    province, year, pokja, start, end, region, cells, _, kinds, effective, *_ = row
    return province, year, Scored(start, end, pokja, region, cells, kinds, effective)


def tally_rows(province_id, year, scored, rules, is_province, today: date) -> tuple[list, list]:
    """Rows of StoredTally (the values of TALLY_FIELDS) of one province and year, and of
    RegionTally (REGION_FIELDS)."""
    told = keeps(rules.get(year))
    if told is None:
        return [], []
    rule = rules[year].region_rule if rules[year] else None
    is_past = year < today.year
    regions = runs_by_region(scored, year, rule, is_province, is_past=is_past)

    def rows(runs):
        return [(province_id, year, run.start, run.end, told, *run.figures) for run in runs]

    parts = [(pk, *row) for pk, runs in regions.items() for row in rows(runs)]
    return rows(runs_together(regions.values(), year, is_past=is_past)), parts
