"""Read a PDF and say in one line of JSON whether it is safe to keep. Knows no Django.

Runs as a process of its own (``python -I inspector.py FILE``): a file made to exhaust memory or
time takes this process down, not the portal. Prints {"pages": 4} or {"refused": "active"}; the
words are damaged, encrypted, active. Whatever else happens means damaged.
"""

import io
import json
import sys

import pikepdf

MEMORY, SECONDS = 1024**3, 20
# A scan holds a few hundred values, a printed budget of 300 pages some hundred thousand.
MAX_VALUES = 3_000_000
MAX_DEPTH = 2  # a PDF inside a PDF is looked into, one inside that is not accepted

ACTIVE_KEYS = frozenset({"/JavaScript", "/JS", "/Launch", "/RichMedia"})
ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/Rendition"})
ACTIVE_SUBTYPES = frozenset({"/RichMedia"})
# What the reader may note without the file being damaged: an empty page may lack its resources,
# and the table of contents may be wrong (see _opened). A lost page or stream is told otherwise.
HARMLESS_NOTES = (
    "Resources is missing or invalid",
    "file is damaged",
    "can't find startxref",
    "xref not found",
    "Attempting to reconstruct cross-reference table",
)
HARMLESS_ENDINGS = (
    ".pdf",
    ".xml",
    ".csv",
    ".txt",
    ".json",
    ".jpg",
    ".jpeg",
    ".png",
    ".xlsx",
    ".docx",
    ".pptx",
    ".ods",
    ".odt",
    ".p7s",
    ".p7m",
    ".cer",
    ".crt",
    ".asc",
)
EXECUTABLE_BEGINNINGS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


class Refused(Exception):
    """Why the file is not kept, in one word."""


def inspect(stream, depth: int = 1) -> int:
    """The number of pages; raises Refused, or whatever the reader makes of a broken file."""
    with _opened(stream) as pdf:
        if pdf.is_encrypted:
            raise Refused("encrypted")
        _refuse_active(pdf, depth)
        pages = len(pdf.pages)
        notes = [str(note) for note in pdf.get_warnings()]
        if not pages or not all(map(_may_be_noted, notes)):
            raise Refused("damaged")
        return pages


def _opened(stream):
    """The file as it stands; of repairs only one is taken: a wrong table of contents.

    Some scanners write the table (xref) with wrong places, and every reader finds the objects
    all the same. That is done only for a file that can hide nothing from us by it: no compressed
    objects, no encryption, saved once. Whatever else a reader would have to mend is damage.
    """
    try:
        return pikepdf.open(stream, attempt_recovery=False)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except pikepdf.PdfError:
        stream.seek(0)
        content = stream.read()
        if b"/ObjStm" in content or b"/Encrypt" in content or content.count(b"%%EOF") != 1:
            raise
        return pikepdf.open(io.BytesIO(content), suppress_warnings=True)


def _may_be_noted(note: str) -> bool:
    return any(words in note for words in HARMLESS_NOTES)


def _refuse_active(pdf, depth) -> None:
    """Look at every value of every object, also at those no page leads to."""
    left = MAX_VALUES
    for top in [pdf.trailer, *pdf.objects]:
        waiting = [top]
        while waiting:
            value = waiting.pop()
            left -= 1
            if not left:
                raise Refused("damaged")
            waiting += _inner(value, depth)


def _inner(value, depth) -> list:
    """The direct values inside one value; references are visited as objects of their own."""
    if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
        _check_dictionary(value, depth)
        items = [value.get(key) for key in value.keys()]  # noqa: SIM118  no iteration by key
    elif isinstance(value, pikepdf.Array):
        items = list(value)
    else:
        return []
    return [item for item in items if isinstance(item, pikepdf.Object) and not item.is_indirect]


def _check_dictionary(value, depth) -> None:
    # Names arrive decoded: /J#61vaScript is /JavaScript here.
    keys = set(value.keys())
    if keys & ACTIVE_KEYS or _name(value, "/S") in ACTIVE_ACTIONS:
        raise Refused("active")
    if _name(value, "/Subtype") in ACTIVE_SUBTYPES:
        raise Refused("active")
    if "/XFA" in keys and _scripted(value.get("/XFA")):
        raise Refused("active")
    if "/EF" in keys:
        _check_attachment(value, depth)


def _name(value, key) -> str:
    found = value.get(key)
    return str(found) if isinstance(found, pikepdf.Name) else ""


def _scripted(xfa) -> bool:
    """Does a form of the XFA kind carry a script?"""
    parts = xfa if isinstance(xfa, pikepdf.Array) else [xfa]
    return any(
        b"<script" in part.read_bytes().lower()
        for part in parts
        if isinstance(part, pikepdf.Stream)
    )


def _check_attachment(spec, depth) -> None:
    """Attached data is fine, anything that may run is not; a PDF is looked into in its turn."""
    for key in ("/UF", "/F"):
        name = spec.get(key)
        if isinstance(name, pikepdf.String) and not _is_harmless(str(name)):
            raise Refused("active")
    files = spec.get("/EF")
    if not isinstance(files, pikepdf.Dictionary):
        return
    for key in files.keys():  # noqa: SIM118  no iteration by key
        if isinstance(files.get(key), pikepdf.Stream):
            _check_content(files.get(key).read_bytes(), depth)


def _is_harmless(name: str) -> bool:
    # Windows drops blanks and dots at the end when it opens a file.
    return name.strip(" .\x00").lower().endswith(HARMLESS_ENDINGS)


def _check_content(content: bytes, depth: int) -> None:
    if content.startswith(EXECUTABLE_BEGINNINGS):
        raise Refused("active")
    if b"%PDF-" in content[:1024]:
        if depth >= MAX_DEPTH:
            raise Refused("active")
        inspect(io.BytesIO(content), depth + 1)


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows; the caller's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main(path: str) -> dict:
    _limit_this_process()
    try:
        with open(path, "rb") as file:
            return {"pages": inspect(file)}
    except Refused as refusal:
        return {"refused": str(refusal)}
    except Exception:  # a broken file shows itself in any way
        return {"refused": "damaged"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])))
