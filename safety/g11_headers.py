"""G11: the Observatory's rules for every page, not only the first."""

from safety.tools import hunt

ID = "G11"
GOAL = "≥ 100 (A+) pada 100 % halaman; sasaran 125"


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("headers", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    print(found["statuses"], *found["below"][:40], sep="\n")
    figure = (
        f"{found['pages']} halaman (juga galat), terendah {found['least']}, "
        f"{found['aimed']} di antaranya ≥ 125, {len(found['below'])} di bawah 100; kendali: "
        f"jawaban tanpa kepala bernilai {found['control']}"
    )
    return figure, not found["below"] and found["control"] < 60
