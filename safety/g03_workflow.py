"""G3: the workflow under a Hypothesis machine over HTTP."""

from safety.tools import hunt

ID = "G3"
GOAL = "10.000 langkah, 0 keadaan terlarang, 0 memverifikasi sendiri, 100 % sel terlihat"
LEAST = 10_000


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("workflow", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    print(*found["illegal"], sep="\n")
    share = found["cells"] / found["all"]
    figure = (
        f"{found['steps']} langkah, {len(found['illegal'])} keadaan terlarang, {found['own']} "
        f"memverifikasi sendiri, {found['cells']} dari {found['all']} sel (keadaan × tindakan × "
        f"peran) terlihat; kendali: empat mata dimatikan -> ketahuan {found['control']} kali "
        f"dalam {found['control_steps']} langkah"
    )
    sound = not found["illegal"] and not found["own"] and found["control"]
    return figure, bool(sound and (short or (share == 1 and found["steps"] >= LEAST)))
