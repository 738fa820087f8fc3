"""G8: imports of ten thousand rows on both databases."""

from safety.tools import hunt, postgresql

ID = "G8"
GOAL = "10.000 baris, baris 9.999 salah: 0 tersimpan; pratinjau = hasil; simpanan lain < 1 detik"
LONGEST = 1.0  # seconds that others may wait


def measure(short: bool) -> tuple[str, bool]:
    found = {"SQLite": hunt("imports", short=short)}
    with postgresql() as address:
        found["PostgreSQL"] = hunt("imports", short=short, DATABASE_URL=address)
    if any(each["failed"] for each in found.values()):
        return "pemburunya sendiri gagal; lihat di atas", False
    return "; ".join(f"{name}: {told(each)}" for name, each in found.items()), all(
        map(sound, found.values())
    )


def told(found) -> str:
    return (
        f"{found['rows']} baris, {found['kept_of_bad']} tersimpan dari berkas yang salah, "
        f"{found['kept']} dari yang benar, {found['twice'] - found['kept']} ganda bila diulang, "
        f"simpanan lain paling lama {found['longest']:.2f} detik ({found['waits']} kali; "
        f"kendali {found['control']:.2f} detik)"
    )


def sound(found) -> bool:
    nothing = not found["kept_of_bad"] and not found["kept_of_preview"]
    whole = found["kept"] == found["twice"] == found["rows"] and found["saved"] and found["again"]
    alike = not found["preview_differs"]
    return nothing and whole and alike and found["longest"] < LONGEST < found["control"]
