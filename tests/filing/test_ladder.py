"""Naik kelas and coba on the page of a Pokja's year."""

import re
from datetime import date

import pytest

from tests import makers
from tests.filing.pages import words


def url(pokja, *chosen, year=2026):
    query = "&".join(f"coba={code}" for code in chosen)
    return f"/pokja/{pokja.pk}/{year}/{'?' + query if chosen else ''}"


@pytest.fixture
def all_but_budget(complete, officer, judge):
    names = ("sk", "rencana_kerja", "indikator")
    return {name: makers.verified(complete[name], officer.user, judge.user) for name in names}


@pytest.fixture
def points(rubric):
    from apps.effectiveness.models import RubricPoint

    RubricPoint.objects.create(rubric=rubric, check_code="rk_indikator", words="Terhubung")
    RubricPoint.objects.create(rubric=rubric, check_code="an_apbd", words="Dari APBD")
    RubricPoint.objects.create(rubric=rubric, check_code="in_capaian", words="Capaian 90%")
    RubricPoint.objects.create(rubric=rubric, check_code="sk_lintas_sektor", words="Lintas")


def test_the_last_criterion_says_what_it_gains_and_leads_to_its_step(
    pokja, officer, all_but_budget, points
):
    step = officer.client.get(url(pokja)).context["ladder"].steps[0]
    assert step.title == "Kirim anggaran"
    assert step.gains == [
        "Pokja menjadi efektif",
        "+25 skor",
        "+12,5 sampai +25 poin indeks",
        "kelas Dasar → Berkembang",
    ]
    assert step.url == f"/pokja/{pokja.pk}/2026/isi/periksa/"


def test_points_lead_to_the_place_where_they_are_made(pokja, officer, all_but_budget, points):
    steps = {
        each.rung.code: each for each in officer.client.get(url(pokja)).context["ladder"].steps
    }
    assert steps["rk_indikator"].url == f"/pokja/{pokja.pk}/2026/isi/rencana-kerja/"
    assert steps["rk_indikator"].why == "1 dari 1 kegiatan belum terhubung ke indikator"
    assert steps["sk_lintas_sektor"].url == f"/pokja/{pokja.pk}/anggota/"
    assert steps["sk_lintas_sektor"].by == "Sebelum SK berakhir 31 Desember 2028"
    assert steps["in_capaian"].by == "Laporan Triwulan I paling lambat 10 April 2026"


def test_of_a_past_year_days_are_told_as_past(pokja, officer, judge, points):
    plan = makers.make_plan(pokja, officer.user, 2025)
    makers.verified(plan, officer.user, judge.user)
    targets = makers.make_indicators(pokja, officer.user, 2025)
    makers.verified(targets, officer.user, judge.user)
    steps = officer.client.get(url(pokja, year=2025)).context["ladder"].steps
    found = {each.rung.code: each.by for each in steps}
    assert found["in_capaian"] == "Jatuh tempo 10 Januari 2026"
    assert found["sk"] == ""


def test_a_deadline_is_told_with_the_days_left(pokja, officer, all_but_budget):
    from apps.deadlines.models import Period

    Period.objects.create(year=2026, kind="", opens_on=date(2026, 1, 1), due_on=date(2026, 3, 31))
    step = officer.client.get(url(pokja)).context["ladder"].steps[0]
    assert step.by == "Paling lambat 31 Maret 2026 (19 hari lagi)"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"due_on": "2026-03-01"}, "Batas 1 Maret 2026 sudah lewat, masih diterima"),
        ({"due_on": "2026-03-01", "locks_on": "2026-03-10"}, "Dikunci sejak 11 Maret 2026"),
        (
            {"due_on": "2026-03-01", "grace_until": "2026-03-20"},
            "Masa tenggang sampai 20 Maret 2026, batas 1 Maret 2026",
        ),
        (
            {"opens_on": "2026-04-01", "due_on": "2026-05-01"},
            "Dibuka 1 April 2026, batas 1 Mei 2026",
        ),
    ],
)
def test_a_deadline_that_passed_or_has_not_begun_is_told_as_it_is(
    pokja, officer, all_but_budget, dates, expected
):
    from apps.deadlines.models import Period

    Period.objects.create(year=2026, kind="", **({"opens_on": date(2026, 1, 1)} | dates))
    assert officer.client.get(url(pokja)).context["ladder"].steps[0].by == expected


