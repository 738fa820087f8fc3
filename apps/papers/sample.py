"""Letterheads, signers and one issued rapor of the sample installation, marked "data contoh"."""

import io
from datetime import date, timedelta

from django.utils import timezone
from PIL import Image, ImageDraw

from apps.papers.emblems import emblem_text
from apps.papers.enums import PaperKind
from apps.papers.issuing import issue
from apps.papers.models import IssuedPaper, Letterhead, Signer
from apps.pokja.models import Pokja
from apps.regions.models import Region

OLD_AGENCY = "BADAN KEPENDUDUKAN DAN KELUARGA BERENCANA NASIONAL"
MINISTRY = "KEMENTERIAN KEPENDUDUKAN DAN PEMBANGUNAN KELUARGA/BKKBN"
OFFICES = (("73", "Makassar"), ("62", "Palangka Raya"))
# Name of the agency and the day it was called so from.
NAMES = ((date(2006, 1, 1), OLD_AGENCY), (date(2025, 1, 1), MINISTRY))
# Name, NIP, first and last day in office.
SIGNERS = (
    ("Pejabat Lama", "196501011990011001", None, date(2024, 12, 31)),
    ("Nama Contoh", "197001011995011001", date(2025, 1, 1), None),
)
LAST_WEEK = timedelta(days=7)


def add_papers() -> None:
    """For two provinces the names and signers of then and now; a rapor issued last week."""
    emblem = emblem_text(_drawn_emblem())
    for code, city in OFFICES:
        province = Region.objects.get(code=code)
        for valid_from, agency in NAMES:
            _letterhead(province, city, valid_from, agency, emblem)
        for row in SIGNERS:
            _signer(province, *row)
    _issued()


def _letterhead(province, city, valid_from, agency, emblem) -> None:
    Letterhead.objects.create(
        province=province,
        valid_from=valid_from,
        institution=f"{agency}\nPERWAKILAN {province.full_name.upper()} (DATA CONTOH)",
        address=f"Jalan Contoh Nomor 1, {city} 00000",
        phone="(000) 000000",
        website="pokja.contoh.invalid",
        email=f"perwakilan.{province.code}@contoh.invalid",
        place=city,
        emblem=emblem,
    )


def _signer(province, name, nip, valid_from, valid_to) -> None:
    Signer.objects.create(
        province=province,
        position="Kepala Perwakilan",
        name=f"{name}, S.E., M.Si. (data contoh)",
        rank="Pembina Utama Muda",
        nip=nip,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _issued() -> None:
    """What it told has changed since: so its page shows both sentences."""
    pokja, year = Pokja.objects.get(code="7308-KKB"), timezone.localdate().year
    paper = issue(
        kind=PaperKind.POKJA,
        region=pokja.region,
        pokja=pokja,
        year=year,
        title=f"Rapor {pokja.name}, {pokja.region.full_name}, {year}",
        told={"status": "Belum efektif (0 dari 4)"},
    )
    IssuedPaper.objects.filter(pk=paper.pk).update(issued_at=timezone.now() - LAST_WEEK)


def _drawn_emblem() -> bytes:
    """A plain ring with a word in it: nobody's emblem."""
    image = Image.new("RGBA", (240, 240))
    pen = ImageDraw.Draw(image)
    pen.ellipse((6, 6, 234, 234), outline="#333", width=5)
    pen.text((120, 108), "LAMBANG", fill="#333", anchor="mm", font_size=36)
    pen.text((120, 146), "CONTOH", fill="#333", anchor="mm", font_size=30)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
