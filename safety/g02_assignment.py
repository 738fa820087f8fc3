"""G2: mass assignment: whatever comes along with a form, only its own columns are written."""

from safety.tools import hunt

ID = "G2"
GOAL = "setiap formulir × kolom yang bukan haknya × 3 nilai: 0 kolom berubah"


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("assignment", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    print(*found["changed"][:40], sep="\n")
    figure = (
        f"{found['forms']} formulir dan alamat, {found['columns']} kolom, {found['tried']} isian "
        f"titipan, {len(found['changed'])} berakibat; kendali: formulir ceroboh -> "
        f"{found['control']} ketahuan"
    )
    return figure, not found["changed"] and found["control"] > 0
