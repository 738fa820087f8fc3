"""Decrees on paper for the tests: rows of text as a PDF with text, or as a scan of it.

A page is a list of rows. A row is a text (from the left margin), ("c", text) centred, ("r", text)
in the column of the signature, a list of (x, text) for several columns, or None for a gap.
"""

import io

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, LEFT, RIGHT, TOP = 595, 842, 70, 310, 790
SIZE, STEP = 11, 17
DOTS = 200 / 72  # a scan of 200 dpi


def text_pdf(pages) -> bytes:
    """The pages as a PDF whose text can be read."""
    pdf = pikepdf.new()
    for rows in pages:
        pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
        page = pdf.pages[-1]
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        words = [
            f"1 0 0 1 {x:.1f} {y:.1f} Tm ({_escaped(text)}) Tj" for x, y, text in _placed(rows)
        ]
        content = f"BT /F1 {SIZE} Tf {' '.join(words)} ET"
        page.Contents = pdf.make_stream(content.encode("cp1252", "replace"))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def scan_pdf(pages, turn=0.0) -> bytes:
    """The pages as pictures only; ``turn`` degrees aslant."""
    images = [_drawn(rows, turn) for rows in pages]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return out.getvalue()


def _drawn(rows, turn):
    image = Image.new("L", (round(WIDTH * DOTS), round(HEIGHT * DOTS)), 255)
    font = ImageFont.load_default(size=round(SIZE * DOTS))
    draw = ImageDraw.Draw(image)
    for x, y, text in _placed(rows):
        draw.text((x * DOTS, (HEIGHT - y - SIZE) * DOTS), text, fill=0, font=font)
    return image.rotate(turn, fillcolor=255)


def _placed(rows):
    y = TOP
    for row in rows:
        for x, text in _columns(row):
            yield x, y, text
        y -= STEP


def _columns(row):
    if row is None:
        return []
    if isinstance(row, str):
        return [(LEFT, row)]
    if isinstance(row, list):
        return row
    place, text = row
    if place == "r":
        return [(RIGHT, text)]
    return [(max(LEFT, WIDTH / 2 - len(text) * SIZE * 0.32), text)]


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def decree(
    *,
    number="NOMOR : 188.45/412/I/2025",
    title=("PEMBENTUKAN KELOMPOK KERJA KAMPUNG KELUARGA", "BERKUALITAS KABUPATEN BONE"),
    issuer="BUPATI BONE",
    heading=None,
    dictum=("mulai berlaku pada tanggal ditetapkan sampai dengan", "31 Desember 2027."),
    place=(("r", "Ditetapkan di Watampone"), ("r", "pada tanggal 7 Januari 2025")),
    post=("BUPATI BONE,",),
    name="Drs. ANDI CONTOH, M.Si.",
    annex=True,
):
    """The pages of a decree in its usual form."""
    head = [("c", issuer), None, ("c", heading or f"KEPUTUSAN {issuer}"), ("c", number)]
    if title:
        head += [("c", "TENTANG"), *(("c", line) for line in title)]
    first = [
        *head,
        None,
        ("c", f"{issuer},"),
        [(LEFT, "Menimbang"), (150, ":"), (165, "a."), (185, "bahwa dalam rangka percepatan")],
        [(185, "program Bangga Kencana perlu membentuk Pokja;")],
        [(LEFT, "Mengingat"), (150, ":"), (165, "1."), (185, "Undang-Undang Nomor 52 Tahun 2009")],
        [(185, "tentang Perkembangan Kependudukan (Lembaran Negara Nomor 161);")],
        [(165, "2."), (185, "Peraturan Presiden Nomor 72 Tahun 2021 tanggal 5 Agustus 2021;")],
        None,
        ("c", "MEMUTUSKAN:"),
        "Menetapkan :",
        [(LEFT, "KESATU"), (150, ":"), (165, "Membentuk Pokja sebagaimana dimaksud.")],
        [(LEFT, "KEDUA"), (150, ":"), (165, "Susunan keanggotaan tercantum dalam Lampiran")],
        [(165, "Keputusan ini.")],
        [(LEFT, "KETIGA"), (150, ":"), (165, "Biaya dibebankan pada APBD Tahun Anggaran 2025.")],
        [(LEFT, "KEEMPAT"), (150, ":"), (165, f"Keputusan ini {dictum[0]}")],
        *([(165, line)] for line in dictum[1:]),
    ]
    signature = [*place, *(("r", line) for line in post), None, ("r", "ttd"), None]
    second = [
        *signature,
        ("r", name),
        ("r", "NIP. 19680101 199003 1 001"),
        None,
        "Tembusan:",
        "1. Gubernur Sulawesi Selatan di Makassar;",
        "2. Kepala BKKBN Provinsi.",
    ]
    pages = [first, second]
    if annex:
        pages.append(_annex(issuer, number))
    return pages


def _annex(issuer, number):
    return [
        [(RIGHT, f"LAMPIRAN KEPUTUSAN {issuer}")],
        [(RIGHT, number)],
        None,
        ("c", "SUSUNAN KEANGGOTAAN"),
        [(LEFT, "1."), (90, "Ketua"), (200, "Sekretaris Daerah Kabupaten Bone")],
        [(LEFT, "2."), (90, "Sekretaris"), (200, "Kepala DPPKB Kabupaten Bone")],
    ]
