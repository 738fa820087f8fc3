"""Words of rosters as people write them: sectors, positions and their order. Pure: no Django."""

import re

from apps.core.cells import fold

# Positions in the order of the annex of an SK; also what the form suggests.
POSITIONS = (
    "Pelindung",
    "Penasihat",
    "Pengarah",
    "Penanggung jawab",
    "Ketua",
    "Wakil ketua",
    "Sekretaris",
    "Wakil sekretaris",
    "Bendahara",
    "Koordinator",
    "Anggota",
)
OTHER_SPELLINGS = {"penasehat": "Penasihat", "pembina": "Pelindung", "wakil": "Wakil ketua"}
_RANKS = {fold(word): rank for rank, word in enumerate(POSITIONS)} | {
    spelling: POSITIONS.index(word) for spelling, word in OTHER_SPELLINGS.items()
}
_LONGEST_FIRST = sorted(_RANKS, key=len, reverse=True)

# Folded spelling -> stored word of Sector.
SECTOR_WORDS = {
    "opd": "pemerintah",
    "skpd": "pemerintah",
    "pemda": "pemerintah",
    "pemerintahan": "pemerintah",
    "pemerintahdaerah": "pemerintah",
    "perangkatdaerah": "pemerintah",
    "dinas": "pemerintah",
    "instansivertikal": "pemerintah",
    "tnipolri": "pemerintah",
    "tni": "pemerintah",
    "polri": "pemerintah",
    "akademisi": "perguruan_tinggi",
    "akademik": "perguruan_tinggi",
    "kampus": "perguruan_tinggi",
    "universitas": "perguruan_tinggi",
    "pt": "perguruan_tinggi",
    "perguruantinggiakademisi": "perguruan_tinggi",
    "swasta": "dunia_usaha",
    "usaha": "dunia_usaha",
    "pengusaha": "dunia_usaha",
    "perusahaan": "dunia_usaha",
    "bisnis": "dunia_usaha",
    "bumn": "dunia_usaha",
    "bumd": "dunia_usaha",
    "bumnbumd": "dunia_usaha",
    "masyarakat": "komunitas",
    "lembagakemasyarakatan": "komunitas",
    "organisasikemasyarakatan": "komunitas",
    "komunitaslembagakemasyarakatan": "komunitas",
    "ormas": "komunitas",
    "lsm": "komunitas",
    "organisasiprofesi": "komunitas",
    "organisasimasyarakat": "komunitas",
    "tokohmasyarakat": "komunitas",
    "pkk": "komunitas",
    "tppkk": "komunitas",
    "pers": "media",
    "wartawan": "media",
    "jurnalis": "media",
    "mediamassa": "media",
}
ALLOWED_SECTORS = "pemerintah, perguruan tinggi, dunia usaha, komunitas, media"
_NUMBERS = re.compile(r"\d(?:[\s.\-]?\d){5,}")
NAME_ONLY = "Tulis nama saja, tanpa NIP, NIK, atau nomor telepon"


def position_rank(position: str) -> int:
    """Where a position stands in the order of an annex; unknown ones come last."""
    folded = fold(position)
    for word in _LONGEST_FIRST:
        if folded.startswith(word):
            return _RANKS[word]
    return len(POSITIONS)


def name_fault(name: str) -> str:
    """The sentence for a name with a long number in it; empty where it is fine."""
    return NAME_ONLY if _NUMBERS.search(name) else ""
