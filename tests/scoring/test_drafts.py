"""A draft is written by administrators; it may be unfinished, and nothing typed is lost."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import publish
from apps.effectiveness.rubric_drafts import save_draft
from apps.effectiveness.rubric_file import file_of
from apps.effectiveness.rubric_plain import plain_of
from tests.scoring.pages import posted, words

pytestmark = pytest.mark.django_db


def edit(draft):
    return f"/rubrik/{draft.code}/ubah/"


def test_a_draft_begins_as_a_copy(builtin, office):
    answer = office.post("/rubrik/empat-kriteria/susun/")
    assert answer["Location"] == "/rubrik/empat-kriteria-2/ubah/"
    assert Rubric.objects.get(code="empat-kriteria-2").based_on == builtin


def test_a_draft_begins_empty(builtin, office):
    answer = office.post("/rubrik/baru/")
    page = office.get(answer["Location"])
    assert "Tambah paling sedikit satu kriteria" in words(page)


def test_saving_what_was_shown_changes_nothing(draft, office):
    before = plain_of(draft)
    assert office.post(edit(draft), posted(draft)).status_code == 302
    assert plain_of(Rubric.objects.get(pk=draft.pk)) == before


def test_an_unfinished_draft_is_saved_and_its_gaps_lead_to_their_fields(draft, office):
    changed = {"kriteria-0-weight": "24", "name": "", "limit_2": ""}
    answer = office.post(edit(draft), posted(draft, **changed))
    page = office.get(answer["Location"])
    assert page.context["gaps"] == [
        ("#id_name", "Isi nama rubrik"),
        (
            "#id_kriteria-0-weight",
            "Jumlah bobot 99; harus 100. Tambah 1 pada salah satu kriteria",
        ),
        ("#id_limit_1", "Isi tiga batas kelas kematangan, misalnya 40, 60, 80"),
    ]
    html = page.content.decode()
    for address, _ in page.context["gaps"]:
        assert f'id="{address[1:]}"' in html


def test_the_last_required_criterion_taken_away_is_a_gap(draft, office):
    changed = {f"kriteria-{place}-is_required": None for place in range(4)}
    page = office.get(office.post(edit(draft), posted(draft, **changed))["Location"])
    assert [text for _, text in page.context["gaps"]] == [
        "Tandai paling sedikit satu kriteria sebagai wajib; tanpa itu efektif tidak berarti"
    ]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("year_from", "", "Isi tahun awal berlakunya rubrik, misalnya 2026"),
        ("year_to", "2020", "Tahun akhir tidak boleh sebelum tahun awal, 2026"),
        ("year_from", "dua ribu", "Isi berlaku sejak tahun dengan angka"),
        ("year_from", "99999999999999999999", "Berlaku sejak tahun paling besar 2200"),
        ("kriteria-0-weight", "-5", "Bobot paling kecil 0"),
        ("kriteria-0-weight", "101", "Bobot paling besar 100"),
        ("kriteria-0-check", "tebak", "Pilih pemeriksaan dari daftar"),
        ("kriteria-0-check", "anggaran", "Kriteria Anggaran sudah ada pada baris lain"),
        ("limit_1", "satu", "Isi berkembang mulai dari indeks dengan angka"),
        ("poin-in_capaian", "-1", "Poin Rata-rata capaian paling sedikit 90% paling kecil 0"),
        ("accepted_sources", ["emas"], "Pilih sumber dana yang diterima untuk kriteria anggaran"),
    ],
)
def test_what_no_draft_can_hold_is_refused(draft, office, field, value, told):
    before = plain_of(draft)
    page = office.post(edit(draft), posted(draft, **{field: value}))
    assert page.status_code == 200
    assert told in words(page)
    assert page.content.decode().count("<title>Galat: ") == 1
    assert plain_of(Rubric.objects.get(pk=draft.pk)) == before


def test_another_check_brings_its_own_fields(draft, office):
    changed = {"kriteria-3-check": "regulasi_berlaku", "kriteria-3-name": "Memiliki GDPK"}
    page = office.get(office.post(edit(draft), posted(draft, **changed))["Location"])
    assert ("#id_kriteria-3-p_topic", "Kriteria Memiliki GDPK: isi topik") in page.context["gaps"]
    draft = Rubric.objects.get(pk=draft.pk)
    filled = {"kriteria-3-p_topic": "Kampung KB", "kriteria-3-p_kinds": ["perda", "perwali"]}
    page = office.get(office.post(edit(draft), posted(draft, **filled))["Location"])
    assert page.context["gaps"] == []
    row = plain_of(Rubric.objects.get(pk=draft.pk))["kriteria"][3]
    assert (row["kode"], row["pemeriksaan"]) == ("memiliki-gdpk", "regulasi_berlaku")
    assert row["parameter"] == {"topic": "kampung-kb", "kinds": ["perda", "perwali"]}


def test_a_criterion_goes_and_another_comes(draft, office):
    page = office.post(edit(draft), posted(draft, tambah="1"))
    assert len(page.context["formset"].forms) == 5
    changed = {
        "kriteria-TOTAL_FORMS": "5",
        "kriteria-0-DELETE": "on",
        "kriteria-4-check": "dokumen_memuat_indikator",
        "kriteria-4-weight": "25",
        "kriteria-4-p_documents": "RPJMD; Renstra",
        "kriteria-4-p_minimum": "2",
    }
    assert office.post(edit(draft), posted(draft, **changed)).status_code == 302
    rows = plain_of(Rubric.objects.get(pk=draft.pk))["kriteria"]
    assert [row["kode"] for row in rows] == [
        "rencana_kerja",
        "indikator",
        "anggaran",
        "dokumen_memuat_indikator",
    ]
    assert rows[3]["parameter"] == {"documents": ["RPJMD", "Renstra"], "minimum": 2}


def test_the_second_of_two_savers_is_told_and_keeps_what_was_typed(draft, office, admin):
    data = posted(draft, description="Tulisan kedua")
    first = plain_of(draft) | {"nama": "Tulisan pertama"}
    save_draft(draft, first, actor=admin, revision=draft.revision)
    page = office.post(edit(draft), data)
    assert page.status_code == 409
    assert "Draf ini sudah diubah oleh Admin" in words(page)
    assert "Tulisan kedua" in words(page)
    assert Rubric.objects.get(pk=draft.pk).name == "Tulisan pertama"


def test_a_draft_deleted_meanwhile_is_told_with_what_was_typed(draft, office):
    data = posted(draft, description="Tulisan saya")
    assert office.post(f"/rubrik/{draft.code}/hapus/")["Location"] == "/rubrik/"
    page = office.post(edit(draft), data)
    assert page.status_code == 409
    assert "Draf ini sudah dihapus." in words(page)
    assert "Tulisan saya" in words(page)
    assert office.get(edit(draft)).status_code == 404


def test_what_was_published_is_read_only(builtin, draft, office, admin):
    data = posted(draft)
    publish(draft, actor=admin, ends={builtin.pk}, reason="Uji")
    assert office.get(edit(draft))["Location"] == f"/rubrik/{draft.code}/"
    page = office.post(edit(draft), data)
    assert page.status_code == 409
    assert "tidak dapat diubah lagi" in words(page)
    assert office.post(f"/rubrik/{draft.code}/hapus/").status_code == 409
    assert Rubric.objects.filter(pk=draft.pk).exists()


def test_a_post_without_its_table_is_told(draft, office):
    page = office.post(edit(draft), {"revision": draft.revision, "year_from": "2026"})
    assert "Isian tabel tidak lengkap. Muat ulang halaman ini" in words(page)


@pytest.mark.parametrize("role", ["pusat", "koordinator_sulsel", "operator_bone"])
@pytest.mark.parametrize("act", ["susun/", "ubah/", "hapus/", "terbitkan/"])
def test_others_do_not_write_rubrics(builtin, cast, client_of, role, act):
    assert client_of(cast[role]).post(f"/rubrik/empat-kriteria/{act}").status_code == 403


def upload(office, content):
    return office.post("/rubrik/unggah/", {"file": SimpleUploadedFile("rubrik.json", content)})


def test_a_file_becomes_a_draft(builtin, office):
    answer = upload(office, file_of(builtin))
    assert answer["Location"] == "/rubrik/empat-kriteria-2/ubah/"
    assert plain_of(Rubric.objects.get(code="empat-kriteria-2")) == plain_of(builtin)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"bukan json", "Berkas rubrik tidak dapat dibaca sebagai JSON: lihat baris 1, huruf 1"),
        (json.dumps({"jenis": "lain"}).encode(), "Berkas ini bukan berkas rubrik"),
        (b"", "Berkas rubrik kosong. Pilih berkas lain"),
    ],
)
def test_a_bad_file_is_told_plainly(builtin, office, content, told):
    page = upload(office, content)
    assert page.status_code == 200
    assert told in words(page)
    assert Rubric.objects.count() == 1
