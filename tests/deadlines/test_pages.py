"""The two pages: what each person sees, in words, at a constant number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from apps.deadlines.models import PeriodSwitch, Reopening
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence, History
from tests import makers


def heading(page):
    return page.context["heading"]


@pytest.fixture
def see(cast, client_of, today):
    """see("operator_bone", "/periode/"): the page as that person gets it."""
    return lambda who, url: client_of(cast[who]).get(url)


# --- /periode/ -------------------------------------------------------------------------------


def test_an_officer_sees_the_days_left_of_the_own_region(see, make_period):
    make_period()
    page = see("operator_bone", "/periode/")
    assert heading(page) == "Batas pengisian 2026: 31 Maret 2026, 19 hari lagi"
    place = page.context["places"][0]
    assert (place.name, place.zone) == ("Kabupaten Bone", "WITA")
    assert [row.state for row in place.rows] == ["19 hari lagi"] * 4
    assert [row.action for row in place.rows] == [""] * 4


@pytest.mark.parametrize(
    ("dates", "finding", "state"),
    [
        (
            {"due": date(2026, 3, 12)},
            "Batas pengisian 2026: 12 Maret 2026, hari terakhir",
            "Hari terakhir",
        ),
        (
            {"due": date(2026, 3, 9), "grace_until": date(2026, 3, 13)},
            "Batas pengisian 2026 berakhir 9 Maret 2026",
            "Masa tenggang sampai 13 Maret 2026",
        ),
        (
            {"due": date(2026, 3, 9)},
            "Batas pengisian 2026 berakhir 9 Maret 2026",
            "Lewat 3 hari, masih diterima",
        ),
        (
            {"due": date(2026, 3, 1), "locks_on": date(2026, 3, 10)},
            "Pengisian 2026 sudah dikunci",
            "Dikunci sejak 11 Maret 2026",
        ),
        (
            {"due": date(2026, 4, 30), "opens_on": date(2026, 4, 1)},
            "Batas pengisian 2026: 30 April 2026, 49 hari lagi",
            "Dibuka 1 April 2026",
        ),
    ],
)
def test_every_state_is_told_in_words(see, make_period, dates, finding, state):
    make_period(dates.pop("due"), **dates)
    page = see("operator_bone", "/periode/")
    assert heading(page) == finding
    assert page.context["places"][0].rows[0].state == state
    assert state in page.content.decode()


def test_without_periods_the_page_says_so(see):
    page = see("operator_bone", "/periode/")
    assert heading(page) == "Batas pengisian 2026 belum ditetapkan"
    assert "Administrator portal menetapkannya" in page.content.decode()


def test_the_coordinator_finds_locks_and_regions_to_reopen(see, make_period, regions):
    make_period(date(2026, 3, 1), locks_on=date(2026, 3, 10))
    make_period(kind="budget")
    page = see("koordinator_sulsel", "/periode/")
    assert [row.action for row in page.context["places"][0].rows] == ["Buka kunci"] * 3 + ["Kunci"]
    assert list(page.context["choices"]) == [regions.sulsel, regions.bone, regions.makassar]
    assert f"/periode/2026/wilayah/{regions.bone.pk}/buka-kembali/" in page.content.decode()


def test_a_verifier_sees_the_province_but_locks_nothing(see, make_period):
    make_period(date(2026, 3, 1), locks_on=date(2026, 3, 10))
    page = see("verifikator_sulsel", "/periode/")
    assert page.context["places"][0].name == "Provinsi Sulawesi Selatan"
    assert "buka-kunci" not in page.content.decode()
    assert page.context["choices"] == []


def test_who_locked_it_and_why_is_told_to_the_officers(see, make_period, regions, cast):
    make_period()
    PeriodSwitch.objects.create(
        province=regions.sulsel,
        year=2026,
        kind="budget",
        number=1,
        is_locked=True,
        day=date(2026, 3, 10),
        reason="Sudah dilaporkan.",
        by=cast["koordinator_sulsel"],
    )
    text = see("operator_bone", "/periode/").content.decode()
    assert "Dikunci oleh Koordinator Sulsel, 10 Maret 2026: Sudah dilaporkan." in text


def test_reopenings_of_others_stay_with_them(see, make_period, regions):
    make_period(date(2026, 3, 1), locks_on=date(2026, 3, 10))
    for region in (regions.bone, regions.banjarmasin):
        Reopening.objects.create(
            region=region, year=2026, until=date(2026, 3, 20), reason=f"Alasan {region.code}"
        )
    assert "Alasan 73.08" in see("operator_bone", "/periode/").content.decode()
    assert "Alasan" not in see("operator_makassar", "/periode/").content.decode()
    text = see("koordinator_sulsel", "/periode/").content.decode()
    assert "Alasan 73.08" in text
    assert "Alasan 63.71" not in text
    assert "Alasan 63.71" in see("pusat", "/periode/").content.decode()


def test_pusat_chooses_a_province(see, make_period, regions):
    make_period(province=regions.kalsel)
    page = see("pusat", "/periode/")
    assert heading(page) == "Batas pengisian 2026 belum ditetapkan"
    assert list(page.context["own"]) == [regions.kalsel]
    page = see("pusat", "/periode/?provinsi=63")
    assert page.context["places"][0].manages is True
    assert heading(page) == "Batas pengisian 2026: 31 Maret 2026, 19 hari lagi"


@pytest.mark.parametrize("query", ["?tahun=abc", "?tahun=0000", "?tahun=٢٠٢٦", "?provinsi=99"])
def test_an_address_that_makes_no_sense_shows_the_running_year(see, make_period, query):
    assert see("pusat", f"/periode/{query}").context["year"] == 2026


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_of_deadlines_costs_the_same_for_one_reopening_and_twelve(
    see, make_period, regions, make_region, count, django_assert_num_queries, cast, client_of
):
    make_period(date(2026, 3, 1), locks_on=date(2026, 3, 10))
    for number in range(count):
        region = make_region(f"73.{number + 20}", f"Kabupaten {number}", regions.sulsel)
        Reopening.objects.create(region=region, year=2026, until=date(2026, 3, 20), reason="Uji")
    client = client_of(cast["koordinator_sulsel"])
    client.get("/periode/")
    with django_assert_num_queries(15):
        client.get("/periode/")


# --- /jam/ -----------------------------------------------------------------------------------


@pytest.fixture
def sent(pokja, operator_makassar):
    """sent(day): a plan that has waited since a day of March 2026, with its history."""

    def make(day, year=2026):
        item = makers.make_plan(pokja, operator_makassar, year=year)
        at = datetime(2026, 3, day, 3, tzinfo=UTC)
        Evidence.objects.filter(pk=item.pk).update(
            status=Status.SUBMITTED, submitted_by=operator_makassar, submitted_at=at
        )
        row = History.objects.create(
            evidence=item, actor=operator_makassar, action=Action.SUBMIT, to_status="submitted"
        )
        History.objects.filter(pk=row.pk).update(at=at)
        return item

    return make


@pytest.fixture
def decided(sent, verifikator_sulsel):
    """decided(sent_on, decided_on): one that was verified, by days of March."""

    def make(first, last, year, actor=None):
        item = sent(first, year)
        Evidence.objects.filter(pk=item.pk).update(status=Status.VERIFIED)
        row = History.objects.create(
            evidence=item,
            actor=actor or verifikator_sulsel,
            action=Action.VERIFY,
            to_status="verified",
        )
        at = datetime(2026, 3, last, 3, tzinfo=UTC)
        History.objects.filter(pk=row.pk).update(at=at)
        return item

    return make


def test_verifiers_see_what_is_over_the_target(see, sent, holiday):
    holiday(date(2026, 3, 10))
    over = sent(5)  # 6, 9, 11 and 12 March
    sent(6, year=2025)  # 9, 11 and 12 March: still within three
    page = see("verifikator_sulsel", "/jam/")
    assert heading(page) == "1 berkas melewati target 3 hari kerja"
    assert [(item.pk, wait.days) for item, wait in page.context["waiting"].listed] == [(over.pk, 4)]
    assert f"/verifikasi/{over.pk}/" in page.content.decode()


def test_a_year_without_holidays_is_told(see, sent, holiday):
    sent(11)
    assert "Hari libur 2026 belum diisi" in see("operator_makassar", "/jam/").content.decode()
    holiday(date(2026, 8, 17))
    assert "belum diisi" not in see("operator_makassar", "/jam/").content.decode()


def test_within_the_target_the_page_says_so(see, sent):
    sent(11)
    assert heading(see("koordinator_sulsel", "/jam/")) == (
        "Semua 1 berkas masih dalam target 3 hari kerja"
    )
    assert heading(see("verifikator_kalsel", "/jam/")) == "Tidak ada berkas yang menunggu"


def test_each_verifier_has_a_median_of_the_last_90_days(see, decided, verifikator2_sulsel, cast):
    decided(2, 3, 2026)
    decided(2, 5, 2025)
    decided(2, 9, 2024)
    decided(2, 4, 2023, actor=verifikator2_sulsel)
    page = see("verifikator_sulsel", "/jam/")
    people = {pace.name: (pace.count, pace.median) for pace in page.context["people"]}
    assert people == {
        "Verifikator Sulsel": (3, "3 hari kerja"),
        "Verifikator2 Sulsel": (1, "2 hari kerja"),
    }
    assert (page.context["pace"].median, page.context["pace"].kept) == (
        "2,5 hari kerja",
        "3 dari 4",
    )


def test_older_decisions_and_undone_ones_do_not_count(see, decided):
    old, undone = decided(2, 3, 2026), decided(2, 4, 2025)
    rows = History.objects.filter(action=Action.VERIFY)
    rows.filter(evidence=old).update(at=timezone.now() - timedelta(days=91))
    rows.filter(evidence=undone).update(undone_at=timezone.now())
    assert see("verifikator_sulsel", "/jam/").context["people"] == []


def test_an_officer_sees_the_own_items_and_the_provinces_median_without_names(see, sent, decided):
    mine = sent(5)
    decided(2, 4, 2025)
    page = see("operator_makassar", "/jam/")
    assert heading(page) == "1 berkas Anda menunggu provinsi, paling lama 5 hari kerja"
    assert page.context["pace"].median == "2 hari kerja"
    text = page.content.decode()
    assert mine.title in text
    assert "Verifikator Sulsel" not in text


def test_others_officers_see_the_median_but_not_the_items(see, sent, decided):
    mine = sent(5)
    decided(2, 4, 2025)
    page = see("operator_bone", "/jam/")
    assert heading(page) == "Tidak ada berkas Anda yang menunggu"
    assert page.context["pace"].median == "2 hari kerja"
    assert mine.title not in page.content.decode()
    assert see("operator_banjarmasin", "/jam/").context["pace"].median == "belum ada"


def test_an_observer_sees_how_quickly_things_are_judged(see, sent, decided):
    mine = sent(5)
    decided(2, 4, 2025)
    page = see("pengamat_makassar", "/jam/")
    assert heading(page) == "Berkas diperiksa provinsi dalam 2 hari kerja"
    assert mine.title not in page.content.decode()


def test_pusat_compares_the_provinces(see, sent, decided, regions):
    sent(2)
    decided(2, 4, 2025)
    page = see("pusat", "/jam/")
    assert heading(page) == "Tidak ada berkas yang menunggu"  # of the province-level Pokja
    rows = [
        (row.province, row.waiting, row.over, row.pace.median) for row in page.context["provinces"]
    ]
    assert rows == [(regions.sulsel, 1, 1, "2 hari kerja")]
    assert heading(see("admin", "/jam/")) == "1 berkas melewati target 3 hari kerja"


@pytest.mark.parametrize("count", [1, 9])
@pytest.mark.parametrize(
    ("who", "total"), [("verifikator_sulsel", 11), ("pusat", 14), ("operator_makassar", 24)]
)
def test_the_clock_costs_the_same_for_one_item_and_nine(
    cast, client_of, today, sent, decided, count, who, total, django_assert_num_queries
):
    """4 of them are the clock's own: holidays, targets, what waits, decisions; Pusat 3 more."""
    for number in range(count):
        sent(2 + number % 9, year=2010 + number)
        decided(2, 4, 2020 + number)
    client = client_of(cast[who])
    client.get("/jam/")
    with django_assert_num_queries(total):
        client.get("/jam/")
