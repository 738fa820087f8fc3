"""Files as they come in: their kind by content, their bytes as a path, their hash."""

import hashlib
import tempfile
from contextlib import contextmanager

from apps.documents.store import disk_trouble_told

PDF, JPEG, PNG = "pdf", "jpg", "png"
HEIC, AVIF = "HEIC", "AVIF"
SIGNS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
# Brands of the ISO container (at byte 8, more behind) that mean a picture, not a film.
BRANDS = {b"avif": AVIF, b"avis": AVIF}
BRANDS |= dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"), HEIC
)
BRAND_ENDS = 64


def kind_of(upload) -> str:
    """pdf, jpg, png, HEIC or AVIF; empty for everything else. The name does not count."""
    upload.seek(0)
    beginning = upload.read(BRAND_ENDS)
    upload.seek(0)
    for sign, kind in SIGNS:
        if beginning.startswith(sign):
            return kind
    return _container_kind(beginning)


def _container_kind(beginning: bytes) -> str:
    if beginning[4:8] != b"ftyp":
        return ""
    places = [8, *range(16, min(len(beginning), int.from_bytes(beginning[:4], "big")), 4)]
    kinds = [BRANDS.get(beginning[at : at + 4], "") for at in places]
    return AVIF if AVIF in kinds else kinds[0] or (HEIC if HEIC in kinds else "")


@contextmanager
def path_of(upload):
    """A path of the upload's bytes; larger uploads lie in a temporary file already."""
    if hasattr(upload, "temporary_file_path"):
        upload.flush() if hasattr(upload, "flush") else None
        yield upload.temporary_file_path()
        return
    with tempfile.NamedTemporaryFile() as copy:
        with disk_trouble_told():
            for chunk in upload.chunks():
                copy.write(chunk)
            copy.flush()
        upload.seek(0)
        yield copy.name


def sha256_of(upload) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
