"""Who signed: the post above the signature, how it is held, and the name below."""

import re

from apps.decrees.reading.dates import issue_lines
from apps.decrees.reading.parts import Candidate, in_sentence

_HELD = (
    ("an", r"a\s?[./]\s?n\s?\.?|an\.|atas nama"),
    ("pjs", r"pjs\.?|penjabat sementara|pejabat sementara"),
    ("pj", r"pj\.?|penjabat|pejabat"),
    ("plt", r"plt\.?|pelaksana tugas"),
    ("plh", r"plh\.?|pelaksana harian"),
    ("ub", r"u\s?\.\s?b\s?\.?"),
)
_POSTS = (
    r"gubernur|bupati|wali\s?kota|camat|lurah|kepala|sekretaris|asisten|direktur|wakil|"
    r"geuchik|keuchik|perbekel|wali nagari|kuwu|penghulu|sangadi|hukum tua"
)
_STATUS = re.compile(rf"\s*(?:{'|'.join(f'(?P<{name}>{form})' for name, form in _HELD)})\s+", re.I)
_POST = re.compile(rf"\s*(?:{_POSTS})\b", re.IGNORECASE)
_ALONE = re.compile(r"\s*(?:a\.?n|u\.?\s?b)\.?,?\s*$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(kabupaten|kota|provinsi|prov\.|kab\.|kecamatan|desa|kelurahan|dan|keluarga|perempuan|"
    r"pengendalian|pemberdayaan|perlindungan|pemerintah)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"t\s?t\s?d\b|cap\b|dto\b|ditandatangani|secara elektronik|dokumen ini|tanda tangan|tanggal|"
    r"ditetapkan|materai|sertifikat|\$\{|pangkat|pembina|golongan|nip\b",
    re.IGNORECASE,
)
_STOPS = re.compile(r"\s*(tembusan|salinan|paraf|lampiran|diundangkan|nip\b|pangkat)", re.I)
_NAME = re.compile(r"[^\W\d_][\w.,'’`()\- ]{3,80}")
BLOCK = 16  # lines below the day that may belong to the signature
OUT_OF_COLUMN = 0.05  # part of the page's width


def signer_position(parts) -> Candidate | None:
    """ "Pj. BUPATI BONE" or "a.n. GUBERNUR … SEKRETARIS DAERAH,": the post and how it is held."""
    lines, status, _ = _signature(parts)
    if not lines:
        return None
    words = " ".join(_without_status(line.text).strip(" ,.") for line in lines)
    values = {
        "signer_position": in_sentence(" ".join(words.split()))[:160],
        "signer_status": status or "definitif",
    }
    quote = lines[0]._replace(
        text=" ".join(line.text for line in lines),
        x0=min(line.x0 for line in lines),
        x1=max(line.x1 for line in lines),
        y1=max(line.y1 for line in lines if line.page == lines[0].page),
    )
    return Candidate("signer_position", values, quote)


def signer_name(parts) -> Candidate | None:
    """The first line below the post that can be a name."""
    lines, _, below = _signature(parts)
    for line in below if lines else ():
        if line.page != lines[-1].page:  # what heads the next page is no name
            return None
        name = _undressed(" ".join(line.text.split()))
        if _STOPS.match(line.text):
            return None
        if _NOT_A_NAME.search(line.text) or _POST.match(line.text) or not _NAME.fullmatch(name):
            continue
        return Candidate("signer_name", {"signer_name": name[:160]}, line)
    return None


def _undressed(name: str) -> str:
    """Without the brackets, dots and lines a name is set in."""
    name = name.strip(" _,")
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return name.strip(" _,").lstrip(".")


def _signature(parts):
    """(lines of the post, status, lines below it)."""
    block = _block(parts)
    for i, line in enumerate(block):
        if _STOPS.match(line.text):
            break
        if _STATUS.match(line.text) or _POST.match(line.text) or _ALONE.match(line.text):
            return _post(block[i:])
    return [], "", []


def _block(parts) -> list:
    """What stands below "Ditetapkan di …", in its column."""
    near = issue_lines(parts.rest)
    if not near:
        return []
    anchor = near[0]
    below = parts.rest[parts.rest.index(anchor) + 1 :][: 3 * BLOCK]
    edge = anchor.x0 - OUT_OF_COLUMN if anchor.x0 > 0.3 else 0
    return [line for line in below if line.middle > edge or line.page != anchor.page][:BLOCK]


def _post(block):
    """The lines of the last post of the block's beginning: behind a.n. and u.b. comes who signs."""
    status, lines, end = "", [], 0
    for i, line in enumerate(block[:8]):
        held = _status_of(line.text)
        begins = bool(held or _POST.match(line.text) or _ALONE.match(line.text))
        if not begins and not (lines and _continues(lines[-1], line)):
            break
        status = status or ("an" if _ALONE.match(line.text) else held)
        lines = [line] if begins else [*lines, line]
        end = i + 1
    lines = [line for line in lines if not _ALONE.match(line.text)]
    return lines, "an" if status == "ub" else status, block[end:]


def _continues(last, line) -> bool:
    if last.text.rstrip().endswith(",") and not _GOES_ON.match(line.text):
        return False
    close = line.page == last.page and line.y0 - last.y1 < 1.2 * (last.y1 - last.y0)
    return close and (bool(_GOES_ON.match(line.text)) or line.text.rstrip().endswith(","))


def _status_of(text: str) -> str:
    match = _STATUS.match(text)
    return match.lastgroup if match and _POST.match(text[match.end() :]) else ""


def _without_status(text: str) -> str:
    match = _STATUS.match(text)
    return text[match.end() :] if match else text
