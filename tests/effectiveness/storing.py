"""Random writes of every way there is, and what the pages are answered against the raw rows."""

import random
from dataclasses import fields
from datetime import date, timedelta
from operator import attrgetter

from django.db import connection

from apps.budgets.models import Budget, BudgetLine
from apps.dashboard.nation_years import nation_years
from apps.dashboard.tallies import Tally, tallies_by, tally
from apps.decrees.models import Decree, DecreeCoverage
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.formula import Result
from apps.effectiveness.listed import listed_items
from apps.effectiveness.official import counted, effective_regions
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for
from apps.effectiveness.standings import province_items
from apps.indicators.models import Indicator, IndicatorSet, Target
from apps.pokja.enums import FundSource, PokjaKind
from apps.pokja.models import NilDeclaration, Pokja, PokjaType
from apps.regions.models import Region
from apps.verification.enums import Kind, Status
from apps.verification.models import Evidence
from apps.work_plans.models import Activity, WorkPlan
from tests import makers

YEARS = (2025, 2026)
STATUSES = [Status.VERIFIED] * 4 + [status for status in Status if status != Status.VERIFIED]


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


class Hand:
    """Writes at random; the same seed writes the same."""

    def __init__(self, seed: int, today: date, count: int = 0):
        self.dice, self.today, self.count = random.Random(seed), today, count  # noqa: S311
        if not Indicator.objects.exists():
            makers.make_indicator()
        for _ in range(6):
            self.found()
        for _ in range(30):
            self.give()

    def write(self) -> str:
        way = self.dice.choice(WAYS)
        getattr(self, way)()
        return way

    # --- things ------------------------------------------------------------------------------

    def pick(self, model, **limits):
        keys = list(model.objects.filter(**limits).order_by("pk").values_list("pk", flat=True))
        return model.objects.get(pk=self.dice.choice(keys)) if keys else None

    def day(self, span=400):
        return self.today + timedelta(days=self.dice.randint(-2 * span, span))

    def found(self):
        self.count += 1
        region = self.pick(Region, level__in=("provinsi", "kabupaten", "kota"))
        kinds = self.dice.sample(PokjaKind.values, self.dice.randint(1, 2))
        pokja = makers.make_pokja(region, f"{region.code}-{self.count}", "Pokja", kinds)
        Pokja.objects.filter(pk=pokja.pk).update(
            formed_on=self.dice.choice([None, None, self.day()])
        )

    def evidence(self, kind, pokja, year, family=None, version=1):
        status = self.dice.choice(STATUSES)
        ties = {"family": family} if family else {}
        if family and status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED):
            status = Status.VERIFIED  # one open version of a family at most
        return Evidence.objects.create(
            kind=kind,
            region=pokja.region,
            year=year,
            title="Bukti",
            status=status,
            version=version,
            **ties,
        )

    def give(self):
        pokja, year = self.pick(Pokja), self.dice.choice(YEARS)
        self.dice.choice((self.decree, self.decree, self.plan, self.indicators, self.budget))(
            pokja, year
        )

    def decree(self, pokja, year, role="establish", parent="", evidence=None):
        evidence = evidence or self.evidence(Kind.DECREE, pokja, None)
        start = self.day()
        number = f"188/{evidence.pk}"
        decree = Decree.objects.create(
            evidence=evidence,
            number=number,
            number_key=number,
            title="SK",
            issued_on=start - timedelta(days=self.dice.randint(0, 30)),
            valid_from=start,
            valid_until=self.dice.choice([None, start + timedelta(self.dice.randint(0, 700))]),
            validity_basis=self.dice.choice(["tertulis", "tahun_anggaran", "sampai_dicabut"]),
        )
        for other in {pokja, self.pick(Pokja)}:
            DecreeCoverage.objects.create(
                decree=decree, pokja=other, role=role, parent_number=parent, parent_key=parent
            )

    def plan(self, pokja, year):
        evidence = self.evidence(Kind.WORK_PLAN, pokja, year)
        plan = WorkPlan.objects.create(evidence=evidence, pokja=pokja, year=year)
        Activity.objects.bulk_create(
            Activity(plan=plan, no=no, name="Rapat") for no in range(self.dice.randint(0, 3))
        )

    def indicators(self, pokja, year):
        evidence = self.evidence(Kind.INDICATOR_SET, pokja, year)
        chosen = IndicatorSet.objects.create(evidence=evidence, pokja=pokja, year=year)
        Target.objects.create(
            indicator_set=chosen,
            indicator=Indicator.objects.first(),
            target=self.dice.choice([None, 2]),
        )

    def budget(self, pokja, year):
        evidence = self.evidence(Kind.BUDGET, pokja, year)
        stage = self.dice.choice(["murni", "pergeseran", "perubahan"])
        budget = Budget.objects.create(evidence=evidence, pokja=pokja, year=year, stage=stage)
        BudgetLine.objects.create(
            budget=budget,
            fund_source=self.dice.choice(FundSource.values),
            ceiling=self.dice.choice([0, 40_000_000]),
        )

    # --- further ways of writing -------------------------------------------------------------

    def nil(self):
        pokja, year = self.pick(Pokja), self.dice.choice(YEARS)
        criterion = self.dice.choice(["sk", "rencana_kerja", "indikator", "anggaran"])
        NilDeclaration.objects.create(
            evidence=self.evidence(Kind.NIL, pokja, year),
            pokja=pokja,
            year=year,
            criterion=criterion,
            reason="Tidak ada",
        )

    def amend(self):
        parent = self.pick(DecreeCoverage)
        if parent:
            role = self.dice.choice(["amend", "revoke"])
            self.decree(parent.pokja, None, role, parent.decree.number_key)

    def next_version(self):
        """A later version that may leave out a Pokja the earlier one covered."""
        decree = self.pick(Decree, evidence__version=1, evidence__status=Status.VERIFIED)
        old = decree and decree.evidence
        if old and not Evidence.objects.filter(family=old.family, version=2).exists():
            pokja = self.pick(Pokja)
            new = self.evidence(Kind.DECREE, pokja, None, old.family, 2)
            self.decree(pokja, None, evidence=new)

    def step(self):
        evidence = self.pick(Evidence)
        status = self.dice.choice([Status.VERIFIED, Status.CANCELLED])
        Evidence.objects.filter(pk=evidence.pk).update(status=status)

    def step_by_sql(self):
        evidence = self.pick(Evidence)
        sql("UPDATE verification_evidence SET status = 'verified' WHERE id = %s", evidence.pk)

    def many_steps(self):
        keys = Evidence.objects.order_by("?").values_list("pk", flat=True)[:5]
        Evidence.objects.filter(pk__in=list(keys)).update(status=Status.VERIFIED)

    def decree_by_sql(self):
        decree = self.pick(Decree)
        sql(
            "UPDATE decrees_decree SET valid_until = %s WHERE id = %s",
            decree.valid_from + timedelta(days=self.dice.randint(0, 900)),
            decree.pk,
        )

    def coverage_by_sql(self):
        row = self.pick(DecreeCoverage)
        sql("DELETE FROM decrees_decreecoverage WHERE id = %s", row.pk)

    def activity_by_sql(self):
        sql("DELETE FROM work_plans_activity WHERE no = %s", self.dice.randint(0, 2))

    def target(self):
        Target.objects.filter(target=None).update(target=3)

    def line(self):
        line = self.pick(BudgetLine)
        if line:
            line.ceiling, line.fund_source = 5_000, self.dice.choice(FundSource.values)
            line.save()

    def cascade(self):
        """Delete an item with all that hangs on it, through the ORM."""
        plan = self.pick(WorkPlan)
        if plan:
            plan.delete()

    def end(self):
        pokja = self.pick(Pokja, formed_on=None)
        Pokja.objects.filter(pk=pokja.pk if pokja else None).update(dissolved_on=self.day())

    def move_pokja(self):
        pokja, region = self.pick(Pokja), self.pick(Region, level="kabupaten")
        Pokja.objects.filter(pk=pokja.pk).update(region=region)

    def move_region(self):
        region = self.pick(Region, level="kota")
        province = self.pick(Region, level="provinsi")
        Region.objects.filter(pk=region.pk).update(province=province)

    def end_region(self):
        Region.objects.filter(pk=self.pick(Region, level="kota").pk).update(ended_on=self.today)

    def kinds(self):
        pokja = self.pick(Pokja)
        PokjaType.objects.filter(pokja=pokja).delete()
        PokjaType.objects.create(pokja=pokja, kind=self.dice.choice(PokjaKind.values))


