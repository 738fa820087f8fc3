"""Who may open which rapor and what it then leaves out; old, dotless, unknown codes and years."""

import pytest

from apps.regions.services import change_region_code

pytestmark = pytest.mark.django_db

WHOLE = ("Kekurangan tersering", "Anggaran operasional")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 73, 73.71, 73.08, 63, and the book of 73
        ("operator_makassar", [200, 200, 404, 404, 403]),
        ("operator_sulsel", [200, 404, 404, 404, 403]),
        ("pengamat_makassar", [200, 200, 404, 404, 403]),
        ("verifikator_sulsel", [200, 200, 200, 404, 200]),
        ("verifikator_kalsel", [404, 404, 404, 200, 404]),
        ("pusat", [200, 200, 200, 200, 200]),
    ],
)
def test_a_rapor_is_open_as_the_dashboard_is_and_the_book_to_those_who_reach_all(
    scene, cast, client_of, name, expected
):
    client = client_of(cast[name])
    paths = ("73/2026/", "73.71/2026/", "73.08/2026/", "63/2026/", "73/2026/buku.pdf")
    assert [client.get(f"/rapor/{path}").status_code for path in paths] == expected


def test_who_is_not_signed_in_goes_to_the_sign_in_page(client, scene):
    for path in ("73/2026/", "73/2026/rapor.pdf", "73/2026/buku.pdf"):
        assert client.get(f"/rapor/{path}")["Location"] == f"/masuk/?next=/rapor/{path}"


def test_an_officer_reads_figures_of_the_province_but_no_gap_name_or_money(
    scene, cast, client_of, paper
):
    page = client_of(cast["operator_bone"]).get("/rapor/73/2026/").content.decode()
    text = " ".join(paper(cast["operator_bone"], "73/2026/rapor.pdf"))
    for shown in (page, text):
        assert "Makassar" in shown
        assert [words for words in WHOLE if words in shown] == []
        assert "Pokja 73.71" not in shown
    assert "/rapor/73.71/" not in page
    assert "buku.pdf" not in page
    assert f"/pokja/{scene['makassar'].pk}/" not in page


def test_who_reaches_the_province_reads_all_of_it(scene, cast, client_of, paper):
    page = client_of(cast["verifikator_sulsel"]).get("/rapor/73/2026/").content.decode()
    text = " ".join(paper(cast["verifikator_sulsel"], "73/2026/rapor.pdf"))
    for shown in (page, text):
        assert [words for words in WHOLE if words not in shown] == []
    assert "/rapor/73.71/2026/" in page
    assert "/rapor/73/2026/buku.pdf" in page


def test_a_code_without_the_dot_and_an_old_code_lead_on_with_their_query(
    scene, regions, cast, client_of, today
):
    client = client_of(cast["pusat"])
    answer = client.get("/rapor/7371/2026/rapor.pdf?kertas=f4")
    assert answer["Location"] == "/rapor/73.71/2026/rapor.pdf?kertas=f4"
    change_region_code(regions.bone, "73.98", on=today, basis="UU")
    assert client.get("/rapor/73.08/2026/")["Location"] == "/rapor/73.98/2026/"


@pytest.mark.parametrize(
    "path",
    [
        "99/2026/",
        "73.99/2026/",
        "9999/2026/rapor.pdf",
        "73/2014/",
        "73/2028/rapor.pdf",
        "73/0000/buku.pdf",
        "99/2026/buku.pdf",
        "73.71/2026/buku.pdf",
        "7/2026/",
        "73/26/",
        "nasional/2026/",
        "73/2026/lain.pdf",
    ],
)
def test_what_does_not_exist_is_404(scene, cast, client_of, path):
    assert client_of(cast["pusat"]).get(f"/rapor/{path}").status_code == 404


def test_nothing_is_taken_by_post(scene, cast, client_of):
    assert client_of(cast["pusat"]).post("/rapor/73/2026/rapor.pdf").status_code == 405
