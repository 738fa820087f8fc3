import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from apps.decrees.models import Decree
from apps.decrees.services import save_decree
from apps.verification.models import Evidence
from apps.verification.services import StepConflict
from tests.makers import DECREE, make_decree, make_document, make_pokja

pytestmark = pytest.mark.django_db


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.bone)


def test_two_decrees_of_one_pokja_are_two_items(pokja, operator_bone):
    first, second = make_decree(pokja, operator_bone), make_decree(pokja, operator_bone)
    assert first.family != second.family


def test_pokja_of_two_regions_do_not_go_into_one_decree(regions, pokja, admin):
    rows = [(pokja, "establish", ""), (make_pokja(regions.makassar, "m"), "establish", "")]
    for pairs in (rows, []):
        with pytest.raises(ValidationError):
            save_decree(None, DECREE, actor=admin, pokja=pairs)
    assert Evidence.objects.count() == 0


def test_a_decree_does_not_move_to_another_region(regions, pokja, admin):
    evidence = make_decree(pokja, admin)
    with pytest.raises(ValidationError):
        make_decree(make_pokja(regions.makassar, "m"), admin, evidence=evidence, revision=1)


def test_only_what_is_given_changes(pokja, operator_bone, regions):
    document = make_document(regions.bone)
    evidence = make_decree(pokja, operator_bone, document=document)
    save_decree(
        evidence,
        {"title": "Lain"},
        actor=operator_bone,
        pokja=[(pokja, "amend", " 188.45/01 ")],
        revision=1,
    )
    decree = Decree.objects.get()
    assert (decree.title, decree.number, decree.document) == ("Lain", DECREE["number"], document)
    assert [(row.role, row.parent_number, row.parent_key) for row in decree.coverage.all()] == [
        ("amend", " 188.45/01 ", "188/45/1")
    ]


def test_an_establishing_decree_names_no_parent(pokja, operator_bone):
    evidence = make_decree(pokja, operator_bone, parent="188.45/1")
    row = evidence.decree.coverage.get()
    assert (row.parent_number, row.parent_key) == ("", "")


def test_an_outdated_page_does_not_overwrite(pokja, operator_bone):
    evidence = make_decree(pokja, operator_bone)
    make_decree(pokja, operator_bone, evidence=evidence, revision=1, title="Kedua")
    outdated = Evidence.objects.get()
    with pytest.raises(StepConflict):
        make_decree(pokja, operator_bone, evidence=outdated, revision=1, title="Ketiga")
    assert Decree.objects.get().title == "Kedua"


@pytest.mark.parametrize("who", ["operator_makassar", "pusat", "verifikator_kalsel"])
def test_nobody_fills_in_another_region(pokja, cast, who):
    with pytest.raises(PermissionDenied):
        make_decree(pokja, cast[who])
    assert Evidence.objects.count() == 0


def test_every_edit_is_on_record_with_role_and_person(pokja, operator_bone, verifikator_sulsel):
    evidence = make_decree(pokja, operator_bone)
    make_decree(pokja, verifikator_sulsel, evidence=evidence, revision=1)
    rows = evidence.history.order_by("id").values_list("action", "actor__username", "role")
    assert list(rows) == [
        ("create", "operator_bone", "operator"),
        ("edit", "verifikator_sulsel", "verifier"),
    ]
