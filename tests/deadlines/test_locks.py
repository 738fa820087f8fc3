"""Locking, unlocking and reopening through the pages: who may, with which reason, one at a time."""

from datetime import date, timedelta

import pytest

from apps.accounts.models import User
from apps.audit.models import Entry
from apps.core.errors import Conflict
from apps.deadlines.locking import LockRefused, end_reopening, reopen, set_lock
from apps.deadlines.models import PeriodSwitch, Reopening
from apps.deadlines.queries import deadline_of
from apps.notices.models import Notice
from apps.regions.models import Region
from tests.rivals import at_once, outcomes

TODAY = date(2026, 3, 12)


def lock_url(region, step="anggaran", word="kunci"):
    return f"/periode/2026/{region.pk}/{step}/{word}/"


def reopen_url(region):
    return f"/periode/2026/wilayah/{region.pk}/buka-kembali/"


def texts(response):
    """The last message; those of earlier requests were never shown."""
    return [str(message) for message in response.context["messages"]][-1:]


@pytest.fixture
def client(koordinator_sulsel, client_of, today):
    return client_of(koordinator_sulsel)


@pytest.fixture
def locked(make_period):
    """A period that was locked last week."""
    return make_period(date(2026, 2, 28), locks_on=date(2026, 3, 5))


# --- lock ------------------------------------------------------------------------------------


def test_the_coordinator_locks_a_kind_with_a_reason(client, regions, make_period):
    make_period()
    page = client.get(lock_url(regions.sulsel))
    assert page.context["state"] == "19 hari lagi"
    answer = client.post(
        lock_url(regions.sulsel), {"reason": " Sudah dilaporkan. ", "seen": "0"}, follow=True
    )
    assert texts(answer) == [
        "Anggaran 2026 dikunci mulai hari ini untuk Provinsi Sulawesi Selatan."
    ]
    done = PeriodSwitch.objects.get()
    assert (done.reason, done.day, done.is_locked) == ("Sudah dilaporkan.", TODAY, True)
    entry = Entry.objects.get(object_type="deadlines.periodswitch")
    assert (entry.reason, entry.role, entry.region) == (
        "Sudah dilaporkan.",
        "coordinator",
        regions.sulsel,
    )
    assert not deadline_of("budget", 2026, regions.bone).takes(TODAY)
    assert deadline_of("decree", 2026, regions.bone).takes(TODAY)


def test_and_unlocks_it_again(client, regions, make_period):
    make_period()
    client.post(lock_url(regions.sulsel), {"reason": "Rakerda", "seen": "0"})
    client.post(lock_url(regions.sulsel, word="buka-kunci"), {"reason": "Keliru", "seen": "1"})
    assert list(PeriodSwitch.objects.order_by("number").values_list("is_locked", flat=True)) == [
        True,
        False,
    ]
    assert deadline_of("budget", 2026, regions.bone).takes(TODAY)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_locked(client, regions, make_period, reason):
    make_period()
    answer = client.post(lock_url(regions.sulsel), {"reason": reason, "seen": "0"})
    assert answer.status_code == 200
    assert "Isi alasan" in answer.content.decode()
    assert not PeriodSwitch.objects.exists()


def test_what_has_no_deadline_cannot_be_locked(client, regions):
    answer = client.post(lock_url(regions.sulsel), {"reason": "Rakerda", "seen": "0"}, follow=True)
    assert texts(answer) == [
        "Anggaran 2026 belum punya batas pengisian. Mintalah administrator menetapkannya dahulu."
    ]


def test_what_is_not_locked_cannot_be_unlocked_and_the_other_way_round(
    client, regions, make_period
):
    make_period()
    data = {"reason": "Uji", "seen": "0"}
    answer = client.post(lock_url(regions.sulsel, word="buka-kunci"), data, follow=True)
    assert texts(answer) == ["Anggaran 2026 tidak sedang dikunci, jadi tetap."]
    client.post(lock_url(regions.sulsel), data)
    answer = client.post(lock_url(regions.sulsel), data | {"seen": "1"}, follow=True)
    assert texts(answer) == ["Anggaran 2026 sudah dikunci."]


