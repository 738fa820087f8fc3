"""Scenes for the dashboards: Pokja with evidence in given states, written straight as rows."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from apps.budgets.models import Budget, BudgetLine
from apps.decrees.models import Decree, DecreeCoverage
from apps.effectiveness.builtin import load_builtin_rubric
from apps.indicators.models import Indicator, IndicatorSet, Target
from apps.pokja.models import Pokja
from apps.verification.enums import Kind, Status
from apps.verification.models import Evidence
from apps.work_plans.models import Activity, WorkPlan
from tests import makers

ALL = ("sk", "rencana_kerja", "indikator", "anggaran")
KINDS = {
    "sk": Kind.DECREE,
    "rencana_kerja": Kind.WORK_PLAN,
    "indikator": Kind.INDICATOR_SET,
    "anggaran": Kind.BUDGET,
}


@pytest.fixture
def rubric(db):
    load_builtin_rubric()


@pytest.fixture
def give(db):
    """give(pokja, "sk", "anggaran", year=2026, status="verified"): evidence in one state."""

    def one(pokja, criterion, year, status, until):
        evidence = Evidence.objects.create(
            kind=KINDS[criterion],
            region=pokja.region,
            title=criterion,
            status=status,
            year=None if criterion == "sk" else year,
            submitted_at=None if status == Status.DRAFT else datetime(2026, 1, 5, tzinfo=UTC),
        )
        if criterion == "sk":
            decree = Decree.objects.create(
                evidence=evidence,
                number=f"188/{evidence.pk}",
                number_key=f"188/{evidence.pk}",
                title="SK",
                issued_on=date(2021, 1, 4),
                valid_from=date(2021, 1, 4),
                valid_until=until,
            )
            DecreeCoverage.objects.create(decree=decree, pokja=pokja)
        elif criterion == "rencana_kerja":
            plan = WorkPlan.objects.create(evidence=evidence, pokja=pokja, year=year)
            Activity.objects.create(plan=plan, no=1, name="Rapat")
        elif criterion == "indikator":
            chosen = IndicatorSet.objects.create(evidence=evidence, pokja=pokja, year=year)
            indicator = Indicator.objects.filter(code="tfr").first() or makers.make_indicator()
            Target.objects.create(indicator_set=chosen, indicator=indicator, target=Decimal(2))
        else:
            budget = Budget.objects.create(evidence=evidence, pokja=pokja, year=year)
            BudgetLine.objects.create(
                budget=budget, fund_source="apbd_kabkota", ceiling=Decimal("40000000")
            )
        return evidence

    def give(pokja, *criteria, year=2026, status=Status.VERIFIED, until=date(2028, 12, 31)):
        return [one(pokja, criterion, year, status, until) for criterion in criteria]

    return give


@pytest.fixture
def make_pokja(db):
    """make_pokja(region, "gdpk"): a Pokja of one or more kinds; the name carries its code."""

    def make(region, *kinds):
        code = f"{region.code}-{'-'.join(kinds)}"
        while makers_has(code):
            code += "x"
        return makers.make_pokja(region, code=code, name=f"Pokja {code}", kinds=kinds)

    def makers_has(code):
        from apps.pokja.models import Pokja

        return Pokja.objects.filter(code=code).exists()

    return make


@pytest.fixture
def scene(today, rubric, regions, make_pokja, give):
    """Makassar: one effective, one with a waiting budget. Bone: three criteria. Sulsel: nothing
    sent. Banjarmasin, next door: one effective."""
    makassar = make_pokja(regions.makassar, "bangga_kencana")
    give(makassar, *ALL)
    waiting = make_pokja(regions.makassar, "gdpk")
    give(waiting, "sk", "rencana_kerja", "indikator")
    give(waiting, "anggaran", status=Status.SUBMITTED)
    bone = make_pokja(regions.bone, "bangga_kencana")
    give(bone, "sk", "rencana_kerja", "indikator")
    sulsel = make_pokja(regions.sulsel, "stunting")
    banjarmasin = make_pokja(regions.banjarmasin, "bangga_kencana")
    give(banjarmasin, *ALL)
    return {
        "makassar": makassar,
        "waiting": waiting,
        "bone": bone,
        "sulsel": sulsel,
        "banjarmasin": banjarmasin,
    }


SOME_KINDS = ("bangga_kencana", "gdpk", "stunting")


@pytest.fixture
def random_province(today, rubric, regions, make_region, make_pokja, give):
    """Seven kab/kota with Pokja in random states; one has none."""

    def fill(seed):
        chance = random.Random(seed)  # noqa: S311 - a scene, no secret
        places = [regions.sulsel, regions.bone, regions.makassar]
        places += [
            make_region(f"73.{number}", name, regions.sulsel)
            for number, name in (("04", "Kabupaten Gowa"), ("09", "Kabupaten Maros"))
        ]
        make_region("73.72", "Kota Parepare", regions.sulsel)
        for place in places:
            for kind in chance.sample(SOME_KINDS, chance.randint(1, 3)):
                _in_some_state(make_pokja(place, kind), chance, give)
        for place in (regions.bone, regions.makassar):
            give(Pokja.objects.filter(region=place).first(), *ALL)

    return fill


def _in_some_state(pokja, chance, give):
    for year in (2025, 2026):
        for criterion in ALL:
            state = chance.choice([None, *[Status.VERIFIED] * 3, Status.SUBMITTED, Status.RETURNED])
            if state and not (criterion == "sk" and year == 2025):
                give(pokja, criterion, year=year, status=state)
