"""A rapor or a province's book as PDF: its data for typst, its code of authenticity, its name."""

import json
import re
from hashlib import sha256

from apps.core.context import is_sample
from apps.core.formats import local_time
from apps.core.typeset import compact, pdf
from apps.effectiveness.moment import Moment
from apps.papers.enums import PaperKind
from apps.papers.heads import head_and_signature
from apps.papers.issuing import issue
from apps.report_cards.reading import Report, book_of, rapor_of

TITLE = "Rapor Efektivitas Pokja Bangga Kencana"
BOOK_TITLE = "Buku Rapor Efektivitas Pokja Bangga Kencana"
WHOLE, FIGURES = "lengkap", "angka"
RAPOR, BOOK = "rapor", "buku"


def told_of(report: Report) -> dict:
    """The facts of the paper: in short, and their print. The day they were looked at stands
    beside, so that a day on which nothing happened changes nothing."""
    facts = [
        {key: value for key, value in each.items() if key != "facts"} for each in report.sheets
    ]
    said = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return {
        "status": report.sheets[0]["status"],
        "acuan": report.on.isoformat(),
        "bentuk": BOOK if report.is_book else RAPOR,
        "isi": WHOLE if report.whole else FIGURES,
        "halaman_daerah": len(report.sheets),
        "sidik": sha256(said.encode()).hexdigest(),
    }


def current_told(issued) -> dict | None:
    """What an issued rapor or book would tell today; the day itself is no change. None for facts
    of another shape, of which nothing can be said."""
    if not {"bentuk", "isi", "acuan"} <= issued.told.keys():
        return None
    moment = Moment(issued.per) if issued.per else None
    if issued.told["bentuk"] == BOOK:
        report = book_of(issued.region, issued.year, moment)
    else:
        whole = issued.told["isi"] == WHOLE
        report = rapor_of(issued.region, issued.year, moment, whole=whole)
    return told_of(report) | {"acuan": issued.told["acuan"]}


def paper_of(report: Report, *, paper: str, user, root: str) -> bytes:
    """The PDF on ``paper`` ("a4" or "f4"). The same facts have the same code and, on the same
    paper, the same bytes. ``root``: the portal's address where the settings name none."""
    region, name = report.region, name_of(report)
    issued = issue(
        kind=PaperKind.PROVINCE if region.is_province else PaperKind.DISTRICT,
        region=region,
        year=report.year,
        per=report.moment and report.moment.per,
        title=name,
        told=told_of(report),
        user=user,
    )
    office = region.province
    signed_on = local_time(issued.issued_at, region.timezone_label).date()
    mark = issued.mark(root)
    head, signature = head_and_signature(office, report.on, signed_on)
    data = {
        "title": BOOK_TITLE if report.is_book else TITLE,
        "part_title": TITLE,
        "name": name,
        "paper": paper,
        "is_sample": is_sample(),
        "kop": head,
        "signature": signature,
        "mark": mark,
        "made": f"Terbit {mark['issued']}",
        "sheets": report.sheets,
    }
    template = "report_cards/buku.typ" if report.is_book else "report_cards/rapor.typ"
    return compact(pdf(template, data, issued.issued_at))


def name_of(report: Report) -> str:
    """ "Rapor Kabupaten Bone, 2026"."""
    what = "Buku rapor" if report.is_book else "Rapor"
    return f"{what} {report.region.full_name}, {report.year}"


def file_name(report: Report, paper: str) -> str:
    """Rapor_Kab-Bone_2026.pdf; Buku-Rapor_Provinsi-Sulawesi-Selatan_2026_F4.pdf."""
    place = re.sub(r"^Kabupaten ", "Kab ", report.region.full_name)
    place = re.sub(r"[^\w.]+", "-", place).strip("-.")
    moment = f"_per-{report.moment.per.isoformat()}" if report.moment else ""
    size = "" if paper == "a4" else f"_{paper.upper()}"
    what = "Buku-Rapor" if report.is_book else "Rapor"
    return f"{what}_{place}_{report.year}{moment}{size}.pdf"
