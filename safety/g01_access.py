"""G1: no leak between regions, over the whole resolver."""

from safety.tools import hunt

ID = "G1"
GOAL = "≥ 20.000 percobaan, 0 bocor, 0 tulisan dan 0 catatan sukses oleh yang ditolak, 100 % alamat"
LEAST = 20_000


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("access", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    parts = found["pages"], found["admin"]
    sums = {
        name: [each for part in parts for each in part[name]]
        for name in ("leaks", "written", "errors", "unexpected")
    }
    for name, each in sums.items():
        print(f"{name}: {len(each)}", *each[:40], sep="\n  ")
    probes = sum(part["probes"] for part in parts)
    refused = sum(part["refused"] for part in parts)
    control = found["control"]["leaks"]
    figure = (
        f"{probes} percobaan ({refused} ditolak), {len(sums['leaks'])} bocor, "
        f"{len(sums['written'])} tulisan oleh yang ditolak, {len(sums['errors'])} galat 5xx, "
        f"{len(sums['unexpected'])} jawaban lain dari tabel, {found['patterns']} pola alamat dan "
        f"{len(found['unlisted'])} di luar tabel; kendali: lingkup dimatikan -> {control} bocor"
    )
    clean = not any(sums.values()) and not found["unlisted"]
    return figure, clean and control > 0 and found["watch"] != [] and (short or probes >= LEAST)
