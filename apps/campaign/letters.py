"""What a letter says, as plain data: the same for PDF and DOCX, and kept with its record."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from apps.campaign import words
from apps.campaign.codes import filled, paragraphs
from apps.campaign.enums import Addressee
from apps.campaign.models import LetterTemplate
from apps.campaign.queries import Row
from apps.core.formats import format_date
from apps.inbox.words import group_name
from apps.papers.enums import Paper
from apps.papers.heads import head_data, signature_data
from apps.papers.models import Letterhead, Signer
from apps.papers.words import BLANK


@dataclass(frozen=True)
class Sheet:
    """What the letters of one mailing have in common."""

    template: LetterTemplate
    letter_date: date
    letterhead: Letterhead | None = None
    signer: Signer | None = None
    institution: str = ""
    nature: str = ""
    attachment: str = ""
    addressee: str = Addressee.OFFICE
    paper: str = Paper.A4
    copies: str = ""
    finish_by: date | None = None
    address: str = ""  # of the page of tasks
    is_sample: bool = False


def values_for(row: Row, sheet: Sheet) -> dict[str, str]:
    """What the names in braces of a text become for one region."""
    region = row.region
    deadline = words.deadline_sentence(
        [each.due_on for each in row.deadlines],
        sheet.letter_date,
        row.year,
        region.timezone_label,
        sheet.finish_by,
    )
    return {
        "daerah": region.full_name,
        "provinsi": region.province.full_name,
        "kepala_daerah": row.head,
        "instansi": sheet.letterhead.name if sheet.letterhead else sheet.institution,
        "tahun": str(row.year),
        "jumlah": str(len(row.missing)),
        "batas_waktu": deadline,
        "tautan": _link(row, sheet),
    }


def _link(row: Row, sheet: Sheet) -> str:
    """The short link; with the year where the page would open on another one."""
    year = "" if row.year == sheet.letter_date.year else f"?tahun={row.year}"
    return f"{sheet.address}{year}"


def letter(row: Row, sheet: Sheet, number: str) -> dict:
    """One letter as JSON can hold it; every value is text for the paper, never code."""
    values, template = values_for(row, sheet), sheet.template
    return {
        "paper": str(sheet.paper),
        "letterhead": _letterhead(sheet.letterhead),
        "place_date": _place_date(sheet),
        "number": number or BLANK,
        "nature": sheet.nature,
        "attachment": sheet.attachment or "–",
        "subject": filled(template.subject, values),
        "to": _to(row, sheet),
        "opening": paragraphs(filled(template.opening, values)),
        "groups": _groups(row),
        "closing": paragraphs(filled(template.closing, values)),
        "signature": signature_data(sheet.signer),
        "copies": paragraphs(filled(sheet.copies, values)),
        "is_sample": sheet.is_sample,
    }


def _letterhead(head: Letterhead | None) -> dict | None:
    """Without the emblem: it would be kept again with every letter."""
    data = head_data(head)
    return data and {name: value for name, value in data.items() if name != "emblem"}


def _place_date(sheet: Sheet) -> str:
    place = sheet.letterhead.place if sheet.letterhead else BLANK
    return f"{place}, {format_date(sheet.letter_date)}"


def _to(row: Row, sheet: Sheet) -> list[str]:
    if sheet.addressee == Addressee.HEAD:
        return [row.head, "di tempat"]
    office = "Kepala perangkat daerah yang membidangi pengendalian penduduk dan keluarga berencana"
    return [office, row.region.full_name, "di tempat"]


def _groups(row: Row) -> list[dict]:
    """What is missing, Pokja by Pokja. The due day stands at an item where they differ."""
    shows_due = len(row.deadlines) > 1
    groups = []
    for name, items in groupby(row.missing, key=lambda each: each.pokja):
        listed = [
            {
                "fact": each.fact,
                "fix": each.fix,
                "due": format_date(each.deadline.due_on) if shows_due and each.deadline else "",
            }
            for each in items
        ]
        groups.append({"name": group_name(name) if name else "", "items": listed})
    return groups


def message(row: Row, sheet: Sheet) -> str:
    """The WhatsApp text of a region: plain lines, *bold* where the messenger knows it."""
    values = values_for(row, sheet) | {"daftar": "\n".join(_list_lines(row))}
    return filled(sheet.template.message, values)


def _list_lines(row: Row) -> list[str]:
    lines, number = [], 0
    for group in _groups(row):
        if group["name"]:
            lines += [""] * bool(lines) + [f"*{group['name']}*"]
        for item in group["items"]:
            number += 1
            due = f" (batas {item['due']})" if item["due"] else ""
            lines.append(f"{number}. {item['fact']}{due}")
    return lines
