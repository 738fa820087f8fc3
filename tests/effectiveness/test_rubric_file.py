"""A rubric goes out as a file and comes back the same; what is no rubric is told plainly."""

import json

import pytest

from apps.effectiveness.rubric_drafts import add_draft
from apps.effectiveness.rubric_file import RubricFileError, file_of, read_file
from apps.effectiveness.rubric_plain import plain_of
from tests.effectiveness.rubrics import builtin

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(db):
    return json.loads(file_of(builtin()))


def read(data):
    return read_file(json.dumps(data).encode())


def test_a_file_brings_the_same_rubric(admin):
    rubric = builtin()
    code, plain = read_file(file_of(rubric))
    assert (code, plain) == ("empat-kriteria", plain_of(rubric))
    draft = add_draft(code, plain, actor=admin)
    assert (draft.code, draft.status) == ("empat-kriteria-2", "draft")
    assert plain_of(draft) == plain_of(rubric)


def test_weights_that_do_not_fit_come_through_as_a_draft(data):
    data["kriteria"][0]["bobot"] = 24
    assert read(data)[1]["kriteria"][0]["bobot"] == 24


def test_words_of_addresses_are_no_codes(data, admin):
    code, plain = read(data | {"kode": "unggah"})
    assert add_draft(code, plain, actor=admin).code == "unggah-2"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "Berkas rubrik tidak dapat dibaca sebagai JSON: lihat baris 1, huruf 1"),
        (b'{\n "jenis": ', "Berkas rubrik tidak dapat dibaca sebagai JSON: lihat baris 2"),
        (b"\xff\xfe\x00", "Berkas rubrik tidak dapat dibaca sebagai teks JSON"),
        (b"[" * 100_000, "Berkas rubrik tidak dapat dibaca"),
        (b"9" * 5000, "Berkas rubrik tidak dapat dibaca"),
        (b'{"x": NaN}', "Berkas rubrik tidak dapat dibaca sebagai teks JSON"),
        (b'{"x": 1e999}', "Berkas rubrik tidak dapat dibaca sebagai teks JSON"),
        (b'{"x": "\\ud800"}', "Berkas rubrik tidak dapat dibaca sebagai teks JSON"),
        (b'{"x": "\\u0000"}', "Berkas rubrik memuat huruf yang tidak dapat disimpan"),
        (b"[1, 2]", "Berkas ini bukan berkas rubrik"),
        (b'{"jenis": "lain"}', "Berkas ini bukan berkas rubrik"),
        (b" " * 300_000, "Berkas rubrik terlalu besar"),
    ],
)
def test_what_is_no_rubric_file_is_told(raw, told):
    with pytest.raises(RubricFileError) as error:
        read_file(raw)
    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("tahun_mulai", "2026", "tahun_mulai harus bilangan bulat antara 1990 dan 2200"),
        ("tahun_mulai", True, "tahun_mulai harus bilangan bulat"),
        ("tahun_mulai", 99999, "tahun_mulai harus bilangan bulat"),
        ("tahun_selesai", 2014, "tahun_selesai 2014 tidak boleh sebelum tahun_mulai 2015"),
        ("aturan_wilayah", "semau", "aturan_wilayah harus salah satu dari any"),
        ("aturan_wilayah", [], "aturan_wilayah harus salah satu dari any"),
        ("nama", 5, "nama harus berupa teks"),
        ("nama", "x" * 161, "nama paling banyak 160 huruf"),
        ("batas_kelas", ["40"], "batas_kelas harus berupa daftar bilangan bulat"),
        ("batas_kelas", [-1, 2, 3], "batas_kelas harus berupa daftar bilangan bulat"),
        ("sumber_dana", "apbn", "sumber_dana harus berupa daftar teks"),
        ("kriteria", {}, "kriteria harus berupa daftar"),
        ("kriteria", [1], "kriteria harus berupa daftar"),
        ("kriteria", [{}] * 61, "kriteria paling banyak 60"),
        ("poin", [{"pemeriksaan": "a", "poin": -1}], "poin 1, poin harus bilangan bulat"),
    ],
)
def test_a_wrong_value_is_named(data, key, value, told):
    with pytest.raises(RubricFileError) as error:
        read(data | {key: value})
    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("bobot", -5, "kriteria 2, bobot harus bilangan bulat antara 0 dan 1000"),
        ("bobot", 25.5, "kriteria 2, bobot harus bilangan bulat"),
        ("kode", "A b", "kriteria 2, kode harus huruf kecil, angka, “-” atau “_”"),
        ("kode", "sk", "kriteria: kode “sk” disebut dua kali"),
        ("parameter", [], "kriteria 2, parameter harus berupa pasangan nama dan nilai"),
        ("wajib", "ya", "kriteria 2, wajib harus true atau false"),
    ],
)
def test_a_wrong_value_of_a_criterion_is_named(data, key, value, told):
    data["kriteria"][1][key] = value
    with pytest.raises(RubricFileError) as error:
        read(data)
    assert str(error.value).startswith(told)
