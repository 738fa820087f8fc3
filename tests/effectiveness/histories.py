"""Random Pokja with their whole past: every kind of evidence, step by step, written as rows.

The workflow is walked as the portal's services walk it (spec section 4): a row of history for each
step with the status it leads to, one open version of a family at a time, ids in the order of time.
"""

import random
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from apps.budgets.models import Budget, BudgetLine
from apps.core.database import refresh_statistics
from apps.decrees.models import Decree, DecreeCoverage
from apps.indicators.models import IndicatorSet, Target
from apps.pokja.models import NilDeclaration, Pokja, PokjaType
from apps.verification.models import Evidence, History
from apps.work_plans.models import Activity, WorkPlan

START = datetime(2024, 9, 1, tzinfo=UTC)
NOW = datetime(2026, 9, 15, 17, 30, tzinfo=UTC)  # half past midnight of the 16th in Jakarta
YEARS = (2025, 2026)
CRITERIA = ("sk", "rencana_kerja", "indikator", "anggaran")
# status -> steps that may follow: (action, status it leads to); None ends the story there.
STEPS = {
    "draft": (("edit", "draft"), ("submit", "submitted"), ("submit", "submitted"), None),
    "submitted": (
        ("open", "submitted"),
        ("withdraw", "draft"),
        ("return", "returned"),
        ("verify", "verified"),
        ("verify", "verified"),
        ("verify", "verified"),
        None,
    ),
    "returned": (
        ("edit", "returned"),
        ("submit", "submitted"),
        ("undo", "submitted"),
        ("requeue", "submitted"),
        None,
    ),
    "verified": (("undo", "submitted"), ("cancel", "cancelled"), None, None, None, None),
    "cancelled": (None,),
}


