"""/tren/: one line beside that of the larger area, its numbers, gaps, and changes of rules."""

import csv
import html
import io
import re
from datetime import date

import pytest

from apps.effectiveness.models import Rubric
from apps.regions.models import RegionEvent
from apps.verification.models import Evidence
from tests.comparison.test_compare import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(scene, give):
    """Makassar's first Pokja has data of 2024 and 2026, none of 2025."""
    Evidence.objects.filter(kind="decree").update(status="draft")
    give(scene["makassar"], "rencana_kerja", "anggaran", year=2024)
    return scene


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode())).split())


def table(response):
    return [
        (row["year"], row["n"], row["whole"], row["told"] if not row["share"] else "")
        for row in response.context["rows"]
    ]


def test_without_a_region_it_is_ones_own(years, client_of, operator_makassar, pusat):
    page = client_of(operator_makassar).get("/tren/")
    assert page.context["place"].code == "73.71"
    assert client_of(pusat).get("/tren/").context["place"].code == "nasional"


def test_years_without_data_are_gaps(years, client_of, pusat):
    page = client_of(pusat).get("/tren/?d=73.71")
    assert page.context["heading"] == (
        "Kriteria terpenuhi di Kota Makassar naik dari 2 dari 8 menjadi 5 dari 8 dalam tiga tahun"
    )
    assert table(page) == [
        ("2022", None, None, "belum ada data"),
        ("2023", None, None, "belum ada data"),
        ("2024", "2", "8", ""),
        ("2025", None, None, "belum ada data"),
        ("2026", "5", "8", ""),
    ]
    assert '<polyline class="ln"' not in page.context["trend"]["chart"]  # two points, no line


def test_a_province_stands_beside_the_nation(scene, give, client_of, pusat):
    give(scene["makassar"], "rencana_kerja", "indikator", "anggaran", year=2025)
    page = client_of(pusat).get("/tren/?d=73")
    assert page.context["rows"][-1]["share"] == (1, 4)
    assert page.context["rows"][-1]["parent"] == "2/5"
    assert 'class="ln2"' in page.context["trend"]["chart"]
    assert len(page.context["multiples"]["charts"]) == 4


def test_kind_and_criterion_narrow_it(years, client_of, pusat):
    page = client_of(pusat).get("/tren/?d=73&jenis=gdpk&kriteria=rencana_kerja&rentang=7")
    assert page.context["trend"]["measure"] == (
        "Bagian Pokja GDPK yang memenuhi rencana kerja, 2020–2026"
    )
    assert page.context["rows"][-1]["share"] == (1, 1)
    assert page.context["multiples"] is None
    assert len(page.context["rows"]) == 7


def test_fewer_than_two_years_show_one_number(scene, client_of, pusat):
    Evidence.objects.filter(kind="decree").update(status="draft")
    page = client_of(pusat).get("/tren/?d=73.71")
    assert page.context["trend"]["single"] == "5 dari 8"
    assert "Tren tampil setelah ada data dua tahun." in text_of(page)
    empty = client_of(pusat).get("/tren/?d=73.71&tahun=2016")
    assert empty.context["trend"]["single"] == ""


def test_a_change_of_rules_is_dotted_and_told(years, client_of, pusat):
    Rubric.objects.update(year_to=2025)
    rubric = Rubric.objects.create(code="baru", name="Baru", year_from=2026, status="published")
    for each in Rubric.objects.exclude(pk=rubric.pk).get().criteria.all():
        each.pk, each.rubric = None, rubric
        each.save()
    page = client_of(pusat).get("/tren/?d=73.71")
    assert 'class="tgt"' in page.context["trend"]["chart"]
    assert "Aturan skor berubah pada 2026" in page.context["trend"]["note"]
    assert [row["year"] for row in page.context["rows"] if row["rules"]] == ["2026"]


def test_what_became_of_the_region_is_told(years, regions, client_of, pusat):
    RegionEvent.objects.create(
        region=regions.makassar, on=date(2024, 5, 1), words="sebagian menjadi Maros"
    )
    page = client_of(pusat).get("/tren/?d=73.71")
    assert "Wilayah berubah pada 2024: sebagian menjadi Maros." in text_of(page)


@pytest.mark.parametrize(
    ("query", "complaints"),
    [
        ("d=99", ["Daerah “99” tidak ditemukan."]),
        ("d=73&rentang=90", ["Rentang “90” tidak dikenal; dipakai 5 tahun."]),
        ("d=73&tahun=2099", ["Tahun “2099” tidak dikenal."]),
        ("d=73&kriteria=apa", ["Kriteria “apa” tidak dikenal, jadi tidak dipakai."]),
    ],
)
def test_what_is_not_known_is_told(scene, client_of, pusat, query, complaints):
    page = client_of(pusat).get(f"/tren/?{query}")
    assert (page.status_code, told(page)) == (200, complaints)


def test_foreign_regions_are_told_like_unknown_ones(scene, client_of, verifikator_kalsel):
    client = client_of(verifikator_kalsel)
    assert told(client.get("/tren/?d=73.71")) == ["Daerah “73.71” tidak ditemukan."]
    assert "Makassar" not in text_of(client.get("/tren/?d=73.71"))
    assert client.get("/tren/tren.csv?d=73.71").status_code == 404


def test_a_neighbour_is_a_line_without_a_way_in(scene, client_of, operator_makassar):
    page = client_of(operator_makassar).get("/tren/?d=73.08")
    assert page.context["dashboard"] is None
    assert scene["bone"].name not in text_of(page)


def test_files_have_the_years_of_both_areas(years, client_of, pusat):
    client = client_of(pusat)
    address = client.get("/tren/?d=73.71&rentang=6").context["files"][0]["address"]
    rows = list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
    assert [(row["kode_wilayah"], row["tahun"]) for row in rows] == [
        (code, str(year)) for code in ("73.71", "73") for year in range(2021, 2027)
    ]
    last = rows[5]
    assert (last["kriteria_terpenuhi"], last["kriteria_seluruhnya"]) == ("5", "8")
    assert rows[4]["kriteria_terpenuhi"] == ""


def test_the_dashboards_lead_here(scene, client_of, pusat):
    client = client_of(pusat)
    for path, links in (
        ("/dasbor/73/2026/", ["/bandingkan/?d=73&d=nasional&tahun=2026"]),
        ("/dasbor/73.71/2026/", ["/bandingkan/?d=73.71&d=73&tahun=2026"]),
    ):
        page = html.unescape(client.get(path).content.decode())
        for link in links:
            assert f'href="{link}"' in page
            assert told(client.get(link)) == []
