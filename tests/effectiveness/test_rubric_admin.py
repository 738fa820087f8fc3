"""Rubrics in the administration: drafts are written, what was published is read."""

import json

import pytest

from apps.audit.models import Entry
from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import new_draft
from apps.effectiveness.rubric_drafts import save_draft
from apps.effectiveness.rubric_plain import plain_of
from tests.effectiveness.rubrics import builtin

pytestmark = pytest.mark.django_db
HEAD = ("code", "name", "year_from", "year_to", "region_rule", "source", "description")


@pytest.fixture
def held(today, db):
    return builtin()


@pytest.fixture
def draft(held, admin):
    return new_draft(held, admin)


@pytest.fixture
def office(client_of, admin):
    return client_of(admin)


def page_of(rubric):
    return f"/admin/effectiveness/rubric/{rubric.pk}/change/"


def sent(rubric, **changed):
    data = {name: getattr(rubric, name) for name in HEAD} | {
        "seen_revision": rubric.revision,
        "accepted_sources": rubric.accepted_sources,
        "expected_kinds": rubric.expected_kinds,
        "class_limits": json.dumps(rubric.class_limits),
    }
    for prefix, rows in (("criteria", rubric.criteria.all()), ("points", rubric.points.all())):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        for place, row in enumerate(rows):
            data |= _row(f"{prefix}-{place}", row)
    data |= changed
    return {name: value for name, value in data.items() if value not in (None, False)}


def _row(prefix, row):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values |= {"rubric": values.pop("rubric_id")}
    if "parameters" in values:
        values["parameters"] = json.dumps(values["parameters"])
    return {f"{prefix}-{name}": value for name, value in values.items()}


def test_a_draft_is_written_with_its_criteria(draft, office):
    changed = {"criteria-0-weight": 40, "criteria-3-weight": 10, "name": "Rubrik baru"}
    assert office.post(page_of(draft), sent(draft, **changed)).status_code == 302
    saved = Rubric.objects.get(pk=draft.pk)
    assert (saved.name, saved.revision) == ("Rubrik baru", draft.revision + 1)
    assert [row.weight for row in saved.criteria.all()] == [40, 25, 25, 10]
    entry = Entry.objects.get(action="Mengubah rubrik lewat admin")
    assert (entry.before["nama"], entry.after["nama"]) == (draft.name, "Rubrik baru")


def test_a_draft_with_gaps_is_saved_with_a_warning(draft, office):
    answer = office.post(page_of(draft), sent(draft, **{"criteria-0-weight": 24}), follow=True)
    assert "Jumlah bobot 99; harus 100" in answer.content.decode()
    assert Rubric.objects.get(pk=draft.pk).criteria.first().weight == 24


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"year_to": 2020}, "Tahun akhir tidak boleh sebelum tahun awal."),
        ({"year_from": 3}, "Isi tahun antara 1990 dan 2200"),
        ({"class_limits": "[60, 40, 80]"}, "Tulis tiga batas yang naik"),
        ({"class_limits": "[40"}, ""),
        ({"code": "unggah"}, "dipakai oleh alamat lain"),
        ({"criteria-0-weight": -1}, ""),
        ({"criteria-0-weight": 101}, "Bobot paling besar 100"),
        ({"criteria-0-check_code": "anggaran"}, "Kriteria dasar tidak memakai pemeriksaan lain"),
        ({"criteria-0-criterion": "gdpk", "criteria-0-check_code": "x"}, "tidak dikenal"),
        (
            {"criteria-0-criterion": "gdpk", "criteria-0-check_code": "regulasi_berlaku"},
            "Isi topik",
        ),
        ({"criteria-0-parameters": '{"a": 1}'}, "Kriteria dasar tidak memakai parameter"),
        ({"points-0-check_code": "tebak"}, ""),
    ],
)
def test_what_no_draft_can_hold_is_refused(draft, office, changed, told):
    before = plain_of(draft)
    page = office.post(page_of(draft), sent(draft, **changed))
    assert page.status_code == 200
    assert told in page.content.decode()
    assert plain_of(Rubric.objects.get(pk=draft.pk)) == before


def test_the_second_of_two_savers_is_told(draft, office, admin):
    data = sent(draft, name="Kedua")
    save_draft(draft, plain_of(draft) | {"nama": "Satu"}, actor=admin, revision=draft.revision)
    page = office.post(page_of(draft), data)
    assert "Draf ini sudah diubah oleh Admin" in page.content.decode()
    assert 'value="Kedua"' in page.content.decode()
    assert Rubric.objects.get(pk=draft.pk).name == "Satu"


def test_what_was_published_is_read_only(held, office):
    page = office.get(page_of(held))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert office.post(page_of(held), sent(held, name="Lain")).status_code == 403
    delete = f"/admin/effectiveness/rubric/{held.pk}/delete/"
    assert office.post(delete, {"post": "yes"}).status_code == 403
    assert Rubric.objects.get(pk=held.pk).name == "Empat kriteria dasar"


def test_status_cannot_be_set_here(draft, office):
    office.post(page_of(draft), sent(draft, status="published"))
    assert Rubric.objects.get(pk=draft.pk).status == "draft"


def test_a_draft_is_deleted(draft, office):
    delete = f"/admin/effectiveness/rubric/{draft.pk}/delete/"
    assert office.post(delete, {"post": "yes"}).status_code == 302
    assert not Rubric.objects.filter(pk=draft.pk).exists()
    assert Entry.objects.filter(action="Menghapus draf rubrik").count() == 1


def test_a_new_rubric_is_a_draft(held, office):
    data = {
        "code": "baru-saja",
        "name": "Baru",
        "year_from": 2027,
        "region_rule": "any",
        "class_limits": "[40, 60, 80]",
        "criteria-TOTAL_FORMS": 0,
        "criteria-INITIAL_FORMS": 0,
        "points-TOTAL_FORMS": 0,
        "points-INITIAL_FORMS": 0,
    }
    assert office.post("/admin/effectiveness/rubric/add/", data).status_code == 302
    assert Rubric.objects.get(code="baru-saja").status == "draft"


def test_staff_that_are_no_administrators_read(draft, client_of, make_user, regions):
    staff = make_user("coordinator", regions.sulsel, is_staff=True)
    client = client_of(staff)
    assert client.get(page_of(draft)).status_code == 200
    assert client.post(page_of(draft), sent(draft, name="Lain")).status_code == 403
