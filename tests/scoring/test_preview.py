"""Before a rubric is published its page shows who changes, why, and the official figure."""

import csv
import io

import pytest
from openpyxl import load_workbook

from apps.effectiveness.closing import close
from apps.effectiveness.models import EffectiveTarget, Rubric, RubricPoint
from tests.dashboard.conftest import ALL
from tests.effectiveness.rubrics import draft_of, plain_with
from tests.scoring.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(rubric):
    return Rubric.objects.get(code="empat-kriteria")


@pytest.fixture
def without_budget(scene, held, admin):
    """A draft by which the budget is no longer required."""
    rows = plain_with(held)
    rows[3] |= {"wajib": False}
    return draft_of(held, admin, kriteria=rows)


@pytest.fixture
def ask(client_of, pusat):
    client = client_of(pusat)
    return lambda draft, query="", part="": client.get(
        f"/rubrik/{draft.code}/pratinjau/{part}?{query}"
    )


def changes(page):
    return {each.after.code: each for each in page.context["page"]}


def test_a_draft_that_says_the_same_changes_nobody(scene, held, admin, ask):
    page = ask(draft_of(held, admin))
    assert "Tidak ada yang berubah pada 2026" in words(page)
    assert "Setiap Pokja dan daerah tetap seperti sekarang." in words(page)


def test_counts_before_and_after(scene, without_budget, ask):
    totals = {label: (a, b) for label, a, b in ask(without_budget).context["totals"]}
    assert totals["Pokja efektif"] == ("2", "4")
    assert totals["Angka resmi"] == (
        "0 dari 2 Prov & 2 dari 3 Kab/Kota",
        "0 dari 2 Prov & 3 dari 3 Kab/Kota",
    )


def test_the_promise_is_compared_where_every_province_promised(scene, without_budget, ask, regions):
    for province in (regions.sulsel, regions.kalsel):
        EffectiveTarget.objects.create(province=province, year=2026, provinces=1, districts=1)
    totals = {label: (a, b) for label, a, b in ask(without_budget).context["totals"]}
    assert totals["Capaian terhadap target"] == (
        "Prov 0%, Kab/Kota 100%",
        "Prov 0%, Kab/Kota 150%",
    )


def test_every_pokja_that_changes_is_listed_with_what_decides(scene, without_budget, ask):
    found = changes(ask(without_budget, "lihat=pokja"))
    assert set(found) == {scene["waiting"].code, scene["bone"].code}
    assert found[scene["bone"].code].reasons == "Anggaran tidak lagi wajib."


def test_every_region_that_changes_is_listed(scene, without_budget, ask):
    rows = [
        (row.name, row.changing, row.pokja, row.was_effective, row.is_effective)
        for row in ask(without_budget).context["page"]
    ]
    assert rows == [
        ("Kabupaten Bone", 1, 1, False, True),
        ("Kota Makassar", 1, 2, True, True),
    ]


def test_who_is_no_longer_effective_is_told_what_is_missing(scene, held, admin, ask):
    extra = {
        "kode": "gdpk",
        "nama": "Memiliki GDPK",
        "pemeriksaan": "regulasi_berlaku",
        "parameter": {"topic": "gdpk"},
        "bobot": 0,
        "wajib": True,
        "aturan": "",
    }
    page = ask(draft_of(held, admin, kriteria=[*plain_with(held), extra]), "lihat=pokja")
    found = changes(page)
    assert set(found) == {scene["makassar"].code, scene["banjarmasin"].code}
    assert found[scene["makassar"].code].reasons == "Belum terpenuhi: Memiliki GDPK."
    assert "2 Pokja di 2 daerah berubah pada 2026" in words(page)


def test_a_change_of_class_tells_the_index(scene, held, admin, ask):
    draft = draft_of(held, admin, batas_kelas=[1, 2, 3])
    found = changes(ask(draft, "lihat=pokja"))
    bone = found[scene["bone"].code]
    assert bone.classes[1] == "Berkelanjutan"
    assert bone.reasons.endswith(", batas kelas berubah.")
    RubricPoint.objects.filter(rubric=draft).exclude(check_code="sk_terpenuhi").delete()
    assert (
        "indeks 38 menjadi 100"
        in changes(ask(draft, "lihat=pokja"))[scene["bone"].code].reasons.lower()
    )


