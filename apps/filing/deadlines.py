"""The deadlines on the pages of a Pokja's year, and how long what was sent has been waiting."""

from apps.deadlines.queries import standing_of, waits_for
from apps.deadlines.services import PeriodClosed, require_open
from apps.deadlines.shown import Shown, shown_for
from apps.evidence.kinds import BY_CRITERION, adapter_for
from apps.verification.models import Evidence

STUCK = (
    "Tidak ditarik kembali: periodenya sudah dikunci, jadi isian yang ditarik belum dapat dikirim "
    "lagi. Mintalah verifikator mengembalikannya bila ada yang perlu diperbaiki."
)


def kind_of(criterion: str) -> str:
    """The kind whose deadline holds for a criterion, a declaration of nothing included."""
    return BY_CRITERION[criterion].kind


def shown_on_year(pokja, year: int, cards, reader) -> Shown:
    """The line for the four kinds; banners for those that are still to be done."""
    owed = [
        kind_of(card.criterion)
        for card in cards
        if reader.can_edit and not card.waits and not card.result.is_met
    ]
    return shown_for(year, pokja.region, items=_items(cards), warn=owed)


def shown_on_step(pokja, year: int, kind: str, item: Evidence | None) -> Shown:
    """The line and the banner of one kind."""
    return shown_for(year, pokja.region, [kind], items={kind: item})


def close_sections(pokja, year: int, sections, *, asking: bool) -> Shown:
    """Tell the sections that take nothing now. When something is posted they stay open, so that
    the sending itself refuses it with its sentence."""
    cards = [section.card for section in sections]
    owed = [kind_of(card.criterion) for card in cards if not card.waits and not card.result.is_met]
    shown = shown_for(year, pokja.region, items=_items(cards), warn=owed)
    if asking:
        for section in sections:
            section.closed = shown.closed.get(kind_of(section.card.criterion), "")
    return shown


def _items(cards) -> dict[str, Evidence | None]:
    return {kind_of(card.criterion): card.item for card in cards}


def add_waits(cards, reader) -> None:
    """How long each item has waited, for its card; observers see verified things only."""
    if reader.verified_only:
        return
    waits = waits_for([card.item for card in cards if card.waits])
    for card in cards:
        card.wait = waits.get(card.item.pk) if card.waits else None


def keeps_withdrawal(item: Evidence, year: int) -> str:
    """Why an item is better not taken back now; empty where it could be sent again."""
    try:
        kind = kind_of(adapter_for(item).criterion)
        require_open(kind, year, item.region, standing=standing_of(item))
    except PeriodClosed:
        return STUCK
    return ""
