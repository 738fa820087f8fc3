"""G18: change one byte in any of 1,000 audit entries, links of their chain, files or records of
files; every one is found.

The attacker owns the database and the disk, and takes the triggers away first. `periksa_log` finds
entries and links, `periksa_berkas` files and their records. The control changes nothing and must
find nothing. Nothing compares the other tables with the trail: a plan edited by hand in the
database is not found, and not counted here.
"""

import random
from pathlib import Path

from safety.tools import portal

ID = "G18"
GOAL = "1.000 dari 1.000 perubahan satu bita ditemukan; tanpa perubahan 0 temuan"
LONG, SHORT = 1000, 100
FIELDS = ("role", "action", "object_type", "object_id", "object_label", "reason", "after", "zone")


def measure(short: bool) -> tuple[str, bool]:
    portal()
    from apps.audit.checking import check

    total, chance = SHORT if short else LONG, random.Random(18)  # noqa: S311 - which rows, no secret
    each = total // 4
    entries, documents = _made(2 * each)
    control = check().faults + _file_faults()
    _take_triggers_away()
    spoiled = {
        "catatan audit": [_entry_words(_spoil_entry(pk, chance)) for pk in entries[:each]],
        "mata rantai": [_link_words(_spoil_link(pk, chance)) for pk in entries[each:]],
        "berkas": [_spoil_file(row, chance) for row in documents[:each]],
        "catatan berkas": [_spoil_record(row, chance) for row in documents[each:]],
    }
    from apps.audit import triggers

    triggers.ensure()
    told = "\n".join(check().faults + _file_faults())
    found = {kind: sum(words in told for words in all_) for kind, all_ in spoiled.items()}
    words = ", ".join(f"{count} {kind}" for kind, count in found.items())
    figure = f"{sum(found.values())} dari {total} ditemukan ({words})"
    told_by_control = f"kontrol tanpa perubahan: {len(control)} temuan"
    return f"{figure}; {told_by_control}", sum(found.values()) == total and not control


# --- what there is ---------------------------------------------------------------------------


def _made(count: int):
    """(numbers of linked entries, documents), ``count`` of each."""
    from django.core.files.base import ContentFile

    from apps.audit.chain import link_everything
    from apps.audit.models import Entry
    from apps.documents.models import Document
    from apps.documents.reconcile import sha256_of
    from apps.regions.models import Region

    region = Region.objects.create(code="73", name="Uji", short_name="Uji", level="provinsi")
    rows = Entry.objects.bulk_create(_entry(number, region) for number in range(count))
    link_everything()
    documents = []
    for number in range(count):
        content = f"%PDF-1.7 nomor {number:06}".encode() * 20
        document = Document(region=region, original_name=f"{number}.pdf", size=len(content))
        document.file.save("berkas.pdf", ContentFile(content), save=False)
        document.sha256 = sha256_of(document.file.storage, document.file.name)
        document.pages = 1
        document.save()
        documents.append(document)
    return [row.pk for row in rows], documents


def _entry(number, region):
    from apps.audit.models import Entry

    return Entry(
        role="operator",
        region=region,
        action="Mengubah isian",
        object_type="verification.evidence",
        object_id=str(1000 + number),
        object_label=f"Rencana kerja {number}",
        before={"Pagu": "1.000.000"},
        after={"Pagu": f"{number}.000.000"},
        reason="Perubahan APBD",
    )


# --- one byte --------------------------------------------------------------------------------


def _take_triggers_away() -> None:
    from apps.audit import triggers

    for statement in triggers.removal():
        _execute(statement)


def _execute(statement: str, *values) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _another(text: str, chance, letters="abcdefghijklmnopqrstuvwxyz") -> str:
    """The text with one sign changed."""
    at = chance.randrange(len(text))
    other = chance.choice([each for each in letters if each != text[at]])
    return text[:at] + other + text[at + 1 :]


def _spoil_entry(pk: int, chance) -> int:
    import json

    from apps.audit.models import Entry

    name = chance.choice(FIELDS)
    value = getattr(Entry.objects.get(pk=pk), name)
    if name == "after":
        value = json.dumps({"Pagu": _another(value["Pagu"], chance)})
    else:
        value = _another(value, chance)
    _execute(f"UPDATE audit_entry SET {name} = %s WHERE id = %s", value, pk)  # noqa: S608 - a name above
    return pk


def _spoil_link(pk: int, chance) -> int:
    from apps.audit.models import Link

    link = Link.objects.get(entry=pk)
    name = chance.choice(("content", "digest"))
    value = _another(getattr(link, name), chance, "0123456789abcdef")
    _execute(f"UPDATE audit_link SET {name} = %s WHERE seq = %s", value, link.seq)  # noqa: S608 - a name above
    return link.seq


def _spoil_file(document, chance) -> str:
    path = Path(document.file.path)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.chmod(0o600)
    path.write_bytes(content)
    return str(document.uuid)


def _spoil_record(document, chance) -> str:
    """What the record says of its file."""
    digest = _another(document.sha256, chance, "0123456789abcdef")
    _execute("UPDATE documents_document SET sha256 = %s WHERE id = %s", digest, document.pk)
    return str(document.uuid)


# --- in whose words --------------------------------------------------------------------------


def _entry_words(pk: int) -> str:
    from apps.core.formats import format_number

    return f"Catatan nomor {format_number(pk)}, "


def _link_words(seq: int) -> str:
    from apps.core.formats import format_number

    return f"Mata rantai {format_number(seq)} tidak sambung"


def _file_faults() -> list[str]:
    from apps.documents.reconcile import compare

    found = compare()
    return found.changed + found.missing
