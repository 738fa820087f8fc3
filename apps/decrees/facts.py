"""A decree as text: what it says, what it lacks, what the portal can check by itself."""

from django.utils import timezone

from apps.core.formats import format_date
from apps.decrees.codes import lacks_serial, own_end, signed_by_head
from apps.decrees.enums import CoverageRole, ValidityBasis
from apps.decrees.models import Decree
from apps.decrees.queries import (
    coverage_of,
    is_at_legal_office,
    names_of_users,
    parent_is_known,
)
from apps.documents.texts import document_checks, file_text
from apps.verification.facts import Fact, Gap

FUTURE = "Tanggal ditetapkan tidak boleh setelah hari ini, {today}"
BLANK_SERIAL = "Nomor urut SK masih kosong"
BLANK_SERIAL_FIX = (
    "Minta salinan bernomor ke Bagian Hukum; bila berkasnya memang tanpa nomor urut, boleh dikirim"
)
DUPLICATE = "Nomor SK {number} sudah dipakai {user}. Periksa kembali nomornya"


def facts(decree: Decree) -> list[Fact]:
    """The values an officer typed, in the order of the form."""
    return [
        Fact("number", "Nomor SK", decree.number),
        Fact("issued_on", "Tanggal ditetapkan", _day(decree.issued_on)),
        Fact("title", "Tentang", decree.title),
        Fact("coverage", "Pokja yang diatur", _coverage_text(decree)),
        Fact("signer_choice", "Ditandatangani oleh", _signer_text(decree)),
        Fact("valid_from", "Berlaku mulai", _day(decree.valid_from)),
        Fact("valid_until", "Berlaku sampai dengan", _end_text(decree)),
        Fact("file", "Berkas SK", file_text(decree.document)),
        *_process(decree),
    ]


def _process(decree: Decree) -> list[Fact]:
    """Where the SK is, as long as it is there: no value of the SK, so nothing to be judged."""
    if not is_at_legal_office(decree):
        return []
    parts = (f"sejak {_day(decree.in_process_since)}", file_text(decree.process_document))
    return [Fact("in_process_since", "Proses di Bagian Hukum", "; ".join(filter(None, parts)))]


def brief(decree: Decree) -> list[Fact]:
    """The four lines of a card (design 5.4): number, date and signer, period, file."""
    position = _position_text(decree)
    signed = (_day(decree.issued_on), f"oleh {position}" if position else "")
    return [
        Fact("number", "Nomor SK", decree.number),
        Fact("issued_on", "Tanggal ditetapkan", ", ".join(filter(None, signed))),
        period(decree),
        Fact("file", "Berkas", file_text(decree.document)),
    ]


def period(decree: Decree) -> Fact:
    """Masa berlaku: 14 Januari 2025 – 31 Desember 2027; sejak 14 Januari 2025, sampai dicabut."""
    start, end = _day(decree.valid_from), _end_text(decree)
    if start and end.startswith("sampai"):
        words = f"sejak {start}, {end}"
    elif start and end:
        words = f"{start} – {end}"
    else:
        words = f"sejak {start}, akhirnya belum diisi" if start else end
    return Fact("valid_until", "Masa berlaku", words)


def table(decree: Decree):
    """A decree has no rows of its own."""
    return None


def _day(day) -> str:
    return format_date(day) if day else ""


def _coverage_text(decree) -> str:
    return "; ".join(_one_coverage(row) for row in coverage_of(decree))


def _one_coverage(row) -> str:
    if row.role == CoverageRole.ESTABLISH:
        return f"{row.pokja.name} (dibentuk)"
    word = "mengubah" if row.role == CoverageRole.AMEND else "mencabut"
    return f"{row.pokja.name} ({word} SK {row.parent_number})"


def _signer_text(decree) -> str:
    return ", ".join(part for part in (_position_text(decree), decree.signer_name) if part)


def _position_text(decree) -> str:
    status = decree.get_signer_status_display() if decree.signer_status else ""
    position = decree.signer_position
    if position and status and status != "Definitif":
        position = f"{status} {position}"
    return position


def _end_text(decree) -> str:
    if decree.valid_until:
        return format_date(decree.valid_until)
    if decree.validity_basis == ValidityBasis.UNTIL_REVOKED:
        return "sampai dicabut"
    end = own_end(decree.valid_from, None, decree.validity_basis)
    return f"{format_date(end)} (satu tahun anggaran)" if end else ""


# --- what is missing or odd ------------------------------------------------------------------


def gaps(decree: Decree, year: int | None = None) -> list[Gap]:
    """Blocking gaps first, then warnings. A decree that is over by ``year`` is a warning only:
    the years it covered are scored by it."""
    return _missing(decree) + _warnings(decree, year)


def _missing(decree) -> list[Gap]:
    coverage = coverage_of(decree)
    found = [
        Gap(field, message, fix, fact=fact)
        for is_missing, field, message, fix, fact in MISSING
        if is_missing(decree, coverage)
    ]
    today = timezone.localdate()
    if decree.issued_on and decree.issued_on > today:
        message = FUTURE.format(today=format_date(today))
        found.append(Gap("issued_on", message, "Periksa kembali tanggalnya"))
    return found


def _end_is_open(decree, coverage) -> bool:
    establishes = any(row.role == CoverageRole.ESTABLISH for row in coverage)
    return (
        establishes
        and decree.valid_until is None
        and decree.validity_basis == ValidityBasis.WRITTEN
    )


