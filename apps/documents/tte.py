"""Say in one line of JSON which electronic signatures a PDF carries. Knows no Django.

Runs as a process of its own (``python -I tte.py FILE [FOLDER]``), like ``inspector``: a file made
to exhaust memory or time takes this process down, not the portal. Nothing is ever fetched: no
revocation list, no certificate, no time server. FOLDER holds the certificates (PEM or DER) whose
chains count as known; without it no chain is known.

Prints a list, in the order of signing: {"signer", "issuer", "signed_at", "integrity",
"chain_known"}. ``integrity`` is utuh, ditambah, berubah or tidak_diketahui; seals of time alone
(DocTimeStamp) are no signature of a person and left out.
"""

import itertools
import json
import mmap
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

MEMORY, SECONDS = 1024**3, 20
MOST = 50  # signatures looked at; a decree has a handful
CERTIFICATES = (".pem", ".crt", ".cer", ".der")
INTACT, EXTENDED, CHANGED, UNKNOWN = "utuh", "ditambah", "berubah", "tidak_diketahui"

# Every signature has this key, in the open, for its value speaks of places in the file. A name
# may spell each letter as #xx. Without it the large machinery need not be loaded at all.
_MARK = re.compile(
    b"/" + b"".join(b"(?:%c|#%02x)" % (sign, sign) for sign in b"ByteRange"), re.IGNORECASE
)


def signatures(path: str, folder: str = "") -> list[dict]:
    """What each signature of the file says and whether it holds, as described above."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if not _MARK.search(content):
            return []
        file.seek(0)
        return _looked_at(file, _certificates(folder) if folder else [])


def _looked_at(file, roots) -> list[dict]:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = PdfFileReader(file, strict=False)
    fields = itertools.islice(enumerate_sig_fields(reader, filled_status=True), MOST)
    found = [_one(reader, field, name, roots) for name, value, field in fields if _is_person(value)]
    found.sort(key=lambda signature: signature.pop("revision"))
    return found


def _is_person(value) -> bool:
    try:
        return value.get_object().get("/Type", "/Sig") != "/DocTimeStamp"
    except Exception:  # whatever it is, it is shown as one that cannot be checked
        return True


def _one(reader, field, name, roots) -> dict:
    """One signature; each part that cannot be read is left empty, none is made up."""
    from pyhanko.sign.validation import EmbeddedPdfSignature

    told = {
        "signer": "",
        "issuer": "",
        "signed_at": None,
        "integrity": UNKNOWN,
        "chain_known": False,
        "revision": sys.maxsize,
    }
    with suppress(Exception):  # the parsers raise dozens of kinds
        signature = EmbeddedPdfSignature(reader, field, name)
        told["revision"] = signature.signed_revision
        certificate = signature.signer_cert
        told["signer"] = _common_name(certificate.subject)
        told["issuer"] = _common_name(certificate.issuer)
        moment = _moment(signature)
        told["signed_at"] = moment.isoformat() if moment else None
        status = _status(signature, roots, moment)
        told["integrity"] = _integrity(signature, status)
        held = told["integrity"] in (INTACT, EXTENDED)
        told["chain_known"] = bool(roots and held and status.trusted)
    return told


def _status(signature, roots, moment):
    """What pyHanko makes of it, with the known certificates alone and at the stated time."""
    from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    now = datetime.now(UTC)
    context = ValidationContext(
        trust_roots=roots,  # an empty list: none at all, not those of the operating system
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=min(moment, now) if moment else now,
    )
    usage = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    return validate_pdf_signature(signature, context, key_usage_settings=usage)


def _integrity(signature, status) -> str:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if not status.intact:
        return CHANGED
    if not status.valid or status.coverage == SignatureCoverageLevel.UNCLEAR:
        return UNKNOWN
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return INTACT if _leaves_out_itself_only(signature) else UNKNOWN
    allowed = status.docmdp_ok and status.modification_level <= ModificationLevel.FORM_FILLING
    return EXTENDED if allowed else CHANGED


def _leaves_out_itself_only(signature) -> bool:
    """Is the place of the signature's own value the only part of the file it does not cover?"""
    start, length, after, _ = signature.byte_range
    return start == 0 and after - length == 2 * len(signature.pkcs7_content) + 2


def _moment(signature) -> datetime | None:
    """The time the signature itself states; nobody vouches for it."""
    try:
        moment = signature.self_reported_timestamp
    except Exception:  # a malformed date is no reason to call the signature broken
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def _common_name(name) -> str:
    parts = name.native
    for key in ("common_name", "organization_name"):
        value = parts.get(key)
        if value:
            return value if isinstance(value, str) else ", ".join(map(str, value))
    return ""


def _certificates(folder: str) -> list:
    """Every certificate of the folder; a file that is none is passed over, and said so."""
    from pyhanko.keys import load_certs_from_pemder_data

    found = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix.lower() not in CERTIFICATES:
            continue
        try:
            found += list(load_certs_from_pemder_data(path.read_bytes()))
        except Exception as error:
            print(f"{path.name}: {error!r}", file=sys.stderr)
    return found


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows; the caller's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit_this_process()
    print(json.dumps(signatures(*sys.argv[1:3])))
