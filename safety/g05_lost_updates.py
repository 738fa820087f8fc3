"""G5: nothing that was acknowledged is lost, whoever else writes; a duel has one winner."""

from safety.tools import hunt, postgresql

ID = "G5"
GOAL = "50 penulis × 20 dan 1.000 adu putusan di kedua basis data: 0 hilang, 0 galat 5xx"


def measure(short: bool) -> tuple[str, bool]:
    with postgresql() as address:
        found = {
            "SQLite": hunt("writers", short=short),
            "PostgreSQL": hunt("writers", short=short, DATABASE_URL=address),
        }
    if any(each["failed"] for each in found.values()):
        return "pemburunya sendiri gagal; lihat di atas", False
    told, reached = zip(*(_told(name, each) for name, each in found.items()), strict=True)
    return "; ".join(told), all(reached)


def _told(name: str, found: dict) -> tuple[str, bool]:
    writes, duels = found["writes"], found["duels"]
    print(*writes["errors"], *duels["errors"], sep="\n")
    errors = len(writes["errors"]) + len(duels["errors"])
    figure = (
        f"{name}: {writes['sent']} simpanan, {writes['saved']} diterima, {writes['warned']} diberi "
        f"tahu ada yang lebih dulu, {writes['lost']} hilang (kendali tanpa pemeriksaan versi: "
        f"{writes['control_lost']} dari {writes['control_saved']} hilang); {duels['one_winner']} "
        f"dari {duels['count']} adu putusan berpemenang satu (kendali: "
        f"{duels['control_two_winners']} dari 20 berpemenang dua); {errors} galat"
    )
    reached = (
        writes["lost"] == errors == duels["untold"] == 0
        and writes["saved"] + writes["warned"] == writes["sent"]
        and duels["one_winner"] == duels["count"]
        and writes["control_lost"] > writes["control_saved"] / 2
        and duels["control_two_winners"] > 10
    )
    return figure, reached
