"""Small PDF files for the sample decrees, each plainly marked as a sample."""

import hashlib
import io
import uuid

from django.core.files.base import ContentFile
from pikepdf import Array, Dictionary, Name, Pdf

from apps.core.formats import format_date
from apps.decrees.models import Decree
from apps.documents.models import Document

PAGES = 2


def attach_documents(people) -> int:
    """Give every sample decree its own PDF; returns how many.

    The files are made here, so they skip the inspection of uploads (a process for each file).
    """
    decrees = list(Decree.objects.filter(document=None).select_related("evidence__region"))
    for decree in decrees:
        decree.document = _document(decree, decree.evidence.created_by or people["admin"])
    Document.objects.bulk_create([decree.document for decree in decrees], batch_size=500)
    Decree.objects.bulk_update(decrees, ["document"], batch_size=500)
    return len(decrees)


def _document(decree, uploader) -> Document:
    region, content = decree.evidence.region, sample_pdf(decree)
    document = Document(
        uuid=uuid.uuid4(), region=region, uploaded_by=uploader, pages=PAGES, size=len(content),
        original_name=f"SK {region.short_name} {decree.issued_on.year}.pdf",
        sha256=hashlib.sha256(content).hexdigest())
    document.file.save("contoh.pdf", ContentFile(content), save=False)
    return document


def sample_pdf(decree) -> bytes:
    """Two A4 pages: the head of the decree and an annex, with the mark CONTOH."""
    head = [
        "CONTOH - BUKAN DOKUMEN RESMI", "", f"KEPUTUSAN {decree.signer_position.upper()}",
        f"NOMOR {decree.number}", "TENTANG", decree.title, "",
        f"Ditetapkan pada tanggal {format_date(decree.issued_on)}",
    ]
    annex = ["CONTOH - BUKAN DOKUMEN RESMI", "", "LAMPIRAN: SUSUNAN KEANGGOTAAN",
             "1. Ketua: Sekretaris Daerah", "2. Sekretaris: Kepala OPD KB",
             "3. Anggota: Kepala Bappeda", "4. Anggota: Ketua TP PKK"]
    pdf = Pdf.new()
    for lines in (head, annex):
        _add_page(pdf, lines)
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
