"""Electronic signatures in words: as strong as what was looked at, and no stronger.

Looked at: whether the signed bytes are unchanged, whether something was added later, and whether
the certificate leads to one this installation was given. Not looked at: whether a certificate was
revoked, and who holds its key.
"""

from apps.documents.models import Signature
from apps.documents.signatures import Checked, known_of

WAITING = "Tanda tangan elektronik belum diperiksa. Muat ulang halaman ini beberapa saat lagi."
NONE = "Tidak ada tanda tangan elektronik (TTE) di dalam berkas"
NONE_HINT = "Tanda tangan basah yang dipindai tidak dapat diperiksa dari berkasnya."
KNOWN = "rantai sertifikat dikenal portal ini; pencabutan sertifikat tidak diperiksa"
UNKNOWN = (
    "rantai sertifikat tidak dikenal portal ini, jadi keaslian penanda tangan belum dapat "
    "dipastikan"
)
UNNAMED = "nama tidak terbaca"
SOUND = (Signature.Integrity.INTACT, Signature.Integrity.EXTENDED)
# Key of the look (apps.core.looks has none for these): class and icon.
LOOKS = {
    Signature.Integrity.INTACT: ("st-ok", "check-circle-fill"),
    Signature.Integrity.EXTENDED: ("st-wait", "info-circle"),
    Signature.Integrity.CHANGED: ("st-err", "exclamation-triangle-fill"),
    Signature.Integrity.UNKNOWN: ("st-none", "question-circle"),
}


def heading(known: Checked) -> str:
    """The finding over the list of signatures."""
    if not known.done:
        return WAITING
    if not known.signatures:
        return NONE
    changed = sum(one.integrity == Signature.Integrity.CHANGED for one in known.signatures)
    count = f"{len(known.signatures)} tanda tangan elektronik (TTE)"
    return f"{count}, {changed} berubah setelah ditandatangani" if changed else count


def chain_words(signature: Signature) -> str:
    """What is known of the signer's certificate; empty where the signature could not be read."""
    if signature.integrity == Signature.Integrity.UNKNOWN:
        return ""
    return KNOWN if signature.chain_known else UNKNOWN


def one_line(known: Checked) -> tuple[bool, str] | None:
    """(nothing to look at?, sentence) for lists of checks; None while nobody has looked."""
    if not known.done:
        return None
    if not known.signatures:
        return True, NONE
    told = [f"{one.signer or UNNAMED}: {_lower(one)}" for one in known.signatures]
    chains = dict.fromkeys(filter(None, map(chain_words, known.signatures)))
    fine = all(one.integrity in SOUND for one in known.signatures)
    return fine, f"Tanda tangan elektronik {'; '.join([*told, *chains])}"


def note_of(document) -> str:
    """The same sentence for the officer's own item; empty where nothing was signed, as nobody has
    to sign electronically."""
    known = known_of(document)
    return one_line(known)[1] if known.signatures else ""


def _lower(signature) -> str:
    label = signature.get_integrity_display()
    return label[0].lower() + label[1:]
