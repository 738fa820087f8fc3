"""A year without rubric reads "tidak dapat dinilai" everywhere, never a silent zero."""

import pytest

from apps.effectiveness.models import Rubric, RubricCriterion
from tests.scoring.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["no rubric", "weights of 99", "none required"])
def unrated(scene, request):
    if request.param == "no rubric":
        Rubric.objects.all().delete()
    elif request.param == "weights of 99":
        RubricCriterion.objects.filter(criterion="sk").update(weight=24)
    else:
        RubricCriterion.objects.update(is_required=False)
    return scene


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("operator_bone", "/pokja/"),
        ("operator_bone", "/pokja/{bone}/2026/"),
        ("pusat", "/dasbor/nasional/2026/"),
        ("verifikator_sulsel", "/dasbor/73/2026/"),
        ("operator_bone", "/dasbor/73.08/2026/"),
        ("operator_bone", "/panduan/skor/"),
    ],
)
def test_pages_say_that_it_cannot_be_rated(unrated, cast, client_of, person, path):
    page = client_of(cast[person]).get(path.format(bone=unrated["bone"].pk))
    assert page.status_code == 200
    assert "tidak dapat dinilai" in words(page).lower()


@pytest.mark.parametrize("person", ["operator_bone", "verifikator_sulsel", "pusat"])
def test_the_desk_works_without_a_rubric(unrated, cast, client_of, person):
    page = client_of(cast[person]).get("/tugas/")
    assert page.status_code == 200
    assert " dari 4 kriteria terpenuhi" not in words(page)