class World:
    """Rows in memory, by model; ``save`` writes them all."""

    def __init__(self, seed: int, regions, indicator):
        self.rng = random.Random(seed)  # noqa: S311  the same world every time
        self.regions, self.indicator = regions, indicator
        self.rows = {
            model: []
            for model in (
                Pokja,
                PokjaType,
                Evidence,
                Decree,
                DecreeCoverage,
                WorkPlan,
                Activity,
                IndicatorSet,
                Target,
                Budget,
                BudgetLine,
                NilDeclaration,
            )
        }
        self.steps = []  # (moment, evidence, action, from, to)
        self.merged = []  # (Pokja, the one it went into)
        self.numbers = iter(range(1, 10**6))

    def add(self, model, **fields):
        row = model(**fields)
        self.rows[model].append(row)
        return row

    def chance(self, share) -> bool:
        return self.rng.random() < share

    def day(self, first=date(2023, 1, 1), days=1500) -> date:
        return first + timedelta(days=self.rng.randrange(days))

    # --- workflow ---

    def family(self, kind, region, year, write):
        """The versions of one item; ``write(evidence, version)`` gives each its content."""
        family = UUID(int=self.rng.getrandbits(128))
        at = START + timedelta(minutes=self.rng.randrange(700 * 24 * 60))
        for version in range(1, 4):
            evidence = self.add(
                Evidence,
                kind=kind,
                region=region,
                year=year,
                title=kind,
                family=family,
                version=version,
            )
            at = self.walk(evidence, at)
            write(evidence, version)
            if evidence.status not in ("verified", "cancelled") or at > NOW or self.chance(0.6):
                return
            at += timedelta(minutes=self.rng.randrange(1, 100 * 24 * 60))
            if at > NOW:
                return

    def walk(self, evidence, at):
        status = "draft"
        self.steps.append((at, evidence, "create", "", status))
        while step := self.rng.choice(STEPS[status]):
            action, to = step
            wait = 1 if action == "undo" else self.rng.randrange(1, 60 * 24 * 60)
            if at + timedelta(minutes=wait) > NOW:
                break
            at += timedelta(minutes=wait)
            self.steps.append((at, evidence, action, status, to))
            status = to
        evidence.status = status
        return at

    # --- what is told ---

    def pokja(self, count):
        for number in range(count):
            formed = self.day() if self.chance(0.5) else None
            ended = self.day(date(2025, 1, 1), 700) if self.chance(0.2) else None
            if formed and ended:
                ended = max(formed, ended)
            row = self.add(
                Pokja,
                region=self.rng.choice(self.regions),
                code=f"acak-{number:04}",
                name=f"Pokja {number}",
                formed_on=formed,
                dissolved_on=ended,
            )
            if ended and number and self.chance(0.5):
                self.merged.append((row, self.rows[Pokja][number - 1]))
            for kind in self.rng.sample(("gdpk", "stunting", "bangga_kencana"), 2):
                self.add(PokjaType, pokja=row, kind=kind)

    def evidence(self):
        by_region = {}
        for pokja in self.rows[Pokja]:
            by_region.setdefault(pokja.region_id, []).append(pokja)
        for pokja in list(self.rows[Pokja]):
            self.decrees(pokja, by_region[pokja.region_id])
            for year in YEARS:
                self.year(pokja, year)

    def decrees(self, pokja, neighbours):
        """Establishing SK, some of them joint, and chains of changes to each."""
        for _ in range(self.rng.choice((0, 1, 1, 2))):
            others = self.rng.sample(neighbours, min(len(neighbours), self.rng.choice((0, 0, 2))))
            covered = list({each.code: each for each in (pokja, *others)}.values())
            parent = self.decree(covered, "establish", "")
            while self.chance(0.4):
                role = self.rng.choice(("amend", "amend", "revoke"))
                child = self.decree(covered, role, parent)
                parent = child if role == "amend" and self.chance(0.4) else parent

    def decree(self, covered, role, parent) -> str:
        number = f"188.45/{next(self.numbers)}"

        def write(evidence, version):
            start = self.day()
            basis = self.rng.choice(("tertulis", "tahun_anggaran", "sampai_dicabut"))
            ends = role != "revoke" and (basis == "tertulis" or self.chance(0.3))
            decree = self.add(
                Decree,
                evidence=evidence,
                number=number,
                number_key=number,
                title="Pokja",
                issued_on=start - timedelta(days=self.rng.choice((0, 0, 15, -15))),
                valid_from=start,
                valid_until=start + timedelta(days=self.rng.randrange(900)) if ends else None,
                validity_basis=basis,
            )
            # A later version may leave a Pokja out.
            held = covered if version == 1 else [each for each in covered if self.chance(0.8)]
            for pokja in held:
                self.add(
                    DecreeCoverage,
                    decree=decree,
                    pokja=pokja,
                    role=role,
                    parent_number=parent,
                    parent_key=parent,
                )

        self.family("decree", covered[0].region, None, write)
        return number

    def year(self, pokja, year):
        if self.chance(0.8):
            self.family("work_plan", pokja.region, year, self.plan_of(pokja, year))
        if self.chance(0.8):
            self.family("indicator_set", pokja.region, year, self.indicators_of(pokja, year))
        for stage in ("murni", "pergeseran", "perubahan"):
            if self.chance(0.45):
                self.family("budget", pokja.region, year, self.budget_of(pokja, year, stage))
        for criterion in CRITERIA:
            if self.chance(0.1):
                self.family("nil", pokja.region, year, self.nil_of(pokja, year, criterion))

    def plan_of(self, pokja, year):
        def write(evidence, version):
            plan = self.add(WorkPlan, evidence=evidence, pokja=pokja, year=year)
            for no in range(1, self.rng.choice((1, 2, 3, 4))):
                self.add(Activity, plan=plan, no=no, name="Rapat")

        return write

    def indicators_of(self, pokja, year):
        def write(evidence, version):
            held = self.add(IndicatorSet, evidence=evidence, pokja=pokja, year=year)
            if self.chance(0.9):
                target = 2 if self.chance(0.8) else None
                self.add(Target, indicator_set=held, indicator=self.indicator, target=target)

        return write

    def budget_of(self, pokja, year, stage):
        def write(evidence, version):
            budget = self.add(Budget, evidence=evidence, pokja=pokja, year=year, stage=stage)
            for source in self.rng.sample(("apbd_kabkota", "csr", "dana_desa"), 2):
                amount = self.rng.choice((0, 5, 5))
                self.add(BudgetLine, budget=budget, fund_source=source, ceiling=amount)

        return write

    def nil_of(self, pokja, year, criterion):
        def write(evidence, version):
            self.add(
                NilDeclaration,
                evidence=evidence,
                pokja=pokja,
                year=year,
                criterion=criterion,
                reason="Tidak dianggarkan",
            )

        return write

    # --- writing ---

    def save(self):
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows, batch_size=500)
        for pokja, into in self.merged:
            pokja.merged_into = into
        Pokja.objects.bulk_update([pokja for pokja, _ in self.merged], ["merged_into"])
        self.steps.sort(key=lambda step: step[0])
        with moments_as_given():
            History.objects.bulk_create(
                (
                    History(evidence=evidence, at=at, action=action, from_status=old, to_status=new)
                    for at, evidence, action, old, new in self.steps
                ),
                batch_size=500,
            )
        refresh_statistics()


@contextmanager
def moments_as_given():
    """History keeps the moments it is given, not that of writing."""
    field = History._meta.get_field("at")
    field.auto_now_add = False
    try:
        yield
    finally:
        field.auto_now_add = True


def random_world(seed: int, count: int, regions, indicator) -> World:
    world = World(seed, regions, indicator)
    world.pokja(count)
    world.evidence()
    world.save()
    return world
