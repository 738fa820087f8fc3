"""Paper of the sample: rows of text laid out on A4, as a PDF with text or as a scan of it, each
page plainly marked. The same rows give the same bytes."""

import io

from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, TOP, SIZE, STEP = 70, 330, 760, 10.5, 15
MARK = "DATA CONTOH - BUKAN DOKUMEN RESMI"
DOTS = 150 / 72  # a scan of 150 dpi
# Helvetica from " " to "~", in thousandths of its size (Adobe's metrics of the standard fonts).
WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip


def place(rows) -> list[tuple[float, float, str]]:
    """(x, y of the baseline, text) for the rows of a page. A row is a text at the left margin,
    ("c", text) centred, (x, text) at x, a list of those side by side, or None for a gap."""
    placed = [(_centred(MARK), TOP + 3 * STEP, MARK)]
    for number, row in enumerate(rows):
        for x, text in _columns(row):
            placed.append((x, TOP - number * STEP, text))
    return placed


def lines_of(placed) -> list[list]:
    """The same as the lines a reader would find: [x0, y0, x1, y1, text] in parts of the page."""
    return [
        [
            round(x / WIDTH, 4),
            round(1 - (y + 0.9 * SIZE) / HEIGHT, 4),
            round((x + width_of(text)) / WIDTH, 4),
            round(1 - (y - 0.2 * SIZE) / HEIGHT, 4),
            text,
        ]
        for x, y, text in placed
    ]


def text_pdf(pages) -> bytes:
    """Pages of placed text as a PDF with text."""
    pdf = Pdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for placed in pages:
        words = [f"1 0 0 1 {x:.1f} {y:.1f} Tm ({_escaped(text)}) Tj" for x, y, text in placed]
        content = f"BT /F1 {SIZE} Tf {' '.join(words)} ET"
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(content.encode("latin-1", "replace"))
    return _written(pdf)


def scan_pdf(pages) -> bytes:
    """The same pages as pictures, as a scanner makes them."""
    pdf = Pdf.new()
    for placed in pages:
        image = _drawn(placed)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=50)
        picture = pdf.make_stream(out.getvalue())
        picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
        picture.Width, picture.Height = image.size
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = Dictionary(XObject=Dictionary(P=picture))
        page.Contents = pdf.make_stream(f"{WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do".encode())
    return _written(pdf)


def width_of(text: str) -> float:
    """In points; a sign the table lacks counts as a digit."""
    known = range(len(WIDTHS))
    wide = [WIDTHS[ord(sign) - 32] if ord(sign) - 32 in known else 556 for sign in text]
    return sum(wide) * SIZE / 1000


def wrapped(text: str, width: float) -> list[str]:
    """Lines of at most ``width`` points."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _columns(row) -> list[tuple[float, str]]:
    if row is None:
        return []
    if isinstance(row, str):
        return [(LEFT, row)]
    if isinstance(row, list):
        return row
    x, text = row
    return [(_centred(text) if x == "c" else x, text)]


def _centred(text: str) -> float:
    return max(LEFT, (WIDTH - width_of(text)) / 2)


def _drawn(placed) -> Image.Image:
    image = Image.new("L", (round(WIDTH * DOTS), round(HEIGHT * DOTS)), 250)
    font, draw = ImageFont.load_default(size=SIZE * DOTS), ImageDraw.Draw(image)
    for x, y, text in placed:
        draw.text((x * DOTS, (HEIGHT - y) * DOTS), text, fill=20, font=font, anchor="ls")
    return image


def _written(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
