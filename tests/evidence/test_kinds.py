"""What each kind says, lacks and checks, through the one adapter of the pages."""

from datetime import date

import pytest

from apps.evidence.kinds import ADAPTERS, BY_CRITERION, BY_STEP, adapter_for
from apps.evidence.services import declare_nil
from tests import makers
from tests.makers import (
    make_decree,
    make_document,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def facts(evidence):
    return {fact.label: fact.value for fact in adapter_for(evidence).facts(evidence)}


def gaps(evidence, *, blocking, year=None):
    return [
        (gap.field, gap.message)
        for gap in adapter_for(evidence).gaps(evidence, year)
        if gap.blocking == blocking
    ]


def checks(evidence):
    return adapter_for(evidence).checks(evidence)


@pytest.fixture
def document(pokja, people):
    return make_document(pokja.region, people.officer, pages=4)


@pytest.fixture
def decree(pokja, people, document):
    """decree(number=…): a draft SK, complete unless fields say otherwise."""

    def make(**fields):
        return make_decree(pokja, people.officer, **{"document": document} | fields)

    return make


def test_the_four_kinds_have_their_place_name_and_address():
    assert [(each.number, each.criterion, each.step) for each in ADAPTERS.values()] == [
        (1, "sk", "sk"),
        (2, "rencana_kerja", "rencana-kerja"),
        (3, "indikator", "indikator"),
        (4, "anggaran", "anggaran"),
    ]
    assert list(BY_CRITERION.values()) == list(BY_STEP.values()) == list(ADAPTERS.values())


# --- SK --------------------------------------------------------------------------------------


def test_what_an_sk_says(decree):
    evidence = decree(signer_status="pj")
    assert facts(evidence) == {
        "Nomor SK": "188.45/412/I/2026",
        "Tanggal ditetapkan": "14 Januari 2026",
        "Tentang": "Pembentukan Pokja Bangga Kencana",
        "Pokja yang diatur": "Pokja Bangga Kencana (dibentuk)",
        "Ditandatangani oleh": "Pj. Wali Kota Makassar, Nama Contoh",
        "Berlaku mulai": "14 Januari 2026",
        "Berlaku sampai dengan": "31 Desember 2028",
        "Berkas SK": "SK Pokja.pdf (4 halaman, 1 KB)",
    }
    assert adapter_for(evidence).table(evidence) is None


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("tahun_anggaran", "31 Desember 2026 (satu tahun anggaran)"),
        ("sampai_dicabut", "sampai dicabut"),
        ("tertulis", ""),
    ],
)
def test_the_end_of_an_sk_in_words(decree, basis, words):
    evidence = decree(valid_until=None, validity_basis=basis)
    assert facts(evidence)["Berlaku sampai dengan"] == words


def test_a_complete_sk_has_no_gap(decree):
    evidence = decree()
    assert adapter_for(evidence).gaps(evidence, 2026) == []


def test_an_empty_draft_of_an_sk_lists_every_gap_at_its_field(pokja, people):
    from apps.decrees.services import save_decree

    evidence = save_decree(None, {}, actor=people.officer, pokja=[(pokja, "establish", "")])
    assert gaps(evidence, blocking=True) == [
        ("number", "Isi nomor SK seperti tertulis pada kepala SK"),
        ("issued_on", "Isi tanggal ditetapkan, misalnya 24 Juli 2023"),
        ("title", "Isi tentang apa SK ini"),
        ("signer_choice", "Pilih pejabat yang menandatangani SK"),
        ("valid_from", "Isi tanggal mulai berlaku"),
        ("valid_until", "Isi tanggal akhir berlaku, atau pilih dasar masa berlaku yang lain"),
        ("file", "Pilih berkas SK"),
    ]


@pytest.mark.parametrize("number", ["188.45/    /HK/2026", "188.45/..../HK", "188.45/____/HK"])
def test_a_blank_serial_number_is_a_warning_and_no_duplicate_of_another(decree, number):
    decree(number=number)
    evidence = decree(number=number)
    assert gaps(evidence, blocking=True) == []
    assert ("number", "Nomor urut SK masih kosong") in gaps(evidence, blocking=False)
    assert "sudah dipakai" not in str(gaps(evidence, blocking=False))


def test_a_number_not_given_at_all_is_a_gap(decree):
    assert gaps(decree(number=""), blocking=True) == [
        ("number", "Isi nomor SK seperti tertulis pada kepala SK")
    ]


def test_a_date_in_the_future_is_a_gap(decree):
    evidence = decree(issued_on=date(2026, 3, 13))
    assert gaps(evidence, blocking=True) == [
        ("issued_on", "Tanggal ditetapkan tidak boleh setelah hari ini, 12 Maret 2026")
    ]


