"""Closed years of the trail as sealed files, that can be checked without the database.

A file holds the links of one year in their order, a line of JSON each, packed by gzip: the first
line says what the chain was before, the last how many there are and where it ends. Two runs give
the same bytes. The rows stay in the database: pages, and rooms that ask the trail what was loaded
or decided, read them there; what a file is for is to lie where nobody of the portal reaches it.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from apps.audit.chain import COLUMNS, START, link_digest, sha256, text_of
from apps.audit.models import Entry, Link
from apps.core.formats import ZONES

AT_ONCE = 2000


class SealBroken(Exception):
    """What is wrong with a file, in a sentence."""


def seal_year(year: int, folder: Path) -> tuple[Path, int]:
    """Write the links of a year (of Jakarta) into ``folder``; (the file, how many links).

    The file is there whole or not at all. Raises FileExistsError when another one has its name.
    """
    path = folder / f"jejak-{year}.jsonl.gz"
    half = path.with_suffix(".sementara")
    try:
        count = _write(half, _first_of(year), _first_of(year + 1))
        if path.exists() and digest_of(path) != digest_of(half):
            raise FileExistsError(path)
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)
    path.with_suffix(".gz.sha256").write_text(f"{digest_of(path)}  {path.name}\n")
    return path, count


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _first_of(year: int) -> int:
    """The place of the first link whose entry is of this year or later."""
    begins = datetime(year, 1, 1, tzinfo=ZONES["WIB"])
    later = Link.objects.filter(entry__at__gte=begins).order_by("seq")
    last = Link.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    return later.values_list("seq", flat=True).first() or last + 1


def _write(path: Path, first: int, beyond: int) -> int:
    before = Link.objects.filter(seq=first - 1).values_list("digest", flat=True).first() or START
    count = 0
    with path.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as out:
        out.write(_line({"mulai": first, "sebelum": before}))
        for link, text in _links(first, beyond):
            count, before = count + 1, link[3]
            out.write(_line({"rantai": link, "catatan": text}))
        out.write(_line({"jumlah": count, "akhir": before}))
    return count


def _line(values: dict) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _links(first: int, beyond: int) -> Iterator[tuple[tuple, str]]:
    place = first - 1
    rows = Link.objects.order_by("seq").values_list("seq", "entry_id", "content", "digest")
    while block := list(rows.filter(seq__gt=place, seq__lt=beyond)[:AT_ONCE]):
        found = Entry.objects.filter(pk__in=[link[1] for link in block]).values_list(*COLUMNS)
        texts = {row[0]: text_of(row) for row in found}
        for link in block:
            yield link, texts.get(link[1], "")
        place = block[-1][0]


# --- checking --------------------------------------------------------------------------------


def check_sealed(path: Path) -> str:
    """Check a file by itself and against the links of the database; gives its end as an anchor.

    Raises SealBroken (also for what is no such file), OSError.
    """
    try:
        return _followed(path)
    except (EOFError, KeyError, TypeError, ValueError, gzip.BadGzipFile, zlib.error) as error:
        raise SealBroken(f"{path.name} rusak atau bukan berkas jejak.") from error


def _followed(path: Path) -> str:
    with gzip.open(path, "rb") as lines:
        head = json.loads(next(lines, b"{}"))
        seq, digest, count = head["mulai"] - 1, head["sebelum"], 0
        for line in lines:
            values = json.loads(line)
            if "jumlah" in values:
                break
            seq, digest, count = seq + 1, _next(path, values, seq, digest), count + 1
        else:
            raise SealBroken(f"{path.name} terpotong.")
    if (values["jumlah"], values["akhir"]) != (count, digest):
        raise SealBroken(f"{path.name} kurang catatan.")
    held = Link.objects.filter(seq=seq).values_list("digest", flat=True).first()
    if count and held != digest:
        raise SealBroken(f"{path.name} tidak cocok dengan mata rantai {seq} di basis data.")
    return f"{seq}:{digest}"


def _next(path: Path, values: dict, seq: int, digest: str) -> str:
    place, entry_id, content, own = values["rantai"]
    whole = content == sha256(values["catatan"]) and place == seq + 1
    if not whole or own != link_digest(digest, place, entry_id, content):
        raise SealBroken(f"{path.name}: mata rantai {seq + 1} berubah.")
    return own
