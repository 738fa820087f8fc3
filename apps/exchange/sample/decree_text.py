"""The words of a sample decree, in the order and form of a real one; all of it invented."""

from apps.core.formats import format_date
from apps.decrees.enums import CoverageRole, SignerStatus, ValidityBasis
from apps.exchange.sample.paper import LEFT, RIGHT, wrapped

ORDINALS = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")
TEXT, BROAD = 185, 345  # where running text begins, and its width in points
USUAL = (
    ("Ketua", "Sekretariat Daerah"),
    ("Sekretaris", "OPD KB"),
    ("Anggota", "Bappeda"),
    ("Anggota", "TP PKK"),
)
SIGNED = {status: SignerStatus(status).label for status in ("pj", "pjs", "plt", "plh")}


def decree_rows(decree) -> list[list]:
    """Two pages: the decree with its signature, and the annex with the members."""
    region = decree.evidence.region
    issuer = _post(_head(region), region).upper()
    head = [
        ("c", issuer),
        None,
        ("c", f"KEPUTUSAN {issuer}"),
        ("c", f"NOMOR {decree.number}"),
        ("c", "TENTANG"),
        *(("c", line) for line in wrapped(decree.title.upper(), 380)),
        None,
        ("c", f"{issuer},"),
    ]
    return [
        [*head, *_reasons(region), None, *_dictum(decree), None, *_signature(decree, region)],
        _annex(decree, issuer),
    ]


def _head(region) -> str:
    if region.is_province:
        return "Gubernur"
    return "Wali Kota" if region.level == "kota" else "Bupati"


def _post(position: str, region) -> str:
    return f"{position} {region.short_name}" if position == _head(region) else position


def _reasons(region) -> list:
    return [
        *_labelled(
            "Menimbang",
            "bahwa untuk memperkuat program Bangga Kencana secara terpadu di "
            f"{region.full_name}, perlu menetapkan Keputusan ini;",
        ),
        *_labelled(
            "Mengingat",
            "Undang-Undang Nomor 52 Tahun 2009 tentang Perkembangan Kependudukan dan "
            "Pembangunan Keluarga;",
        ),
    ]


def _dictum(decree) -> list:
    said = [
        *map(_role_sentence, decree.coverage.all()),
        "Susunan keanggotaan Kelompok Kerja tercantum dalam Lampiran Keputusan ini.",
        "Biaya dibebankan pada Anggaran Pendapatan dan Belanja Daerah.",
        _validity_sentence(decree),
    ]
    rows = [("c", "MEMUTUSKAN:"), "Menetapkan :"]
    for ordinal, sentence in zip((*ORDINALS, *ORDINALS), said, strict=False):
        rows += _labelled(ordinal, sentence)
    return rows


def _role_sentence(row) -> str:
    if row.role == CoverageRole.AMEND:
        return f"Mengubah Keputusan Nomor {row.parent_number} tentang {row.pokja.name}."
    if row.role == CoverageRole.REVOKE:
        return f"Mencabut Keputusan Nomor {row.parent_number} tentang {row.pokja.name}."
    return f"Membentuk {row.pokja.name}."


def _validity_sentence(decree) -> str:
    later = decree.valid_from and decree.valid_from != decree.issued_on
    start = f"tanggal {format_date(decree.valid_from)}" if later else "tanggal ditetapkan"
    words = f"Keputusan ini mulai berlaku pada {start}"
    if decree.valid_until:
        return f"{words} sampai dengan tanggal {format_date(decree.valid_until)}."
    if decree.validity_basis == ValidityBasis.BUDGET_YEAR:
        return f"Keputusan ini berlaku untuk Tahun Anggaran {decree.valid_from.year}."
    if decree.validity_basis == ValidityBasis.UNTIL_REVOKED:
        return f"{words} sampai dengan dicabut."
    return f"{words}."


def _signature(decree, region) -> list:
    position = _post(decree.signer_position, region).upper()
    lines = [f"{position},"]
    if decree.signer_status == SignerStatus.AN:
        lines.insert(0, f"a.n. {_post(_head(region), region).upper()}")
    elif decree.signer_status in SIGNED:
        lines = [f"{SIGNED[decree.signer_status]} {position},"]
    told = [
        f"Ditetapkan di {region.short_name}",
        f"pada tanggal {format_date(decree.issued_on)}",
        *lines,
    ]
    return [*((RIGHT, line) for line in told), None, (RIGHT, "ttd"), (RIGHT, decree.signer_name)]


def _annex(decree, issuer) -> list:
    rows = [
        (RIGHT, f"LAMPIRAN KEPUTUSAN {issuer}"),
        (RIGHT, f"NOMOR {decree.number}"),
        (RIGHT, f"TANGGAL {format_date(decree.issued_on).upper()}"),
        None,
        ("c", "SUSUNAN KEANGGOTAAN"),
        None,
        [(LEFT, "No."), (LEFT + 35, "Kedudukan"), (LEFT + 180, "Instansi")],
    ]
    seats = [(seat.position, seat.institution) for seat in decree.evidence.seats.all()]
    for number, (position, institution) in enumerate(seats or USUAL, start=1):
        rows.append([(LEFT, f"{number}."), (LEFT + 35, position), (LEFT + 180, institution)])
    return rows


def _labelled(label: str, text: str) -> list:
    """Menimbang, Mengingat, KESATU …: a word, a colon, and text that goes over several lines."""
    first, *more = wrapped(text, BROAD)
    return [[(LEFT, label), (TEXT - 15, ":"), (TEXT, first)], *((TEXT, line) for line in more)]
