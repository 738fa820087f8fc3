""" "Siapa melihat dokumen yang memuat orang ini antara dua tanggal?" """

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine

from apps.audit.models import Entry
from apps.documents.models import Reading
from apps.documents.services import log_reading
from apps.library.openings import ZIPPED, record_zip
from apps.pokja.models import Seat, SeatHolder
from apps.trail import people
from tests.makers import make_decree, make_document

PERSON = "Andi Rahmawati"


@pytest.fixture
def scene(pokja, regions, operator_makassar):
    """Documents of Makassar with the person as a member, as signer, in the text, and without."""
    documents = {}
    for name in ("anggota", "penanda tangan", "teks", "lain"):
        document = make_document(regions.makassar, operator_makassar, name=f"{name}.pdf")
        documents[name] = document
    decree = make_decree(pokja, operator_makassar, document=documents["anggota"])
    make_decree(
        pokja,
        operator_makassar,
        document=documents["penanda tangan"],
        number="2/2026",
        signer_name=f"dr. {PERSON}",
    )
    seat = Seat.objects.create(
        pokja=pokja, position="Ketua", institution="Dinas", sector="pemerintah", decree=decree
    )
    SeatHolder.objects.create(seat=seat, name=f"{PERSON}, S.E.", started_on="2026-01-14")
    Reading.objects.update_or_create(
        document=documents["teks"], defaults={"search_text": f"ketua {PERSON.casefold()} hadir"}
    )
    return documents


@pytest.fixture
def openings(scene, verifikator_sulsel):
    """Each document opened once, on a day of its own, and the zip of the region taken."""
    for day, document in enumerate(scene.values(), start=1):
        with time_machine.travel(datetime(2026, 3, day, 3, tzinfo=UTC), tick=False):
            log_reading(document, actor=verifikator_sulsel)
    with time_machine.travel(datetime(2026, 3, 10, 3, tzinfo=UTC), tick=False):
        record_zip(verifikator_sulsel, scene["lain"].region, year=2026, files=4, size=9)
    return scene


def asked(client, **words):
    words = {"nama": "rahmawati", "dari": "2026-03-01", "sampai": "2026-03-31"} | words
    return client.get("/jejak/pembaca/", words)


def labels(response):
    return [line.entry.object_label for line in response.context["page"].lines]


def test_openings_of_every_document_with_the_person_are_found(
    openings, client_of, koordinator_sulsel
):
    response = asked(client_of(koordinator_sulsel))
    assert labels(response) == ["Kota Makassar", "teks.pdf", "penanda tangan.pdf", "anggota.pdf"]
    assert "dibuka 4 kali" in response.content.decode()


def test_only_those_between_the_two_days(openings, client_of, koordinator_sulsel):
    response = asked(client_of(koordinator_sulsel), dari="2026-03-02", sampai="2026-03-02")
    assert labels(response) == ["penanda tangan.pdf"]


def test_the_list_of_members_counts(
    openings, client_of, koordinator_sulsel, operator_makassar, pokja
):
    with time_machine.travel(datetime(2026, 3, 20, 3, tzinfo=UTC), tick=False):
        client_of(operator_makassar).get(f"/pokja/{pokja.pk}/anggota/unduh/")
    response = asked(client_of(koordinator_sulsel), dari="2026-03-20")
    (line,) = response.context["page"].lines
    assert (line.who, line.entry.action) == ("Operator Makassar", "Mengunduh daftar anggota")


def test_another_province_is_not_told(openings, client_of, make_user, regions):
    stranger = make_user("coordinator", regions.kalsel)
    response = asked(client_of(stranger))
    assert (response.context["found"].documents, labels(response)) == ([], [])


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ({"nama": "ra"}, "paling sedikit 3 huruf"),
        ({"nama": " "}, "Isi nama orang"),
        ({"dari": "2026-04-01"}, "Tulis tanggal awal yang tidak melewati tanggal akhir"),
        ({"sampai": "31 Februari", "dari": " "}, "Tulis tanggal sebagai hari, bulan, tahun"),
        ({"nama": "\x00"}, ""),
    ],
)
def test_a_question_without_answer_says_what_to_change(
    openings, client_of, koordinator_sulsel, words, trouble
):
    response = asked(client_of(koordinator_sulsel), **words)
    assert response.status_code == 200
    assert trouble in response.content.decode()
    assert "page" not in response.context or response.context["page"] is None


def test_a_name_that_is_everywhere_is_too_short(
    openings, client_of, koordinator_sulsel, monkeypatch
):
    monkeypatch.setattr(people, "MOST", 2)
    assert "lebih dari 2 dokumen" in asked(client_of(koordinator_sulsel)).content.decode()


def test_the_answer_goes_out_as_a_file_and_that_is_recorded(
    openings, client_of, koordinator_sulsel, regions
):
    response = client_of(koordinator_sulsel).get(
        "/jejak/pembaca/unduh/?nama=rahmawati&dari=2026-03-01&sampai=2026-03-31"
    )
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [row["data"] for row in rows][1:] == ["teks.pdf", "penanda tangan.pdf", "anggota.pdf"]
    assert rows[0]["tindakan"] == ZIPPED
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.action, entry.region) == ("Mengunduh daftar pembuka dokumen", regions.sulsel)


def test_a_file_without_a_name_is_the_page_that_asks_for_one(client_of, koordinator_sulsel, db):
    response = client_of(koordinator_sulsel).get("/jejak/pembaca/unduh/")
    assert "Nama orang" in response.content.decode()
    assert not Entry.objects.exists()


def test_the_answer_costs_the_same_for_one_document_and_many(
    openings, koordinator_sulsel, django_assert_num_queries
):
    assert koordinator_sulsel.scope
    with django_assert_num_queries(4):
        found = people.find("rahmawati", koordinator_sulsel)
    with django_assert_num_queries(1):
        list(people.openings(found, koordinator_sulsel, date(2026, 3, 1), date(2026, 3, 31)))
