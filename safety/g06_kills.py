"""G6: what was acknowledged survives kill -9 at any moment."""

from safety.tools import hunt

ID = "G6"
GOAL = "1.000 kali mati di tengah unggahan: 0 yang diakui hilang, 0 tanpa berkas, 0 sisa"


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("kills", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    uploads, imports = found["uploads"], found["imports"]
    figure = (
        f"{uploads['kills']} kali mati, {uploads['acknowledged']} unggahan diakui: "
        f"{uploads['lost']} hilang, {uploads['bare']} tanpa berkasnya, {uploads['orphaned']} sisa "
        f"setelah dibersihkan ({uploads['cleared']} sebelumnya); {imports['kills']} impor "
        f"dimatikan: {imports['none']} kosong, {imports['all']} utuh, "
        f"{imports['between']} di antaranya (kendali: hitungannya melihat {found['control']})"
    )
    whole = uploads["lost"] == uploads["bare"] == uploads["orphaned"] == imports["between"] == 0
    return figure, whole and found["control"] == [1, 1, 1]
