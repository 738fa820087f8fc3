"""What was read from an SK's file, as values of its form: offered, never filled in by itself."""

from typing import NamedTuple

from apps.core.formats import decree_key, parse_date
from apps.decrees import signers
from apps.decrees.codes import HEAD
from apps.decrees.enums import CoverageRole, SignerStatus, ValidityBasis
from apps.decrees.reading import candidates
from apps.documents.models import Document

OTHER_HEAD = "Jabatan ini bukan kepala daerah {region}. Periksa apakah berkasnya benar"
LABELS = {
    "number": "Nomor SK",
    "issued_on": "Tanggal ditetapkan",
    "valid_until": "Berlaku sampai dengan",
    "signer_choice": "Ditandatangani oleh",
    "title": "Tentang",
    "signer_name": "Nama penanda tangan",
    "valid_from": "Berlaku mulai",
    "parent_number": "Nomor SK yang diubah atau dicabut",
}
DATES = frozenset({"issued_on", "valid_until", "valid_from"})
NUMBERS = frozenset({"number", "parent_number"})
AGENCY_WORDS = ("keluarga berencana", "pengendalian penduduk", "dppkb", "ppkb")


class Offer(NamedTuple):
    """One thing read: ``values`` by form field (none where there is only a remark), the words to
    show, and the spot: page, box in parts of the page, its height by its width."""

    field: str
    label: str
    shown: str
    values: dict[str, str]
    page: int
    box: tuple[float, float, float, float]
    ratio: float
    quote: str
    remark: str
    clear: bool


def offers_for(document: Document, region, *, recognised: bool = False) -> list[Offer]:
    """What the text read so far offers, in the order of the form. One query. ``recognised``: it
    was read from pictures, so signs that look alike may be taken for each other."""
    rows = list(document.page_texts.values_list("number", "lines", "ratio"))
    ratios = {number: ratio for number, _, ratio in rows}
    pages = [(number, lines) for number, lines, _ in rows]
    found = candidates(pages, recognised=recognised)
    return [_offer(candidate, region, ratios[candidate.line.page]) for candidate in found]


def _offer(candidate, region, ratio) -> Offer:
    field, values, remark = candidate.field, candidate.values, candidate.remark
    if field == "signer_position":
        field, values, told = _signer(values, region)
        remark = remark or told
    line = candidate.line
    return Offer(
        field=field,
        label=LABELS[field],
        shown=_shown(field, candidate.values),
        values=values,
        page=line.page,
        box=(line.x0, line.y0, line.x1, line.y1),
        ratio=ratio,
        quote=candidate.quote,
        remark=remark,
        clear=candidate.clear and not remark,
    )


def _signer(read, region) -> tuple[str, dict, str]:
    """The radio button for a post as read, or "Lainnya" with the post in words."""
    position, status = read["signer_position"], read["signer_status"]
    choice = _choice(position, region)
    values = {
        "signer_choice": choice,
        "signer_other": position if choice == signers.OTHER else "",
        "signer_status": status,
    }
    is_other_head = choice == signers.OTHER and HEAD.match(position)
    remark = OTHER_HEAD.format(region=region.full_name) if is_other_head else ""
    return "signer_choice", values, remark


def _choice(position: str, region) -> str:
    words = position.casefold()
    names = (region.short_name.casefold(), region.full_name.casefold(), "")
    head = HEAD.match(position)
    title = signers.TITLES[region.level].casefold().replace(" ", "")
    if head and head[3].casefold().replace(" ", "") == title:
        return signers.HEAD if words[head.end() :].strip() in names else signers.OTHER
    if words.startswith("sekretaris daerah"):
        place = words.removeprefix("sekretaris daerah").strip()
        known = (*names, region.level, f"{region.level} {region.short_name}".casefold())
        return signers.SECRETARY if place in known else signers.OTHER
    is_agency = words.startswith("kepala dinas") and any(word in words for word in AGENCY_WORDS)
    return signers.AGENCY if is_agency else signers.OTHER


def _shown(field: str, read: dict) -> str:
    if field == "signer_choice":
        status = SignerStatus(read["signer_status"])
        held = "" if status == SignerStatus.DEFINITIVE else f" ({status.label})"
        return read["signer_position"] + held
    if field == "valid_until" and read:
        return read["valid_until"] or ValidityBasis(read["validity_basis"]).label
    if field == "parent_number" and read:
        return f"{read['parent_number']} ({CoverageRole(read['role']).label.lower()})"
    return read.get(field, "")


def same_value(field: str, typed, read: str) -> bool:
    """Does a field hold what was read, however it is written? ``typed``: as the form shows it."""
    typed = str(typed or "").strip()
    if field in NUMBERS:
        return decree_key(typed) == decree_key(read)
    if field in DATES and typed and read:
        try:
            return parse_date(typed) == parse_date(read)
        except ValueError:
            return False
    return " ".join(typed.casefold().split()) == " ".join(read.casefold().split())
