"""What a draft lacks is told with its repair and the field that closes it."""

import pytest

from apps.effectiveness.rubric_gaps import gaps_of
from apps.effectiveness.rubric_plain import plain_of
from tests.effectiveness.rubrics import builtin

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain(db):
    return plain_of(builtin())


def criterion(check, code="gdpk", **parameters):
    return {
        "kode": code,
        "nama": "Memiliki GDPK",
        "pemeriksaan": check,
        "parameter": parameters,
        "bobot": 0,
        "wajib": False,
        "aturan": "",
    }


def test_the_builtin_rubric_lacks_nothing(plain):
    assert gaps_of(plain) == []


def change(plain, **criteria):
    """The same with one key of every criterion changed."""
    return plain | {"kriteria": [row | criteria for row in plain["kriteria"]]}


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"nama": ""}, ("id_name", "Isi nama rubrik")),
        (
            {"tahun_selesai": 2014},
            ("id_year_to", "Tahun akhir tidak boleh sebelum tahun awal 2015"),
        ),
        (
            {"sumber_dana": []},
            (
                "id_accepted_sources",
                "Pilih paling sedikit satu sumber dana yang diterima untuk kriteria anggaran",
            ),
        ),
        (
            {"sumber_dana": ["apbn", "emas"]},
            ("id_accepted_sources", "Sumber dana “emas” tidak dikenal. Pilih dari daftar"),
        ),
        (
            {"jenis_diharapkan": ["klub"]},
            ("id_expected_kinds", "Jenis Pokja “klub” tidak dikenal. Pilih dari daftar"),
        ),
        (
            {"batas_kelas": [60, 40, 80]},
            (
                "id_limit_1",
                "Batas kelas harus naik, di atas 0 sampai 100; sekarang 60, 40, 80",
            ),
        ),
        (
            {"batas_kelas": [40, 80]},
            ("id_limit_1", "Isi tiga batas kelas kematangan, misalnya 40, 60, 80"),
        ),
        (
            {"batas_kelas": [0, 40, 80]},
            (
                "id_limit_1",
                "Batas kelas harus naik, di atas 0 sampai 100; sekarang 0, 40, 80",
            ),
        ),
        ({"poin": []}, ("id_poin-sk_terpenuhi", "Beri nilai pada paling sedikit satu poin")),
    ],
)
def test_one_gap_for_one_lack(plain, changed, gap):
    assert [tuple(each) for each in gaps_of(plain | changed)] == [gap]


def test_a_rubric_without_a_required_criterion_means_nothing(plain):
    assert [gap.text for gap in gaps_of(change(plain, wajib=False))] == [
        "Tandai paling sedikit satu kriteria sebagai wajib; tanpa itu efektif tidak berarti"
    ]


@pytest.mark.parametrize(
    ("row", "gap"),
    [
        (
            criterion("tebak"),
            (
                "id_kriteria-4-check",
                "Kriteria Memiliki GDPK: pemeriksaan “tebak” tidak dikenal. Pilih dari daftar",
            ),
        ),
        (
            criterion("regulasi_berlaku"),
            ("id_kriteria-4-p_topic", "Kriteria Memiliki GDPK: isi topik"),
        ),
        (
            criterion("regulasi_berlaku", topic="gdpk", level="dunia"),
            (
                "id_kriteria-4-p_level",
                "Kriteria Memiliki GDPK: ditetapkan oleh: “dunia” tidak dikenal. Pilihan: ",
            ),
        ),
        (
            criterion("regulasi_berlaku", code="sk", topic="gdpk"),
            (
                "id_kriteria-4-check",
                "Kriteria Memiliki GDPK: kode “sk” hanya untuk kriteria dasar",
            ),
        ),
        (
            criterion("sk", code="sk-lain"),
            ("id_kriteria-4-check", "Kriteria Memiliki GDPK: kodenya harus “sk”"),
        ),
        (
            criterion("indikator_naik", indicator="tidak-ada"),
            (
                "id_kriteria-4-p_indicator",
                "Kriteria Memiliki GDPK: kode indikator “tidak-ada” tidak ada dalam katalog",
            ),
        ),
    ],
)
def test_a_wrong_check_is_told_at_its_field(plain, row, gap):
    (found,) = gaps_of(plain | {"kriteria": [*plain["kriteria"], row]})
    assert (found.field, found.text[: len(gap[1])]) == gap


def test_a_sound_extra_check_is_no_gap(plain):
    rows = [*plain["kriteria"], criterion("regulasi_berlaku", topic="gdpk")]
    assert gaps_of(plain | {"kriteria": rows}) == []


def test_an_unknown_point_of_another_portal_is_told(plain):
    rows = [*plain["poin"], {"pemeriksaan": "sk_emas", "poin": 1, "bunyi": "SK emas"}]
    assert [gap.text for gap in gaps_of(plain | {"poin": rows})] == [
        "Poin kematangan “sk_emas” tidak dikenal; hapus dari berkas rubrik"
    ]
