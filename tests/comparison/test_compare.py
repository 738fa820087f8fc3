"""/bandingkan/ as people get it: figures, who may compare what, and bad addresses."""

import csv
import gzip
import html
import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from apps.regions.services import change_region_code
from apps.verification.models import Evidence

pytestmark = pytest.mark.django_db

TWO = "/bandingkan/?d=73.71&d=73.08&tahun=2026"
DATES = "/bandingkan/?d=73.08&per=2026-02-10&per=2026-03-12"


def body(response) -> str:
    return html.unescape(response.content.decode())


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", body(response)).split())


def told(response) -> list[str]:
    return [message for _, message in response.context["complaints"]]


def links_of(response) -> list[str]:
    main = body(response).split("<main", 1)[1].split("</main>")[0]
    return re.findall(r'href="(/[^"]*)"', main)


# --- regions -------------------------------------------------------------------------------------


def test_the_finding_stands_above_the_bars(scene, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(TWO)
    assert page.context["finding"] == "Kota Makassar terdepan; Bone tertinggal pada anggaran"
    assert page.context["measure"] == (
        "Pokja yang memenuhi tiap kriteria, 2026. Batang = daerah, garis tegak = rata-rata "
        "Sulawesi Selatan."
    )
    first, second = page.context["columns"]
    assert (first["told"], second["told"]) == ("1 dari 2 Pokja efektif", "0 dari 1 Pokja efektif")
    assert [bar["number"] for bar in second["bars"]] == ["1/1", "1/1", "1/1", "0/1"]
    assert second["bars"][3]["mark"] == "rata-rata Sulawesi Selatan 1 dari 4"
    assert '<rect class="avg" x="49" width="2" height="14"/>' in second["bars"][3]["drawing"]
    assert told(page) == []


def test_the_table_has_the_numbers_of_the_bars(scene, client_of, verifikator_sulsel):
    table = client_of(verifikator_sulsel).get(TWO).context["table"]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table)
    cells = {name: re.findall(r">([^<]*)</td>", row) for name, row in rows}
    assert cells == {
        "Kota Makassar": ["2", "1/2", "2/2", "2/2", "2/2", "1/2", "1"],
        "Bone": ["1", "0/1", "1/1", "1/1", "1/1", "0/1", "0"],
        "Rata-rata Sulawesi Selatan": ["4", "1/4", "3/4", "3/4", "3/4", "1/4", "1"],
    }


