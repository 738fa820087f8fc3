"""Small PDF files for the sample decrees and budgets, each plainly marked as a sample."""

import hashlib
import io
import uuid

from django.core.files.base import ContentFile
from pikepdf import Array, Dictionary, Name, Pdf

from apps.budgets.models import Budget
from apps.core.formats import format_date, format_rupiah
from apps.decrees.models import Decree
from apps.documents.models import Document


def attach_documents(people, year) -> int:
    """Give every sample decree, and every budget of ``year``, a PDF; returns how many.

    The files are made here, so they skip the inspection of uploads (a process for each file).
    """
    decrees = Decree.objects.filter(document=None).select_related("evidence__region")
    budgets = (
        Budget.objects.filter(document=None, year=year)
        .select_related("evidence__region", "pokja")
        .prefetch_related("lines")
    )
    return _attach(decrees, decree_pages, "SK", people["admin"]) + _attach(
        budgets, budget_pages, "DPA", people["admin"]
    )


def _attach(items, pages, word, admin) -> int:
    items = list(items)
    for item in items:
        item.document = _document(item.evidence, pages(item), word, admin)
    Document.objects.bulk_create([item.document for item in items], batch_size=500)
    if items:
        type(items[0]).objects.bulk_update(items, ["document"], batch_size=500)
    return len(items)


def _document(evidence, pages, word, admin) -> Document:
    region, content = evidence.region, sample_pdf(pages)
    document = Document(
        uuid=uuid.uuid4(),
        region=region,
        uploaded_by=evidence.created_by or admin,
        pages=len(pages),
        size=len(content),
        original_name=f"{word} {region.short_name} (contoh).pdf",
        sha256=hashlib.sha256(content).hexdigest(),
    )
    document.file.save("contoh.pdf", ContentFile(content), save=False)
    return document


def decree_pages(decree) -> list[list[str]]:
    """The head of the decree and an annex."""
    return [
        [
            f"KEPUTUSAN {decree.signer_position.upper()}",
            f"NOMOR {decree.number}",
            "TENTANG",
            decree.title,
            "",
            f"Ditetapkan pada tanggal {format_date(decree.issued_on)}",
        ],
        [
            "LAMPIRAN: SUSUNAN KEANGGOTAAN",
            "1. Ketua: Sekretaris Daerah",
            "2. Sekretaris: Kepala OPD KB",
            "3. Anggota: Kepala Bappeda",
            "4. Anggota: Ketua TP PKK",
        ],
    ]


def budget_pages(budget) -> list[list[str]]:
    """The page of the budget document that names the Pokja's share."""
    lines = [f"{line.sub_activity_code} {line.sub_activity_name}" for line in budget.lines.all()]
    amounts = [f"Pagu Pokja: {format_rupiah(line.ceiling)}" for line in budget.lines.all()]
    return [[f"DOKUMEN PELAKSANAAN ANGGARAN {budget.year}", budget.pokja.name, *lines, *amounts]]


def sample_pdf(pages) -> bytes:
    """A4 pages of plain lines, each with the mark CONTOH."""
    pdf = Pdf.new()
    for lines in pages:
        _add_page(pdf, ["CONTOH - BUKAN DOKUMEN RESMI", "", *lines])
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def _add_page(pdf, lines):
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[-1]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    words = [f"({_escape(line)}) Tj 0 -22 Td" for line in lines]
    content = "BT /F1 13 Tf 70 770 Td " + " ".join(words) + " ET"
    page.Contents = Array([pdf.make_stream(content.encode("latin-1", "replace"))])


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
