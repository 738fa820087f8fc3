"""The contract read plainly from the raw rows (spec section 5); nothing of the portal's formulas.

Tables are read as dicts; every question ("what stood where, then?") is asked of them in loops.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from apps.budgets.models import BudgetLine
from apps.decrees.models import DecreeCoverage
from apps.indicators.models import Target
from apps.pokja.models import NilDeclaration, Pokja
from apps.verification.models import Evidence, History
from apps.work_plans.models import Activity


class Rubric(NamedTuple):
    """What a rubric asks, as the test wrote it down."""

    weights: dict
    required: tuple
    sources: tuple


class Records:
    """Everything that was ever written, by what it is asked for."""

    def __init__(self):
        self.history = defaultdict(list)
        for row in History.objects.order_by("id").values("evidence_id", "at", "to_status"):
            self.history[row["evidence_id"]].append((row["at"], row["to_status"]))
        self.evidence = {row["id"]: row for row in Evidence.objects.values()}
        self.families = defaultdict(list)
        for row in self.evidence.values():
            self.families[row["family"]].append(row)
        self.pokja = list(Pokja.objects.values())
        self.decrees = defaultdict(list)
        for row in DecreeCoverage.objects.values(
            "pokja_id",
            "role",
            "parent_key",
            "decree__evidence_id",
            "decree__number_key",
            "decree__issued_on",
            "decree__valid_from",
            "decree__valid_until",
            "decree__validity_basis",
        ):
            plain = {name.removeprefix("decree__"): value for name, value in row.items()}
            self.decrees[row["pokja_id"]].append(plain)
        self.items = {
            "rencana_kerja": self._sized("work_plan", self._activities()),
            "indikator": self._sized("indicator_set", self._targets()),
        }
        self.budgets = defaultdict(list)
        lines = defaultdict(list)
        for row in BudgetLine.objects.values("budget_id", "fund_source", "ceiling"):
            lines[row["budget_id"]].append((row["fund_source"], row["ceiling"]))
        for row in Evidence.objects.filter(kind="budget").values(
            "id", "budget__id", "budget__pokja_id", "budget__year", "budget__stage"
        ):
            key = row["budget__pokja_id"], row["budget__year"]
            item = row["id"], row["budget__stage"], lines[row["budget__id"]]
            self.budgets[key].append(item)
        self.nils = defaultdict(list)
        for row in NilDeclaration.objects.values():
            self.nils[row["pokja_id"], row["year"], row["criterion"]].append(row["evidence_id"])

    @staticmethod
    def _activities():
        return [row["plan_id"] for row in Activity.objects.values("plan_id")]

    @staticmethod
    def _targets():
        rows = Target.objects.values("indicator_set_id", "target")
        return [row["indicator_set_id"] for row in rows if row["target"] is not None]

    @staticmethod
    def _sized(kind, parts):
        """(evidence id, how many parts it holds) by Pokja and year."""
        found, sizes = defaultdict(list), defaultdict(int)
        fields = f"{kind}__id", f"{kind}__pokja_id", f"{kind}__year"
        for part in parts:
            sizes[part] += 1
        for row in Evidence.objects.filter(kind=kind).values("id", *fields):
            item, pokja, year = (row[each] for each in fields)
            found[pokja, year].append((row["id"], sizes[item]))
        return found


class Reading:
    """What was known at a moment (None: now)."""

    def __init__(self, records: Records, known: datetime | None, now: datetime):
        self.records, self.known = records, known
        self.today = (known or now).astimezone(ZoneInfo("Asia/Jakarta")).date()

    @cache  # noqa: B019  a reading lives as long as its test
    def status(self, evidence_id) -> str | None:
        """Where an item stood; None: nobody had begun it."""
        if self.known is None:
            return self.records.evidence[evidence_id]["status"]
        told = [to for at, to in self.records.history[evidence_id] if at <= self.known]
        return told[-1] if told else None

    def counts(self, evidence_id) -> bool:
        """Verified, and no later version of it was."""
        own = self.records.evidence[evidence_id]
        if self.status(evidence_id) != "verified":
            return False
        return not any(
            other["version"] > own["version"] and self.status(other["id"]) == "verified"
            for other in self.records.families[own["family"]]
        )

    def as_if_verified(self, held, evidence_id):
        """The ids that would count were this one verified too: it replaces its own family."""
        family = self.records.evidence[evidence_id]["family"]
        others = {each for each in held if self.records.evidence[each]["family"] != family}
        return others | {evidence_id}

    def criterion(self, ids, nils, meets) -> str:
        """The first status that applies; ``meets(ids that count)``."""
        held = {each for each in ids if self.counts(each)}
        if meets(held):
            return "terpenuhi"
        sent = [each for each in ids if self.status(each) == "submitted"]
        if any(meets(self.as_if_verified(held, each)) for each in sent):
            return "menunggu"
        declared = [self.status(each) for each in nils]
        if "returned" in declared or any(self.status(each) == "returned" for each in ids):
            return "perlu_perbaikan"
        if held or "verified" in declared or "submitted" in declared:
            return "tidak_terpenuhi"
        return "belum_mengisi"

    def statuses(self, pokja, year, on, rubric: Rubric) -> list[str]:
        records, key = self.records, (pokja["id"], year)
        decrees = records.decrees[pokja["id"]]
        nils = [records.nils[(*key, name)] for name in rubric.weights]
        plans, sets = records.items["rencana_kerja"][key], records.items["indikator"][key]
        budgets = records.budgets[key]
        return [
            self.criterion(
                [row["evidence_id"] for row in decrees],
                nils[0],
                lambda held: in_force([row for row in decrees if row["evidence_id"] in held], on),
            ),
            self.criterion([pk for pk, _ in plans], nils[1], lambda held: filled(plans, held)),
            self.criterion([pk for pk, _ in sets], nils[2], lambda held: filled(sets, held)),
            self.criterion(
                [pk for pk, *_ in budgets],
                nils[3],
                lambda held: money_left(budgets, held, rubric.sources),
            ),
        ]

    def scores(self, year, on, rubric: Rubric) -> dict:
        """{Pokja code: (statuses, effective, score)} of those active on the reference date."""
        if on is None:
            on = date(year, 12, 31) if year < self.today.year else self.today
        found = {}
        for pokja in self.records.pokja:
            formed, ended = pokja["formed_on"], pokja["dissolved_on"]
            if (formed and formed > on) or (ended and ended <= on):
                continue
            statuses = self.statuses(pokja, year, on, rubric)
            met = {
                name
                for name, status in zip(rubric.weights, statuses, strict=True)
                if status == "terpenuhi"
            }
            found[pokja["code"]] = (
                statuses,
                set(rubric.required) <= met,
                sum(rubric.weights[name] for name in met),
            )
        return found


def filled(items, held) -> bool:
    """Does the latest version that counts hold anything?"""
    return any(size > 0 for pk, size in items if pk in held)


def money_left(budgets, held, sources) -> bool:
    """Does the last stage leave money of a source that is accepted?"""
    for stage in ("perubahan", "pergeseran", "murni"):
        stated = [lines for pk, name, lines in budgets if pk in held and name == stage]
        if stated:
            return any(amount > 0 for source, amount in stated[-1] if source in sources)
    return False


def in_force(rows, on: date) -> bool:
    for row in rows:
        if row["role"] != "establish" or row["valid_from"] > on:
            continue
        end = last_day(row, rows, on)
        if end is None or on <= end:
            return True
    return False


def last_day(decree, rows, on: date):
    """The end of an SK as its chain stands on a day; None is open."""
    end = decree["valid_until"]
    if end is None and decree["validity_basis"] == "tahun_anggaran":
        end = date(decree["valid_from"].year, 12, 31)
    changes = [row for row in rows if row["role"] != "establish" and reaches(row, decree, rows)]
    stating = [
        row
        for row in changes
        if row["role"] == "amend" and row["valid_until"] and row["issued_on"] <= on
    ]
    if stating:
        end = max(stating, key=lambda row: (row["issued_on"], row["evidence_id"]))["valid_until"]
    for row in changes:
        if row["role"] == "revoke":
            before = row["valid_from"] - timedelta(days=1)
            end = before if end is None else min(end, before)
    return end


def reaches(row, decree, rows) -> bool:
    """Does a change name this SK, or a change that does?"""
    while row is not None and row["role"] != "establish":
        parent = next(
            (
                other
                for other in rows
                if other["number_key"] == row["parent_key"] and other["role"] != "revoke"
            ),
            None,
        )
        if parent is decree:
            return True
        row = parent
    return False
