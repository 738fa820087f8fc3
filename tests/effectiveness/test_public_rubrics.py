"""The two other public rubrics: one shipped as a draft, one entered as data; no code for either."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.builtin_drafts import CODE, load_draft_rubric
from apps.effectiveness.criteria import validate_parameters
from apps.effectiveness.criteria_basis import grounds_of, mended_at
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.models import Rubric, RubricCriterion
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for, rules_of
from apps.indicators.catalogue import load_catalogue
from apps.indicators.models import Indicator, RegionTarget
from apps.pokja.models import Pokja, Seat
from apps.regulations.models import Agreement, Institution, Regulation
from apps.verification.models import Evidence
from tests.makers import (
    make_budget,
    make_decree,
    make_indicators,
    make_plan,
    make_pokja,
)

# --- B: four main indicators (2022), shipped as a draft ---------------------------------------


@pytest.mark.django_db
def test_the_draft_comes_once_and_scores_nobody(today):
    load_builtin_rubric()
    assert load_draft_rubric() == 1
    draft = Rubric.objects.get(code=CODE)
    assert (draft.status, draft.year_from, draft.criteria.count(), draft.points.count()) == (
        RubricStatus.DRAFT,
        2026,
        4,
        16,
    )
    assert "27 Mei 2022" in draft.source
    assert rules_for(2026).name == "Empat kriteria dasar"
    assert load_draft_rubric() == 0


@pytest.mark.django_db
def test_edits_stay_and_a_deleted_draft_does_not_come_back():
    load_draft_rubric()
    Rubric.objects.update(code="lain", name="Diubah")
    assert load_draft_rubric() == 0
    assert list(Rubric.objects.values_list("name", flat=True)) == ["Diubah"]
    Rubric.objects.all().delete()
    assert load_draft_rubric() == 0
    assert not Rubric.objects.exists()
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_its_parameters_are_sound():
    load_catalogue()
    load_draft_rubric()
    for row in RubricCriterion.objects.all():
        assert validate_parameters(row.check_code, row.parameters) == [], row.criterion


@pytest.fixture
def makassar(regions, today, operator_makassar):
    """A Pokja of Makassar that meets everything either rubric asks for."""
    load_catalogue()
    pokja = make_pokja(regions.makassar)
    for position, sector in (("Ketua", "pemerintah"), ("Anggota", "media")):
        Seat.objects.create(
            pokja=pokja,
            position=position,
            institution="Uji",
            sector=sector,
            started_on=date(2026, 1, 14),
        )
    ipbk = Indicator.objects.get(code="ipbk")
    items = [
        make_decree(pokja, operator_makassar),
        make_plan(pokja, operator_makassar),
        make_budget(pokja, operator_makassar),
    ]
    for year, value in ((2025, 58), (2026, 59)):
        row = {"indicator": ipbk, "target": 60, "source": "Survei", "annual": value}
        items.append(make_indicators(pokja, operator_makassar, year, [row]))
    Evidence.objects.filter(pk__in=[item.pk for item in items]).update(status="verified")
    record_facts(regions.makassar, ipbk)
    return pokja


def record_facts(region, indicator):
    Regulation.objects.create(
        region=region,
        kind="perwali",
        number="7",
        number_key="7",
        year=2024,
        subject="GDPK",
        enacted_on=date(2024, 1, 15),
        topics="gdpk, ppkb",
    )
    Institution.objects.create(
        region=region, name="Dinas", form="mandiri", valid_from=date(2017, 1, 2)
    )
    Agreement.objects.create(
        region=region, kind="mou", title="Uji", parties="A", valid_from=date(2025, 1, 1)
    )
    RegionTarget.objects.create(
        region=region, year=2026, indicator=indicator, value=60, document="RPJMD 2025–2029"
    )


def test_rubric_b_is_met_by_facts_alone(makassar, regions):
    load_draft_rubric()
    make_pokja(regions.bone, "bone")
    rules = rules_of(Rubric.objects.get(code=CODE))
    rows = {row.code: row for row in assess(Pokja.objects.all(), 2026, rules=rules)}
    met = rows[makassar.code]
    assert {code: result.status for code, result in met.by_rubric.items()} == dict.fromkeys(
        ("ipbk_naik", "gdpk", "indikator_dokumen", "kelembagaan"), "terpenuhi"
    )
    assert (met.effective, met.score, met.met, met.possible) == (True, 100, 4, 4)
    assert (rows["bone"].effective, rows["bone"].score) == (False, 0)


def test_each_outcome_names_what_it_rests_on(makassar, operator_makassar, operator_bone):
    load_draft_rubric()
    rules = rules_of(Rubric.objects.get(code=CODE))
    (row,) = assess(Pokja.objects.all(), 2026, rules=rules)
    grounds = grounds_of(rules, row.extra, operator_makassar)
    assert {code: ground.name for code, ground in grounds.items()} == {
        "ipbk_naik": "IPBK 2026: 59",
        "gdpk": "Perwali Kota Makassar Nomor 7 Tahun 2024",
        "indikator_dokumen": "IPBK 2026 menurut RPJMD 2025–2029",
        "kelembagaan": "Dinas",
    }
    assert grounds["gdpk"].url == f"/regulasi/{Regulation.objects.get().pk}/"
    assert grounds_of(rules, row.extra, operator_bone)["gdpk"].url == ""
    assert [mended_at(rule) for rule in rules.extra] == [
        "",
        "/regulasi/",
        "",
        "/regulasi/kelembagaan/",
    ]


# --- C: input, output, outcome (2022), entered as data ------------------------------------------

RUBRIC_C = (
    ("lintas_sektor", "poin:sk_lintas_sektor", {}, 15),
    ("rencana_kerja", "", {}, 10),
    ("terlaksana", "poin:rk_terpenuhi", {}, 10),
    ("pimpinan_daerah", "poin:sk_kepala_daerah", {}, 15),
    ("tiga_lima_tahun", "poin:sk_masa_panjang", {}, 10),
    ("regulasi", "regulasi_berlaku", {"topic": "ppkb", "level": "any"}, 10),
    ("anggaran", "", {}, 10),
    ("nota_kesepahaman", "kesepakatan_berlaku", {"kinds": ["mou"]}, 10),
    ("hasil_monev", "poin:in_terpenuhi", {}, 5),
    ("capaian_naik", "indikator_naik", {"indicator": "ipbk", "by": "region"}, 5),
)


@pytest.fixture
def rubric_c(db):
    rubric = Rubric.objects.create(
        code="c", name="Masukan, keluaran, hasil", year_from=2026, accepted_sources=["apbd_kabkota"]
    )
    RubricCriterion.objects.bulk_create(
        RubricCriterion(
            rubric=rubric,
            criterion=code,
            check_code=check,
            parameters=parameters,
            weight=weight,
            order=place,
        )
        for place, (code, check, parameters, weight) in enumerate(RUBRIC_C)
    )
    return rules_of(rubric)


def test_rubric_c_needs_no_code(makassar, rubric_c, regions):
    make_pokja(regions.bone, "bone")
    rows = {row.code: row for row in assess(Pokja.objects.all(), 2026, rules=rubric_c)}
    statuses = {code: result.status for code, result in rows[makassar.code].by_rubric.items()}
    assert statuses == {code: "terpenuhi" for code, *_ in RUBRIC_C}
    assert (rows[makassar.code].effective, rows[makassar.code].score) == (True, 100)
    bone = {code: result.status for code, result in rows["bone"].by_rubric.items()}
    assert bone == {code: "belum_mengisi" for code, *_ in RUBRIC_C}


def test_what_is_lost_costs_its_weight(makassar, rubric_c):
    Seat.objects.filter(sector="media").delete()
    Agreement.objects.update(valid_until=date(2026, 3, 11))
    (row,) = assess(Pokja.objects.all(), 2026, rules=rubric_c)
    assert (row.score, row.effective, row.met, row.possible) == (75, False, 8, 10)
    assert row.extra["lintas_sektor"].reason == "poin"
    assert row.extra["nota_kesepahaman"].reason == "kedaluwarsa"


@pytest.mark.parametrize("more", [0, 12])
def test_queries_do_not_grow_with_the_pokja(
    makassar, rubric_c, regions, django_assert_num_queries, more
):
    """7 for the four kinds of evidence, 4 for the facts of all points, 3 for the other checks."""
    for number in range(more):
        make_pokja(regions.bone if number % 2 else regions.banjarmasin, f"x{number}")
    with django_assert_num_queries(14):
        assert len(assess(Pokja.objects.all(), 2026, rules=rubric_c)) == 1 + more
