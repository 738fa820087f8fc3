"""Publishing is agreed to on a page that shows its consequences."""

import pytest

from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import publish
from apps.effectiveness.rubric_drafts import delete_draft
from apps.effectiveness.rubrics import rubric_for
from tests.effectiveness.rubrics import draft_of, plain_with
from tests.scoring.pages import words

pytestmark = pytest.mark.django_db


def send(office, draft, **changed):
    data = {
        "revision": draft.revision,
        "decided_on": "1 Maret 2026",
        "reason": "Hasil rapat",
        "agreed": "on",
        f"ends_{draft.based_on_id}": "on",
    } | changed
    return office.post(
        f"/rubrik/{draft.code}/terbitkan/",
        {name: value for name, value in data.items() if value is not None},
    )


def test_the_page_shows_what_changes_and_what_must_give_way(draft, office):
    text = words(office.get(f"/rubrik/{draft.code}/terbitkan/"))
    assert "Penilaian mulai tahun 2026 dihitung dengan aturannya." in text
    assert "Tidak ada yang berubah pada 2026" in text
    assert "Akhiri rubrik Empat kriteria dasar pada 2025" in text


def test_a_rubric_is_published(draft, office, admin):
    assert send(office, draft)["Location"] == f"/rubrik/{draft.code}/"
    assert rubric_for(2026) == draft
    text = words(office.get(f"/rubrik/{draft.code}/"))
    assert "Tanggal keputusan 1 Maret 2026" in text
    assert "Alasan Hasil rapat" in text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"reason": ""}, "Isi alasan"),
        ({"decided_on": "besok"}, "Tulis tanggal sebagai hari, bulan, tahun"),
        ({"decided_on": "13 Maret 2026"}, "Tanggal keputusan tidak boleh setelah hari ini"),
        ({"agreed": None}, "Centang bahwa pratinjau sudah dibaca"),
    ],
)
def test_what_is_not_agreed_to_is_not_published(draft, office, changed, told):
    page = send(office, draft, **changed)
    assert told in words(page)
    assert page.content.decode().count("<title>Galat: ") == 1
    assert rubric_for(2026).code == "empat-kriteria"


def test_an_overlap_needs_its_tick(draft, office):
    page = send(office, draft, **{f"ends_{draft.based_on_id}": None})
    told = "Centang “Akhiri rubrik Empat kriteria dasar pada 2025”, atau ubah tahun rubrik ini"
    assert told in words(page)
    assert f'href="#id_ends_{draft.based_on_id}"' in page.content.decode()
    assert rubric_for(2026).code == "empat-kriteria"


def test_a_draft_with_gaps_has_no_form(builtin, admin, office):
    draft = draft_of(builtin, admin, kriteria=plain_with(builtin, sk=24))
    page = office.get(f"/rubrik/{draft.code}/terbitkan/")
    assert "Jumlah bobot 99; harus 100" in words(page)
    assert "Terbitkan rubrik</button>" not in page.content.decode()
    assert send(office, draft).status_code == 200
    assert rubric_for(2026) == builtin


def test_a_hole_in_the_middle_has_no_form(builtin, admin, office):
    draft = draft_of(builtin, admin, 2025, 2026)
    page = office.get(f"/rubrik/{draft.code}/terbitkan/")
    assert "akan terpotong di tengah" in words(page)
    assert "Terbitkan rubrik</button>" not in page.content.decode()


def test_the_second_of_two_publishers_is_told(builtin, draft, office, admin):
    publish(Rubric.objects.get(pk=draft.pk), actor=admin, ends={builtin.pk}, reason="Uji")
    page = send(office, draft)
    assert page.status_code == 409
    assert "sudah diterbitkan oleh Admin" in words(page)
    assert office.get(f"/rubrik/{draft.code}/terbitkan/")["Location"] == f"/rubrik/{draft.code}/"


def test_a_draft_deleted_meanwhile_is_told(draft, office, admin):
    delete_draft(Rubric.objects.get(pk=draft.pk), actor=admin)
    page = send(office, draft)
    assert page.status_code == 409
    assert "Draf ini sudah dihapus." in words(page)
    assert office.get(f"/rubrik/{draft.code}/terbitkan/").status_code == 404


def test_a_draft_edited_meanwhile_is_told(draft, office):
    Rubric.objects.filter(pk=draft.pk).update(revision=draft.revision + 1)
    page = send(office, draft)
    assert page.status_code == 409
    assert "Draf ini sudah diubah sejak Anda membukanya." in words(page)
