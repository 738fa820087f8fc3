"""Read a PDF and say in one line of JSON whether it is safe to keep. Knows no Django.

Runs as a process of its own (``python -I inspector.py FILE``): a file made to exhaust memory or
time takes this process down, not the portal. Prints {"pages": 4} or {"refused": "active"}; the
words are damaged, encrypted, active, pages (too many) and heavy (out of memory or time). Whatever
else happens means damaged.
"""

import io
import json
import os
import signal
import sys
from pathlib import Path

import pikepdf

MEMORY, SECONDS = 512 * 1024**2, 4  # bytes; of the processor's time
MAX_PAGES = 2000
MAX_NODES = 10_000  # of the tree of pages, each as often as it is named
# A scan holds a few hundred values, a printed budget of 300 pages some hundred thousand.
MAX_VALUES = 1_000_000
MAX_DEPTH = 2  # a PDF inside a PDF is looked into, one inside that is not accepted

ACTIVE_KEYS = frozenset({"/JavaScript", "/JS", "/Launch", "/RichMedia"})
ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/Rendition"})
ACTIVE_SUBTYPES = frozenset({"/RichMedia"})
# What the reader may note without the file being damaged: clumsy writing that loses nothing, and a
# wrong table of contents (see inspect). A lost page or a stream cut short is told otherwise.
HARMLESS_NOTES = (
    "Resources is missing or invalid",
    "MediaBox is undefined",
    "is direct; converting to indirect",
    "is not one plus the highest object number",
    "accepting invalid xref table entry",
    "extraneous whitespace seen before xref",
    "a common error handled correctly by qpdf",
    "input stream is complete but output may still be valid",
    "file is damaged",
    "can't find startxref",
    "xref not found",
    "invalid xref entry",
    "trailer dictionary lacks /Size key",
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


REFUSAL_WORDS = {"damaged", "encrypted", "active", "pages", "heavy"}


class Refused(Exception):
    """Why the file is not kept, in one word."""


def inspect(file: Path | io.BytesIO, depth: int = 1) -> int:
    """The number of pages; raises Refused, or whatever the reader makes of a broken file.

    The file is judged as it stands. Of repairs only one is taken: a wrong table of contents
    (xref). Some scanners write it so, and every reader finds the objects all the same.
    """
    try:
        return _judged(_opened(file, attempt_recovery=False), depth)
    except (pikepdf.PdfError, Refused) as trouble:
        if str(trouble) not in REFUSAL_WORDS - {"damaged"} and _hides_nothing(file):
            return _judged(_opened(file), depth)
        raise


def _judged(pdf, depth) -> int:
    with pdf:
        if pdf.is_encrypted:
            raise Refused("encrypted")
        _refuse_too_many_pages(pdf)
        _refuse_active(pdf, depth)
        pages = len(pdf.pages)
        notes = [str(note) for note in pdf.get_warnings()]
        if not pages or not all(map(_may_be_noted, notes)):
            raise Refused("damaged")
        return pages


def _opened(file, **how):
    try:
        return pikepdf.open(file, suppress_warnings=True, **how)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except pikepdf.PdfError as error:
        # For certificates of certain readers: a lock all the same.
        if "unsupported encryption filter" in str(error):
            raise Refused("encrypted") from None
        raise


def _hides_nothing(file) -> bool:
    """May its table of contents be made anew? Not where objects could lie out of our sight: no
    compressed objects, no encryption, saved once."""
    content = file.read_bytes() if isinstance(file, Path) else file.getvalue()
    secretive = b"/ObjStm" in content or b"/Encrypt" in content
    return not secretive and content.count(b"%%EOF") == 1


def _may_be_noted(note: str) -> bool:
    return any(words in note for words in HARMLESS_NOTES)


def _refuse_too_many_pages(pdf) -> None:
    """Count as a reader would come by them: a tree may name one node over and over, or itself."""
    waiting, pages, nodes = [pdf.Root.get("/Pages")], 0, 0
    while waiting:
        node = waiting.pop()
        kids = node.get("/Kids") if isinstance(node, pikepdf.Dictionary) else None
        nodes += 1
        if not isinstance(kids, pikepdf.Array):
            pages += 1
        elif nodes + len(waiting) + len(kids) > MAX_NODES:
            raise Refused("pages")
        else:
            waiting.extend(kids)
        if pages > MAX_PAGES:
            raise Refused("pages")


def _refuse_active(pdf, depth) -> None:
    """Look at every value of every object, also at those no page leads to."""
    left = MAX_VALUES
    for top in [pdf.trailer, *pdf.objects]:
        waiting = [top]
        while waiting:
            value = waiting.pop()
            left -= 1
            if not left:
                raise Refused("heavy")
            waiting += _inner(value, depth)


def _inner(value, depth) -> list:
    """The direct values inside one value; references are visited as objects of their own."""
    if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
        _check_dictionary(value, depth)
        items = [item for _, item in value.items()]  # also under a key that is no UTF-8
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
    # The first limit lets the program say so itself, the second ends it inside the reader.
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    signal.signal(signal.SIGXCPU, _out_of_time)


def _out_of_time(*_) -> None:
    _say({"refused": "heavy"})


def judged(file: Path | io.BytesIO) -> dict:
    try:
        return {"pages": inspect(file)}
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "heavy"}
    except Exception:  # a broken file shows itself in any way
        return {"refused": "damaged"}


def _say(found: dict) -> None:
    """And end at once: to give back the memory of a million objects takes its time, too."""
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    _limit_this_process()
    _say(judged(Path(sys.argv[1])))
