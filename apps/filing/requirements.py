"""The steps of a Pokja's year: their bar, and the requirements beside each form."""

from typing import NamedTuple

from django.urls import reverse

from apps.evidence.kinds import BY_CRITERION, BY_STEP, Gap
from apps.filing.cards import Card
from apps.verification.enums import Status


class Requirement(NamedTuple):
    met: bool
    words: str


# Words of a requirement, and the ends of the fields whose gaps say it is not met.
RULES = {
    "sk": (
        ("Nomor dan tanggal terbaca", ("number", "issued_on", "title")),
        ("Ditandatangani pejabat berwenang", ("signer_choice", "signer_position")),
        ("Pokja yang diatur dipilih", ("coverage", "parent_number")),
        ("Berlaku pada tahun {year}", ("valid_from", "valid_until")),
        ("Berkas PDF terbaca", ("file",)),
    ),
    "rencana-kerja": (
        ("Paling sedikit satu kegiatan", ("name",)),
        ("Semua kegiatan punya keluaran", ("output",)),
        ("Semua kegiatan punya waktu", ("quarters",)),
        ("Semua kegiatan punya penanggung jawab", ("person_in_charge",)),
        ("Keempat triwulan terisi", ("",)),
    ),
    "indikator": (
        ("Paling sedikit satu indikator", ("indicator",)),
        ("Semua target terisi", ("target",)),
        ("Sumber data jelas", ("source",)),
        ("Capaian awal terisi", ("baseline",)),
    ),
    "anggaran": (
        ("Nilai pagu lebih dari Rp\u00a00", ("ceiling",)),
        ("Bukti anggaran terbaca", ("file",)),
    ),
}


def requirements_for(step: str, year: int, gaps: list[Gap] | None) -> list[Requirement]:
    """What the criterion asks for and what is there; ``gaps`` None where nothing was saved yet."""
    nothing = gaps is None or any(gap.blocking and not gap.field for gap in gaps)
    ends = {gap.field.rsplit("-", 1)[-1] for gap in gaps or ()}
    found = []
    for words, fields in RULES[step]:
        about_file = fields == ("file",) and gaps is not None
        met = not ends & set(fields) if not nothing or about_file else False
        found.append(Requirement(met, words.format(year=year)))
    return found


def is_done(card: Card) -> bool:
    """Nothing left to fill in: verified, on its way, or a draft without blocking gaps."""
    if card.item is not None and card.item.status == Status.RETURNED:
        return False
    return card.ready or card.waits or card.result.is_met


def step_bar(pokja, year: int, cards: list[Card], current: str) -> list[dict]:
    """The five segments; ``current`` is the slug of a step, or "periksa"."""
    bar = [
        {
            "label": f"{card.number}. {BY_CRITERION[card.criterion].label}",
            "url": reverse("filing:step", args=[pokja.pk, year, card.step]),
            "done": is_done(card),
            "current": card.step == current,
        }
        for card in cards
    ]
    review = reverse("filing:review", args=[pokja.pk, year])
    return [
        *bar,
        {
            "label": "Periksa dan kirim",
            "url": review,
            "done": False,
            "current": current == "periksa",
        },
    ]


def next_step(pokja, year: int, cards: list[Card], current: str) -> str:
    """Where "Simpan dan lanjut" goes: the next step with something to fill in, else the review."""
    after = [card for card in cards if card.number > BY_STEP[current].number]
    for card in after:
        if not is_done(card):
            return reverse("filing:step", args=[pokja.pk, year, card.step])
    return reverse("filing:review", args=[pokja.pk, year])
