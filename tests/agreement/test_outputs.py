"""Whatever one fetches of a province says the same: screens, files, papers, commands."""

import csv
import io
import json
import re

import pypdfium2
import pytest
from django.core.management import call_command

from tests.recap.books import formulas, recalculated, row_of, values

pytestmark = pytest.mark.django_db
SEEDS = [11, 12, 13]


@pytest.fixture(params=SEEDS)
def truth(request, random_province):
    """{code: (effective, Pokja)} of each region with Pokja, counted from the command ``nilai``."""
    random_province(request.param)
    out = io.StringIO()
    call_command("nilai", tahun=2026, wilayah="73", format="json", stdout=out)
    found = {}
    for row in json.loads(out.getvalue()):
        effective, pokja = found.get(row["kode_wilayah"], (0, 0))
        found[row["kode_wilayah"]] = (effective + (row["efektif"] is True), pokja + 1)
    assert sum(pokja for _, pokja in found.values()) > 4
    return found


@pytest.fixture
def client(truth, client_of, koordinator_sulsel):
    return client_of(koordinator_sulsel)


def total(truth):
    return tuple(map(sum, zip(*truth.values(), strict=True)))


def words(content: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def counts_in(sentence: str) -> tuple[int, int]:
    """(effective, Pokja) of a heading such as "3 dari 9 Pokja di … sudah efektif"."""
    numbers = [int(each) for each in re.findall(r"\d+", sentence.split(" di ")[0])]
    if len(numbers) == 2:
        return tuple(numbers)
    if "Belum satu pun" in sentence:
        return 0, *numbers
    assert sentence.startswith("Semua"), sentence
    return numbers[0], numbers[0]


def heading(page: str) -> str:
    return words(re.search(r"<h1>(.*?)</h1>", page, re.S)[1])


@pytest.mark.parametrize("path", ["/dasbor/73/2026/", "/rapor/73/2026/"])
def test_the_headings_of_the_screens(client, truth, path):
    page = client.get(path).content.decode()
    assert counts_in(heading(page)) == total(truth)


def test_the_slides(client, truth):
    assert counts_in(
        client.get("/dasbor/73/2026/saji/").context["slides"][0]["slide"].heading
    ) == total(truth)


def test_the_tables_behind_the_dashboard(client, truth):
    answer = client.get("/dasbor/73/2026/tabel.csv?tabel=daerah").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(answer)))
    found = {row["kode_wilayah"]: (row["efektif"], row["pokja"]) for row in rows}
    assert {
        code: (int(effective or 0), int(pokja))
        for code, (effective, pokja) in found.items()
        if pokja != "0"
    } == truth


def test_the_recap_and_its_formulas(client, truth, tmp_path):
    content = client.get("/rekap/73/2026/rekap.xlsx").content
    page = values(content)["Kab-Kota"]
    found = {}
    for row in page.iter_rows(values_only=True):
        if row[1] and re.fullmatch(r"73(\.\d\d)?", str(row[1])) and row[3]:
            found[row[1]] = (row[4], row[3])
    assert found == truth
    effective, pokja = total(truth)
    summed = row_of(page, "JUMLAH", column=_column_of(page, "JUMLAH"))
    assert (summed[4], summed[3]) == (effective, pokja)
    assert str(row_of(formulas(content)["Kab-Kota"], "JUMLAH", 3)[3]).startswith("=")


def _column_of(page, label):
    return next(cell.column for row in page.iter_rows() for cell in row if str(cell.value) == label)


def test_libreoffice_comes_to_the_same_sums(client, truth, tmp_path):
    again = recalculated(client.get("/rekap/73/2026/rekap.xlsx").content, tmp_path)
    page = again["Kab-Kota"]
    summed = row_of(page, "JUMLAH", column=_column_of(page, "JUMLAH"))
    assert (summed[4], summed[3]) == total(truth)


def test_the_papers(client, truth):
    effective, pokja = total(truth)
    told = f"{effective} dari {pokja}"
    assert told in text_of(client.get("/rapor/73/2026/rapor.pdf").content)
    assert told in text_of(client.get("/rapor/73/2026/buku.pdf").content)
    recap = text_of(client.get("/rekap/73/2026/rekap.pdf").content)
    for code, (own, of) in truth.items():
        if code != "73":
            assert re.search(rf"{re.escape(code)} .{{3,60}}? {of} {own} ", recap), code


def test_the_comparison(client, truth):
    codes = [code for code in truth if code != "73"][:6]
    address = "/bandingkan/perbandingan.csv?tahun=2026&" + "&".join(f"d={code}" for code in codes)
    answer = client.get(address).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(answer)))
    found = {row["kode_wilayah"]: (int(row["efektif"]), int(row["pokja"])) for row in rows}
    assert found.items() >= {code: truth[code] for code in codes}.items()


def test_each_region_on_its_own_pages(client, truth):
    for code, (effective, pokja) in truth.items():
        if code == "73":
            continue
        for path in (f"/dasbor/{code}/2026/", f"/rapor/{code}/2026/"):
            told = heading(client.get(path).content.decode())
            if pokja > 1:
                assert counts_in(told) == (effective, pokja), path
            else:
                assert ("sudah efektif" in told) is bool(effective), path


@pytest.mark.parametrize("kind", ["gdpk", "stunting"])
def test_the_same_kind_is_the_same_everywhere(client, truth, kind):
    """What the address filters, every file of it filters alike."""
    asked = f"?jenis={kind}"
    answer = client.get(f"/dasbor/73/2026/tabel.csv{asked}&tabel=daerah").content
    rows = csv.DictReader(io.StringIO(answer.decode("utf-8-sig")))
    table = {row["kode_wilayah"]: (row["efektif"] or "0", row["pokja"]) for row in rows}
    wanted = {code: tuple(map(int, told)) for code, told in table.items() if told[1] != "0"}
    summed = tuple(map(sum, zip(*wanted.values(), strict=True)))
    assert counts_in(heading(client.get(f"/dasbor/73/2026/{asked}").content.decode())) == summed
    page = values(client.get(f"/rekap/73/2026/rekap.xlsx{asked}").content)["Kab-Kota"]
    found = {
        row[1]: (row[4] or 0, row[3])
        for row in page.iter_rows(values_only=True)
        if row[1] and re.fullmatch(r"73(\.\d\d)?", str(row[1])) and row[3]
    }
    assert found == wanted
    paper = text_of(client.get(f"/rekap/73/2026/rekap.pdf{asked}").content)
    assert "JUMLAH" in paper
    for code, (own, of) in wanted.items():
        if code != "73":
            assert re.search(rf"{re.escape(code)} .{{3,60}}? {of} {own} ", paper), code
