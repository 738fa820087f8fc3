"""Files nobody should be able to bring in: 46 kinds, as {name: (file name, bytes)}."""

import io
import zipfile
import zlib

import pikepdf
from pikepdf import Dictionary, Name

from tests.documents import bombs
from tests.documents.test_photos_refused import png_bomb
from tests.makers import pdf_bytes

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
HTML = b"<!doctype html><script>alert(1)</script>"
GIGABYTE = 1024**3


def light() -> dict[str, tuple[str, bytes]]:
    """Kinds that cost nothing to make: for every door."""
    return _of_other_kinds() | _of_names() | _pdfs_that_act() | _pdfs_in_pieces() | _pictures()


def heavy() -> dict[str, tuple[str, bytes]]:
    """Kinds made to exhaust whoever opens them."""
    twice = "/Filter [/FlateDecode /FlateDecode]"
    return {
        "pohon halaman berlipat": ("sk.pdf", bombs.multiplying_tree()),
        "pohon tanpa ujung": ("sk.pdf", bombs.endless_tree()),
        "pohon dalam": ("sk.pdf", bombs.deep_tree(20_000)),
        "2.001 halaman": ("sk.pdf", bombs.pages(2001)),
        "larik bersarang": ("sk.pdf", bombs.deep_arrays(200_000)),
        "lampiran bergiga": ("sk.pdf", bombs.attachment(bombs.zeros(2 * GIGABYTE))),
        "lampiran dua kali mampat": ("sk.pdf", bombs.attachment(bombs.zeros(GIGABYTE, 2), twice)),
        "formulir bergiga": ("sk.pdf", bombs.form(bombs.zeros(GIGABYTE))),
        "daftar isi bergiga": ("sk.pdf", bombs.packed_table(bombs.zeros(GIGABYTE))),
        "gambar 20.000 × 20.000": ("foto.png", png_bomb(20_000, 20_000, bits=1)),
    }


def _of_other_kinds():
    return {
        "kosong": ("sk.pdf", b""),
        "satu byte": ("sk.pdf", b"\x00"),
        "HTML": ("sk.pdf", HTML),
        "SVG": ("gambar.svg", SVG),
        "GIF": ("foto.jpg", b"GIF89a" + bytes(50)),
        "BMP": ("foto.jpg", b"BM" + bytes(50)),
        "WEBP": ("foto.jpg", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        "TIFF": ("foto.jpg", b"II*\x00" + bytes(50)),
        "HEIC": ("foto.jpg", b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)),
        "program Windows": ("sk.pdf.exe", b"MZ" + bytes(500)),
        "program Linux": ("sk.pdf", b"\x7fELF" + bytes(500)),
        "EICAR": ("sk.pdf", EICAR),
        "zip": ("sk.pdf", _zip({"a.txt": b"a"})),
        "zip keluar folder": ("data.xlsx", _zip({"../../etc/cron": b"a"})),
        "lembar bom": ("data.xlsx", _zip({"xl/worksheets/sheet1.xml": bytes(60_000_000)})),
        "lembar XXE": ("data.xlsx", _zip({"[Content_Types].xml": XXE, "xl/workbook.xml": XXE})),
        "RTF": ("sk.doc", b"{\\rtf1 halo}"),
        "CSV dengan NUL": ("data.csv", b"a;b\n\x00;\xff\xfe\n"),
    }


XXE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def _zip(files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _of_names():
    """The content is no better than the name."""
    return {
        "nama keluar folder": ("../../../etc/passwd", HTML),
        "nama berbalik arah": ("sk\u202efdp.exe", HTML),
        "nama panjang": ("a" * 300 + ".pdf", HTML),
        "nama berskrip": ("<script>alert(1)</script>.pdf", HTML),
    }


def _pdfs_that_act():
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    launch = Dictionary(S=Name.Launch, F="cmd.exe")
    return {
        "PDF berskrip": ("sk.pdf", pdf_bytes(change=_opening(script))),
        "PDF menjalankan program": ("sk.pdf", pdf_bytes(change=_opening(launch))),
        "PDF berskrip tersembunyi": ("sk.pdf", _disguised(script)),
        "PDF berskrip pada halaman": ("sk.pdf", pdf_bytes(change=_on_page(script))),
        "PDF berlampiran program": (
            "sk.pdf",
            pdf_bytes(change=_attached("a.exe", b"MZ" + bytes(99))),
        ),
        "PDF berlampiran HTML": ("sk.pdf", pdf_bytes(change=_attached("a.html", HTML))),
        "PDF terkunci": (
            "sk.pdf",
            pdf_bytes(encryption=pikepdf.Encryption(owner="a", user="b")),
        ),
    }


def _opening(action):
    def change(pdf):
        pdf.Root.OpenAction = Dictionary(action)

    return change


def _on_page(action):
    def change(pdf):
        pdf.pages[0].AA = Dictionary(O=Dictionary(action))

    return change


def _attached(name, content):
    def change(pdf):
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)

    return change


def _disguised(action) -> bytes:
    """The name of the script written in hexadecimal: a search for the word does not find it."""
    return pdf_bytes(change=_opening(action)).replace(b"/JavaScript", b"/J#61vaScript")


def _pdfs_in_pieces():
    whole = pdf_bytes(pages=5)
    return {
        "PDF terpotong": ("sk.pdf", whole[: len(whole) // 2]),
        "PDF tanpa akhir": ("sk.pdf", whole.replace(b"%%EOF", b"")),
        "PDF hanya kepala": ("sk.pdf", b"%PDF-1.7\n%%EOF"),
        "PDF di belakang HTML": ("sk.pdf", HTML + whole),
        "PDF rusak di tengah": ("sk.pdf", whole.replace(b"/Pages", b"/Pag\x00s")),
    }


def _pictures():
    return {
        "JPG terpotong": ("foto.jpg", b"\xff\xd8\xff\xe0" + bytes(200)),
        "PNG terpotong": ("foto.png", b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(100))),
    }
