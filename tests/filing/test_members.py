"""The page of members: a finding for any date, what is missing, files, and who may see it."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from apps.pokja.models import RosterRequirement, Seat
from apps.pokja.sectors import load_roster_requirements
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


@pytest.fixture
def five(pokja):
    """One seat of each sector, held by one person each."""
    sectors = ("pemerintah", "perguruan_tinggi", "dunia_usaha", "komunitas", "media")
    return [
        make_seat(
            pokja,
            (f"Nama {sector}", START, None),
            institution=f"Instansi {sector}",
            sector=sector,
        )
        for sector in sectors
    ]


def heading(response):
    return response.context["members"].heading


def facts(response):
    return [gap.fact for gap in response.context["gaps"]]


# --- the finding -----------------------------------------------------------------------------


def test_the_heading_is_a_finding(officer, url, five):
    make = officer.client.get(url)
    assert heading(make) == "5 orang dari 5 instansi; kelima unsur terwakili"
    five[4].delete()
    assert heading(officer.client.get(url)) == (
        "4 orang dari 4 instansi; unsur media belum terwakili"
    )
    five[2].delete()
    assert heading(officer.client.get(url)) == (
        "3 orang dari 3 instansi; unsur dunia usaha dan media belum terwakili"
    )


@pytest.mark.parametrize(
    ("per", "found"),
    [
        ("2024-12-31", "Belum ada anggota pada 31 Desember 2024"),
        ("2025-01-01", "5 orang dari 5 instansi; kelima unsur terwakili"),
        ("1 Januari 2025", "5 orang dari 5 instansi; kelima unsur terwakili"),
        ("bukan tanggal", "5 orang dari 5 instansi; kelima unsur terwakili"),
        ("9999-99-99", "5 orang dari 5 instansi; kelima unsur terwakili"),
    ],
)
def test_the_roster_is_that_of_the_day(officer, url, five, per, found):
    response = officer.client.get(url, {"per": per})
    assert (response.status_code, heading(response)) == (200, found)


def test_without_members_the_page_says_where_they_come_from(officer, url):
    words = pages.words(officer.client.get(url))
    assert "Susunan anggota diisi dari lampiran SK." in words


def test_what_must_be_there_is_named_when_it_goes(officer, url, five):
    load_roster_requirements()
    RosterRequirement.objects.create(
        code="bappeda", label="Bappeda", institution="Bappeda", advice="Masukkan Bappeda"
    )
    assert facts(officer.client.get(url)) == [
        "Bappeda belum terwakili",
        "5 kursi belum disebut SK-nya: Ketua, Instansi pemerintah; "
        "Ketua, Instansi perguruan_tinggi; Ketua, Instansi dunia_usaha; "
        "Ketua, Instansi komunitas; Ketua, Instansi media",
    ]
    Seat.objects.filter(sector="pemerintah").update(institution="BAPPEDA Kota Makassar")
    assert "Bappeda belum terwakili" not in facts(officer.client.get(url))
    Seat.objects.filter(sector="pemerintah").delete()
    found = facts(officer.client.get(url))
    assert found[:2] == ["Bappeda belum terwakili", "Pemerintah belum terwakili"] or (
        found[:2] == ["Pemerintah belum terwakili", "Bappeda belum terwakili"]
    )


def test_seats_without_a_name_and_sk_without_a_seat_are_named(officer, url, pokja, sk):
    make_seat(pokja, decree=sk)
    other = makers.make_decree(
        pokja,
        officer.user,
        number="188.45/500/2026",
        issued_on=date(2026, 3, 1),
        valid_from=date(2026, 3, 1),
    )
    response = officer.client.get(url)
    found = facts(response)
    assert "1 kursi belum ada nama pejabat: Ketua, Sekretariat Daerah" in found
    assert "SK 188.45/500/2026 belum memuat anggota" in found
    links = response.context["gaps"][-1].links
    assert links == [
        ("Salin dari SK sebelumnya", f"{url}salin/?sk={other.pk}"),
        ("Isi dari lampiran", f"{url}impor/?sk={other.pk}"),
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"unsur": "media"}, 1),
        ({"unsur": "bukan"}, 5),
        ({"cari": "NAMA KOMUNITAS"}, 1),
        ({"cari": "tidak ada"}, 0),
        ({"sk": "999999"}, 5),
        ({"cari": "\x00"}, 5),
    ],
)
def test_filters_stand_in_the_address(officer, url, five, query, count):
    response = officer.client.get(url, query)
    members = response.context["members"]
    assert (len(members.shown), len(members.places)) == (count, 5)


def test_the_filter_of_an_sk_takes_its_seats_in_any_version(officer, url, pokja, sk, five):
    make_seat(pokja, decree=sk, institution="Dari SK")
    members = officer.client.get(url, {"sk": sk.pk}).context["members"]
    assert [place.seat.institution for place in members.shown] == ["Dari SK"]


def test_a_seat_leads_to_the_chain_of_its_sk(officer, url, pokja, sk):
    make_seat(pokja, decree=sk)
    content = officer.client.get(url).content.decode()
    assert f'<a href="/pokja/{pokja.pk}/sk/">188.45/412/I/2026</a>' in content


def test_the_history_of_a_seat_is_on_the_page(officer, url, pokja):
    make_seat(pokja, ("Andi", START, date(2025, 6, 30)), ("Budi", date(2025, 7, 1), None))
    words = pages.words(officer.client.get(url))
    assert "Riwayat (2)" in words
    assert "Andi: 1 Januari 2025 – 30 Juni 2025" in words


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_costs_the_same_for_one_seat_and_forty(
    officer, url, pokja, sk, django_assert_num_queries, count
):
    for number in range(count):
        make_seat(
            pokja,
            ("Andi", START, date(2025, 6, 30)),
            ("Budi", date(2025, 7, 1), None),
            institution=f"Instansi {number}",
            decree=sk,
        )
    officer.client.get(url)
    with django_assert_num_queries(27):
        officer.client.get(url)


# --- out -------------------------------------------------------------------------------------


def test_the_roster_of_a_day_goes_out_as_a_file(officer, url, pokja, sk):
    make_seat(pokja, ("=1+1", START, None), institution="@SUM", decree=sk)
    make_seat(pokja, institution="Bappeda", started_on=date(2026, 1, 1))
    response = officer.client.get(f"{url}unduh/", {"bentuk": "csv", "per": "2025-12-31"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1:] == [
        ["Ketua", "'@SUM", "pemerintah", "", "", "'=1+1", "2025-01-01", "", "188.45/412/I/2026"]
    ]
    assert response["Content-Disposition"] == (
        'attachment; filename="anggota-makassar-bk-2025-12-31.csv"'
    )
    book = load_workbook(io.BytesIO(officer.client.get(f"{url}unduh/").content))
    assert [row[1].value for row in book.active] == ["instansi", "'@SUM", "Bappeda"]


def test_the_file_comes_back_without_a_change(officer, url, pokja, sk):
    make_seat(pokja, ("=1+1", START, None), institution="@SUM", decree=sk, home_post="Kepala")
    content = officer.client.get(f"{url}unduh/").content
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = officer.client.post(
        f"{url}impor/", {"decree": sk.pk, "file": SimpleUploadedFile("a.xlsx", content)}
    )
    assert "Semua baris sudah sama" in pages.words(response)


def test_the_template_is_a_workbook(officer, url):
    response = officer.client.get(f"{url}templat/")
    assert load_workbook(io.BytesIO(response.content)).sheetnames == ["anggota", "petunjuk"]


# --- who may see -----------------------------------------------------------------------------


def test_an_observer_reads_what_is_verified_and_changes_nothing(
    client_of, pengamat_makassar, url, pokja, sk, five
):
    make_seat(pokja, ("Rahasia Contoh", START, None), decree=sk)
    client = client_of(pengamat_makassar)
    response = client.get(url)
    assert heading(response) == "5 orang dari 5 instansi; kelima unsur terwakili"
    assert (response.context["may_change"], "Rahasia" in pages.words(response)) == (False, False)
    assert b"Rahasia" not in client.get(f"{url}unduh/", {"bentuk": "csv"}).content
    assert "412" not in pages.words(response)
    assert client.post(f"{url}tambah/", {"institution": "X"}).status_code == 403


def test_another_region_is_not_found(client_of, operator_bone, url):
    client = client_of(operator_bone)
    assert client.get(url).status_code == 404
    assert client.post(f"{url}tambah/", {"institution": "X"}).status_code == 404
    assert client.post(f"{url}impor/", {}).status_code == 404
