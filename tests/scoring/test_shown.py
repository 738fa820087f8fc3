"""Everybody reads which rubric holds; drafts are seen by administrators and the national office."""

import pytest

from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import new_draft, publish
from tests.effectiveness.rubrics import draft_of, plain_with
from tests.scoring.pages import words

pytestmark = pytest.mark.django_db


def test_the_list_says_which_rubric_holds_for_which_years(builtin, admin, client_of, operator_bone):
    publish(draft_of(builtin, admin, 2025), actor=admin, ends={builtin.pk}, reason="Uji")
    page = client_of(operator_bone).get("/rubrik/")
    assert "Tahun 2026 dinilai dengan rubrik Empat kriteria dasar (2026)" in words(page)
    assert [(each.years, each.rubric.code) for each in page.context["stretches"]] == [
        ("sejak 2025", "empat-kriteria-2"),
        ("2015–2024", "empat-kriteria-3"),
    ]
    assert len(page.context["versions"]) == 3


def test_a_year_between_rubrics_cannot_be_scored(builtin, client_of, operator_bone):
    Rubric.objects.update(year_to=2024)
    page = client_of(operator_bone).get("/rubrik/")
    assert "Tahun 2026 belum punya rubrik dan tidak dapat dinilai" in words(page)
    assert "2025–2027 Belum ada rubrik; tidak dapat dinilai" in words(page)


def test_without_any_rubric_the_list_says_so(today, client_of, operator_bone):
    assert "Belum ada rubrik yang terbit" in words(client_of(operator_bone).get("/rubrik/"))


def test_drafts_are_listed_for_the_national_office_only(draft, client_of, pusat, operator_bone):
    assert draft.name in words(client_of(pusat).get("/rubrik/"))
    assert draft.name not in words(client_of(operator_bone).get("/rubrik/"))
    assert client_of(operator_bone).get(f"/rubrik/{draft.code}/").status_code == 404


@pytest.mark.parametrize("extra", [0, 3])
def test_the_list_costs_the_same_for_many_rubrics(
    builtin, admin, client_of, pusat, django_assert_num_queries, extra
):
    for _ in range(extra):
        new_draft(builtin, admin)
    client = client_of(pusat)
    client.get("/rubrik/")
    with django_assert_num_queries(8):
        client.get("/rubrik/")


def test_a_rubric_tells_its_criteria_points_and_classes(builtin, client_of, operator_bone):
    page = client_of(operator_bone).get("/rubrik/empat-kriteria/")
    text = words(page)
    assert "SK penetapan SK terverifikasi yang membentuk Pokja ini berlaku" in text
    assert "Jumlah bobot 100" in text
    assert "Dasar 0 sampai di bawah 40" in text
    assert [len(group["rows"]) for group in page.context["points"]] == [4, 4, 4, 4]
    assert "/panduan/skor/" in page.content.decode()


def test_an_extra_criterion_is_told_in_words(builtin, admin, client_of, pusat):
    extra = {
        "kode": "gdpk",
        "nama": "Memiliki GDPK",
        "pemeriksaan": "regulasi_berlaku",
        "parameter": {"topic": "gdpk"},
        "bobot": 0,
        "wajib": False,
        "aturan": "",
    }
    draft = draft_of(builtin, admin, kriteria=[*plain_with(builtin), extra])
    page = client_of(pusat).get(f"/rubrik/{draft.code}/")
    assert page.context["criteria"][4]["rule"] == (
        "Regulasi tentang suatu topik berlaku (topik: GDPK)."
    )
    assert page.context["differences"] == ["Kriteria baru: Memiliki GDPK (bobot 0)."]
    publish(draft, actor=admin, ends={builtin.pk}, reason="Uji")
    assert "Regulasi tentang suatu topik berlaku" in words(client_of(pusat).get("/panduan/skor/"))


def test_what_changed_against_the_one_before_stands_in_words(builtin, admin, client_of, pusat):
    rows = plain_with(builtin, sk=40, anggaran=10)
    rows[3] |= {"wajib": False}
    draft = draft_of(
        builtin,
        admin,
        kriteria=rows,
        batas_kelas=[30, 60, 80],
        sumber_dana=["apbn"],
        aturan_wilayah="all",
    )
    found = client_of(pusat).get(f"/rubrik/{draft.code}/").context["differences"]
    assert found[:3] == [
        "Bobot SK: 25 menjadi 40.",
        "Bobot Anggaran: 25 menjadi 10.",
        "Anggaran tidak lagi wajib.",
    ]
    assert found[3].startswith("Sumber dana tidak lagi: DAK Nonfisik BOKB, ")
    assert found[4:] == [
        "Aturan wilayah: “Paling sedikit satu Pokja efektif” menjadi “Semua Pokja efektif”.",
        "Batas kelas kematangan: 40, 60, 80 menjadi 30, 60, 80.",
    ]


def test_who_published_when_and_why_is_told(draft, builtin, admin, client_of, operator_bone):
    publish(draft, actor=admin, ends={builtin.pk}, reason="Keputusan rapat Maret")
    text = words(client_of(operator_bone).get(f"/rubrik/{draft.code}/"))
    assert "Diterbitkan 12 Maret 2026 pukul 10.00 WIB oleh Admin" in text
    assert "Alasan Keputusan rapat Maret" in text


def test_a_draft_shows_its_gaps_as_links_to_their_fields(builtin, admin, office):
    draft = draft_of(builtin, admin, kriteria=plain_with(builtin, sk=24))
    page = office.get(f"/rubrik/{draft.code}/")
    assert page.context["gaps"] == [
        (
            f"/rubrik/{draft.code}/ubah/#id_kriteria-0-weight",
            "Jumlah bobot 99; harus 100. Tambah 1 pada salah satu kriteria",
        )
    ]


def test_the_file_of_a_rubric_is_taken_by_whoever_reads_it(builtin, client_of, operator_bone):
    answer = client_of(operator_bone).get("/rubrik/empat-kriteria/unduh/")
    assert answer["Content-Disposition"] == 'attachment; filename="rubrik-empat-kriteria.json"'
    assert answer.json()["nama"] == "Empat kriteria dasar"