def test_the_region_rule_alone_changes_regions(scene, held, admin, ask):
    page = ask(draft_of(held, admin, aturan_wilayah="all"))
    assert [row.name for row in page.context["page"]] == ["Kota Makassar"]
    assert "1 daerah berubah pada 2026" in words(page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("provinsi=63", []),
        ("provinsi=73", ["Kabupaten Bone", "Kota Makassar"]),
        ("provinsi=99", []),
        ("perubahan=efektif", ["Kabupaten Bone"]),
        ("perubahan=tidak", []),
        (
            "perubahan=ngawur&tahun=ngawur&lihat=ngawur&halaman=-1",
            ["Kabupaten Bone", "Kota Makassar"],
        ),
        ("tahun=1812", ["Kabupaten Bone", "Kota Makassar"]),
    ],
)
def test_the_address_narrows_the_list(scene, without_budget, ask, query, names):
    assert [row.name for row in ask(without_budget, query).context["page"]] == names


def test_a_draft_with_gaps_is_not_tried(scene, held, admin, ask):
    page = ask(draft_of(held, admin, kriteria=plain_with(held, sk=24)))
    assert "Pratinjau tampil setelah draf ini lengkap" in words(page)
    assert "Jumlah bobot 99; harus 100" in words(page)
    draft = Rubric.objects.get(code="empat-kriteria-2")
    assert ask(draft, part="unduh/").status_code == 404


def test_a_year_without_rubric_is_told(scene, held, admin, ask):
    draft = draft_of(held, admin)
    Rubric.objects.filter(pk=held.pk).update(year_to=2025)
    page = ask(draft, "lihat=pokja")
    assert page.context["totals"][0][1] == "tidak dapat dinilai"
    assert changes(page)[scene["makassar"].code].reasons.startswith(
        "Sebelumnya tidak dapat dinilai; semua kriteria wajib terpenuhi"
    )
    assert changes(page)[scene["bone"].code].reasons.startswith("Belum terpenuhi: Anggaran")


def test_frozen_figures_do_not_move(scene, held, admin, ask, regions, give):
    give(scene["bone"], *ALL[1:3], year=2025)
    give(scene["banjarmasin"], *ALL[1:3], year=2025)
    close(regions.sulsel, 2025, actor=admin)
    rows = plain_with(held)
    rows[3] |= {"wajib": False}
    page = ask(draft_of(held, admin, 2025, kriteria=rows), "tahun=2025&lihat=pokja")
    assert set(changes(page)) == {scene["banjarmasin"].code}
    assert page.context["outlook"].preview.frozen == 4
    assert "4 Pokja sudah tercatat dalam buku tahun dan tidak berubah." in words(page)


def test_the_list_goes_out_as_files(scene, without_budget, ask):
    text = ask(without_budget, "lihat=pokja&perubahan=efektif", "unduh/").content
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert [
        (row["kode_pokja"], row["efektif_sebelum"], row["efektif_sesudah"]) for row in rows
    ] == [
        (scene["bone"].code, "tidak", "ya"),
        (scene["waiting"].code, "tidak", "ya"),
    ]
    answer = ask(without_budget, "bentuk=xlsx", "unduh/")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [
        "Kabupaten Bone",
        "Kota Makassar",
    ]


@pytest.mark.parametrize("extra", [0, 3])
def test_the_preview_costs_the_same_for_many_pokja(
    scene, without_budget, ask, regions, make_pokja, give, django_assert_num_queries, extra
):
    for _ in range(extra):
        give(make_pokja(regions.bone, "gdpk"), *ALL[:3])
    ask(without_budget)
    with django_assert_num_queries(41):
        ask(without_budget)


def test_what_was_published_has_no_preview(held, ask):
    assert ask(held)["Location"] == "/rubrik/empat-kriteria/"


@pytest.mark.parametrize("role", ["operator_bone", "koordinator_sulsel", "pengamat_makassar"])
def test_others_do_not_see_who_changes(scene, without_budget, held, cast, client_of, role):
    client = client_of(cast[role])
    assert client.get(f"/rubrik/{without_budget.code}/pratinjau/").status_code == 404
    assert client.get(f"/rubrik/{held.code}/pratinjau/unduh/").status_code == 403
