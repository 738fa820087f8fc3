"""What stands in an answer, whatever its format: the texts of pages, archives, sheets, PDFs."""

import io
import re
import zipfile

import pypdfium2

BREAKS = re.compile(r"[\s\u00ad-]+")  # a PDF may break a word at the end of a line


def body_of(response) -> bytes:
    """The whole body of a test client's response; a stream is read to its end."""
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content)
    return response.content


def text_of(content: bytes) -> str:
    """All text in these bytes without white space and hyphens, in small letters."""
    return BREAKS.sub("", _raw(content, 0)).lower()


def _raw(content: bytes, depth: int) -> str:
    if depth < 3 and content[:4] == b"PK\x03\x04":
        return _archive(content, depth)
    if content[:5] == b"%PDF-":
        return _pdf(content)
    return content.decode("utf-8", "replace")


def _archive(content: bytes, depth: int) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [_raw(archive.read(name), depth + 1) for name in archive.namelist()]
        return " ".join([*archive.namelist(), *parts])


def _pdf(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()
