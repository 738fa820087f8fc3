"""A thousand random Pokja with their whole past, scored by the portal and by a plain reading.

Any year, on any reference date, as it was known at any moment. ``reading`` is written from spec
section 5 and shares nothing with the portal's formulas and queries.
"""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F

from apps.effectiveness import formula, queries
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.models import Rubric, RubricCriterion
from apps.effectiveness.queries import assess
from apps.pokja.models import Pokja
from tests.effectiveness.histories import CRITERIA, NOW, START, YEARS, random_world
from tests.effectiveness.reading import Reading, Records
from tests.effectiveness.reading import Rubric as Asked
from tests.makers import make_indicator

pytestmark = pytest.mark.django_db

CHANGED = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)  # another rubric for 2026 was published
OLD = Asked(dict.fromkeys(CRITERIA, 25), CRITERIA, ("apbd_kabkota", "csr", "dana_desa"))
NEW = Asked(dict(zip(CRITERIA, (40, 10, 10, 40), strict=True)), ("sk", "anggaran"), ("csr",))


def publish_new_rubric():
    """From 2026 on other rules hold, since CHANGED; until then it was the built-in ones."""
    load_builtin_rubric()
    first = Rubric.objects.get()
    Rubric.objects.update(status="replaced", replaced_at=CHANGED)
    for code, asked, years in (("lama", OLD, (2015, 2025)), ("baru", NEW, (2026, None))):
        rubric = Rubric.objects.create(
            code=code,
            name=code,
            year_from=years[0],
            year_to=years[1],
            status="published",
            published_at=CHANGED,
            accepted_sources=list(asked.sources),
            region_rule=first.region_rule,
        )
        RubricCriterion.objects.bulk_create(
            RubricCriterion(
                rubric=rubric,
                criterion=name,
                weight=asked.weights[name],
                is_required=name in asked.required,
            )
            for name in CRITERIA
        )


@pytest.fixture
def world(regions, time_machine):
    """world(count): random Pokja, and their records."""
    time_machine.move_to(NOW, tick=False)

    def make(count, seed):
        publish_new_rubric()
        places = [regions.sulsel, regions.makassar, regions.bone, regions.banjarmasin]
        random_world(seed, count, places, make_indicator())
        return Records()

    return make


def questions(seed, count):
    """Random (year, reference date, moment); None is what the portal shows by itself."""
    rng = random.Random(seed)  # noqa: S311  the same questions every time
    span = int((NOW - START) / timedelta(minutes=1))
    for number in range(count):
        on = date(2024, 6, 1) + timedelta(days=rng.randrange(1000)) if number % 3 == 1 else None
        known = START + timedelta(minutes=rng.randrange(span)) if number % 3 else None
        yield YEARS[number % 2], on, known


def told(year, on, known) -> dict:
    """The same figures from the portal."""
    return {
        item.code: ([result.status for result in item.statuses], item.effective, item.score)
        for item in assess(Pokja.objects.all(), year, on, known=known)
    }


def expected(records, year, on, known) -> dict:
    asked = NEW if year >= 2026 and (known is None or known >= CHANGED) else OLD
    return Reading(records, known, NOW).scores(year, on, asked)


def differences(records, asked) -> list:
    found = []
    for year, on, known in asked:
        ours, theirs = told(year, on, known), expected(records, year, on, known)
        found += [
            (year, on, known, code, ours.get(code), theirs.get(code))
            for code in sorted(ours.keys() | theirs.keys())
            if ours.get(code) != theirs.get(code)
        ]
    return found


def test_a_thousand_histories_agree_with_a_plain_reading(world):
    records = world(1000, seed=5)
    assert differences(records, questions(seed=17, count=24)) == []
    # The question was worth asking: everything occurs, for every criterion.
    scores = list(told(2026, None, None).values())
    for place in range(len(CRITERIA)):
        assert len({statuses[place] for statuses, *_ in scores}) == 5
    assert {effective for _, effective, _ in scores} == {True, False}
    assert len({score for *_, score in scores}) > 4


def test_the_last_row_of_a_history_is_the_status_of_now(world):
    records = world(100, seed=6)
    then, now = Reading(records, NOW, NOW), Reading(records, None, NOW)
    assert [pk for pk in records.evidence if then.status(pk) != now.status(pk)] == []
    for year in YEARS:
        assert told(year, None, NOW) == told(year, None, None)


def budget_year_has_no_end(valid_from, valid_until, basis):
    return valid_until


def what_is_known_now(known, evidence=""):
    return F(f"{evidence}__status" if evidence else "status")


def the_first_version(rows, assumed=None):
    found = {}
    for row in rows:
        if row.status == "verified" or row.evidence_id == assumed:
            found.setdefault(row.family, row)
    return list(found.values())


@pytest.mark.parametrize(
    ("place", "name", "broken"),
    [
        (formula, "own_end", budget_year_has_no_end),
        (formula, "counting", the_first_version),
        (queries, "status_at", what_is_known_now),
    ],
)
def test_a_broken_rule_does_not_pass(world, monkeypatch, place, name, broken):
    records = world(120, seed=7)
    asked = list(questions(seed=18, count=6))
    assert differences(records, asked) == []
    monkeypatch.setattr(place, name, broken)
    assert differences(records, asked) != []
