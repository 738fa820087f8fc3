"""The decree that this one changes or revokes."""

import re

from apps.decrees.reading.parts import Candidate, Flow

ALSO_REVOKES = "SK ini juga mencabut SK nomor {number}"
_CITED = (
    r"keputusan\s+(?:gubernur|bupati|wali\s?kota|camat|lurah|kepala)[^,;]{0,80}?\bnomor\b\s*:?\s*"
    r"(?P<number>\S.{0,80}?)\s*(?=\s(?:tentang|tanggal|sebagaimana|dicabut|dinyatakan)\b|[,;(]|$)"
)
_TITLE = re.compile(rf"\b(?P<role>perubahan|pencabutan)\b.{{0,40}}?\b{_CITED}", re.IGNORECASE)
_DICTUM = re.compile(rf"\b(?:mencabut|dicabut|pada\s+saat)\b.{{0,140}}?\b{_CITED}", re.IGNORECASE)
_REVOKED = re.compile(rf"{_CITED}[^;]{{0,300}}?\bdicabut\b", re.IGNORECASE)
ROLES = {"perubahan": "amend", "pencabutan": "revoke"}


def parent_decree(parts) -> Candidate | None:
    """From the title ("Perubahan atas Keputusan … Nomor …"); a decree that revokes by the way is
    only told of, since it establishes all the same."""
    title = Flow(parts.head)
    if match := _TITLE.search(title.text):
        values = {"role": ROLES[match["role"].lower()], "parent_number": _number(match)}
        return Candidate("parent_number", values, title.line_at(match.start("number")))
    dictum = Flow(parts.rest)
    match = _DICTUM.search(dictum.text) or _REVOKED.search(dictum.text)
    if match:
        line = dictum.line_at(match.start("number"))
        remark = ALSO_REVOKES.format(number=_number(match))
        return Candidate("parent_number", {}, line, remark)
    return None


def _number(match) -> str:
    return " ".join(match["number"].split()).strip(" .,:")[:160]
