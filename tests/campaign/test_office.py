"""Letterhead and signers: typed once, changed by the coordinator, hidden from other offices."""

import re
from datetime import date

import pytest

from apps.audit.models import Entry
from apps.papers.models import Letterhead, Signer
from apps.papers.offices import letterhead_of
from tests.campaign.conftest import NIP

OFFICE = "/kampanye/kantor/"
SIGNER = {
    "position": "Kepala Perwakilan",
    "on_behalf": "",
    "principal": "",
    "name": "Nama Contoh",
    "rank": "Pembina",
    "nip": "19690514 199503 1 002",
    "is_active": "on",
}
HEAD = {
    "institution": "KEMENTERIAN CONTOH\r\n\r\nPERWAKILAN CONTOH",
    "address": "Jalan Contoh 1",
    "phone": "",
    "website": "",
    "email": "",
    "place": "Makassar",
    "valid_from": "1 Januari 2026",
}


def errors_of(answer):
    return re.findall(r'<a href="#[^"]+">([^<]+)</a>', answer.text.split("errsum", 1)[-1])


def test_the_days_in_office_are_typed_and_shown(coordinator, texts):
    days = {"valid_from": "1 Januari 2025", "valid_to": "31-12-2026"}
    address = f"{OFFICE}penanda-tangan/tambah/"
    page = coordinator.client.post(address, SIGNER | days, follow=True).text
    signer = Signer.objects.get()
    assert (signer.valid_from, signer.valid_to) == (date(2025, 1, 1), date(2026, 12, 31))
    assert "mulai 1 Januari 2025, sampai dengan 31 Desember 2026" in page


def test_a_signer_is_typed_once_and_kept(coordinator, regions, texts):
    answer = coordinator.client.post(f"{OFFICE}penanda-tangan/tambah/", SIGNER, follow=True)
    signer = Signer.objects.get()
    assert (signer.province, signer.nip, signer.title) == (
        regions.sulsel,
        NIP,
        "Kepala Perwakilan",
    )
    assert "NIP 19690514 199503 1 002" in answer.text
    entry = Entry.objects.get(action="Menyimpan penanda tangan")
    assert (entry.role, entry.region, entry.after["nip"]) == (
        "coordinator",
        regions.sulsel,
        "berakhir 1002",
    )
    assert NIP not in str(entry.after)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"nip": "19690514 199503 1 00"}, "NIP terdiri atas 18 angka, sekarang 17"),
        (
            {"valid_from": "12 Maret 2026", "valid_to": "11 Maret 2026"},
            "Tanggal akhir tidak boleh sebelum tanggal mulai",
        ),
        ({"nip": "delapan belas"}, "Tulis NIP dengan 18 angka, misalnya 19690514 199503 1 002"),
        ({"name": ""}, "Isi nama dan gelar"),
        ({"position": "x" * 151}, "Jabatan paling banyak 150 huruf, sekarang 151"),
        (
            {"on_behalf": "a.n."},
            "Isi jabatan yang diwakili bila menandatangani atas nama (a.n.), dan hanya itu",
        ),
        (
            {"principal": "Kepala"},
            "Isi jabatan yang diwakili bila menandatangani atas nama (a.n.), dan hanya itu",
        ),
    ],
)
def test_a_signer_with_a_fault_is_refused(coordinator, regions, change, told):
    answer = coordinator.client.post(f"{OFFICE}penanda-tangan/tambah/", SIGNER | change)
    assert (errors_of(answer)[:1], Signer.objects.count()) == ([told], 0)


def test_of_two_who_change_a_signer_one_is_told(coordinator, signer):
    address = f"{OFFICE}penanda-tangan/{signer.pk}/"
    first = coordinator.client.post(address, SIGNER | {"name": "Pertama", "revision": "1"})
    second = coordinator.client.post(address, SIGNER | {"name": "Kedua", "revision": "1"})
    signer.refresh_from_db()
    assert (first.status_code, second.status_code, signer.name) == (302, 409, "Pertama")


def test_the_letterhead_of_the_day_of_the_letter_holds(koordinator_sulsel, regions, letterhead):
    later = Letterhead.objects.create(
        province=regions.sulsel,
        valid_from=date(2026, 2, 1),
        institution="NAMA BARU",
        address="Jalan Contoh 1",
        place="Makassar",
    )

    def on(*day):
        return letterhead_of(koordinator_sulsel, regions.sulsel, date(*day))

    assert (on(2024, 12, 31), on(2026, 1, 31), on(2026, 2, 1)) == (None, letterhead, later)


def test_a_letterhead_is_saved_line_by_line(coordinator, regions, today):
    answer = coordinator.client.post(f"{OFFICE}kop/tambah/", HEAD, follow=True)
    head = Letterhead.objects.get()
    assert (head.province, head.lines) == (
        regions.sulsel,
        ["KEMENTERIAN CONTOH", "PERWAKILAN CONTOH"],
    )
    assert "Kop surat disimpan." in answer.text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"institution": "a\nb\nc\nd\ne"}, "Nama instansi paling banyak 4 baris, sekarang 5"),
        ({"institution": " \n "}, "Isi nama instansi"),
        ({"place": ""}, "Isi tempat"),
        ({"valid_from": "1 Januari 2025"}, "Kop surat yang berlaku mulai tanggal itu sudah ada"),
    ],
)
def test_a_letterhead_with_a_fault_is_refused(coordinator, letterhead, change, told):
    answer = coordinator.client.post(f"{OFFICE}kop/tambah/", HEAD | change)
    assert (errors_of(answer)[:1], Letterhead.objects.count()) == ([told], 1)


@pytest.mark.parametrize(
    ("person", "look", "change"),
    [
        ("koordinator_sulsel", 200, 200),
        ("verifikator_sulsel", 200, 403),
        ("admin", 200, 200),
        ("pusat", 200, 404),
        ("verifikator_kalsel", 200, 404),
        ("operator_sulsel", 403, 403),
    ],
)
def test_the_nip_is_for_the_own_office(request, signer, client_of, person, look, change):
    client = client_of(request.getfixturevalue(person))
    page = client.get(OFFICE)
    form = client.get(f"{OFFICE}penanda-tangan/{signer.pk}/")
    assert (page.status_code, form.status_code) == (look, change)
    own = person in ("koordinator_sulsel", "verifikator_sulsel")
    assert ("19690514 199503 1 002" in page.text) is own


def test_the_national_office_has_its_own(pusat, client_of, regions, today):
    client = client_of(pusat)
    client.post(f"{OFFICE}kop/tambah/", HEAD)
    client.post(f"{OFFICE}penanda-tangan/tambah/", SIGNER)
    assert [Letterhead.objects.get().province, Signer.objects.get().province] == [None, None]
    again = client.post(f"{OFFICE}kop/tambah/", HEAD)
    assert errors_of(again)[:1] == ["Kop surat yang berlaku mulai tanggal itu sudah ada"]