def test_who_saw_an_older_state_is_told_and_keeps_the_words(client, regions, make_period):
    make_period()
    client.post(lock_url(regions.sulsel), {"reason": "Pertama", "seen": "0"})
    answer = client.post(lock_url(regions.sulsel), {"reason": "Kedua", "seen": "0"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Anggaran 2026 baru saja dikunci oleh Koordinator Sulsel." in text
    assert "Kedua" in text
    assert PeriodSwitch.objects.get().reason == "Pertama"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("operator_makassar", 404),
        ("operator_sulsel", 403),
        ("verifikator_sulsel", 403),
        ("verifikator_kalsel", 404),
    ],
)
def test_others_do_not_lock(who, status, cast, client_of, regions, make_period, today):
    make_period()
    answer = client_of(cast[who]).post(lock_url(regions.sulsel), {"reason": "Uji", "seen": "0"})
    assert (answer.status_code, PeriodSwitch.objects.count()) == (status, 0)


def test_a_district_an_unknown_kind_and_another_century_are_no_pages(client, regions):
    assert client.get(lock_url(regions.makassar)).status_code == 404
    assert client.get(lock_url(regions.sulsel, step="foto")).status_code == 404
    assert client.get(f"/periode/1999/{regions.sulsel.pk}/sk/kunci/").status_code == 404
    assert client.get(f"/periode/2028/{regions.sulsel.pk}/sk/kunci/").status_code == 404


# --- reopen ----------------------------------------------------------------------------------

GIVEN = {"kind": "budget", "until": "20 Maret 2026", "reason": "Kantor kebanjiran", "seen": "0"}


def test_one_region_is_reopened_and_its_officers_are_told(
    client, regions, locked, operator_bone, operator_makassar
):
    answer = client.post(reopen_url(regions.bone), GIVEN, follow=True)
    assert texts(answer) == [
        "Kabupaten Bone dibuka kembali sampai 20 Maret 2026 pukul 23.59 WITA. "
        "Petugasnya diberi tahu."
    ]
    assert deadline_of("budget", 2026, regions.bone).takes(date(2026, 3, 20))
    assert not deadline_of("decree", 2026, regions.bone).takes(TODAY)
    assert not deadline_of("budget", 2026, regions.makassar).takes(TODAY)
    notice = Notice.objects.get()
    assert (notice.user, notice.event) == (operator_bone, "reopened")
    assert notice.text == (
        "Pengisian Anggaran 2026 untuk Kabupaten Bone dibuka kembali sampai 20 Maret 2026: "
        "Kantor kebanjiran"
    )
    entry = Entry.objects.get(object_type="deadlines.reopening")
    assert (entry.reason, entry.after["until"]) == ("Kantor kebanjiran", "2026-03-20")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"until": "11 Maret 2026"}, "Tanggal sudah lewat. Pilih hari ini atau sesudahnya"),
        ({"until": ""}, "Isi dibuka sampai dengan"),
        ({"reason": ""}, "Isi alasan"),
        ({"kind": "foto"}, "Pilih jenis isian dari daftar"),
    ],
)
def test_bad_input_is_told_and_opens_nothing(client, regions, locked, changes, sentence):
    answer = client.post(reopen_url(regions.bone), GIVEN | changes)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Reopening.objects.exists()


def test_until_today_is_until_midnight(client, regions, locked):
    client.post(reopen_url(regions.bone), GIVEN | {"until": "12/03/2026"})
    assert deadline_of("budget", 2026, regions.bone).takes(TODAY)


def test_what_is_not_locked_needs_no_reopening(client, regions, make_period):
    make_period()
    answer = client.post(reopen_url(regions.bone), GIVEN)
    assert (
        "Anggaran 2026 untuk Kabupaten Bone tidak sedang dikunci, jadi tidak perlu dibuka kembali."
        in answer.content.decode()
    )
    assert not Reopening.objects.exists()


def test_a_new_date_replaces_the_old_one_and_both_stay_on_record(client, regions, locked):
    client.post(reopen_url(regions.bone), GIVEN)
    first = Reopening.objects.get()
    client.post(reopen_url(regions.bone), GIVEN | {"until": "14 Maret 2026", "seen": str(first.pk)})
    first.refresh_from_db()
    assert first.ended_at is not None
    assert Reopening.objects.count() == 2
    assert not deadline_of("budget", 2026, regions.bone).takes(date(2026, 3, 15))


