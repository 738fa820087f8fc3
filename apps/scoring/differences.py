"""What one rubric says otherwise than another, in words; both as plain data. No queries."""

from apps.effectiveness.enums import RegionRule
from apps.effectiveness.rubric_gaps import criterion_name
from apps.effectiveness.rule_words import labels_of
from apps.pokja.enums import FundSource, PokjaKind


def differences(before: dict, after: dict) -> list[str]:
    """One sentence for each difference, in the order of the rubric's page; [] where all is said
    alike (years and names do not count)."""
    return [
        *_criteria(before["kriteria"], after["kriteria"]),
        *_sets("Sumber dana", FundSource, before["sumber_dana"], after["sumber_dana"]),
        *_region_rule(before["aturan_wilayah"], after["aturan_wilayah"]),
        *_sets(
            "Jenis Pokja yang diharapkan",
            PokjaKind,
            before["jenis_diharapkan"],
            after["jenis_diharapkan"],
        ),
        *_points(before["poin"], after["poin"]),
        *_limits(before["batas_kelas"], after["batas_kelas"]),
    ]


def _criteria(before, after) -> list[str]:
    old = {row["kode"]: row for row in before}
    new = {row["kode"]: row for row in after}
    found = []
    for code, row in new.items():
        if code not in old:
            required = ", wajib" if row["wajib"] else ""
            found.append(f"Kriteria baru: {criterion_name(row)} (bobot {row['bobot']}{required}).")
        else:
            found += _criterion(old[code], row)
    return found + [
        f"Kriteria {criterion_name(row)} tidak dipakai lagi."
        for code, row in old.items()
        if code not in new
    ]


def _criterion(old, new) -> list[str]:
    name, found = criterion_name(new), []
    if old["bobot"] != new["bobot"]:
        found.append(f"Bobot {name}: {old['bobot']} menjadi {new['bobot']}.")
    if old["wajib"] != new["wajib"]:
        found.append(f"{name} {'menjadi' if new['wajib'] else 'tidak lagi'} wajib.")
    if (old["pemeriksaan"], old["parameter"]) != (new["pemeriksaan"], new["parameter"]):
        found.append(f"Pemeriksaan {name} berubah.")
    if old["aturan"] != new["aturan"]:
        found.append(f"Bunyi aturan {name} berubah.")
    return found


def _sets(what, enum, before, after) -> list[str]:
    added = [each for each in after if each not in before]
    gone = [each for each in before if each not in after]
    found = []
    if added:
        found.append(f"{what} ditambah: {', '.join(labels_of(enum, added))}.")
    if gone:
        found.append(f"{what} tidak lagi: {', '.join(labels_of(enum, gone))}.")
    return found


def _region_rule(before, after) -> list[str]:
    if before == after:
        return []
    old, new = RegionRule(before).label, RegionRule(after).label
    return [f"Aturan wilayah: “{old}” menjadi “{new}”."]


def _points(before, after) -> list[str]:
    old = {row["pemeriksaan"]: row for row in before if row["poin"]}
    new = {row["pemeriksaan"]: row for row in after if row["poin"]}
    found = [f"Poin baru: {new[c]['bunyi']} ({new[c]['poin']})." for c in new if c not in old]
    found += [f"Poin tidak dipakai lagi: {old[code]['bunyi']}." for code in old if code not in new]
    for code in new:
        if code in old and old[code]["poin"] != new[code]["poin"]:
            told = f"{old[code]['poin']} menjadi {new[code]['poin']}"
            found.append(f"Nilai poin “{new[code]['bunyi']}”: {told}.")
    return found


def _limits(before, after) -> list[str]:
    if before == after:
        return []
    old, new = (", ".join(str(each) for each in limits) for limits in (before, after))
    return [f"Batas kelas kematangan: {old} menjadi {new}."]
