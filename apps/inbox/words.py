"""What a task is called and what it asks for (design 5.2). Names begin with a verb. No Django."""

from apps.core.looks import CRITERIA, CRITERION_NAMES

NAMES = dict(zip(CRITERIA, CRITERION_NAMES, strict=True))  # inside a sentence
BEGIN = {
    "sk": "Unggah SK",
    "rencana_kerja": "Isi rencana kerja",
    "indikator": "Isi indikator",
    "anggaran": "Isi anggaran",
}
AGAIN = {
    "kedaluwarsa": "Unggah SK baru",
    "dicabut": "Unggah SK baru",
    "belum_berlaku": "Periksa tanggal mulai berlaku SK",
    "bukan_pembentukan": "Unggah SK pembentukan",
    "nol": "Isi anggaran",
}
JUDGES = {
    "verifier": "Verifikator provinsi",
    "coordinator": "Koordinator provinsi",
    "national": "Verifikator pusat",
    "admin": "Admin",
}


def group_name(name: str) -> str:
    """The name of a Pokja as a title uses it: "Pokja Kampung KB", never "Pokja Pokja …"."""
    first = name.casefold().split(" ", 1)[0]
    return name if first in ("pokja", "kelompok", "tim") else f"Pokja {name}"


def short_name(name: str) -> str:
    """The name in a table whose head says "Pokja" already: "Kampung KB"."""
    return name.removeprefix("Pokja ")


def begin_title(criterion: str, pokja: str) -> str:
    return f"{BEGIN[criterion]} {group_name(pokja)}"


def again_title(criterion: str, reason: str, pokja: str) -> str:
    """Verified, but it does not meet the criterion: what to do about it."""
    verb = AGAIN.get(reason) or (
        f"Lengkapi {NAMES[criterion]}" if reason == "kosong" else BEGIN[criterion]
    )
    return f"{verb} {group_name(pokja)}"


def plain_title(criterion: str, pokja: str) -> str:
    """Nothing to do: just what it is."""
    name = NAMES[criterion]
    return f"{name[0].upper()}{name[1:]} {group_name(pokja)}"


def needed(criterion: str, year: int) -> str:
    """What an empty criterion asks for."""
    return {
        "sk": "Perlu nomor, tanggal, penanda tangan, masa berlaku, dan berkas SK",
        "rencana_kerja": f"Perlu kegiatan tahun {year} dengan keluaran, waktu, dan penanggung "
        "jawab",
        "indikator": f"Perlu paling sedikit satu indikator dengan target tahun {year}",
        "anggaran": f"Perlu nilai alokasi tahun {year}, sumber dana, dan bukti (DPA atau RKA)",
    }[criterion]


def lacking(reason: str, last_day: str) -> str:
    """Why a verified item does not meet its criterion; ``last_day`` in words or empty."""
    return {
        "kedaluwarsa": f"SK lama berlaku sampai {last_day}" if last_day else "SK sudah berakhir",
        "dicabut": f"SK dicabut; hari terakhir berlaku {last_day}" if last_day else "SK dicabut",
        "belum_berlaku": "SK terverifikasi, tetapi belum mulai berlaku",
        "bukan_pembentukan": "SK yang ada mengubah atau mencabut, tidak membentuk Pokja ini",
        "kosong": "Sudah diverifikasi, tetapi tidak memuat isi yang dinilai",
        "nol": "Pagu dari sumber dana yang diterima berjumlah nol",
    }.get(reason, "")


def ago(days: int) -> str:
    """ " (2 hari lalu)"; " (hari ini)". Only ever behind the date itself."""
    return f" ({days} hari lalu)" if days > 0 else " (hari ini)"


def ending_title(pokja: str, in_process: bool) -> str:
    """What to do about an SK that ends soon."""
    verb = "Lengkapi SK pengganti" if in_process else "Siapkan SK baru"
    return f"{verb} {group_name(pokja)}"


def ending(pokja: str, end: str, left: str) -> str:
    """ "SK Pokja GDPK berakhir 31 Desember 2026, 36 hari lagi"."""
    return f"SK {group_name(pokja)} berakhir {end}, {left}"
