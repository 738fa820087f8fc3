"""Extra checks: what each says of a Pokja, with nothing, too little, enough, and things over."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from apps.effectiveness.criteria import CHECKS, validate_parameters, words_of
from apps.effectiveness.criteria_indicators import Measure, improved
from apps.effectiveness.models import Rubric, RubricCriterion
from apps.effectiveness.queries import assess
from apps.effectiveness.repairs import of_check
from apps.effectiveness.rubrics import CriterionRule, rules_of
from apps.indicators.models import IndicatorSet, RegionTarget
from apps.pokja.models import Pokja
from apps.regulations.models import Agreement, Institution, Regulation
from apps.verification.models import Evidence, History
from tests.makers import make_indicator, make_indicators, make_pokja, verified

YEAR = 2026
GDPK = {"kinds": ["perwali", "perbup", "perda"], "topic": "gdpk", "level": "own"}
ALONE = {"forms": ["mandiri"]}
IPBK = {"indicator": "ipbk", "by": "pokja"}
PLANS = {"documents": ["RPJMD", "Renstra"], "minimum": 2}


@pytest.fixture
def told(db):
    """told("kelembagaan", {...}) -> {Pokja code: (status, reason)} over all Pokja."""
    rubric = Rubric.objects.create(code="uji", name="Uji", year_from=2020)

    def run(check, parameters, on=None, known=None, whole=False):
        RubricCriterion.objects.filter(rubric=rubric).delete()
        RubricCriterion.objects.create(
            rubric=rubric, criterion="k", check_code=check, parameters=parameters, weight=100
        )
        rows = assess(Pokja.objects.all(), YEAR, on, known=known, rules=rules_of(rubric))
        if whole:
            return {row.code: row.extra["k"] for row in rows}
        return {row.code: (row.extra["k"].status, row.extra["k"].reason) for row in rows}

    return run


@pytest.fixture
def pair(regions, today):
    """One Pokja in Makassar, one in Bone."""
    return make_pokja(regions.makassar, "mks"), make_pokja(regions.bone, "bone")


def regulation(region, day=date(2024, 1, 15), *, kind="perwali", topics="gdpk", **fields):
    number = str(Regulation.objects.count() + 1)
    return Regulation.objects.create(
        region=region,
        kind=kind,
        number=number,
        number_key=number,
        year=day.year,
        subject="Uji",
        enacted_on=day,
        topics=topics,
        **fields,
    )


NOTHING = ("belum_mengisi", "")
MET = ("terpenuhi", "")


def test_nothing_recorded_is_not_a_no(told, pair):
    for check, parameters in (
        ("regulasi_berlaku", GDPK),
        ("kesepakatan_berlaku", {}),
        ("kelembagaan", ALONE),
        ("indikator_naik", IPBK),
        ("dokumen_memuat_indikator", PLANS),
    ):
        assert told(check, parameters) == {"mks": NOTHING, "bone": NOTHING}, check


# --- regulations -----------------------------------------------------------------------------


def test_a_regulation_in_force_meets_and_names_itself(told, pair, regions):
    row = regulation(regions.makassar, valid_until=date(2026, 12, 31))
    found = told("regulasi_berlaku", GDPK, whole=True)
    assert (found["mks"].status, found["mks"].item_id, found["mks"].until) == (
        "terpenuhi",
        row.pk,
        date(2026, 12, 31),
    )
    assert found["bone"].status == "belum_mengisi"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "se"}, NOTHING),
        ({"topics": "stunting"}, NOTHING),
        ({"valid_until": date(2026, 3, 11)}, ("tidak_terpenuhi", "kedaluwarsa")),
        ({"valid_until": date(2026, 3, 12)}, MET),
        ({"day": date(2026, 3, 13)}, ("tidak_terpenuhi", "belum_berlaku")),
        ({"day": date(2026, 3, 12)}, MET),
    ],
)
def test_kind_topic_and_days_decide(told, pair, regions, fields, says):
    regulation(regions.makassar, **fields)
    assert told("regulasi_berlaku", GDPK)["mks"] == says


def test_a_revoked_one_is_told_as_revoked_until_another_holds(told, pair, regions):
    other = regulation(regions.makassar, topics="stunting")
    regulation(regions.makassar, valid_until=date(2025, 6, 30), revoked_by=other)
    assert told("regulasi_berlaku", GDPK)["mks"] == ("tidak_terpenuhi", "dicabut")
    assert told("regulasi_berlaku", GDPK, on=date(2025, 6, 30))["mks"] == MET
    regulation(regions.makassar, date(2026, 1, 2))
    assert told("regulasi_berlaku", GDPK)["mks"] == MET


def test_the_level_says_whose_regulation_counts(told, pair, regions):
    regulation(regions.sulsel, kind="perda")
    regulation(None, kind="perpres", topics="gdpk")
    both = {"mks": MET, "bone": MET}
    neither = {"mks": NOTHING, "bone": NOTHING}
    assert told("regulasi_berlaku", GDPK) == neither
    assert told("regulasi_berlaku", GDPK | {"level": "province"}) == both
    assert told("regulasi_berlaku", GDPK | {"level": "any"}) == both
    assert told("regulasi_berlaku", GDPK | {"level": ""}) == neither
    assert told("regulasi_berlaku", {"topic": "gdpk", "kinds": "perpres", "level": "any"}) == both
    assert told("regulasi_berlaku", {"topic": "gdpk", "kinds": "perpres"}) == neither


def test_what_was_recorded_or_ended_later_was_not_known(told, pair, regions):
    row = regulation(regions.makassar)
    moment = datetime(2026, 2, 1, tzinfo=UTC)
    Regulation.objects.update(
        created_at=moment,
        valid_until=date(2026, 1, 31),
        ended_at=moment + timedelta(days=20),
    )
    before = told("regulasi_berlaku", GDPK, known=moment - timedelta(seconds=1))
    between = told("regulasi_berlaku", GDPK, known=moment + timedelta(days=5), whole=True)
    after = told("regulasi_berlaku", GDPK, known=moment + timedelta(days=21))
    assert before["mks"] == NOTHING
    assert (between["mks"].status, between["mks"].item_id) == ("terpenuhi", row.pk)
    assert after["mks"] == ("tidak_terpenuhi", "kedaluwarsa")


# --- agreements and offices ------------------------------------------------------------------


def test_an_agreement_of_the_kind_and_topic(told, pair, regions):
    Agreement.objects.create(
        region=regions.bone,
        kind="pks",
        title="Uji",
        parties="A",
        valid_from=date(2025, 1, 1),
        topics="kerja-sama",
    )
    assert told("kesepakatan_berlaku", {"kinds": ["pks"]}) == {"mks": NOTHING, "bone": MET}
    assert told("kesepakatan_berlaku", {"kinds": ["mou"]})["bone"] == NOTHING
    assert told("kesepakatan_berlaku", {"topic": "stunting"})["bone"] == NOTHING
    assert told("kesepakatan_berlaku", {"topic": "kerja-sama"})["bone"] == MET


def test_the_form_of_the_office(told, pair, regions):
    merged = Institution.objects.create(
        region=regions.makassar, name="A", form="digabung", valid_from=date(2020, 1, 1)
    )
    gone = Institution.objects.create(
        region=regions.bone,
        name="B",
        form="mandiri",
        valid_from=date(2020, 1, 1),
        valid_until=date(2025, 12, 31),
    )
    found = told("kelembagaan", ALONE, whole=True)
    assert {code: (r.status, r.reason, r.item_id) for code, r in found.items()} == {
        "mks": ("tidak_terpenuhi", "bentuk", merged.pk),
        "bone": ("tidak_terpenuhi", "kedaluwarsa", gone.pk),
    }
    assert told("kelembagaan", {"forms": "mandiri;digabung"})["mks"] == MET
    assert told("kelembagaan", ALONE, on=date(2025, 12, 31))["bone"] == MET


# --- indicators ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "before", "now", "better"),
    [
        ("up", 1, 2, True),
        ("up", 2, 2, False),
        ("down", 2, 1, True),
        ("down", 1, 2, False),
        ("yes_no", 0, 1, True),
        ("yes_no", 1, 0, False),
        ("range", 5, 3, True),
        ("range", 2, 2, True),
        ("range", 3, 5, False),
        ("range", 4, 0, False),
    ],
)
def test_better_follows_the_direction(direction, before, now, better):
    measure = Measure(direction, Decimal(1), Decimal(3))
    assert improved(measure, Decimal(before), Decimal(now)) is better


def test_a_band_that_is_not_set_never_improves():
    assert not improved(Measure("range", None, None), Decimal(1), Decimal(2))


@pytest.fixture
def report(operator_makassar, verifikator_sulsel):
    """report(pokja, 2026, annual=…): a verified indicator set with IPBK."""
    indicator = make_indicator("ipbk", name="IPBK", direction="up")

    def make(pokja, year, status="verified", **values):
        rows = [{"indicator": indicator, "target": Decimal(60), "source": "Survei"} | values]
        held = IndicatorSet.objects.filter(pokja=pokja, year=year).first()
        item = make_indicators(pokja, operator_makassar, year, rows, held and held.evidence)
        if status == "verified":
            return verified(item, operator_makassar, verifikator_sulsel)
        Evidence.objects.filter(pk=item.pk).update(status=status)
        return item

    return make


def test_a_value_better_than_last_years(told, pair, report):
    mks, _ = pair
    report(mks, 2025, annual=Decimal(58))
    assert told("indikator_naik", IPBK)["mks"] == ("belum_mengisi", "tanpa_capaian")
    item = report(mks, 2026, q1=Decimal("58.1"))
    found = told("indikator_naik", IPBK, whole=True)["mks"]
    assert (found.status, found.evidence_id) == ("terpenuhi", item.pk)


@pytest.mark.parametrize(
    ("last", "now", "status", "says"),
    [
        (58, 57, "verified", ("tidak_terpenuhi", "tidak_naik")),
        (None, 57, "verified", ("belum_mengisi", "tanpa_pembanding")),
        (58, None, "verified", ("belum_mengisi", "tanpa_capaian")),
        (58, 59, "submitted", ("menunggu", "")),
        (58, 57, "submitted", ("belum_mengisi", "tanpa_capaian")),
        (58, 59, "returned", ("perlu_perbaikan", "dikembalikan")),
        (58, 59, "draft", ("belum_mengisi", "tanpa_capaian")),
    ],
)
def test_what_the_values_of_two_years_say(told, pair, report, last, now, status, says):
    mks, _ = pair
    report(mks, 2025, annual=last and Decimal(last))
    report(mks, 2026, status, annual=now and Decimal(now))
    assert told("indikator_naik", IPBK)["mks"] == says


def test_any_pokja_of_the_region_may_report_where_the_rubric_says_so(told, pair, report, regions):
    mks, _ = pair
    make_pokja(regions.makassar, "lain")
    report(mks, 2025, annual=Decimal(58))
    report(mks, 2026, annual=Decimal(59))
    assert told("indikator_naik", IPBK) == {"mks": MET, "lain": NOTHING, "bone": NOTHING}
    assert told("indikator_naik", IPBK | {"by": "region"}) == {
        "mks": MET,
        "lain": MET,
        "bone": NOTHING,
    }


def test_a_value_verified_later_was_not_known(told, pair, report):
    mks, _ = pair
    report(mks, 2025, annual=Decimal(58))
    item = report(mks, 2026, annual=Decimal(59))
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    History.objects.exclude(evidence=item).update(at=moment - timedelta(days=9))
    History.objects.filter(evidence=item).update(at=moment)
    assert told("indikator_naik", IPBK, known=moment)["mks"] == MET
    earlier = moment - timedelta(seconds=1)
    assert told("indikator_naik", IPBK, known=earlier)["mks"] == ("belum_mengisi", "tanpa_capaian")


def test_targets_that_planning_documents_set(told, pair, regions):
    one, two = make_indicator("a"), make_indicator("b")

    def plan(region, indicator, document):
        RegionTarget.objects.create(
            region=region, year=YEAR, indicator=indicator, value=1, document=document
        )

    plan(regions.makassar, one, "RPJMD 2025–2029")
    plan(regions.bone, one, "Kesepakatan Rakerda")
    few = ("tidak_terpenuhi", "dokumen_kurang")
    assert told("dokumen_memuat_indikator", PLANS) == {"mks": few, "bone": few}
    assert told("dokumen_memuat_indikator", PLANS | {"minimum": 1})["mks"] == MET
    plan(regions.makassar, two, "renstra DPPKB")
    assert told("dokumen_memuat_indikator", PLANS)["mks"] == MET


# --- maturity points -------------------------------------------------------------------------


def test_a_maturity_point_is_a_criterion(told, pair, operator_makassar, verifikator_sulsel):
    from tests.makers import make_decree

    mks, _ = pair
    check = "poin:sk_masa_panjang"
    assert told(check, {})["mks"] == NOTHING
    item = make_decree(mks, operator_makassar)
    Evidence.objects.filter(pk=item.pk).update(status="submitted")
    assert told(check, {})["mks"] == ("menunggu", "kriteria_dasar")
    Evidence.objects.filter(pk=item.pk).update(status="verified")
    assert told(check, {}) == {"mks": MET, "bone": NOTHING}
    assert told("poin:sk_lintas_sektor", {})["mks"] == ("tidak_terpenuhi", "poin")


# --- parameters and words --------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("check", "parameters", "errors"),
    [
        ("regulasi_berlaku", GDPK, []),
        ("regulasi_berlaku", {"topic": "gdpk", "kinds": "perda; pergub"}, []),
        ("regulasi_berlaku", {}, ["Isi topik"]),
        ("regulasi_berlaku", {"topic": "GDPK"}, ["Topik: tulis “gdpk”"]),
        (
            "regulasi_berlaku",
            {"topic": "gdpk", "level": "desa"},
            ["Ditetapkan oleh: “desa” tidak dikenal. Pilihan: own, province, any"],
        ),
        (
            "regulasi_berlaku",
            {"topic": "gdpk", "jenis": "perda"},
            ["Parameter “jenis” tidak dikenal pada pemeriksaan ini"],
        ),
        ("kelembagaan", {"forms": {"a": 1}}, ["Bentuk yang diterima: nilainya tidak terbaca"]),
        (
            "dokumen_memuat_indikator",
            {"documents": ["RPJMD"], "minimum": 0},
            ["Paling sedikit berapa indikator: isi angka 1 sampai 100"],
        ),
        ("indikator_naik", {"indicator": "zzz"}, ["Kode indikator “zzz” tidak ada dalam katalog"]),
        ("sk", {}, []),
        ("sk", {"a": 1}, ["Kriteria dasar tidak memakai parameter"]),
        ("entah", {}, ["Pemeriksaan “entah” tidak dikenal"]),
        ("kelembagaan", [], ["Parameter harus berupa pasangan nama dan nilai"]),
        ("poin:sk_terpenuhi", {}, []),
    ],
)
def test_parameters_are_checked(check, parameters, errors):
    assert validate_parameters(check, parameters) == errors


def test_wrong_parameters_never_break_the_scores(told, pair):
    for parameters in ({"topic": "gdpk", "level": "desa"}, {"level": []}, {"topic": 7, "x": None}):
        assert told("regulasi_berlaku", parameters)["mks"] == NOTHING
    assert told("entah", {})["mks"] == NOTHING


def rule(check, parameters=None, words=""):
    return CriterionRule("k", "Uji", check, parameters or {}, 25, True, words)


def test_a_rule_is_said_in_words():
    assert words_of(rule("sk", words="Bunyi sendiri.")) == "Bunyi sendiri."
    assert words_of(rule("sk")).startswith("SK terverifikasi")
    assert words_of(rule("regulasi_berlaku", GDPK)) == (
        "Regulasi tentang suatu topik berlaku (jenis regulasi: Peraturan Wali Kota, Peraturan "
        "Bupati, Peraturan Daerah; topik: GDPK; ditetapkan oleh: daerah sendiri)."
    )
    assert words_of(rule("entah")) == "Pemeriksaan “entah” tidak dikenal portal ini."


def test_every_check_has_a_fact_and_a_fix(told, pair):
    for code in CHECKS:
        parameters = {"topic": "gdpk"} if "topic" in CHECKS[code].parameters else {}
        result = told(code, parameters, whole=True)["mks"]
        fact, fix, _ = of_check(rule(code, parameters), result, YEAR, "kota")
        assert fact
        assert fix
