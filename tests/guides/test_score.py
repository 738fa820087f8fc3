"""The guide to the score is the rubric; the statement on accessibility is open to everybody."""

import re

import pytest

from apps.effectiveness.models import Rubric, RubricCriterion

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_guide_shows_weights_and_rules_of_the_rubric(today, rubric, client):
    RubricCriterion.objects.filter(criterion="sk").update(weight=40, rule="Aturan khusus SK.")
    RubricCriterion.objects.filter(criterion="anggaran").update(weight=10, is_required=False)
    page = client.get("/panduan/skor/")
    assert [(row["label"], row["weight"], row["required"]) for row in page.context["criteria"]] == [
        ("SK penetapan", 40, True),
        ("Rencana kerja", 25, True),
        ("Indikator", 25, True),
        ("Anggaran", 10, False),
    ]
    assert "Aturan khusus SK." in words(page)


def test_the_guide_shows_sixteen_points_and_the_classes(today, rubric, client):
    page = client.get("/panduan/skor/")
    assert [len(group["rows"]) for group in page.context["points"]] == [4, 4, 4, 4]
    assert "Dasar 0 sampai di bawah 40; Berkembang 40 sampai di bawah 60" in words(page)


def test_without_a_usable_rubric_the_guide_says_that_nothing_is_scored(today, rubric, client):
    RubricCriterion.objects.filter(criterion="sk").update(weight=30)
    assert "Tahun 2026 tidak dapat dinilai" in words(client.get("/panduan/skor/"))
    Rubric.objects.all().delete()
    assert "Tahun 2026 tidak dapat dinilai" in words(client.get("/panduan/skor/"))


def test_guides_are_public(rubric, client):
    assert client.get("/panduan/aksesibilitas/").status_code == 200
    assert client.get("/panduan/").status_code == 200
