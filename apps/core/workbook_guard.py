"""What a workbook is made of, looked at before a parser touches it. No Django.

A file of 175 kB can unpack to 60 MB and keep openpyxl busy for minutes. Counting brackets in the
unpacked XML costs a fraction of a second, so a hostile workbook is refused long before parsing.
"""

import re
import zipfile
from dataclasses import dataclass


class TabularError(Exception):
    """The file as a whole cannot be read; the message is an Indonesian sentence for its owner."""


@dataclass(frozen=True)
class Limits:
    """How much of a file is read at all. Sizes in bytes."""

    file_size: int = 20 * 1024 * 1024
    rows: int = 50_000
    columns: int = 100
    members: int = 1_000
    unpacked: int = 150 * 1024 * 1024
    ratio: int = 120  # 50,000 equal rows reach about 60
    ratio_from: int = 4 * 1024 * 1024
    sheet_tags: int = 8_000_000
    other_tags: int = 250_000


LIMITS = Limits()

DAMAGED = "Berkas Excel rusak atau bukan .xlsx. Buka dengan Excel, simpan ulang sebagai .xlsx"
TOO_RICH = "Isi berkas Excel terlalu besar untuk dibaca. Pindahkan datanya ke berkas baru"
UNSAFE = "Berkas Excel memuat bagian yang tidak dikenal. Pindahkan datanya ke berkas baru"

_CHUNK = 1024 * 1024
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)""")
# The marks and first letters of XML in UTF-16 and UTF-32.
_WIDE_XML = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")
_BIG_PARTS = ("xl/worksheets/", "xl/sharedstrings")


def check_workbook(file, limits: Limits = LIMITS) -> None:
    """Raise TabularError unless ``file`` is a zip whose parts are safe and small enough to parse.

    Reads every part once, streaming; the position of ``file`` is back at 0 afterwards.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_members(archive.infolist(), limits)
            for member in archive.infolist():
                _check_part(archive, member, limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError) as error:
        raise TabularError(DAMAGED) from error
    except (NotImplementedError, RuntimeError) as error:  # encrypted, or packed in a rare way
        raise TabularError(DAMAGED) from error
    finally:
        file.seek(0)


def _check_members(members, limits):
    # The sizes are those the directory claims; reading a part stops at its claimed size.
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    too_dense = unpacked > limits.ratio_from and unpacked / packed > limits.ratio
    if len(members) > limits.members or unpacked > limits.unpacked or too_dense:
        raise TabularError(TOO_RICH)
    names = {member.filename.casefold() for member in members}
    if len(names) != len(members):  # two parts of one name: readers disagree which one counts
        raise TabularError(UNSAFE)
    if "xl/workbook.xml" not in names:
        raise TabularError(DAMAGED)


def _check_part(archive, member, limits):
    big = member.filename.casefold().startswith(_BIG_PARTS)
    tag_limit = limits.sheet_tags if big else limits.other_tags
    tags = rows = 0
    tail = b""
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            if not tail and not _is_plain_xml(member.filename, chunk[:400]):
                return  # a picture or the like, which no parser of ours opens
            tags += chunk.count(b"<")
            window = tail + chunk
            if b"<!" in window and re.search(rb"<!(?:DOCTYPE|ENTITY)", window, re.IGNORECASE):
                raise TabularError(UNSAFE)
            if big:
                rows += len(_ROW.findall(window)) - len(_ROW.findall(tail))
            tail = window[-64:]
            if tags > tag_limit:
                raise TabularError(TOO_RICH)
            if rows > limits.rows + 1:
                raise TabularError(too_many_rows(limits))


def _is_plain_xml(name, head):
    """Whether a part is XML in UTF-8; XML in an encoding that could hide a DTD is refused.

    Names tell nothing: the workbook may point to a sheet under any name.
    """
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<") and b"\0" not in head:
        encoding = _ENCODING.match(text)
        if encoding and encoding.group(1).lower() not in (b"utf-8", b"us-ascii", b"ascii"):
            raise TabularError(UNSAFE)
        return True
    if head.startswith(_WIDE_XML) or name.casefold().endswith((".xml", ".rels", ".vml")):
        raise TabularError(UNSAFE)
    return False


def too_many_rows(limits: Limits) -> str:
    """The sentence for a sheet with more rows than are read at once."""
    most = f"{limits.rows:,}".replace(",", ".")
    return f"Berkas memuat lebih dari {most} baris. Bagi menjadi beberapa berkas"