def test_what_waits_comes_after_what_can_be_done(pokja, officer, complete):
    from apps.deadlines.models import Period
    from apps.evidence.services import submit

    Period.objects.create(year=2026, kind="", opens_on=date(2026, 1, 1), due_on=date(2026, 3, 31))
    submit(complete["sk"], actor=officer.user, revision=complete["sk"].revision)
    last = officer.client.get(url(pokja)).context["ladder"].steps[-1]
    assert (last.title, last.by, last.url) == (
        "Tunggu verifikasi SK",
        "Batas waktu berhenti selama diperiksa",
        "",
    )


def test_whoever_does_not_fill_in_gets_no_link(
    pokja, all_but_budget, points, pengamat_makassar, client_of
):
    steps = client_of(pengamat_makassar).get(url(pokja)).context["ladder"].steps
    assert {step.url for step in steps} == {""}
    assert steps[0].title == "Isi anggaran operasional"  # of the draft nothing is told


def test_everything_reached_has_no_step_left(pokja, officer, effective):
    response = officer.client.get(url(pokja))
    assert response.context["ladder"].steps == []
    page = words(response)
    assert page.count("Naik kelas: semua kriteria dan poin sudah didapat") == 1
    assert page.count("Hitung percobaan") == 0


# --- coba ------------------------------------------------------------------------------------


def test_a_trial_shows_what_would_be_and_stores_nothing(pokja, officer, all_but_budget, points):
    response = officer.client.get(url(pokja, "anggaran", "rk_indikator"))
    page = words(response)
    assert page.count("Percobaan, bukan nilai.") == 1
    assert "Skor 75 → 100 Indeks 37,5 → 62,5 Kelas Dasar → Mandiri" in page
    assert "Kriteria 4 dari 4 Status Efektif" in page
    assert re.search(r'<details id="coba"[^>]* open>', response.content.decode())
    assert words(officer.client.get(url(pokja))).count("Percobaan, bukan nilai.") == 0
    assert response.context["assessment"].score == 75


def test_a_point_of_an_unmet_criterion_brings_the_criterion(pokja, officer, all_but_budget, points):
    response = officer.client.get(url(pokja, "an_apbd"))
    assert response.context["ladder"].trial.effective is True
    assert words(response).count("Kriteria anggaran ikut dihitung") == 1
    ticked = re.findall(r'value="([a-z_]+)" checked', response.content.decode())
    assert ticked == ["anggaran", "an_apbd"]


def test_a_box_says_what_it_adds_by_itself(pokja, officer, all_but_budget, points):
    groups = officer.client.get(url(pokja)).context["ladder"].groups
    gains = {choice.code: choice.gain for _, choices in groups for choice in choices}
    assert gains["anggaran"] == "+25 skor, +12,5 indeks"
    assert gains["an_apbd"] == "+12,5 indeks"


@pytest.mark.parametrize(
    "chosen",
    [
        ["tidak-ada"],
        [""],
        ["sk"],
        ["%00"],
        ["%3Cscript%3Ealert(1)%3C/script%3E"],
        ["' OR 1=1--"],
        ["\u202eanggaran"],
        ["x" * 3000],
        ["y"] * 300,
    ],
)
def test_what_the_rubric_does_not_know_is_ignored(pokja, officer, all_but_budget, chosen):
    response = officer.client.get(url(pokja, *chosen))
    assert response.status_code == 200
    assert response.context["ladder"].trial is None
    html = response.content.decode()
    assert html.count("Belum ada yang dicentang") == 1
    assert html.count("<script>alert") == 0


def test_the_form_works_without_scripts(pokja, officer, all_but_budget, points):
    html = officer.client.get(url(pokja)).content.decode()
    form = re.search(r'<form method="get" action="([^"]*)#coba".*?</form>', html, re.DOTALL)
    assert form.group(1) == f"/pokja/{pokja.pk}/2026/"
    codes = re.findall(r'type="checkbox"[^>]* value="([a-z_]+)"', form.group())
    assert codes == ["sk_lintas_sektor", "rk_indikator", "in_capaian", "anggaran", "an_apbd"]


def test_a_year_without_rubric_has_neither(pokja, officer, rubric):
    rubric.delete()
    response = officer.client.get(url(pokja, "sk"))
    assert (response.context["ladder"], response.context["receipt"]) == (None, None)
