"""Files of the kinds profil and target."""

from decimal import Decimal

import pytest

from apps.audit.models import Entry
from apps.indicators.models import RegionTarget
from apps.regions.models import PROFILE_FIELDS, RegionProfile

PROFILE = {"kode_wilayah": "73.71", "tahun": 2025}
TARGET = {"kode_wilayah": "73.71", "tahun": 2026, "kode_indikator": "tfr", "target": "2,1"}


@pytest.fixture(autouse=True)
def _stored(regions, catalogue):
    pass


def test_profile_takes_every_column(impor, regions):
    numbers = {
        name: at
        for at, name in enumerate(PROFILE_FIELDS)
        if name not in ("sumber", "prevalensi_stunting")
    }
    row = PROFILE | numbers | {"sumber": "SIGA", "prevalensi_stunting": "21,55"}
    assert impor("profil", [row]).out == ["1 baris: 1 ditambah, 0 diubah, 0 tetap", "Disimpan"]
    profile = RegionProfile.objects.get()
    assert profile.region == regions.makassar
    assert {name: getattr(profile, field) for name, field in PROFILE_FIELDS.items()} == (
        numbers | {"sumber": "SIGA", "prevalensi_stunting": Decimal("21.55")}
    )


def test_profile_is_changed_column_by_column(impor):
    impor("profil", [PROFILE | {"desa": "1.234", "pkb": 5}])
    result = impor("profil", [PROFILE | {"desa": None, "bkb": 0}])
    assert result.out[0] == "1 baris: 0 ditambah, 1 diubah, 0 tetap"
    profile = RegionProfile.objects.get()
    assert (profile.villages, profile.pkb, profile.bkb) == (None, 5, 0)
    assert Entry.objects.latest("id").before == {"villages": 1234, "bkb": None}
    assert impor("profil", [PROFILE | {"desa": None, "bkb": 0}]).out == [
        "1 baris: 0 ditambah, 0 diubah, 1 tetap",
        "Tidak ada yang berubah",
    ]


def test_bad_cells_of_a_profile(impor):
    result = impor(
        "profil",
        [
            PROFILE | {"desa": "1,5", "pkb": -1, "prevalensi_stunting": "101"},
            PROFILE,
            PROFILE | {"kode_wilayah": "73.99"},
        ],
    )
    assert result.err == [
        "baris 2, kolom desa: Isi dengan bilangan bulat",
        "baris 2, kolom pkb: Isi dengan bilangan bulat 0 sampai 2147483647",
        "baris 2, kolom prevalensi_stunting: Isi dengan angka 0 sampai 100",
        "baris 3, kolom kode_wilayah: Baris ini mengulang baris 2 (kunci yang sama)",
        "baris 4, kolom kode_wilayah: Kode wilayah 73.99 tidak dikenal",
    ]


def test_target_is_known_by_all_but_its_value(impor, regions):
    rows = [
        TARGET,
        TARGET | {"dokumen": "Renstra"},
        TARGET | {"kode_indikator": "dokumen_gdpk", "target": "ya"},
    ]
    assert impor("target", rows).out[0] == "3 baris: 3 ditambah, 0 diubah, 0 tetap"
    result = impor("target", [TARGET | {"target": 2.05}, *rows[1:]])
    assert result.out[0] == "3 baris: 0 ditambah, 1 diubah, 2 tetap"
    assert list(RegionTarget.objects.order_by("id").values_list("document", "value")) == [
        ("", Decimal("2.05")),
        ("Renstra", Decimal("2.1")),
        ("", Decimal(1)),
    ]
    assert list(Entry.objects.order_by("id").values_list("action", "object_label")) == (
        [("target.impor", "Angka kelahiran total 2026")] * 2
        + [("target.impor", "Dokumen GDPK 2026"), ("target.impor", "Angka kelahiran total 2026")]
    )


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("koordinator_sulsel", []),
        ("pusat", []),
        (
            "operator_makassar",
            [
                "baris 2, kolom kode_wilayah: Peran Anda tidak dapat menetapkan target di "
                "wilayah ini"
            ],
        ),
        (
            "verifikator_kalsel",
            ["baris 2, kolom kode_wilayah: Wilayah 73.71 tidak ada di wilayah Anda"],
        ),
    ],
)
def test_targets_are_set_by_those_who_split_them(impor, cast, who, expected):
    assert impor("target", [TARGET], "--oleh", who).err == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("operator_makassar", []),
        ("verifikator_sulsel", []),
        (
            "pengamat_makassar",
            ["baris 2, kolom kode_wilayah: Peran Anda tidak dapat mengisi profil di wilayah ini"],
        ),
        ("operator_bone", ["baris 2, kolom kode_wilayah: Wilayah 73.71 tidak ada di wilayah Anda"]),
    ],
)
def test_profiles_are_filled_in_by_those_who_edit_there(impor, cast, who, expected):
    assert impor("profil", [PROFILE], "--oleh", who).err == expected