def test_who_did_not_see_the_other_reopening_is_told(client, regions, locked):
    client.post(reopen_url(regions.bone), GIVEN)
    answer = client.post(reopen_url(regions.bone), GIVEN | {"until": "25 Maret 2026"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "dibuka kembali oleh Koordinator Sulsel sampai 20 Maret 2026." in text
    assert "25 Maret 2026" in text
    assert Reopening.objects.count() == 1


def test_a_reopening_is_ended_once(client, regions, locked):
    client.post(reopen_url(regions.bone), GIVEN)
    held = Reopening.objects.get()
    url = f"/periode/pembukaan/{held.pk}/akhiri/"
    answer = client.post(url, follow=True)
    assert texts(answer) == ["Pembukaan kembali Kabupaten Bone diakhiri."]
    assert texts(client.post(url, follow=True)) == ["Pembukaan kembali ini sudah diakhiri."]
    assert not deadline_of("budget", 2026, regions.bone).takes(TODAY)
    assert Entry.objects.filter(object_id=str(held.pk)).count() == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [("operator_bone", 403), ("verifikator_sulsel", 403), ("verifikator_kalsel", 404)],
)
def test_others_do_not_reopen_or_end(who, status, cast, client_of, regions, locked, today):
    held = Reopening.objects.create(
        region=regions.bone, year=2026, until=TODAY + timedelta(days=3), reason="Uji"
    )
    client = client_of(cast[who])
    assert client.post(reopen_url(regions.bone), GIVEN).status_code == status
    assert client.post(f"/periode/pembukaan/{held.pk}/akhiri/").status_code == status
    assert Reopening.objects.filter(ended_at=None).count() == 1


def test_pusat_and_the_administrator_reopen_in_any_province(
    regions, locked, pusat, admin, client_of, today
):
    for who, region in ((pusat, regions.bone), (admin, regions.banjarmasin)):
        client_of(who).post(reopen_url(region), GIVEN)
    assert Reopening.objects.count() == 2


# --- two at once -----------------------------------------------------------------------------


def again(model, row):
    return model.objects.get(pk=row.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_lock_at_once_one_does_and_the_other_is_told(
    regions, make_period, koordinator_sulsel, today
):
    make_period()

    def attempt():
        return set_lock(
            again(Region, regions.sulsel),
            2026,
            "budget",
            locked=True,
            reason="Rakerda",
            actor=again(User, koordinator_sulsel),
            seen=0,
        )

    counts = outcomes(at_once(attempt, attempt, attempt))
    # Who comes a moment later reads the lock already and is told so in other words.
    assert (counts["ok"], counts["Conflict"] + counts["LockRefused"]) == (1, 2)
    assert PeriodSwitch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_reopen_at_once_one_does_and_the_other_is_told(
    regions, locked, koordinator_sulsel, operator_bone, today
):
    def attempt():
        return reopen(
            again(Region, regions.bone),
            2026,
            "",
            until=TODAY,
            reason="Banjir",
            actor=again(User, koordinator_sulsel),
            seen=0,
        )

    counts = outcomes(at_once(attempt, attempt, attempt))
    assert counts == {"ok": 1, "Conflict": 2}
    assert (Reopening.objects.count(), Notice.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_at_once_one_does(regions, koordinator_sulsel, today):
    held = Reopening.objects.create(
        region=regions.bone, year=2026, until=TODAY, reason="Uji", by=koordinator_sulsel
    )

    def attempt():
        return end_reopening(again(Reopening, held), actor=again(User, koordinator_sulsel))

    assert sorted(at_once(attempt, attempt)) == [False, True]


def test_the_services_refuse_a_past_date_too(regions, locked, koordinator_sulsel, today):
    with pytest.raises(LockRefused, match="sudah lewat"):
        reopen(
            regions.bone,
            2026,
            "",
            until=TODAY - timedelta(days=1),
            reason="Uji",
            actor=koordinator_sulsel,
            seen=0,
        )
    with pytest.raises(Conflict):
        reopen(
            regions.bone,
            2026,
            "",
            until=TODAY,
            reason="Uji",
            actor=koordinator_sulsel,
            seen=99,
        )
