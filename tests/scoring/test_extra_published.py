"""A rubric whose criteria are all over other facts than the four: every page still answers."""

import pytest

from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import publish
from tests.effectiveness.rubrics import draft_of
from tests.scoring.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_rubric(scene, admin):
    held = Rubric.objects.get(code="empat-kriteria")
    row = {
        "kode": "gdpk",
        "nama": "Memiliki GDPK",
        "pemeriksaan": "regulasi_berlaku",
        "parameter": {"topic": "gdpk"},
        "bobot": 100,
        "wajib": True,
        "aturan": "",
    }
    draft = draft_of(held, admin, kriteria=[row])
    publish(draft, actor=admin, ends={held.pk}, reason="Uji")
    return scene


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("operator_bone", "/tugas/"),
        ("operator_bone", "/pokja/"),
        ("operator_bone", "/pokja/{bone}/2026/"),
        ("operator_bone", "/pokja/{bone}/2026/isi/periksa/"),
        ("operator_bone", "/dasbor/73.08/2026/"),
        ("verifikator_sulsel", "/tugas/"),
        ("verifikator_sulsel", "/verifikasi/"),
        ("verifikator_sulsel", "/dasbor/73/2026/"),
        ("pusat", "/dasbor/nasional/2026/"),
        ("pusat", "/panduan/skor/"),
        ("pusat", "/rubrik/"),
    ],
)
def test_pages_answer(other_rubric, cast, client_of, person, path):
    page = client_of(cast[person]).get(path.format(bone=other_rubric["bone"].pk))
    assert page.status_code == 200


def test_the_check_page_counts_the_criteria_of_the_rubric(other_rubric, cast, client_of):
    path = f"/pokja/{other_rubric['bone'].pk}/2026/isi/periksa/"
    outlook = client_of(cast["operator_bone"]).get(path).context["outlook"]
    assert (outlook.count, outlook.possible, outlook.effective) == (0, 1, False)


@pytest.mark.parametrize(
    ("person", "path"), [("pusat", "/dasbor/nasional/2026/"), ("pusat", "/dasbor/73/2026/")]
)
def test_dashboards_say_what_effective_means(other_rubric, cast, client_of, person, path):
    text = words(client_of(cast[person]).get(path))
    assert "Efektif = kriteria wajib terpenuhi: Memiliki GDPK." in text


def test_the_break_is_told_on_the_page_of_a_pokja(other_rubric, cast, client_of):
    page = client_of(cast["operator_bone"]).get(f"/pokja/{other_rubric['bone'].pk}/2026/")
    told = "Aturan skor berubah pada 2026; angka sebelumnya dihitung dengan aturan lama."
    assert told in words(page)


def test_without_a_change_no_break_is_told(scene, cast, client_of):
    page = client_of(cast["operator_bone"]).get(f"/pokja/{scene['bone'].pk}/2026/")
    assert "Aturan skor berubah" not in words(page)
