"""Letters as files: PDF by typst, DOCX by python-docx, from the data of ``letters``."""

import io
import re
from collections.abc import Iterator
from datetime import datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from zipstream import ZIP_DEFLATED, ZipStream

from apps.core.typeset import pdf

TEMPLATE = "campaign/surat.typ"
AUTHOR = "Portal Pokja Bangga Kencana"
FONT = "Arial"
SIZES = {"a4": (Mm(210), Mm(297)), "f4": (Mm(215), Mm(330))}
SIGNATURE_INDENT = Mm(82)
SIGNING_SPACE = 4  # empty lines for the signature
SAMPLE_MARK = "Data contoh. Bukan surat resmi."
# What XML cannot hold; nothing of it is ever wanted on paper.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def letters_pdf(letters: list[dict], title: str, made_at: datetime | None = None) -> bytes:
    """One tagged PDF with every letter on pages of its own; all on the paper of the first.

    The same letters made at the same moment are the same file, whenever it is fetched.
    """
    return pdf(
        TEMPLATE,
        {
            "title": title,
            "author": AUTHOR,
            "paper": letters[0]["paper"],
            "is_sample": letters[0]["is_sample"],
            "letters": letters,
        },
        made_at,
    )


def zip_pieces(files: list[tuple[str, dict, str]]) -> Iterator[bytes]:
    """A zip of DOCX in pieces, each made when its turn comes; ``files``: (name, letter, title)."""
    archive = ZipStream(compress_type=ZIP_DEFLATED)
    for name, letter, title in files:
        archive.add(letter_docx(letter, title), name)
        yield from archive.file()
    yield from archive.finalize()


def letter_docx(letter: dict, title: str) -> bytes:
    """The letter as a Word file to go on writing in: real styles, lists and page size."""
    paper = Document()
    _set_up(paper, letter, title)
    _head(paper, letter["letterhead"])
    _reference(paper, letter)
    _addressee(paper, letter["to"])
    for text in letter["opening"]:
        _line(paper, text, justify=True)
    _findings(paper, letter["groups"])
    for text in letter["closing"]:
        # The last line of the text stays with the signature on one page.
        _line(paper, text, justify=True, keep=text == letter["closing"][-1])
    _signature(paper, letter["signature"], keep=bool(letter["copies"]))
    _copies(paper, letter["copies"])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_up(paper, letter, title):
    section = paper.sections[0]
    section.page_width, section.page_height = SIZES[letter["paper"]]
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    normal.element.get_or_add_rPr().append(language)
    paper.core_properties.title, paper.core_properties.author = _clean(title), AUTHOR
    paper.core_properties.language, paper.core_properties.comments = "id-ID", ""
    if letter["is_sample"]:
        footer = section.footer.paragraphs[0]
        footer.text, footer.alignment = SAMPLE_MARK, WD_ALIGN_PARAGRAPH.CENTER


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _line(where, text, *, style=None, bold=False, size=None, justify=False, keep=False):
    paragraph = where.add_paragraph(style=style)
    run = paragraph.add_run(_clean(text))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if justify:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.keep_with_next = keep or None
    return paragraph


def _head(paper, head):
    if head is None:
        return
    *upper, name = head["lines"] or [""]
    lines = [_line(paper, text, size=12) for text in upper]
    lines.append(_line(paper, name, bold=True, size=14))
    lines += [_line(paper, text, size=9.5) for text in (head["address"], head["contact"]) if text]
    for line in lines:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(0)
    _rule_under(lines[-1])
    lines[-1].paragraph_format.space_after = Pt(10)


def _rule_under(paragraph):
    """The thick and thin rule under a letterhead."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (
        ("val", "thickThinSmallGap"),
        ("sz", "18"),
        ("space", "4"),
        ("color", "auto"),
    ):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _reference(paper, letter):
    date = _line(paper, letter["place_date"])
    date.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    rows = (
        ("Nomor", letter["number"]),
        ("Sifat", letter["nature"]),
        ("Lampiran", letter["attachment"]),
        ("Hal", letter["subject"]),
    )
    for name, value in rows:
        line = paper.add_paragraph()
        form = line.paragraph_format
        form.tab_stops.add_tab_stop(Mm(22))
        form.tab_stops.add_tab_stop(Mm(26))
        form.left_indent, form.first_line_indent = Mm(26), Mm(-26)
        form.space_after = Pt(0)
        line.add_run(f"{name}\t:\t")
        line.add_run(_clean(value)).bold = name == "Hal" or None


def _addressee(paper, lines):
    first, *rest = lines
    for number, text in enumerate((f"Yth. {first}", *rest)):
        line = _line(paper, text)
        line.paragraph_format.space_before = Pt(10) if number == 0 else None
        line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.space_after = Pt(10)


def _findings(paper, groups):
    """One list whose numbers run on over the Pokja, so that "butir 7" names one thing."""
    for group in groups:
        if group["name"]:
            heading = _line(paper, group["name"], bold=True, keep=True)
            heading.paragraph_format.space_before = Pt(6)
        for item in group["items"]:
            due = f" Batas waktu {item['due']}." if item["due"] else ""
            line = _line(paper, f"{item['fact']}. {item['fix']}.{due}", style="List Number")
            line.paragraph_format.keep_together = True


def _signature(paper, signature, *, keep: bool):
    """The block at the right; with ``keep`` what follows stays on its page."""
    blank = [""] * SIGNING_SPACE
    name = (signature["name"], True)
    rest = [(text, False) for text in (signature["rank"], signature["nip"]) if text]
    lines = [*((text, False) for text in (*signature["lines"], *blank)), name, *rest]
    for number, (text, bold) in enumerate(lines, start=1):
        line = _line(paper, text, bold=bold, keep=keep or number < len(lines))
        line.paragraph_format.left_indent = SIGNATURE_INDENT
        line.paragraph_format.space_before = Pt(10) if number == 1 else None
        line.paragraph_format.space_after = Pt(0)


def _copies(paper, copies):
    if not copies:
        return
    head = _line(paper, "Tembusan:", size=10, keep=True)
    head.paragraph_format.space_before = Pt(14)
    for number, text in enumerate(copies, start=1):
        line = _line(paper, f"{number}. {text}", size=10, keep=number < len(copies))
        line.paragraph_format.space_after = Pt(0)
