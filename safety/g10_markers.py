"""G10: what people write stays text, on every page and in the browser."""

from safety.tools import hunt

ID = "G10"
GOAL = "penanda di setiap kolom teks × setiap halaman × setiap peran: 0 jalan, 0 pelanggaran CSP"


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("markers", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    print(*found["alive"][:40], *found["errors"][:40], *found["executed"][:40], sep="\n")
    figure = (
        f"penanda di {found['columns']} kolom; {found['pages']} halaman diurai "
        f"({found['seen']} memuatnya), {len(found['alive'])} hidup, {len(found['errors'])} galat; "
        f"{found['visits']} halaman di Chromium, {len(found['executed'])} jalan atau melanggar "
        f"CSP; kendali: {found['control']} dan {found['browser_control']} ketahuan"
    )
    clean = not found["alive"] and not found["executed"] and not found["errors"]
    return figure, clean and found["seen"] > 0 and found["control"] > 0 < found["browser_control"]