def test_rows_by_kind_and_links_for_who_reaches_the_region(scene, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(TWO)
    assert f"/pokja/{scene['bone'].pk}/2026/" in links_of(page)
    assert "/dasbor/73.08/2026/" in links_of(page)


def test_levels_may_be_mixed_with_a_note(scene, client_of, pusat):
    page = client_of(pusat).get("/bandingkan/?d=73.71&d=73&d=nasional&d=63.71")
    assert page.context["mixed"]
    assert "Tingkatnya berbeda" in text_of(page)
    assert page.context["measure"].endswith(
        "garis tegak = rata-rata provinsinya; bagi provinsi rata-rata nasional."
    )
    assert "Pokja efektif menurut provinsi dan jenis, 2026" in page.context["provinces"]


def test_one_kind_alone(scene, client_of, pusat):
    page = client_of(pusat).get(f"{TWO}&jenis=gdpk")
    assert [each["told"] for each in page.context["columns"]] == [
        "0 dari 1 Pokja efektif",
        "Belum ada Pokja",
    ]
    assert page.context["finding"] == "Baru Kota Makassar yang sudah mengirim isian"


def test_a_past_day(past, client_of, pusat):
    page = client_of(pusat).get(f"{TWO}&per=10 Februari 2026")
    assert page.context["finding"].endswith(" per 10 Februari 2026")
    assert [bar["number"] for bar in page.context["columns"][1]["bars"]] == [
        "1/1",
        "0/1",
        "1/1",
        "0/1",
    ]
    assert "/dasbor/73.08/2026/?per=2026-02-10" in links_of(page)


def test_a_year_without_data_draws_nothing(scene, client_of, pusat):
    Evidence.objects.filter(kind="decree").update(status="draft")
    page = client_of(pusat).get("/bandingkan/?d=73.71&d=73.08&tahun=2016")
    assert page.context["finding"] == "Belum ada isian dari daerah yang dipilih"
    assert [each["bars"] for each in page.context["columns"]] == [[], []]
    assert "Tren tampil setelah ada data dua tahun." in text_of(page)


def test_small_multiples_share_one_axis(scene, give, client_of, pusat):
    give(scene["bone"], "rencana_kerja", year=2025)
    page = client_of(pusat).get(TWO)
    assert page.context["multiples_heading"] == "Kriteria terpenuhi naik di dua daerah"
    for each in page.context["multiples"]:
        assert ">100%</text>" in each["chart"]
        assert ">0</text>" in each["chart"]


# --- who may compare what ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["operator_makassar", "pengamat_makassar"])
def test_neighbours_are_figures_only(scene, cast, client_of, name):
    page = client_of(cast[name]).get(TWO)
    links = links_of(page)
    assert page.context["columns"][1]["address"] is None
    assert not [link for link in links if "73.08/" in link or f"/{scene['bone'].pk}/" in link]
    assert scene["bone"].name not in body(page)
    assert f"/pokja/{scene['makassar'].pk}/2026/" in links


@pytest.mark.parametrize(
    ("name", "open_"),
    [
        ("operator_makassar", True),
        ("operator_sulsel", True),
        ("verifikator_sulsel", True),
        ("pusat", True),
        ("admin", True),
        ("verifikator_kalsel", False),
    ],
)
def test_foreign_regions_are_told_like_unknown_ones(scene, cast, client_of, name, open_):
    page = client_of(cast[name]).get(TWO)
    assert ("columns" in page.context) is open_
    if not open_:
        unknown = client_of(cast[name]).get("/bandingkan/?d=99.71&d=99.08&tahun=2026")
        assert told(page)[0] == "Daerah “73.71” tidak ditemukan."
        assert [each.replace("99.", "73.") for each in told(unknown)] == told(page)
        assert "Makassar" not in text_of(page)


def test_a_person_without_a_post_has_nothing_to_compare(scene, make_user, client_of):
    page = client_of(make_user()).get(TWO)
    assert "Belum ada daerah yang dapat dibandingkan" in text_of(page)
    assert "Makassar" not in text_of(page)


# --- addresses -----------------------------------------------------------------------------------


def test_an_empty_address_invites(scene, client_of, pusat):
    page = client_of(pusat).get("/bandingkan/")
    assert "Pilih dua daerah untuk mulai membandingkan." in text_of(page)
    assert told(page) == []


@pytest.mark.parametrize(
    ("query", "complaints"),
    [
        ("d=73.71", ["Pilih paling sedikit 2 daerah, atau dua tanggal untuk satu daerah."]),
        ("d=73.71&d=73.71", ["Pilih daerah yang berbeda."]),
        ("d=73.71&d=73.08&d=73.71", ["Pilih daerah yang berbeda."]),
        ("d=73.71&d=73.08&d=99", ["Daerah “99” tidak ditemukan."]),
        ("d=73.71&d=73.08&tahun=1999", ["Tahun “1999” tidak dikenal."]),
        ("d=73.71&d=73.08&tahun=²⁰²⁶", ["Tahun “²⁰²⁶” tidak dikenal."]),
        ("d=73.71&d=73.08&jenis=apa", ["Jenis Pokja “apa” tidak dikenal, jadi tidak dipakai."]),
        ("d=73.71&per=2026-02-10&per=2026-02-10", ["Pilih tanggal yang berbeda."]),
        ("d=73.71&d=73.08&per=2027-01-01", ["Tanggal 1 Januari 2027 belum lewat."]),
        (
            "d=73.71&d=73.08&per=2026-01-01&per=2026-02-01",
            [
                "Dua tanggal dibandingkan untuk satu daerah. Pilih satu daerah, atau satu tanggal "
                "saja."
            ],
        ),
        (
            "d=73.71&per=2026-01-01&per=2026-02-01&per=2026-03-01",
            ["Pilih paling banyak 2 tanggal."],
        ),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_shown(scene, client_of, pusat, query, complaints):
    page = client_of(pusat).get(f"/bandingkan/?{query}")
    assert (page.status_code, told(page)) == (200, complaints)
    assert "<title>Galat: " in body(page)


def test_hundreds_of_parameters_cost_no_more(
    scene, client_of, pusat, django_assert_max_num_queries
):
    many = "&".join(f"d={code}" for code in ("73.71", "73.08", *range(10, 400)))
    with django_assert_max_num_queries(120):
        page = client_of(pusat).get(f"/bandingkan/?{many}&per=x&per=y&{'jenis=z&' * 200}")
    assert told(page)[0] == "Pilih paling banyak 6 daerah. Yang dibandingkan 6 daerah pertama."
    assert len(page.context["columns"]) == 2
    assert len(page.content) < 200_000


def test_hostile_values_are_escaped(scene, client_of, pusat):
    page = client_of(pusat).get("/bandingkan/", {"d": ["<script>x</script>", "73.71", "73.08"]})
    assert b"<script>x" not in page.content


def test_an_old_code_finds_the_region(scene, regions, client_of, pusat):
    change_region_code(regions.bone, "73.28", on=date(2026, 1, 1), basis="uji")
    page = client_of(pusat).get(TWO)
    assert [each["name"] for each in page.context["columns"]] == ["Kota Makassar", "Bone"]
    both = client_of(pusat).get("/bandingkan/?d=73.08&d=73.28")
    assert told(both) == ["Pilih daerah yang berbeda."]


def test_only_read(scene, client_of, pusat):
    assert client_of(pusat).post("/bandingkan/").status_code == 405


# --- two dates -----------------------------------------------------------------------------------


def test_two_dates_of_one_region(past, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(DATES)
    assert page.context["finding"] == (
        "Kriteria terpenuhi di Bone bertambah dari 2 menjadi 3 antara 10 Februari 2026 dan hari ini"
    )
    rows = {
        row["label"]: (row["before"], row["after"], row["change"], row["note"])
        for row in page.context["criteria"]
    }
    assert rows["Rencana kerja"] == ("0 dari 1", "1 dari 1", "+1", "1 bertambah")
    assert rows["Anggaran"] == ("0 dari 1", "0 dari 1", "0", "")
    (changed,) = page.context["changed"]
    assert changed["name"] == past["bone"].name
    assert changed["address"] == f"/pokja/{past['bone'].pk}/2026/"
    assert [(step["label"], step["after"]) for step in changed["steps"]] == [
        ("Rencana kerja", "terpenuhi")
    ]


def test_a_neighbour_on_two_dates_has_no_names(past, client_of, operator_makassar):
    page = client_of(operator_makassar).get(DATES)
    assert (page.context["changed"], page.context["hidden"]) == ([], "1 Pokja berubah.")
    assert past["bone"].name not in body(page)
    province = client_of(operator_makassar).get(DATES.replace("73.08", "73"))
    assert {row["region"] for row in province.context["changed"]} == {"Kota Makassar"}
    assert past["bone"].name not in body(province)
    assert "Di daerah lain: 1 Pokja berubah." in text_of(province)


def test_dates_are_put_in_order(past, client_of, pusat):
    page = client_of(pusat).get("/bandingkan/?d=73.08&per=2026-03-05&per=2026-02-10")
    assert page.context["days"] == ("10 Februari 2026", "5 Maret 2026")


def test_the_nation_on_two_dates(past, client_of, pusat):
    page = client_of(pusat).get(DATES.replace("73.08", "nasional"))
    assert page.context["criteria"][1]["change"] == "+4"
    assert "Pokja yang berubah" not in text_of(page)


def test_nothing_changed(past, client_of, pusat):
    page = client_of(pusat).get("/bandingkan/?d=73.08&per=2026-03-05&per=2026-03-06")
    assert "Tidak ada status kriteria yang berubah" in text_of(page)


# --- files ---------------------------------------------------------------------------------------


def sheet(response, name):
    return list(load_workbook(io.BytesIO(response.content))[name].values)


def test_csv_and_workbook_have_the_numbers_of_the_page(scene, client_of, verifikator_sulsel):
    client = client_of(verifikator_sulsel)
    files = {each["label"]: each["address"] for each in client.get(TWO).context["files"]}
    rows = list(csv.DictReader(io.StringIO(client.get(files["CSV"]).content.decode("utf-8-sig"))))
    assert [
        (row["kode_wilayah"], row["pokja"], row["efektif"], row["anggaran"]) for row in rows
    ] == [
        ("73.71", "2", "1", "1"),
        ("73.08", "1", "0", "0"),
        ("", "4", "1", "1"),
    ]
    book = client.get(files["Excel"])
    assert sheet(book, "Perbandingan")[1][:5] == ("73.71", "Kota Makassar", 2026, 2, 1)
    assert ("73.08", "Kabupaten Bone", "Bangga Kencana", 1, 0, 3) in sheet(book, "Per jenis")
    assert len(sheet(book, "Dari tahun ke tahun")) == 11


def test_files_of_two_dates_name_only_what_is_reached(past, client_of, cast):
    address = DATES.replace("/?", "/perbandingan.xlsx?")
    own = client_of(cast["operator_bone"]).get(address)
    assert sheet(own, "Dua tanggal")[2] == ("rencana_kerja", 0, 1, 1, 1, 1)
    assert sheet(own, "Pokja yang berubah")[1][:3] == ("Bone", past["bone"].name, "Rencana kerja")
    other = client_of(cast["operator_makassar"]).get(address)
    assert len(sheet(other, "Pokja yang berubah")) == 1


def test_a_file_of_nothing_is_not_found(scene, client_of, verifikator_kalsel):
    client = client_of(verifikator_kalsel)
    assert client.get("/bandingkan/perbandingan.csv").status_code == 404
    assert client.get(TWO.replace("/?", "/perbandingan.xlsx?")).status_code == 404


# --- cost ----------------------------------------------------------------------------------------


def test_a_page_weighs_little(scene, client_of, pusat):
    page = client_of(pusat).get("/bandingkan/?d=73.71&d=73.08&d=73&d=63&d=63.71&d=nasional")
    assert len(gzip.compress(page.content)) < 30_000


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("/bandingkan/?d=73.08&d=99.99&tahun=9", {"f-d2", "f-tahun"}),
        ("/tren/?d=99&jenis=apa&rentang=90", {"f-d", "f-jenis", "f-rentang"}),
        ("/bandingkan/?d=73.08&d=73.71", set()),
    ],
)
def test_the_fields_that_something_is_said_about_are_marked(
    scene, client_of, verifikator_sulsel, address, wrong
):
    page = client_of(verifikator_sulsel).get(address).content.decode()
    marked = re.findall(r'id="(f-[\w]+)"[^>]*aria-invalid="true"', page)
    assert set(marked) >= wrong
    assert bool(marked) is bool(wrong) is ("<title>Galat: " in page)
