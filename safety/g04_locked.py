"""G4: a verified item under every way to write."""

from safety.tools import hunt

ID = "G4"
GOAL = (
    "bukti terverifikasi × setiap jalan tulis: 0 byte berubah, setiap kali ditolak, 1 catatan "
    "untuk setiap penolakan"
)


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("locked", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    changed = [*found["changed"], *found["import_changed"]]
    print(*changed, *found["errors"], *found["unnoted"], sep="\n")
    figure = (
        f"{found['sent']} kiriman dan {found['imports']} berkas impor, {found['refused']} dijawab "
        f"dengan penolakan, {len(changed)} mengubah yang terverifikasi, {len(found['errors'])} "
        f"galat 5xx; {found['denied']} penolakan, {len(found['unnoted'])} tanpa "
        f"tepat satu catatan; kendali: kunci dimatikan -> {found['control']} mengubah, pencatatan "
        f"dimatikan -> {found['unnoted_control']} penolakan tanpa catatan"
    )
    is_well = not changed and not found["errors"] and not found["unnoted"]
    return figure, is_well and found["control"] > 0 and found["unnoted_control"] > 0
