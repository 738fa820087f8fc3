"""G7: 46 kinds of bad files at every file input."""

from safety.tools import hunt

ID = "G7"
GOAL = "46 jenis × setiap masukan berkas: 0 diterima, 0 galat 5xx, byte kembali sama"


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("files", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    print(*found["taken"][:40], *found["errors"][:40], *found["active"], sep="\n")
    figure = (
        f"{found['kinds']} jenis, {found['doors']} masukan berkas, {found['tried']} kiriman, "
        f"{len(found['taken'])} diterima, {len(found['errors'])} galat 5xx; {found['downloads']} "
        f"unduhan, {len(found['changed'])} berubah, {len(found['active'])} dapat berjalan; "
        f"kendali: PDF baik diterima di {found['control']} masukan"
    )
    clean = not any(found[name] for name in ("taken", "errors", "changed", "active"))
    return figure, clean and found["control"] > 0 and found["kinds"] >= 46
