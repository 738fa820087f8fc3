"""Whole lists on their pages: pasted, uploaded, copied; seen first, saved as seen."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.pokja.models import Seat, SeatHolder
from tests import makers
from tests.filing import pages
from tests.pokja.seats import make_seat

LIST = "Ketua\tSekretariat Daerah\tOPD\tSekda\t\tAndi Contoh\r\nAnggota\tTP PKK\tormas\r\n"
OLD = date(2025, 1, 1)


@pytest.fixture
def url(pokja):
    return f"/pokja/{pokja.pk}/anggota/"


@pytest.fixture
def sk(pokja, officer):
    return makers.make_decree(pokja, officer.user)


@pytest.fixture
def before(pokja, officer):
    """The SK before, of 2025."""
    return makers.make_decree(
        pokja, officer.user, number="188.45/1/2025", issued_on=OLD, valid_from=OLD
    )


def value(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)


def confirm(client, url, preview, text=LIST, **more):
    data = {
        "decree": value(preview, "decree"),
        "fingerprint": value(preview, "fingerprint"),
        "text": text,
        "simpan": "1",
    }
    return client.post(f"{url}impor/", data | more)


def test_pasted_rows_are_seen_then_saved(officer, url, sk):
    preview = officer.client.post(f"{url}impor/", {"decree": sk.pk, "text": LIST})
    assert "Pratinjau: 2 baru, 0 berubah, 0 tetap" in pages.words(preview)
    assert not Seat.objects.exists()
    saved = confirm(officer.client, url, preview)
    assert saved["Location"] == url
    assert list(Seat.objects.values_list("institution", "sector", "started_on")) == [
        ("Sekretariat Daerah", "pemerintah", date(2026, 1, 14)),
        ("TP PKK", "komunitas", date(2026, 1, 14)),
    ]


def test_the_preview_carries_an_uploaded_file_along(officer, url, sk):
    content = b"kedudukan;instansi;unsur\r\n\r\nKetua;Setda;OPD\r\n"
    preview = officer.client.post(
        f"{url}impor/", {"decree": sk.pk, "file": SimpleUploadedFile("a.csv", content)}
    )
    text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", preview.content.decode(), re.DOTALL)
    assert confirm(officer.client, url, preview, text=text.group(1)).status_code == 302
    assert Seat.objects.get().institution == "Setda"


def test_rows_pasted_without_a_header_are_saved_as_the_preview_carries_them(officer, url, sk):
    preview = officer.client.post(f"{url}impor/", {"decree": sk.pk, "text": LIST})
    text = preview.context["text"]
    assert text.splitlines()[0].startswith("Ketua\tSekretariat Daerah\t")
    assert confirm(officer.client, url, preview, text=text)["Location"] == url
    assert Seat.objects.count() == 2


def test_a_day_that_is_none_is_told_on_the_preview(officer, url, pokja, sk):
    make_seat(pokja, institution="Radio", decree=sk, started_on=date(2026, 1, 14))
    preview = officer.client.post(f"{url}impor/", {"decree": sk.pk, "text": LIST})
    wrong = confirm(officer.client, url, preview, ends_on="31 Februari")
    assert "1 anggota tidak ada dalam daftar" in pages.words(wrong)
    assert pages.errors(wrong) == [
        "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023"
    ]
    assert confirm(officer.client, url, wrong, ends_on="28/2/2026").status_code == 302


def test_of_many_bad_cells_the_first_are_named_and_the_rest_counted(officer, url, sk):
    text = "".join(f"Anggota\tRadio {number}\tpenyiar\n" for number in range(25))
    response = officer.client.post(f"{url}impor/", {"decree": sk.pk, "text": text})
    told = pages.errors(response)
    assert len(told) == 21
    assert told[-1] == "5 isian lain dalam daftar ini juga perlu diperbaiki"
    assert response.context["form"].errors["text"] == told


def test_a_bad_cell_is_named_and_what_was_pasted_stays(officer, url, sk):
    text = LIST.replace("ormas", "penyiar")
    response = officer.client.post(f"{url}impor/", {"decree": sk.pk, "text": text})
    assert pages.errors(response) == [
        "baris 2, kolom unsur: “penyiar” tidak dikenal. Pilihan: pemerintah, perguruan tinggi, "
        "dunia usaha, komunitas, media"
    ]
    assert "penyiar" in response.context["form"]["text"].value()
    assert pages.title(response).startswith("Galat: ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": LIST, "decree": ""}, "Pilih SK yang memuat susunan ini"),
        ({"text": "  "}, "Tempel baris anggota atau pilih berkas"),
        ({"text": "Ketua;Setda;OPD\n" * 10_000}, "Berkas memuat lebih dari 300 baris"),
        ({"text": "x" * 500_000}, "Tempel dari lembar kerja paling banyak"),
        ({"text": "Ketua"}, "baris 1, kolom instansi: Wajib diisi"),
    ],
)
def test_what_cannot_be_read_is_said_calmly(officer, url, sk, data, words):
    response = officer.client.post(f"{url}impor/", {"decree": sk.pk} | data)
    assert (response.status_code, pages.errors(response)[0][: len(words)]) == (200, words)


def test_members_that_are_not_in_the_list_end_or_stay(officer, url, pokja, sk):
    make_seat(pokja, institution="Radio", decree=sk, started_on=date(2026, 1, 14))
    preview = officer.client.post(f"{url}impor/", {"decree": sk.pk, "text": LIST})
    assert "1 anggota tidak ada dalam daftar" in pages.words(preview)
    assert value(preview, "ends_on") == "12 Maret 2026"
    wrong = confirm(officer.client, url, preview, ends_on="1/1/2020")
    assert pages.errors(wrong)[0].startswith("Ketua, Radio berakhir 1 Januari 2020, sebelum")
    assert Seat.objects.count() == 1
    confirm(officer.client, url, preview, ends_on="28/2/2026")
    assert Seat.objects.get(institution="Radio").ended_on == date(2026, 2, 28)


def test_somebody_new_begins_on_the_day_of_the_preview(officer, url, pokja, sk):
    start = date(2026, 1, 14)
    make_seat(pokja, ("Budi", start, None), decree=sk, home_post="Sekda", started_on=start)
    preview = officer.client.post(f"{url}impor/", {"decree": sk.pk, "text": LIST})
    assert "nama: Budi → Andi Contoh, pejabat baru" in pages.words(preview)
    confirm(officer.client, url, preview, changed_on="1/2/2026")
    assert list(SeatHolder.objects.order_by("id").values_list("name", "ended_on")) == [
        ("Budi", date(2026, 1, 31)),
        ("Andi Contoh", None),
    ]


def test_a_preview_that_no_longer_holds_is_shown_anew(officer, url, pokja, sk):
    preview = officer.client.post(f"{url}impor/", {"decree": sk.pk, "text": LIST})
    make_seat(pokja, institution="TP PKK", position="Anggota", sector="komunitas", decree=sk)
    late = confirm(officer.client, url, preview)
    assert (late.status_code, Seat.objects.count()) == (409, 1)
    assert "Susunan anggota berubah sejak pratinjau" in pages.words(late)
    assert confirm(officer.client, url, late).status_code == 302
    assert Seat.objects.count() == 2


@pytest.mark.parametrize("fingerprint", ["", "palsu"])
def test_without_its_preview_a_list_is_not_saved(officer, url, sk, fingerprint):
    data = {"decree": sk.pk, "text": LIST, "simpan": "1", "fingerprint": fingerprint}
    assert officer.client.post(f"{url}impor/", data).status_code == 409
    assert not Seat.objects.exists()


def test_without_an_sk_the_page_leads_to_it(officer, url):
    assert "Unggah SK Pokja ini dahulu" in pages.words(officer.client.get(f"{url}impor/"))


# --- copied from the SK before ---------------------------------------------------------------


def table(*rows, **more):
    data = {"anggota-TOTAL_FORMS": str(len(rows)), "anggota-INITIAL_FORMS": "0"}
    for at, row in enumerate(rows):
        data |= {f"anggota-{at}-{name}": text for name, text in row.items()}
    return data | more


@pytest.fixture
def seats(pokja, before):
    return [
        make_seat(pokja, ("Andi", OLD, None), decree=before),
        make_seat(pokja, decree=before, position="Anggota", institution="Bappeda"),
    ]


ROW = {"position": "Ketua", "institution": "Sekretariat Daerah", "sector": "pemerintah"}


def test_the_seats_of_the_sk_before_are_offered(officer, url, sk, seats):
    response = officer.client.get(f"{url}salin/?sk={sk.pk}")
    words = pages.words(response)
    assert "Susunan lama berakhir 13 Januari 2026" in words
    assert [row.initial["institution"] for row in response.context["formset"]] == [
        "Sekretariat Daerah",
        "Bappeda",
    ]


def test_the_difference_is_seen_then_saved(officer, url, sk, seats):
    address = f"{url}salin/?sk={sk.pk}"
    seen = value(officer.client.get(address), "dilihat")
    rows = [
        ROW | {"name": "Budi", "source": seats[0].pk},
        ROW | {"institution": "Radio", "sector": "media"},
    ]
    preview = officer.client.post(address, table(*rows, periksa="1", dilihat=seen))
    assert "0 tetap, 1 berubah, 1 baru, 1 tidak ada lagi" in pages.words(preview)
    assert "nama pejabat: Andi → Budi" in pages.words(preview)
    assert Seat.objects.count() == 2
    saved = officer.client.post(address, table(*rows, simpan="1", dilihat=seen))
    assert saved["Location"] == url
    assert set(
        Seat.objects.filter(decree__decree__number="188.45/1/2025").values_list(
            "ended_on", flat=True
        )
    ) == {date(2026, 1, 13)}
    on = lambda day: len(officer.client.get(url, {"per": day}).context["members"].places)  # noqa: E731
    assert (on("2026-01-13"), on("2026-01-14")) == (2, 2)
    again = officer.client.post(address, table(*rows, simpan="1", dilihat=seen))
    assert "Susunan SK ini sudah diisi" in pages.words(again)
    assert Seat.objects.count() == 4


def test_a_row_is_added_without_losing_what_was_typed(officer, url, sk, seats):
    rows = [ROW | {"name": "Sedang diketik"}]
    response = officer.client.post(f"{url}salin/?sk={sk.pk}", table(*rows, tambah="1"))
    assert [row["name"].value() for row in response.context["formset"]] == ["Sedang diketik", None]


def test_a_wrong_row_is_told_with_its_number(officer, url, sk, seats):
    numbered = ROW | {"institution": "TP PKK", "name": "NIP 198001012005011001"}
    rows = [ROW, {"institution": "Radio"}, numbered, ROW]
    response = officer.client.post(f"{url}salin/?sk={sk.pk}", table(*rows, simpan="1"))
    assert pages.errors(response) == [
        "Isi kedudukan anggota 2",
        "Pilih unsur anggota 2",
        "Tulis nama saja, tanpa NIP, NIK, atau nomor telepon",
        "Ketua, Sekretariat Daerah tertulis dua kali. Bedakan jabatan asal atau nama",
    ]
    assert Seat.objects.count() == 2


def test_a_roster_that_changed_meanwhile_is_told(officer, url, sk, seats):
    address = f"{url}salin/?sk={sk.pk}"
    seen = value(officer.client.get(address), "dilihat")
    Seat.objects.filter(pk=seats[1].pk).update(revision=2)
    late = officer.client.post(address, table(ROW, simpan="1", dilihat=seen))
    assert (late.status_code, Seat.objects.count()) == (409, 2)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ("nothing", "Unggah SK Pokja ini dahulu"),
        ("one", "Tidak ada SK sebelumnya"),
        ("empty", "SK sebelumnya belum memuat anggota"),
        ("undated", "Tanggal mulai berlaku SK belum diisi"),
    ],
)
def test_without_anything_to_copy_the_page_says_why(officer, url, pokja, request, made, words):
    if made == "undated":
        makers.make_decree(pokja, officer.user, issued_on=None, valid_from=None, valid_until=None)
    if made in ("one", "empty"):
        request.getfixturevalue("sk")
    if made == "empty":
        request.getfixturevalue("before")
    assert words in pages.words(officer.client.get(f"{url}salin/"))


@pytest.mark.parametrize("sk_pk", ["999999", "x", "\x00"])
def test_an_sk_that_is_not_of_this_pokja_is_not_found(officer, url, sk, sk_pk):
    assert officer.client.get(f"{url}salin/", {"sk": sk_pk}).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [("salin/", 27), ("impor/", 24), ("tambah/", 25)])
def test_pages_cost_the_same_for_one_seat_and_thirty(
    officer, url, pokja, sk, before, django_assert_num_queries, count, path, queries
):
    for number in range(count):
        make_seat(pokja, ("A", OLD, None), decree=before, institution=f"Instansi {number}")
    officer.client.get(url)
    with django_assert_num_queries(queries):
        officer.client.get(f"{url}{path}")
