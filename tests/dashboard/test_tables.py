"""Every figure opens: the tables of a dashboard, and that all clothes tell the same numbers."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from apps.dashboard.table_out import csv_of, table_html
from apps.dashboard.tables import Sheet
from apps.regions.services import change_region_code
from tests.dashboard.conftest import ALL

pytestmark = pytest.mark.django_db
BASE = "/dasbor/73/2026/"
DASH = "–"


def rows_of_csv(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def rows_of_workbook(answer, title):
    page = load_workbook(io.BytesIO(answer.content))[title]
    first, *rows = page.iter_rows(values_only=True)
    return [dict(zip(first, row, strict=True)) for row in rows]


def rows_of_html(answer, key):
    """The cells of the table under the anchor ``key``, tags taken off."""
    section = re.search(rf'<section[^>]*id="{key}">(.*?)</section>', answer.content.decode(), re.S)
    rows = re.findall(r"<tr>(.*?)</tr>", section[1], re.S)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
        for row in rows
    ]


# --- one table -----------------------------------------------------------------------------------

SHEET = Sheet(
    "uji",
    "Uji",
    "Catatan",
    (("kode_wilayah", "Kode"), ("wilayah", "Daerah"), ("pokja", "Pokja"), ("pagu_rp", "Pagu (Rp)")),
    [("73.08", "=CMD()", 1200, Decimal("1500000.50")), ("73.10", "<b>x</b>", None, None)],
)


def test_a_table_of_the_page_has_its_numbers_to_the_right_and_its_names_as_heads():
    html = table_html(SHEET)
    assert '<th scope="row">=CMD()</th>' in html
    assert '<td class="num">1.200</td><td class="num">1.500.000,5</td>' in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert f'<td class="num">{DASH}</td><td class="num">{DASH}</td>' in html


def test_a_file_runs_no_formula_and_keeps_its_codes():
    lines = csv_of(SHEET).decode("utf-8-sig").splitlines()
    assert lines == [
        "kode_wilayah,wilayah,pokja,pagu_rp",
        "73.08,'=CMD(),1200,1500000.50",
        "73.10,<b>x</b>,,",
    ]


def test_a_year_has_no_thousands():
    sheet = Sheet("tren", "Tren", "", (("daerah", "Daerah"), ("tahun", "Tahun")), [("Bone", 2026)])
    assert '<td class="num">2026</td>' in table_html(sheet)


def test_codes_are_text_in_a_workbook(scene, client_of, pusat):
    answer = client_of(pusat).get(f"{BASE}tabel.xlsx")
    page = load_workbook(io.BytesIO(answer.content))["Menurut daerah"]
    codes = [row[1] for row in page.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in codes] == [
        ("73", "s"),
        ("73.71", "s"),
        ("73.08", "s"),
    ]


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tail", ["tabel/", "tabel.csv", "tabel.xlsx"])
@pytest.mark.parametrize(
    ("code", "status"),
    [("nasional", 200), ("73", 200), ("73.08", 200), ("73.71", 404), ("63", 404)],
)
def test_tables_are_open_to_whom_the_dashboard_is(
    scene, client_of, operator_bone, code, status, tail
):
    assert client_of(operator_bone).get(f"/dasbor/{code}/2026/{tail}").status_code == status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/dasbor/73/2014/tabel/", 404),
        ("/dasbor/99/2026/tabel.csv", 404),
        (f"{BASE}tabel.csv?tabel=apa", 404),
        (f"{BASE}tabel.csv?tabel=pokja", 404),  # of a kab/kota alone
        ("/dasbor/73.08/2026/tabel.csv?tabel=jenis", 404),
        ("/dasbor/nasional/2026/tabel.csv?tabel=anggaran", 404),
        (f"{BASE}tabel/?jenis=pjpk", 200),  # nothing fits
        (f"{BASE}tabel.xlsx?jenis=pjpk&sebaya=kota", 200),
        ("/dasbor/73/2015/tabel/", 200),
        (f"{BASE}tabel/?jenis=apa&kriteria=%00&sebaya=99&urut=x&per=kapan&belum=2", 200),
        (f"{BASE}tabel/?" + "&".join(f"x{n}=1" for n in range(300)), 200),
    ],
)
def test_odd_addresses(scene, client_of, pusat, address, status):
    assert client_of(pusat).get(address).status_code == status


def test_a_former_code_leads_on_with_its_query(scene, regions, client_of, pusat):
    change_region_code(regions.bone, "73.28", on=date(2026, 1, 1), basis="uji")
    answer = client_of(pusat).get("/dasbor/73.08/2026/tabel.csv?tabel=tren&jenis=gdpk")
    assert answer["Location"] == "/dasbor/73.28/2026/tabel.csv?tabel=tren&jenis=gdpk"


def test_what_was_filtered_stands_in_the_name_of_the_file(scene, client_of, pusat):
    answer = client_of(pusat).get(f"{BASE}tabel.csv?jenis=gdpk&belum=1&per=2026-02-01&x=y")
    assert answer["Content-Disposition"] == (
        'attachment; filename="dasbor-73-2026-jenis-gdpk-belum-1-per-2026-02-01-daerah.csv"'
    )


def test_no_pokja_of_another_region_is_named(scene, client_of, operator_bone):
    client = client_of(operator_bone)
    told = "".join(
        client.get(f"{BASE}tabel.csv?tabel={key}").content.decode()
        for key in ("daerah", "jenis", "kriteria", "tren", "anggaran", "alasan", "pengembalian")
    ) + str(rows_of_workbook(client.get(f"{BASE}tabel.xlsx"), "Menurut daerah dan jenis Pokja"))
    assert [pokja.name for pokja in scene.values() if pokja.name in told] == []


def test_the_last_sheet_tells_what_the_numbers_are(scene, client_of, pusat):
    answer = client_of(pusat).get(f"{BASE}tabel.xlsx?jenis=gdpk")
    notes = [row["keterangan"] for row in rows_of_workbook(answer, "Keterangan")]
    assert "Saringan: Pokja GDPK." in notes
    assert "Alamat tampilan ini: http://testserver/dasbor/73/2026/?jenis=gdpk" in notes


@pytest.mark.parametrize("path", [BASE, "/dasbor/nasional/2026/", "/dasbor/73.71/2026/"])
def test_every_panel_opens_its_table_its_files_and_its_address(scene, client_of, pusat, path):
    client = client_of(pusat)
    page = client.get(f"{path}?jenis=gdpk").content.decode()
    rows = re.findall(r'<p class="open-row.*?</p>', page, re.S)
    links = [re.findall(r'href="([^"]+)"', row) for row in rows]
    assert len(rows) >= 4
    for table, file, book, view, *_ in links:
        answers = [
            client.get(each.replace("&amp;", "&").split("#")[0]) for each in (table, file, book)
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 200]
        anchor = table.split("#")[1]
        assert f'id="{anchor}"' in answers[0].content.decode()
        assert view.startswith(f"{path}?jenis=gdpk")
        assert "#" not in view or f'id="{view.split("#")[1]}"' in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/dasbor/73/2026/tabel.csv", 86),
        ("/dasbor/nasional/2026/tabel.csv", 63),
        ("/dasbor/73.71/2026/tabel.csv", 63),
    ],
)
def test_tables_cost_the_same_for_one_pokja_and_for_more(
    scene,
    regions,
    make_pokja,
    give,
    client_of,
    pusat,
    django_assert_num_queries,
    path,
    queries,
    rows,
):
    for _ in range(rows - 1):
        for region in (regions.makassar, regions.bone):
            give(make_pokja(region, "gdpk"), *ALL)
    client = client_of(pusat)
    with django_assert_num_queries(queries):
        client.get(path)


# --- agreement -----------------------------------------------------------------------------------


def numbers(text):
    return [int(each.replace(".", "")) for each in re.findall(r"\d[\d.]*", text)]


def cards_of(page):
    """{label: (part, whole)} of the cards, told in counts."""
    told = re.findall(r'<div class="l">([^<]+)</div>.*?class="v[^"]*">([^<]+)<', page, re.S)
    return {label: tuple(numbers(value)) for label, value in told}


def ranking_of(page):
    """{name: (rank, told)} of the ranking."""
    table = re.search(r'<table class="rank">.*?</table>', page, re.S)[0]
    rows = re.findall(
        r'num">(\d*)</td><th scope="row">(?:<a[^>]*>)?([^<]+).*?'
        r'<td class="num[^>]*>([^<]+)</td></tr>',
        table,
    )
    return {name: (rank, told) for rank, name, told in rows}


def map_of(page):
    return dict(re.findall(r"<title>([^:<]+): (\d+ dari \d+) Pokja", page))


def heat_of(page):
    """{name: ([best of each kind], criteria, effective)}."""
    table = re.search(r'<table class="heat.*?</table>', page, re.S)[0]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]:
        name = re.search(r'<th scope="row">(?:<a[^>]*>)?([^<]+)', row)[1]
        cells = re.findall(r'<td class="h[^"]*">(.*?)</td>', row, re.S)
        best = [re.search(r"<b>(\d+)</b>", cell) for cell in cells]
        totals = re.findall(r'<td class="tot[^"]*">([^<]+)</td>', row)
        found[name] = [each and each[1] for each in best], *totals
    return found


QUERIES = ("", "?kriteria=anggaran", "?jenis=gdpk", "?sebaya=kabupaten", "?urut=terendah&belum=1")


@pytest.mark.parametrize("order", ["terendah", "perubahan", "perubahan-turun"])
@pytest.mark.parametrize("area", ["73", "nasional"])
def test_every_order_has_every_region(random_province, client_of, pusat, area, order):
    random_province(4)
    base = f"/dasbor/{area}/2026/tabel.csv?tabel=daerah"
    usual, turned = (
        {row["kode_wilayah"] for row in rows_of_csv(client_of(pusat).get(base + more))}
        for more in ("", f"&urut={order}")
    )
    assert turned == usual
    assert len(usual) > 1


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("query", QUERIES)
def test_heading_cards_map_ranking_heat_table_csv_and_workbook_agree(
    random_province, client_of, verifikator_sulsel, seed, query
):
    random_province(seed)
    client = client_of(verifikator_sulsel)
    page = client.get(BASE + query).content.decode()
    more = query.replace("?", "&")
    regions = rows_of_csv(client.get(f"{BASE}tabel.csv?tabel=daerah{more}"))
    kinds = rows_of_csv(client.get(f"{BASE}tabel.csv?tabel=jenis{more}"))
    criteria = rows_of_csv(client.get(f"{BASE}tabel.csv?tabel=kriteria{more}"))
    asked = "anggaran" if "kriteria=" in query else "efektif"

    # heading and cards against the criteria, and these against the sum of the regions
    told = {row["ukuran"]: (row["terpenuhi"], row["dari"]) for row in criteria}
    cards = cards_of(page)
    for label, (part, whole) in told.items():
        if label in cards:
            assert cards[label] == (int(part), int(whole))
    assert len(cards.keys() & told.keys()) >= 4
    total, whole = (sum(int(row[name] or 0) for row in regions) for name in (asked, "pokja"))
    heading = re.search(r"<h1>(.*?)</h1>", page, re.S)[1].strip()
    shown = heading.split(" di ")[0]
    assert numbers(shown) in ([total, whole], [whole]), heading
    assert told["SK penetapan"] == (str(sum(int(row["sk"]) for row in regions)), str(whole))

    # ranking and map against the rows
    listed = [row for row in regions if row["kode_wilayah"] != "73"]
    expected = {
        row["wilayah"]: (
            row["peringkat"],
            row["keterangan"] or f"{int(row[asked] or 0)} dari {row['pokja']}",
        )
        for row in listed
    }
    assert ranking_of(page) == expected
    assert list(ranking_of(page)) == [row["wilayah"] for row in listed]
    for name, told_there in map_of(page).items():
        assert told_there == expected[name][1]

    # heat table against the rows by kind, its totals against those by region
    heat = heat_of(page)
    by_name = {row["wilayah"]: row for row in regions}
    for name, (best, met, effective) in heat.items():
        own = [row for row in kinds if row["wilayah"] == name]
        assert [row["kriteria_terbanyak"] or None for row in own] == best
        row = by_name.get(name)
        if row and row["pokja"] != "0":
            assert (met, effective) == (
                f"{row['kriteria_terpenuhi']}/{row['kriteria_dari']}",
                f"{row['efektif']}/{row['pokja']}",
            )
    assert heat.keys() == {row["wilayah"] for row in kinds}

    # the page of tables and the workbook against the CSV
    tables = client.get(f"{BASE}tabel/{query}")
    book = client.get(f"{BASE}tabel.xlsx{query}")
    for key, title, rows in (
        ("daerah", "Menurut daerah", regions),
        ("kriteria", "Menurut kriteria", criteria),
    ):
        in_csv = [list(row.values()) for row in rows]
        in_book = [
            ["" if value is None else str(value) for value in row.values()]
            for row in rows_of_workbook(book, title)
        ]
        in_page = [
            ["" if cell == DASH else cell for cell in row] for row in rows_of_html(tables, key)
        ]
        assert in_book == in_csv
        assert in_page[1:] == in_csv
