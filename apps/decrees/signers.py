"""Who usually signs at which level (domain: 2.1). Pure words over a region."""

import re

from apps.decrees.codes import ON_BEHALF

# A position that says by itself how it is held.
ACTING = re.compile(r"(pj|pjs|plt|plh)\b|penjabat|pelaksana", re.IGNORECASE)

HEAD, SECRETARY, AGENCY, OTHER = "kepala_daerah", "sekda", "kepala_opd", "lainnya"
TITLES = {"provinsi": "Gubernur", "kabupaten": "Bupati", "kota": "Wali Kota"}
IN_WORDS = {
    "pj": "Penjabat (Pj.)",
    "pjs": "Penjabat sementara (Pjs.)",
    "plt": "Pelaksana tugas (Plt.)",
    "plh": "Pelaksana harian (Plh.)",
}


def usual_positions(region) -> dict[str, str]:
    """The positions to pick from for a region of Pokja level; the stored words by choice."""
    title = TITLES[region.level]
    return {
        HEAD: f"{title} {region.short_name}",
        SECRETARY: f"Sekretaris Daerah {region.full_name}",
        AGENCY: f"Kepala OPD KB {region.full_name}",
    }


def choices(region) -> list[tuple[str, str]]:
    """The radio buttons: what is shown for each choice."""
    title = TITLES[region.level]
    usual = usual_positions(region)
    return [
        (HEAD, usual[HEAD]),
        (SECRETARY, f"Sekretaris Daerah a.n. {title}"),
        (AGENCY, "Kepala OPD KB"),
        (OTHER, "Lainnya"),
    ]


def choice_of(position: str, region) -> str:
    """The radio button of a stored position; "" where none is stored."""
    if not position:
        return ""
    for choice, words in usual_positions(region).items():
        if words.casefold() == position.strip().casefold():
            return choice
    return OTHER


def in_words(position: str, status: str, name: str, region) -> str:
    """ "Penjabat (Pj.) Bupati Bone, Nama"; "Sekretaris Daerah … atas nama (a.n.) Bupati"."""
    if position and status == "an" and not ON_BEHALF.search(f" {position}"):
        position = f"{position} atas nama (a.n.) {TITLES[region.level]}"
    elif position and status in IN_WORDS and not ACTING.match(position):
        position = f"{IN_WORDS[status]} {position}"
    return ", ".join(part for part in (position, name) if part)
