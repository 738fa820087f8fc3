"""Closing a year, reopening one region, closing it again: what is frozen, refused and told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.core.errors import Conflict
from apps.deadlines.locking import LockRefused, set_lock
from apps.deadlines.locking import reopen as reopen_deadline
from apps.deadlines.models import Period, PeriodSwitch, Reopening
from apps.deadlines.queries import deadlines_for
from apps.deadlines.services import PeriodClosed
from apps.effectiveness.closing import ClosingRefused, close, close_again, reopen
from apps.effectiveness.frozen import book_note, closed_provinces
from apps.effectiveness.models import Closing, FrozenScore, RegionReopening
from apps.evidence.services import verify
from apps.notices.models import Notice
from apps.verification.models import Evidence
from tests import makers
from tests.books.conftest import YEAR, paper, submit
from tests.rivals import at_once, outcomes

LATER = date(2026, 4, 30)


@pytest.fixture
def book(world, regions, koordinator_sulsel):
    return close(regions.sulsel, YEAR, actor=koordinator_sulsel, note=" Rakerda ")


def opened(book, region, actor, **more):
    given = {"reason": "SK terlambat dikirim", "until": LATER} | more
    return reopen(book, region, actor=actor, **given)


def new_budget(pokja, officer):
    document = paper(pokja.region, officer)
    return makers.make_budget(pokja, officer, YEAR, document=document, stage="perubahan")


# --- closing ---------------------------------------------------------------------------------


def test_every_pokja_of_the_province_is_kept_with_what_it_rests_on(
    book, world, regions, koordinator_sulsel, figures
):
    assert (book.on, book.note, book.closed_by) == (
        date(2025, 12, 31),
        "Rakerda",
        koordinator_sulsel,
    )
    assert [each["code"] for each in book.regions] == ["73", "73.08", "73.71"]
    assert [row.code for row in book.scores.all()] == ["sulsel-bk", "bone-bk", "makassar-bk"]
    row = book.scores.get(pokja=world.makassar)
    sk = Evidence.objects.get(kind="decree", region=regions.makassar)
    assert (row.effective, row.score, row.edition, row.is_current) == (True, 100, 1, True)
    assert row.results["sk"] | {"decree": None} == {
        "status": "terpenuhi",
        "reason": "",
        "evidence": sk.pk,
        "version": 1,
        "item": None,
        "until": "2028-12-31",
        "decree": None,
    }
    assert row.points["sk_terpenuhi"] is True
    assert row.points["sk_lintas_sektor"] is False
    assert (row.region_code, row.region_name) == ("73.71", "Kota Makassar")
    assert {code: item.frozen is not None for code, item in figures().items()} == {
        "sulsel-bk": True,
        "bone-bk": True,
        "makassar-bk": True,
        "banjarmasin-bk": False,
    }


def test_frozen_rows_read_as_they_were_computed(world, regions, koordinator_sulsel, figures):
    before = figures()
    close(regions.sulsel, YEAR, actor=koordinator_sulsel)
    after = figures()
    assert list(after) == list(before)
    for code, item in before.items():
        then = after[code]
        assert (then.results, then.extra, then.by_rubric) == (
            item.results,
            item.extra,
            item.by_rubric,
        )
        assert (then.effective, then.score, then.index, then.on, then.kinds) == (
            item.effective,
            item.score,
            item.index,
            item.on,
            item.kinds,
        )
        assert then.rules == item.rules


def test_closing_is_on_record_and_the_officers_are_told(book, cast, koordinator_sulsel):
    entry = Entry.objects.get(action="Menutup tahun")
    assert (entry.actor, entry.role, entry.reason) == (
        koordinator_sulsel,
        "coordinator",
        "Rakerda",
    )
    assert entry.after == {"tahun": 2025, "rubrik": book.rules["name"], "Pokja": 3}
    told = set(Notice.objects.filter(key=f"tutup-buku:{book.pk}").values_list("user", flat=True))
    officers = ("operator_makassar", "operator_bone", "operator_sulsel")
    assert told == {cast[name].pk for name in officers}


def test_a_year_without_deadlines_is_locked_all_the_same(book, regions):
    period = Period.objects.get()
    assert (period.year, period.province, period.kind) == (2025, regions.sulsel, "")
    found = deadlines_for(YEAR, [regions.bone])
    assert {each.state(date(2026, 3, 12)) for each in found.values()} == {"locked"}


def test_only_what_is_not_locked_yet_is_locked_by_hand(world, regions, koordinator_sulsel):
    dates = {"opens_on": date(2025, 1, 1), "due_on": date(2025, 6, 30)}
    Period.objects.create(year=2025, locks_on=date(2025, 12, 31), **dates)
    Period.objects.create(year=2025, kind="budget", **dates)
    close(regions.sulsel, YEAR, actor=koordinator_sulsel)
    assert list(PeriodSwitch.objects.values_list("kind", "is_locked")) == [("budget", True)]
    assert Period.objects.count() == 2
    assert deadlines_for(YEAR, [regions.banjarmasin])["budget", regions.banjarmasin.pk].takes(
        date(2026, 3, 12)
    )


def test_an_opening_by_deadline_ends_with_the_closing(world, regions, koordinator_sulsel):
    period = {"opens_on": date(2025, 1, 1), "due_on": date(2025, 6, 30)}
    Period.objects.create(year=2025, locks_on=date(2025, 12, 31), **period)
    reopen_deadline(
        regions.bone, YEAR, "", until=LATER, reason="Banjir", actor=koordinator_sulsel, seen=0
    )
    close(regions.sulsel, YEAR, actor=koordinator_sulsel)
    assert Reopening.objects.get().ended_at is not None


def test_a_closed_year_is_not_closed_again(book, regions, pusat):
    with pytest.raises(Conflict, match=r"sudah ditutup oleh Koordinator Sulsel pada 12 Maret 2026"):
        close(regions.sulsel, YEAR, actor=pusat)
    assert (Closing.objects.count(), FrozenScore.objects.count()) == (1, 3)


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_year_that_has_not_ended_is_not_closed(world, regions, pusat, year):
    with pytest.raises(ClosingRefused, match=f"Tahun {year} belum berakhir"):
        close(regions.sulsel, year, actor=pusat)
    assert not Closing.objects.exists()


def test_a_year_without_rubric_is_not_closed(regions, pusat, today):
    with pytest.raises(ClosingRefused, match="tidak dapat dinilai"):
        close(regions.sulsel, YEAR, actor=pusat)
    assert (Closing.objects.exists(), Period.objects.exists()) == (False, False)


def test_a_province_without_pokja_has_an_empty_book(rubric, regions, pusat, today):
    done = close(regions.sulsel, YEAR, actor=pusat)
    assert (done.scores.count(), len(done.regions)) == (0, 3)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_at_once_one_is_told(world, regions, koordinator_sulsel, pusat):
    results = at_once(
        lambda: close(regions.sulsel, YEAR, actor=koordinator_sulsel),
        lambda: close(regions.sulsel, YEAR, actor=pusat),
    )
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    assert (Closing.objects.count(), FrozenScore.objects.count()) == (1, 3)
    assert Period.objects.count() == 1


# --- what a closed year takes ----------------------------------------------------------------


def test_a_closed_year_takes_nothing_even_without_any_deadline(book, world, operator_bone):
    Period.objects.all().delete()
    budget = new_budget(world.bone, operator_bone)
    with pytest.raises(PeriodClosed, match="Buku tahun 2025 untuk Kabupaten Bone sudah ditutup"):
        submit(budget, operator_bone)


def test_neither_lock_nor_deadline_opens_a_closed_book(book, regions, koordinator_sulsel):
    by = {"reason": "Keliru", "actor": koordinator_sulsel}
    with pytest.raises(LockRefused, match="dari buku tahun"):
        set_lock(regions.sulsel, YEAR, "budget", locked=False, seen=0, **by)
    with pytest.raises(LockRefused, match="dari buku tahun"):
        reopen_deadline(regions.bone, YEAR, "", until=LATER, seen=0, **by)


# --- reopening -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reason": "  "}, "Tulis alasan"),
        ({"until": date(2026, 3, 12)}, "sesudah hari ini"),
        ({"until": date(2026, 3, 1)}, "sesudah hari ini"),
    ],
)
def test_reopening_needs_a_reason_and_a_day_to_come(book, regions, koordinator_sulsel, more, why):
    with pytest.raises(ClosingRefused, match=why):
        opened(book, regions.bone, koordinator_sulsel, **more)
    assert not RegionReopening.objects.exists()


def test_a_region_of_another_province_is_not_in_the_book(book, regions, pusat):
    with pytest.raises(ClosingRefused, match="tidak tercatat"):
        opened(book, regions.banjarmasin, pusat)


def test_a_reopened_region_sends_and_moves_while_the_others_stay(
    book, world, regions, cast, koordinator_sulsel, verifikator_sulsel, figures
):
    before = figures()
    opened(book, regions.bone, koordinator_sulsel)
    told = Notice.objects.get(event="reopened")
    assert told.user == cast["operator_bone"]
    assert "sampai 30 April 2026: SK terlambat dikirim" in told.text
    budget = new_budget(world.bone, cast["operator_bone"])
    makers.verified(budget, cast["operator_bone"], verifikator_sulsel)
    after = figures()
    assert (before["bone-bk"].score, after["bone-bk"].score) == (25, 50)
    assert after["bone-bk"].frozen is None
    assert after["makassar-bk"].frozen == before["makassar-bk"].frozen
    with pytest.raises(PeriodClosed):
        submit(new_budget(world.makassar, cast["operator_makassar"]), cast["operator_makassar"])


def test_a_region_is_reopened_once(book, regions, koordinator_sulsel, pusat):
    opened(book, regions.bone, koordinator_sulsel)
    with pytest.raises(Conflict, match="sudah dibuka kembali oleh Koordinator Sulsel"):
        opened(book, regions.bone, pusat)
    assert RegionReopening.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_reopen_at_once_one_is_told(book, regions, koordinator_sulsel, pusat):
    results = at_once(
        lambda: opened(book, regions.bone, koordinator_sulsel),
        lambda: opened(book, regions.bone, pusat),
    )
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    assert RegionReopening.objects.count() == Reopening.objects.count() == 1


def test_after_its_new_day_a_reopened_region_takes_nothing(
    book, world, regions, koordinator_sulsel, operator_bone, time_machine
):
    opened(book, regions.bone, koordinator_sulsel, until=date(2026, 3, 20))
    budget = new_budget(world.bone, operator_bone)
    time_machine.move_to(date(2026, 3, 22))
    with pytest.raises(PeriodClosed, match="sudah lewat pada 20 Maret 2026"):
        submit(budget, operator_bone)


# --- closing again ---------------------------------------------------------------------------


def test_closing_again_writes_the_next_edition_of_that_region_only(
    book, world, regions, koordinator_sulsel, verifikator_sulsel, operator_bone, figures
):
    held = opened(book, regions.bone, koordinator_sulsel)
    plan = Evidence.objects.get(pk=world.plan.pk)
    verify(plan, actor=verifikator_sulsel, revision=plan.revision)
    close_again(held, actor=koordinator_sulsel)
    rows = FrozenScore.objects.order_by("pk").values_list(
        "region__code", "edition", "is_current", "score"
    )
    assert list(rows) == [
        ("73", 1, True, 0),
        ("73.08", 1, False, 25),
        ("73.71", 1, True, 100),
        ("73.08", 2, True, 50),
    ]
    assert figures()["bone-bk"].frozen.edition == 2
    assert Reopening.objects.get().ended_at is not None
    told = Notice.objects.get(key=f"tutup-lagi:{held.pk}")
    assert told.user == operator_bone
    assert Entry.objects.filter(action="Menutup lagi buku wilayah").count() == 1


def test_a_region_is_closed_again_once(book, regions, koordinator_sulsel, pusat):
    held = opened(book, regions.bone, koordinator_sulsel)
    close_again(held, actor=koordinator_sulsel)
    with pytest.raises(Conflict, match="sudah ditutup lagi oleh Koordinator Sulsel"):
        close_again(held, actor=pusat)
    assert FrozenScore.objects.filter(region=regions.bone).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_again_at_once_one_is_told(book, regions, koordinator_sulsel, pusat):
    held = opened(book, regions.bone, koordinator_sulsel)
    again = RegionReopening.objects.select_related("closing__province", "region").get(pk=held.pk)
    results = at_once(
        lambda: close_again(held, actor=koordinator_sulsel),
        lambda: close_again(again, actor=pusat),
    )
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    assert FrozenScore.objects.filter(region=regions.bone).count() == 2


# --- what pages ask --------------------------------------------------------------------------


def test_the_note_names_who_closed_it_and_what_is_open_again(
    book, regions, koordinator_sulsel, django_assert_num_queries
):
    opened(book, regions.bone, koordinator_sulsel)
    with django_assert_num_queries(2):
        note = book_note(regions.sulsel.pk, YEAR)
    assert (note.closed_on, note.closed_by, note.rubric) == (
        date(2026, 3, 12),
        "Koordinator Sulsel",
        book.rules["name"],
    )
    assert [row.region for row in note.open_again] == [regions.bone]
    assert not note.is_open
    assert book_note(regions.sulsel.pk, YEAR, regions.bone).is_open
    assert not book_note(regions.sulsel.pk, YEAR, regions.makassar).is_open
    with django_assert_num_queries(1):
        assert book_note(regions.kalsel.pk, YEAR) is None


def test_which_provinces_are_closed(book, regions, koordinator_sulsel):
    opened(book, regions.bone, koordinator_sulsel)
    assert closed_provinces([2024, 2025, 2026]) == {2025: {regions.sulsel.pk}}


def test_the_past_is_told_with_the_books_of_that_moment(
    world, regions, koordinator_sulsel, figures, time_machine
):
    def at(day):
        time_machine.move_to(date(2026, 3, day))

    before = timezone.now()
    at(14)
    book = close(regions.sulsel, YEAR, actor=koordinator_sulsel)
    closed = timezone.now() + timedelta(hours=1)
    at(16)
    held = opened(book, regions.bone, koordinator_sulsel)
    while_open = timezone.now() + timedelta(hours=1)
    at(18)
    close_again(held, actor=koordinator_sulsel)
    at(20)
    assert figures(known=before)["bone-bk"].frozen is None
    assert figures(known=closed)["bone-bk"].frozen.edition == 1
    assert figures(known=while_open)["bone-bk"].frozen is None
    assert figures(known=while_open)["makassar-bk"].frozen.edition == 1
    assert figures(known=timezone.now())["bone-bk"].frozen.edition == 2
    assert book_note(regions.sulsel.pk, YEAR, known=before) is None
    assert closed_provinces([YEAR], known=before) == {}
