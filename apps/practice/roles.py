"""The roles one can practise, each a person of the sample region who exists in rooms only."""

from dataclasses import dataclass

from apps.accounts.enums import Role


@dataclass(frozen=True)
class PracticeRole:
    """``key`` is in the session and the form; ``region`` the code of the post's region."""

    key: str
    label: str
    username: str
    full_name: str
    office: str
    role: str
    region: str | None
    tries: str


PROVINCE, FIRST, SECOND, CITY = "99", "99.01", "99.02", "99.71"

ROLES = (
    PracticeRole(
        "petugas",
        "Petugas kabupaten",
        "petugas.latihan",
        "Petugas Latihan",
        "OPD KB Kabupaten Latihan Satu",
        Role.OPERATOR,
        FIRST,
        "mengisi empat kriteria, mengunggah SK, mengirim, dan memperbaiki yang dikembalikan",
    ),
    PracticeRole(
        "verifikator",
        "Verifikator provinsi",
        "verifikator.latihan",
        "Verifikator Latihan",
        "Perwakilan BKKBN Provinsi Latihan",
        Role.VERIFIER,
        PROVINCE,
        "memeriksa antrean, memverifikasi, dan mengembalikan dengan catatan",
    ),
    PracticeRole(
        "koordinator",
        "Koordinator provinsi",
        "koordinator.latihan",
        "Koordinator Latihan",
        "Perwakilan BKKBN Provinsi Latihan",
        Role.COORDINATOR,
        PROVINCE,
        "yang dapat dilakukan verifikator, ditambah membatalkan verifikasi dan mengatur provinsi",
    ),
    PracticeRole(
        "pengamat",
        "Pengamat",
        "pengamat.latihan",
        "Pengamat Latihan",
        "Bappeda Provinsi Latihan",
        Role.OBSERVER,
        PROVINCE,
        "melihat dasbor dan data yang sudah terverifikasi, tanpa mengubah apa pun",
    ),
    PracticeRole(
        "pusat",
        "Pusat",
        "pusat.latihan",
        "Pusat Latihan",
        "Kantor Pusat Latihan",
        Role.NATIONAL,
        None,
        "memverifikasi Pokja tingkat provinsi dan melihat angka nasional latihan",
    ),
)
BY_KEY = {role.key: role for role in ROLES}

# Others of the sample region: nobody practises as them, but they have sent, verified and answered.
COLLEAGUES = (
    PracticeRole(
        "",
        "",
        "petugas.dua",
        "Petugas Latihan Dua",
        "OPD KB Kabupaten Latihan Dua",
        Role.OPERATOR,
        SECOND,
        "",
    ),
    PracticeRole(
        "",
        "",
        "petugas.tiga",
        "Petugas Latihan Tiga",
        "OPD KB Kota Latihan Tiga",
        Role.OPERATOR,
        CITY,
        "",
    ),
    PracticeRole(
        "",
        "",
        "petugas.provinsi",
        "Petugas Provinsi Latihan",
        "Sekretariat Pokja Provinsi Latihan",
        Role.OPERATOR,
        PROVINCE,
        "",
    ),
    PracticeRole(
        "",
        "",
        "verifikator.dua",
        "Verifikator Latihan Dua",
        "Perwakilan BKKBN Provinsi Latihan",
        Role.VERIFIER,
        PROVINCE,
        "",
    ),
)
