"""The pages of the books: who sees what, what they say, how much they ask of the database."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from apps.audit.models import Entry
from apps.effectiveness.closing import close, close_again, reopen
from apps.effectiveness.models import Closing, RegionReopening, Rubric
from apps.evidence.services import cancel, verify
from apps.pokja.models import Pokja
from apps.verification.models import Evidence
from tests import makers
from tests.books.conftest import YEAR

BOOK = "/buku/2025/73/"
GIVEN = {"reason": "SK terlambat dikirim", "until": "30 April 2026"}


@pytest.fixture
def book(world, regions, koordinator_sulsel):
    return close(regions.sulsel, YEAR, actor=koordinator_sulsel, note="BA 12")


@pytest.fixture
def client(koordinator_sulsel, client_of, today):
    return client_of(koordinator_sulsel)


def texts(response):
    return [str(message) for message in response.context["messages"]][-1:]


def opened(book, region, actor):
    return reopen(book, region, reason="Banjir", until=date(2026, 4, 30), actor=actor)


# --- the shelf -------------------------------------------------------------------------------


def test_the_shelf_of_a_province_tells_of_each_year(client, book, regions, koordinator_sulsel):
    opened(book, regions.bone, koordinator_sulsel)
    page = client.get("/buku/")
    assert page.context["heading"] == "1 dari 6 tahun sudah ditutup"
    rows = {row.year: row for row in page.context["rows"]}
    assert list(rows) == [2026, 2025, 2024, 2023, 2022, 2021, 2020]
    assert rows[2025].figure.text == "0 Prov & 1 dari 2 Kab/Kota"
    assert [row.region for row in rows[2025].open_again] == [regions.bone]
    assert (rows[2026].closable, rows[2024].closable) == (False, True)
    text = page.content.decode()
    assert "12 Maret 2026, oleh Koordinator Sulsel" in text
    assert "Bone, sampai 30 April 2026" in text


def test_the_national_office_sees_the_provinces_of_a_year(client_of, pusat, book):
    page = client_of(pusat).get("/buku/?tahun=2025")
    assert page.context["heading"] == "1 dari 2 provinsi sudah menutup 2025"
    assert [row.province.code for row in page.context["rows"]] == ["63", "73"]
    for strange in ("abc", "1999", "9" * 5000):
        assert client_of(pusat).get(f"/buku/?tahun={strange}").context["year"] == 2025


def test_somebody_without_a_post_sees_an_empty_shelf(client_of, make_user, book):
    page = client_of(make_user()).get("/buku/")
    assert page.context["rows"] == []
    assert "Belum ada buku yang dapat dibuka" in page.content.decode()


@pytest.mark.parametrize("more", [0, 8])
def test_the_shelf_asks_the_same_of_the_database(
    client_of, pusat, book, make_region, rubric, django_assert_num_queries, more
):
    for number in range(more):
        close(make_region(f"{11 + number}", f"Provinsi {number}"), YEAR, actor=pusat)
    client = client_of(pusat)
    client.get("/buku/")
    with django_assert_num_queries(12):
        client.get("/buku/?tahun=2025")


# --- the book --------------------------------------------------------------------------------


def test_the_book_shows_figure_rows_and_rubric(client, book):
    page = client.get(BOOK)
    assert page.context["heading"] == "Buku 2025: 0 Prov & 1 dari 2 Kab/Kota efektif"
    assert [line.item.code for line in page.context["lines"]] == [
        "sulsel-bk",
        "bone-bk",
        "makassar-bk",
    ]
    text = page.content.decode()
    assert "Ditutup 12 Maret 2026 oleh Koordinator Sulsel" in text
    assert book.rules["name"] in text
    assert "Catatan penutupan: BA 12" in text


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("wilayah=73.08", ["bone-bk"]),
        ("hasil=efektif", ["makassar-bk"]),
        ("hasil=belum", ["sulsel-bk", "bone-bk"]),
        ("kurang=sk", ["sulsel-bk"]),
        ("hasil=efektif&kurang=sk", []),
        ("wilayah=63.71", ["sulsel-bk", "bone-bk", "makassar-bk"]),
        ("kurang=apa&hasil=x&edisi=99", ["sulsel-bk", "bone-bk", "makassar-bk"]),
        ("wilayah=73.08&edisi=7", []),
    ],
)
def test_the_rows_are_filtered(client, book, query, codes):
    page = client.get(f"{BOOK}?{query}")
    assert [line.item.code for line in page.context["lines"]] == codes


def test_an_earlier_edition_can_be_read(
    client, book, world, regions, koordinator_sulsel, verifikator_sulsel
):
    held = opened(book, regions.bone, koordinator_sulsel)
    world.plan.refresh_from_db()
    verify(world.plan, actor=verifikator_sulsel, revision=world.plan.revision)
    close_again(held, actor=koordinator_sulsel)
    now = client.get(f"{BOOK}?wilayah=73.08").context["lines"]
    then = client.get(f"{BOOK}?wilayah=73.08&edisi=1").context["lines"]
    assert [(line.edition, line.item.score) for line in (*now, *then)] == [(2, 50), (1, 25)]
    assert client.get(f"{BOOK}?wilayah=73.08&edisi=1").context["without"] == []
    assert "wilayah=73.08&amp;edisi=1" in client.get(BOOK).content.decode()


@pytest.mark.parametrize("who", ["operator_bone", "pengamat_makassar", "operator_sulsel"])
def test_who_has_one_region_reads_its_rows_only(cast, client_of, book, regions, who):
    opened(book, regions.bone, cast["koordinator_sulsel"])
    own = {"operator_bone": "bone-bk", "pengamat_makassar": "makassar-bk"}.get(who, "sulsel-bk")
    page = client_of(cast[who]).get(BOOK)
    assert [line.item.code for line in page.context["lines"]] == [own]
    assert [each.row.reason for each in page.context["reopened"]] == (
        ["Banjir"] if who == "operator_bone" else []
    )
    assert page.context["without"] == page.context["choices"] == []
    asked = client_of(cast[who]).get(f"{BOOK}?wilayah=73&hasil=belum")
    assert {line.item.code for line in asked.context["lines"]} <= {own}
    rows = client_of(cast[who]).get(f"{BOOK}unduh.csv").content.decode().splitlines()
    assert [row.split(",")[2] for row in rows] == ["kode_pokja", own]


@pytest.mark.parametrize("page", ["", "unduh.csv", "bandingkan/", "tutup/"])
def test_another_province_has_no_book_for_you(
    make_user, regions, client_of, book, verifikator_kalsel, page
):
    other = make_user("coordinator", regions.kalsel)
    assert client_of(other).get(f"{BOOK}{page}").status_code == 404
    assert client_of(other).post(f"{BOOK}tutup/").status_code == 404


def test_a_year_that_is_open_says_so(client, client_of, world, operator_bone, book):
    assert "Periksa lalu tutup" in client.get("/buku/2024/73/").content.decode()
    officer = client_of(operator_bone).get("/buku/2024/73/").content.decode()
    assert "Koordinator provinsi menutup tahun ini" in officer
    assert "belum berakhir" in client.get("/buku/2026/73/").content.decode()
    assert client.get("/buku/2025/73.08/").status_code == 404
    for year in ("1200", "9" * 30):
        for address in ("", "tutup/", "bandingkan/", "73.08/buka-kembali/", "73.08/tutup-lagi/"):
            assert client.get(f"/buku/{year}/73/{address}").status_code == 404
    assert client.get("/buku/2024/73/unduh.csv").status_code == 404


def test_an_old_code_leads_on(client, book, regions):
    from apps.regions.services import change_region_code

    change_region_code(regions.sulsel, "79", on=date(2026, 3, 1), basis="Uji")
    assert client.get(BOOK)["Location"] == "/buku/2025/79/"


@pytest.mark.parametrize("more", [0, 30])
def test_the_book_asks_the_same_of_the_database(
    client, world, regions, koordinator_sulsel, django_assert_num_queries, more
):
    for number in range(more):
        makers.make_pokja(regions.bone, f"bone-{number}")
    close(regions.sulsel, YEAR, actor=koordinator_sulsel)
    client.get(BOOK)
    with django_assert_num_queries(13):
        page = client.get(BOOK)
    assert page.context["page"].paginator.count == 3 + more


def test_the_book_goes_out_as_a_file_and_that_is_on_record(client, book):
    answer = client.get(f"{BOOK}unduh.xlsx?hasil=efektif")
    sheet = load_workbook(io.BytesIO(answer.content))
    rows = list(sheet["Buku 2025"].values)
    assert rows[0][:4] == ("kode_wilayah", "wilayah", "kode_pokja", "nama_pokja")
    assert rows[1][2] == "makassar-bk"
    assert rows[1][7:14] == ("Terpenuhi", "Terpenuhi", "Terpenuhi", "Terpenuhi", 4, "ya", 100)
    assert len(rows) == 2
    assert sheet["Keterangan"]["A2"].value == "Buku 2025, Provinsi Sulawesi Selatan"
    entry = Entry.objects.get(action="Mengunduh buku tahun")
    assert entry.after == {"saringan": "hasil=efektif", "baris": 1, "bentuk": "xlsx"}


# --- closing ---------------------------------------------------------------------------------


def test_the_check_names_what_is_not_settled(client, world, regions):
    page = client.get(f"{BOOK}tutup/")
    found = page.context["found"]
    assert found.figure.text == "0 Prov & 1 dari 2 Kab/Kota"
    assert (found.pokja, found.waiting, found.returned) == (3, 1, 0)
    assert [place.region for place in found.unsettled] == [regions.sulsel, regions.bone]
    assert [place.region for place in found.silent] == [regions.sulsel]
    assert "2 dari 3 wilayah belum selesai untuk 2025" in page.content.decode()


@pytest.mark.parametrize("more", [0, 12])
def test_the_check_asks_the_same_of_the_database(
    client, world, regions, django_assert_num_queries, more
):
    for number in range(more):
        makers.make_pokja(regions.bone, f"bone-{number}")
    client.get(f"{BOOK}tutup/")
    with django_assert_num_queries(24):
        client.get(f"{BOOK}tutup/")


def test_the_coordinator_closes_the_year(client, world):
    answer = client.post(f"{BOOK}tutup/", {"note": "BA 12"}, follow=True)
    assert answer.redirect_chain == [(BOOK, 302)]
    assert texts(answer) == [
        "Tahun 2025 Provinsi Sulawesi Selatan ditutup: 3 Pokja dibekukan. "
        "Petugas wilayah diberi tahu."
    ]
    assert Closing.objects.get().note == "BA 12"
    assert client.get(f"{BOOK}tutup/")["Location"] == BOOK


def test_who_closes_what_is_closed_is_told_and_keeps_the_note(client, book):
    answer = client.post(f"{BOOK}tutup/", {"note": "Catatan kedua"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "sudah ditutup oleh Koordinator Sulsel pada 12 Maret 2026" in text
    assert "Catatan kedua" in text


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/buku/2026/73/tutup/", "Tahun 2026 belum berakhir"),
        ("/buku/2019/73/tutup/", "Tahun 2019 tidak dapat dinilai"),
    ],
)
def test_what_cannot_be_closed_says_why(client, world, address, why):
    Rubric.objects.update(year_from=2020)
    assert why in client.get(address).content.decode()
    answer = client.post(address)
    assert (answer.status_code, Closing.objects.count()) == (200, 0)
    assert why in answer.content.decode()


@pytest.mark.parametrize("who", ["operator_sulsel", "verifikator_sulsel"])
def test_others_neither_close_nor_reopen(cast, client_of, world, book, who):
    client = client_of(cast[who])
    for address in ("tutup/", "bandingkan/"):
        assert client.get(f"{BOOK}{address}").status_code == 403
    assert client.post("/buku/2024/73/tutup/").status_code == 403
    expected = 404 if who == "operator_sulsel" else 403
    assert client.post(f"{BOOK}73.08/buka-kembali/", GIVEN).status_code == expected
    assert (Closing.objects.count(), RegionReopening.objects.count()) == (1, 0)


# --- one region ------------------------------------------------------------------------------


def test_one_region_is_reopened_and_closed_again(client, book, world, regions, operator_bone):
    answer = client.post(f"{BOOK}73.08/buka-kembali/", GIVEN, follow=True)
    assert texts(answer) == [
        "Kabupaten Bone dibuka kembali sampai 30 April 2026 pukul 23.59 WITA. "
        "Petugasnya diberi tahu."
    ]
    assert "Kabupaten Bone sedang dibuka kembali" in answer.content.decode()
    page = client.get(f"{BOOK}73.08/tutup-lagi/")
    assert page.context["found"].changes == []
    answer = client.post(f"{BOOK}73.08/tutup-lagi/", follow=True)
    assert texts(answer) == ["Kabupaten Bone ditutup lagi; angkanya dibekukan sebagai edisi baru."]
    answer = client.post(f"{BOOK}73.08/tutup-lagi/", follow=True)
    assert texts(answer) == ["Kabupaten Bone tidak sedang dibuka kembali, jadi tetap."]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"reason": "   "}, "Isi alasan"),
        ({"until": "12 Maret 2026"}, "Pilih tanggal sesudah hari ini"),
        ({"until": "kemarin"}, "24 Juli 2026"),
    ],
)
def test_without_reason_or_a_day_to_come_nothing_is_reopened(client, book, more, error):
    answer = client.post(f"{BOOK}73.08/buka-kembali/", GIVEN | more)
    assert (answer.status_code, RegionReopening.objects.exists()) == (200, False)
    assert error in answer.content.decode()


def test_who_reopens_what_is_open_is_told_and_keeps_the_words(
    client, book, regions, koordinator_sulsel
):
    opened(book, regions.bone, koordinator_sulsel)
    assert "sedang dibuka kembali" in client.get(f"{BOOK}73.08/buka-kembali/").content.decode()
    answer = client.post(f"{BOOK}73.08/buka-kembali/", GIVEN)
    assert answer.status_code == 409
    assert "SK terlambat dikirim" in answer.content.decode()


@pytest.mark.parametrize("code", ["63.71", "73.99", "abc"])
def test_a_region_outside_the_book_has_no_page(client, book, code):
    assert client.get(f"{BOOK}{code}/buka-kembali/").status_code == 404


# --- compare ---------------------------------------------------------------------------------


def test_the_comparison_counts_both_ways_and_says_why(
    client, book, world, regions, koordinator_sulsel, verifikator_sulsel
):
    world.plan.refresh_from_db()
    verify(world.plan, actor=verifikator_sulsel, revision=world.plan.revision)
    plan = Evidence.objects.get(kind="work_plan", region=regions.makassar)
    cancel(plan, actor=koordinator_sulsel, revision=plan.revision, note="Keliru")
    makers.make_pokja(regions.bone, "bone-baru", "Pokja Baru")
    Pokja.objects.filter(pk=world.sulsel.pk).update(dissolved_on="2025-03-01")
    page = client.get(f"{BOOK}bandingkan/")
    assert page.context["heading"] == "0 Pokja akan menjadi efektif, 1 tidak lagi efektif"
    found = page.context["found"]
    assert [(change.item.code, change.kind) for change in found.changes] == [
        ("sulsel-bk", "gone"),
        ("bone-baru", "new"),
        ("bone-bk", "moved"),
        ("makassar-bk", "lost"),
    ]
    assert found.changes[2].reasons[:2] == (
        "Rencana kerja: menunggu verifikasi → terpenuhi",
        "Skor: 25 → 50",
    )
    assert found.unchanged == 0


def test_nothing_to_compare_is_said(client, book):
    page = client.get(f"{BOOK}bandingkan/")
    assert page.context["heading"] == "Isi buku sama dengan keadaan sekarang"
    Rubric.objects.update(status="replaced")
    page = client.get(f"{BOOK}bandingkan/")
    assert "sekarang tidak dapat dinilai" in page.context["heading"]


@pytest.mark.parametrize("more", [0, 12])
def test_the_comparison_asks_the_same_of_the_database(
    client, book, regions, django_assert_num_queries, more
):
    for number in range(more):
        makers.make_pokja(regions.bone, f"bone-{number}")
    client.get(f"{BOOK}bandingkan/")
    with django_assert_num_queries(25):
        client.get(f"{BOOK}bandingkan/")


# --- where the figures are shown -------------------------------------------------------------


def test_the_dashboard_shows_the_frozen_figure(client, book, world, regions, koordinator_sulsel):
    plan = Evidence.objects.get(kind="work_plan", region=regions.makassar)
    cancel(plan, actor=koordinator_sulsel, revision=plan.revision, note="Keliru")
    text = client.get("/dasbor/73/2025/").content.decode()
    assert "0 Prov &amp; 1 dari 2 Kab/Kota" in text
    assert "dibekukan" in text
    assert BOOK in text
