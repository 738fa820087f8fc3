"""Topics, names and places of regulations. Pure: no Django."""

import re

# Topics that the pages suggest; others can be written, a rubric names whichever it needs.
TOPICS = {
    "gdpk": "GDPK",
    "pjpk": "PJPK",
    "ppkb": "Urusan PPKB",
    "bangga-kencana": "Bangga Kencana",
    "pokja": "Pokja",
    "kampung-kb": "Kampung KB",
    "stunting": "Stunting",
    "rpjmd": "RPJMD",
    "kerja-sama": "Kerja sama",
    "data": "Data keluarga",
}
MOST_TOPICS, TOPIC_LENGTH = 10, 40
TOPIC_HINT = "Tulis topik dengan huruf dan angka, dipisah koma, misalnya gdpk, stunting"

NATIONAL_KINDS = frozenset({"uu", "pp", "perpres", "inpres", "permen", "perban"})
LEVELS_OF = {
    "pergub": ("provinsi",),
    "perbup": ("kabupaten",),
    "perwali": ("kota",),
    "perda": ("provinsi", "kabupaten", "kota"),
}
LEVEL_WORDS = {"pergub": "provinsi", "perbup": "kabupaten", "perwali": "kota", "perda": "daerah"}
SHORT = {"perban": "Peraturan BKKBN", "se": "Surat Edaran", "uu": "UU", "pp": "PP"}


def topic_slug(word: str) -> str:
    """ "Kampung KB" and "kampung_kb" as kampung-kb; ValueError for what is no topic."""
    slug = re.sub(r"[\s_-]+", "-", str(word).strip().casefold()).strip("-")
    if not re.fullmatch(r"[a-z0-9-]+", slug) or len(slug) > TOPIC_LENGTH:
        raise ValueError(TOPIC_HINT)
    return slug


def parse_topics(text) -> str:
    """Topics as they are stored: "gdpk, stunting", in order of the alphabet.

    ``text`` separates them with commas, semicolons or line ends. ValueError with a sentence.
    """
    words = [word for word in re.split(r"[,;\n]", str(text or "")) if word.strip()]
    found = sorted({topic_slug(word) for word in words})
    if len(found) > MOST_TOPICS:
        raise ValueError(f"Tulis paling banyak {MOST_TOPICS} topik")
    return ", ".join(found)


def topic_label(slug: str) -> str:
    """ "GDPK" for gdpk; what is not among the suggested ones as it is written."""
    return TOPICS.get(slug, slug.replace("-", " "))


def place_fault(kind: str, level: str) -> str:
    """Why a kind cannot be of a region of that level ("" for the nation); empty when it can."""
    if kind in NATIONAL_KINDS:
        return "Jenis ini berlaku nasional; kosongkan wilayahnya" if level else ""
    levels = LEVELS_OF.get(kind)
    if levels is None or level in levels:
        return ""
    return f"Jenis ini ditetapkan {LEVEL_WORDS[kind]}; pilih wilayah yang sesuai"


def regulation_name(kind: str, number: str, year: int, place: str = "") -> str:
    """ "Perpres Nomor 72 Tahun 2021", "Perda Kabupaten Bone Nomor 3 Tahun 2024"."""
    words = SHORT.get(kind, "" if kind == "lainnya" else kind.capitalize())
    parts = [words or "Regulasi", place, f"Nomor {number}"]
    if str(year) not in number:
        parts.append(f"Tahun {year}")
    return " ".join(part for part in parts if part)