def test_what_is_odd_about_an_sk_is_only_a_warning(regions, decree, people):
    other = makers.make_pokja(regions.makassar, "gdpk", "Pokja GDPK")
    make_decree(other, people.officer, number="188.45/0412/i/2026")
    evidence = decree(
        signer_position="Kepala Dinas PPKB",
        valid_until=date(2026, 1, 31),
        role="amend",
        parent="188.45/1/2024",
    )
    assert gaps(evidence, blocking=True) == []
    assert gaps(evidence, blocking=False, year=2027) == [
        (
            "number",
            "Nomor SK 188.45/412/I/2026 sudah dipakai Pokja GDPK Kota Makassar. "
            "Periksa kembali nomornya",
        ),
        ("signer_choice", "SK tidak ditandatangani kepala daerah atau atas namanya"),
        ("valid_until", "SK tidak berlaku pada tahun 2027"),
        ("parent_number", "SK 188.45/1/2024 belum ada di portal"),
    ]


def test_a_parent_that_is_there_is_no_warning(regions, decree, people, pokja):
    decree(number="188.45 / 01 / 2024", issued_on=date(2024, 1, 1))
    child = decree(number="188.45/2/2026", role="amend", parent="188.45/1/2024")
    assert gaps(child, blocking=False, year=2026) == []


@pytest.mark.parametrize(
    ("position", "status", "by_head"),
    [
        ("Wali Kota Makassar", "definitif", True),
        ("WALIKOTA MAKASSAR", "", True),
        ("Pj. Bupati Bone", "", True),
        ("Plt. Gubernur", "plt", True),
        ("Sekretaris Daerah", "an", True),
        ("a.n. Bupati, Sekretaris Daerah", "", True),
        ("Sekretaris Daerah atas nama Bupati", "", True),
        ("Sekretaris Daerah", "definitif", False),
        ("Kepala Dinas PPKB", "plt", False),
        ("Wakil Bupati Bone", "", False),
    ],
)
def test_who_counts_as_head_of_the_region(position, status, by_head):
    from apps.decrees.codes import signed_by_head

    assert signed_by_head(position, status) is by_head


def test_the_checks_of_an_sk(decree):
    assert checks(decree()) == [
        (True, "PDF terbaca, 4 halaman"),
        (True, "Nomor belum dipakai SK lain"),
        (True, "Berlaku pada tahun 2026"),
        (True, "Tanggal tidak di masa depan"),
        (True, "Ditandatangani kepala daerah atau atas namanya"),
    ]


def test_a_blank_serial_number_is_pointed_out(decree):
    assert checks(decree(number="188.45/    /HK/2026"))[1] == (False, "Nomor urut SK masih kosong")
    assert (False, "Nomor urut SK masih kosong") not in checks(decree(number="188.45/7/HK/2026"))


def test_the_same_file_elsewhere_is_flagged(regions, decree, cast):
    bone = makers.make_pokja(regions.bone, "bone", "Pokja Bone")
    make_decree(bone, cast["operator_bone"], document=make_document(regions.bone, pages=4))
    assert checks(decree())[:2] == [
        (True, "PDF terbaca, 4 halaman"),
        (False, "Berkas yang sama dipakai juga pada SK Pokja Bone, Kabupaten Bone"),
    ]


def test_the_same_file_in_another_province_is_flagged_without_its_name(regions, decree, cast):
    other = makers.make_pokja(regions.banjarmasin, "bjm", "Pokja Banjarmasin")
    file = make_document(regions.banjarmasin, pages=4)
    make_decree(other, cast["operator_banjarmasin"], document=file)
    assert checks(decree())[1] == (
        False,
        "Berkas yang sama dipakai juga pada bukti di provinsi lain",
    )


# --- nothing ---------------------------------------------------------------------------------


def test_a_declaration_of_nothing_speaks_through_the_same_adapter(pokja, people):
    evidence = declare_nil(pokja, 2026, "anggaran", "Belum dianggarkan", actor=people.officer)
    adapter = adapter_for(evidence)
    assert (adapter.criterion, adapter.step, adapter.label) == (
        "anggaran",
        "anggaran",
        "Anggaran (tidak ada)",
    )
    assert facts(evidence) == {
        "Kriteria": "Anggaran",
        "Tahun": "2026",
        "Alasan tidak ada": "Belum dianggarkan",
    }
    assert (adapter.table(evidence), adapter.document(evidence)) == (None, None)
    assert adapter.gaps(evidence) == []
