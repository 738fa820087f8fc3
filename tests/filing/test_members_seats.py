"""One seat at a time on its pages: added, corrected, given to somebody else, ended."""

from datetime import date

import pytest

from apps.pokja.models import Seat, SeatHolder
from tests import makers
from tests.filing import pages
from tests.pokja.seats import make_seat

START = date(2025, 1, 1)


@pytest.fixture
def url(pokja):
    return f"/pokja/{pokja.pk}/anggota/"


@pytest.fixture
def sk(pokja, officer):
    """A draft SK in force since 14 January 2026."""
    return makers.make_decree(pokja, officer.user)


SEAT = {
    "institution": "Dinas PPKB",
    "sector": "pemerintah",
    "position": "Ketua",
    "home_post": "Kepala Dinas",
    "group": "",
    "name": "Andi Contoh",
    "decree": "",
    "started_on": "",
}


def test_a_member_begins_with_their_sk(officer, url, sk):
    response = officer.client.post(f"{url}tambah/", SEAT | {"decree": sk.pk})
    assert response["Location"] == url
    seat = Seat.objects.get()
    assert (seat.decree, seat.started_on) == (sk, date(2026, 1, 14))
    assert seat.holders.get().started_on == date(2026, 1, 14)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"institution": ""}, "Isi instansi"),
        ({"sector": "bukan"}, "Pilih unsur dari daftar"),
        ({"name": "NIP 198001012005011001"}, "Tulis nama saja, tanpa NIP, NIK, atau nomor telepon"),
        ({"started_on": "32/1/2025"}, "Tulis tanggal sebagai hari, bulan, tahun, misalnya"),
        ({"decree": "999999"}, "Pilih SK dari daftar"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(officer, url, sk, changes, words):
    response = officer.client.post(f"{url}tambah/", SEAT | changes)
    assert [error[: len(words)] for error in pages.errors(response)] == [words]
    assert not Seat.objects.exists()


def test_the_sk_of_another_pokja_is_no_choice(officer, url, regions, operator_bone):
    other = makers.make_decree(makers.make_pokja(regions.bone, "bone"), operator_bone)
    response = officer.client.post(f"{url}tambah/", SEAT | {"decree": other.pk})
    assert pages.errors(response) == ["Pilih SK dari daftar"]


def test_a_seat_and_the_spelling_of_a_name_are_corrected(officer, url, pokja, sk):
    seat = make_seat(pokja, ("Andy", START, None))
    page = officer.client.get(f"{url}{seat.pk}/ubah/")
    assert pages.hidden(page, "revision") == "1"
    data = SEAT | {"revision": "1", "decree": sk.pk, "started_on": "1 Januari 2025"}
    officer.client.post(f"{url}{seat.pk}/ubah/", data)
    seat.refresh_from_db()
    assert (seat.institution, seat.decree, seat.holders.get().name) == (
        "Dinas PPKB",
        sk,
        "Andi Contoh",
    )


def test_a_new_holder_is_recorded_from_a_day(officer, url, pokja):
    seat = make_seat(pokja, ("Andi", START, None))
    address = f"{url}{seat.pk}/pejabat/"
    wrong = officer.client.post(
        address, {"name": "Budi", "started_on": "1/1/2025", "revision": "1"}
    )
    assert pages.errors(wrong) == ["Andi tercatat pada 1 Januari 2025. Pilih hari sesudahnya"]
    officer.client.post(address, {"name": "Budi", "started_on": "1/7/2025", "revision": "1"})
    assert list(SeatHolder.objects.order_by("id").values_list("name", "ended_on")) == [
        ("Andi", date(2025, 6, 30)),
        ("Budi", None),
    ]


def test_the_second_of_two_people_is_told_and_keeps_what_was_typed(officer, url, pokja):
    seat = make_seat(pokja, ("Andi", START, None))
    address = f"{url}{seat.pk}/pejabat/"
    officer.client.post(address, {"name": "Budi", "started_on": "1/7/2025", "revision": "1"})
    late = officer.client.post(
        address, {"name": "Citra", "started_on": "1/8/2025", "revision": "1"}
    )
    assert late.status_code == 409
    assert "Citra" in pages.words(late)
    assert not SeatHolder.objects.filter(name="Citra").exists()


def test_a_member_leaves_on_a_day_after_joining(officer, url, pokja):
    seat = make_seat(pokja, ("Andi", START, None))
    address = f"{url}{seat.pk}/akhiri/"
    wrong = officer.client.post(address, {"ended_on": "1/1/2024", "revision": "1"})
    assert pages.errors(wrong) == ["Hari terakhir harus setelah mulai menjabat, 1 Januari 2025"]
    officer.client.post(address, {"ended_on": "1/3/2026", "revision": "1"})
    seat.refresh_from_db()
    assert seat.ended_on == date(2026, 3, 1)
    assert officer.client.get(url).context["members"].places == []
    assert officer.client.get(url, {"per": "2026-03-01"}).context["members"].places != []
    assert officer.client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["ubah", "pejabat", "akhiri"])
def test_a_seat_of_another_pokja_is_not_found(officer, url, regions, name):
    foreign = make_seat(makers.make_pokja(regions.makassar, "lain"))
    assert officer.client.get(f"{url}{foreign.pk}/{name}/").status_code == 404
