"""G17: personal data stay where their owner's scope ends (UU PDP)."""

from safety.tools import hunt

ID = "G17"
GOAL = "0 NIP, telepon, e-mail di luar lingkup pemiliknya; “siapa melihat orang ini” < 1 menit"


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("privacy", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    logs = [*found["in_logs"], *found["typed_in_logs"]]
    print(*found["outside"][:40], *logs[:20], *found["in_temp"][:20], sep="\n")
    seconds = found["who_saw"]
    told = "tanpa halamannya" if seconds is None else f"{seconds:.1f} detik"
    figure = (
        f"{found['answers']} jawaban, {len(found['outside'])} di luar lingkup ({found['seen']} "
        f"terbaca oleh yang berhak), {len(logs)} di {found['log_lines']} baris log, "
        f"{len(found['in_temp'])} berkas sementara; siapa melihat: {told}; kendali: "
        f"{found['control']} baris log ketahuan"
    )
    clean = not found["outside"] and not logs and not found["in_temp"]
    seen = found["seen"] or short  # a few pages need not hold any of it
    return figure, bool(clean and seen and found["control"] and seconds is not None)