WAYS = (
    *("found", "give", "give", "nil", "amend", "next_version", "step", "step", "step_by_sql"),
    *("many_steps", "decree_by_sql", "coverage_by_sql", "activity_by_sql", "target", "line"),
    *("cascade", "end", "move_pokja", "move_region", "end_region", "kinds"),
)


# --- what pages are answered, against the raw rows --------------------------------------------


def answers_differ(years=YEARS) -> list:
    """Every figure a page is answered that the raw rows do not give; [] where all is right."""
    found = []
    for year, nation in zip(years, nation_years(years), strict=True):
        items = assess(Pokja.objects.all(), year)
        told = {pk: nation.province(pk) for pk in (*nation.by_province, *nation.stored)}
        by_province = {pk: plain(each) for pk, each in told.items() if each.pokja}
        expected = {pk: plain(t) for pk, t in tallies_by(items, attrgetter("province_id")).items()}
        found += [("provinsi", year, by_province, expected)] * (by_province != expected)
        if plain(nation.total) != plain(tally(items)):
            found.append(("nasional", year))
        if nation.effective != official(year, items):
            found.append(("resmi", year, nation.effective, official(year, items)))
        listed = listed_items(Pokja.objects.all(), year)
        found += [("daftar", year)] * (list(map(facts, listed)) != list(map(facts, items)))
    for pk in Region.objects.filter(level="provinsi").values_list("pk", flat=True):
        for year, items in zip(years, province_items(pk, years), strict=True):
            expected = assess(Pokja.objects.filter(region__province=pk), year)
            if list(map(facts, items)) != list(map(facts, expected)):
                found.append(("Pokja", pk, year))
    return found


def official(year, items):
    rules = rules_for(year)
    regions = Region.objects.with_pokja_level()
    is_province = {pk: level == "provinsi" for pk, level in regions.values_list("pk", "level")}
    return rules and counted(effective_regions(rules.region_rule, items), is_province)


def plain(counts: Tally):
    return [getattr(counts, name) for name in Tally.__slots__]


def facts(item: Assessment):
    own = [getattr(item, each.name) for each in fields(item) if each.name != "results"]
    return own, [(name, *result(each)) for name, each in item.results.items()]


def result(each: Result):
    return each.status, each.reason, each.evidence_id, each.item_id, each.until