# (is it missing, field, words beside it, what to do, what is missing)
MISSING = (
    (
        lambda decree, coverage: not decree.number,
        "number",
        "Isi nomor SK seperti tertulis pada kepala SK",
        "Tulis nomor lengkap dengan nomor urutnya",
        "Nomor SK belum diisi",
    ),
    (
        lambda decree, coverage: decree.issued_on is None,
        "issued_on",
        "Isi tanggal ditetapkan, misalnya 24 Juli 2023",
        "Lihat akhir SK: “pada tanggal …”",
        "Tanggal ditetapkan belum diisi",
    ),
    (
        lambda decree, coverage: not decree.title,
        "title",
        "Isi tentang apa SK ini",
        "Salin judul di bawah kata TENTANG",
        "Judul SK belum diisi",
    ),
    (
        lambda decree, coverage: not coverage,
        "coverage",
        "Pilih Pokja yang diatur SK ini",
        "Centang setiap Pokja yang dibentuk, diubah, atau dicabut SK ini",
        "Pokja yang diatur SK belum dipilih",
    ),
    (
        lambda decree, coverage: not decree.signer_position,
        "signer_choice",
        "Pilih pejabat yang menandatangani SK",
        "Lihat nama jabatan di atas tanda tangan",
        "Penanda tangan SK belum dipilih",
    ),
    (
        lambda decree, coverage: decree.valid_from is None,
        "valid_from",
        "Isi tanggal mulai berlaku",
        "Isi tanggalnya; umumnya sama dengan tanggal ditetapkan",
        "Tanggal mulai berlaku belum diisi",
    ),
    (
        _end_is_open,
        "valid_until",
        "Isi tanggal akhir berlaku, atau pilih dasar masa berlaku yang lain",
        "Bila SK tidak menyebut akhir, pilih “Sampai dicabut” atau “Satu tahun anggaran”",
        "Akhir masa berlaku SK belum jelas",
    ),
    (
        lambda decree, coverage: decree.document is None,
        "file",
        "Pilih berkas SK",
        "Unggah SK lengkap dengan lampiran susunan anggota",
        "Berkas SK belum diunggah",
    ),
)


def _warnings(decree, year) -> list[Gap]:
    region = decree.evidence.region
    found = []
    if lacks_serial(decree.number):  # normal in a scan made before numbering
        found.append(("number", BLANK_SERIAL, BLANK_SERIAL_FIX))
    for user in _number_users(decree)[:1]:
        found.append(
            (
                "number",
                DUPLICATE.format(number=decree.number, user=user),
                "Bila satu SK mengatur beberapa Pokja, isi satu SK dan centang semuanya",
            )
        )
    if decree.signer_position and not _signed_by_head(decree):
        found.append(
            (
                "signer_choice",
                "SK tidak ditandatangani kepala daerah atau atas namanya",
                "Periksa jabatan penanda tangan pada SK",
            )
        )
    if year and not in_force_in(decree, year):
        found.append(
            ("valid_until", f"SK tidak berlaku pada tahun {year}", "Unggah SK yang masih berlaku")
        )
    for row in coverage_of(decree):
        if row.parent_key and not parent_is_known(region, row.parent_key):
            found.append(
                (
                    "parent_number",
                    f"SK {row.parent_number} belum ada di portal",
                    "Isi juga SK yang diubah atau dicabut itu",
                )
            )
    return [Gap(*item, blocking=False) for item in found]


def _number_users(decree) -> list[str]:
    # A blank serial is no number: that two drafts share it says nothing.
    if not decree.number_key or lacks_serial(decree.number):
        return []
    return names_of_users(
        decree.number_key, decree.issued_on, decree.evidence.region, decree.evidence.family
    )


def _signed_by_head(decree) -> bool:
    return signed_by_head(decree.signer_position, decree.signer_status)


def in_force_in(decree: Decree, year: int) -> bool:
    """By its own dates, does the decree hold on some day of the year? Unknown dates count."""
    end = own_end(decree.valid_from, decree.valid_until, decree.validity_basis)
    begun = decree.valid_from is None or decree.valid_from.year <= year
    return begun and (end is None or end.year >= year)


def checks(
    decree: Decree, year: int | None = None, *, users=None, places=None
) -> list[tuple[bool, str]]:
    """What the verifier need not look up: (fine?, sentence).

    ``users`` of the number and other ``places`` of the file: where a list has read them already.
    """
    if users is None or lacks_serial(decree.number):
        users = _number_users(decree)
    today = timezone.localdate()
    year = year or today.year
    valid = in_force_in(decree, year)
    in_past = decree.issued_on is not None and decree.issued_on <= today
    found = [
        (
            not users,
            "Nomor belum dipakai SK lain" if not users else f"Nomor sudah dipakai {users[0]}",
        ),
        (valid, f"{'Berlaku' if valid else 'Tidak berlaku'} pada tahun {year}"),
        (
            in_past,
            "Tanggal tidak di masa depan" if in_past else "Tanggal kosong atau di masa depan",
        ),
        (
            _signed_by_head(decree),
            "Ditandatangani kepala daerah atau atas namanya"
            if _signed_by_head(decree)
            else "Penanda tangan bukan kepala daerah",
        ),
    ]
    if lacks_serial(decree.number):  # normal in a scan made before numbering; worth a look
        found.insert(0, (False, BLANK_SERIAL))
    return document_checks(decree.document, decree.evidence, places) + found


def document(decree: Decree):
    return decree.document
