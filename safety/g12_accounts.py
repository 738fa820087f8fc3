"""G12: guesses, spraying, spent sessions, withdrawn rights, names that must not be found out."""

from safety.tools import hunt

ID = "G12"
GOAL = (
    "0 dari 1.000 tebakan masuk; pemilik tetap masuk; diam 60 menit, paling lama 12 jam; hak yang "
    "dicabut berlaku pada permintaan berikutnya; beda waktu nama ada dan tiada < 1,2×"
)
MOST = 1.2


def measure(short: bool) -> tuple[str, bool]:
    found = hunt("accounts", short=short)
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    figure = "; ".join(
        (_guesses(found), _sessions(found), _names(found), f"kendali: {_controls(found)}")
    )
    return figure, _is_clean(found) and _controls_fail(found)


def _guesses(found) -> str:
    one, many, spray, codes = (
        found[name] for name in ("guesses_one", "guesses_many", "spraying", "codes")
    )
    owners = sum(found[f"victim_{kind}"] for kind in ("one", "many", "sprayed"))
    return (
        f"{one[1] + many[1] + codes[1]} dari {one[0] + many[0] + codes[0]} tebakan masuk (dinilai "
        f"{one[2]} dari satu alamat, {many[2]} dari banyak alamat, {codes[2]} kode); "
        f"{spray[2]} dari {spray[0]} nama dinilai; pemilik masuk {owners} dari 3"
    )


def _sessions(found) -> str:
    kept = (found["rest_3599"], found["rest_3601"], found["whole_719"], found["whole_721"])
    words = ["masuk" if each else "keluar" for each in kept]
    late = max(found["late"].values())
    return (
        f"59:59 {words[0]}, 60:01 {words[1]}, 11:59 {words[2]}, 12:01 {words[3]}; "
        f"hak dicabut: terlambat {late} permintaan"
    )


def _names(found) -> str:
    return f"beda waktu {found['sign_in']}× saat masuk, {found['reset']}× saat lupa sandi".replace(
        ".", ","
    )


def _controls(found) -> str:
    ratio = f"{found['control_sign_in']}".replace(".", ",")
    return (
        f"tanpa pembatas {found['control_guesses']} dari 20 masuk dan {found['control_spraying']} "
        f"dari 60 nama dinilai; tanpa sidik semu {ratio}×"
    )


def _is_clean(found) -> bool:
    passed = [found[name][1] for name in ("guesses_one", "guesses_many", "spraying", "codes")]
    few = found["guesses_one"][2] <= 5 and found["guesses_many"][2] <= 20
    few = few and found["spraying"][2] <= 30 and found["codes"][2] <= 20 and not found["codes"][3]
    owners = all(found[f"victim_{kind}"] for kind in ("one", "many", "sprayed"))
    stays = found["rest_3599"] and found["whole_719"]
    ends = not found["rest_3601"] and not found["whole_721"]
    at_once = max(found["late"].values()) <= 1 and found["admin_door"] == 405
    alike = found["sign_in"] < MOST and found["reset"] < MOST
    return not any(passed) and few and owners and stays and ends and at_once and alike


def _controls_fail(found) -> bool:
    """With a guard taken away each hunt must find something, or it proves nothing."""
    open_doors = found["control_guesses"] == 20 and found["control_spraying"] == 60
    return open_doors and found["control_codes"] and found["control_sign_in"] >= MOST
