"""Words people write for kinds of Pokja and sources of money. Pure: no Django."""

import re
import unicodedata

# Which of the two budgets is meant follows from the level of the region.
OWN_APBD = frozenset({"apbd", "pad", "dau", "dbh", "paddau", "paddaudbh"})
# "APBD Kabupaten Bone", "APBD Prov. Sulawesi Selatan": the name of the region adds nothing.
NAMED_APBD = (
    ("apbdprov", "apbd_provinsi"),
    ("apbdkab", "apbd_kabkota"),
    ("apbdkota", "apbd_kabkota"),
)

# Folded spelling -> stored word of FundSource.
FUND_SOURCES = {
    "apbn": "apbn",
    "apbndipaperwakilan": "apbn",
    "dipa": "apbn",
    "dipaperwakilan": "apbn",
    "dak": "dak_bokb",
    "daknonfisik": "dak_bokb",
    "daknonfisikbokb": "dak_bokb",
    "dakbokb": "dak_bokb",
    "bokb": "dak_bokb",
    "dakfisik": "dak_fisik",
    "dakfisikkb": "dak_fisik",
    "dakfisiksubbidangkb": "dak_fisik",
    "apbdprovinsi": "apbd_provinsi",
    "apbdprov": "apbd_provinsi",
    "apbd1": "apbd_provinsi",
    "apbdi": "apbd_provinsi",
    "bantuanprovinsi": "bantuan_provinsi",
    "bantuankeuangan": "bantuan_provinsi",
    "bantuankeuanganprovinsi": "bantuan_provinsi",
    "bankeu": "bantuan_provinsi",
    "bankeuprovinsi": "bantuan_provinsi",
    "bankeuprov": "bantuan_provinsi",
    "bantuankeuanganprov": "bantuan_provinsi",
    "apbdkabkota": "apbd_kabkota",
    "apbdkabupatenkota": "apbd_kabkota",
    "apbdkab": "apbd_kabkota",
    "apbdkabupaten": "apbd_kabkota",
    "apbdkota": "apbd_kabkota",
    "apbd2": "apbd_kabkota",
    "apbdii": "apbd_kabkota",
    "add": "add",
    "alokasidanadesa": "add",
    "alokasidanadesaadd": "add",
    "danadesa": "dana_desa",
    "dd": "dana_desa",
    "desa": "dana_desa",
    "danadesadd": "dana_desa",
    "csr": "csr",
    "tjsl": "csr",
    "csrtjsl": "csr",
    "hibah": "hibah",
    "donasi": "hibah",
    "hibahdonasi": "hibah",
    "swadaya": "swadaya",
    "swadayamasyarakat": "swadaya",
    "lainnya": "lainnya",
    "lain": "lainnya",
    "lainlain": "lainnya",
}
ALLOWED_FUNDS = (
    "apbn, dak_bokb, dak_fisik, apbd_provinsi, bantuan_provinsi, apbd_kabkota, add, "
    "dana_desa, csr, hibah, swadaya, lainnya"
)

KINDS = {
    "banggakencana": "bangga_kencana",
    "bk": "bangga_kencana",
    "advokasi": "advokasi",
    "kampungkb": "kampung_kb",
    "kampungkeluargaberkualitas": "kampung_kb",
    "gdpk": "gdpk",
    "stunting": "stunting",
    "stuntingtpps": "stunting",
    "tpps": "stunting",
    "pjpk": "pjpk",
    "lainnya": "lainnya",
    "lain": "lainnya",
}
ALLOWED_KINDS = "bangga_kencana, advokasi, kampung_kb, gdpk, stunting, pjpk, lainnya"


def parse_fund_source(text, region) -> str:
    """The stored word for a source of money, whatever case, spaces and signs it is written with.

    "APBD" alone is that of the province or of the kab/kota, by the level of ``region`` (anything
    with ``is_province``; None where it is unknown). ValueError lists what is allowed.
    """
    folded = _fold(str(text))
    if folded in OWN_APBD:
        return "apbd_provinsi" if region and region.is_province else "apbd_kabkota"
    if folded in FUND_SOURCES:
        return FUND_SOURCES[folded]
    for beginning, source in NAMED_APBD:
        if folded.startswith(beginning):
            return source
    raise ValueError(f"Sumber dana “{str(text)[:40]}” tidak dikenal. Pilihan: {ALLOWED_FUNDS}")


def parse_kinds(text) -> tuple[str, ...]:
    """Stored words of one or more kinds separated by ``;`` (or a comma), each once, in order."""
    parts = [part.strip() for part in re.split(r"[;,\n]", str(text)) if part.strip()]
    if not parts:
        raise ValueError(f"Isi jenis Pokja. Pilihan: {ALLOWED_KINDS}")
    found = []
    for part in parts:
        kind = KINDS.get(_fold(part).removeprefix("pokja"))
        if kind is None:
            raise ValueError(f"Jenis “{part[:40]}” tidak dikenal. Pilihan: {ALLOWED_KINDS}")
        if kind not in found:
            found.append(kind)
    return tuple(found)


def _fold(words: str) -> str:
    plain = unicodedata.normalize("NFKC", words).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
