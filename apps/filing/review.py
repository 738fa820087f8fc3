"""Check and send: what is ready, what is not, and what the score would be (design 05)."""

from dataclasses import dataclass, field

from django.urls import reverse

from apps.core.formats import parse_rupiah, terbilang_rupiah
from apps.core.looks import Look
from apps.effectiveness import formula
from apps.effectiveness.queries import Assessment, raw_rows
from apps.evidence.kinds import Gap, adapter_for
from apps.evidence.mistakes import Looked, looked_for
from apps.filing.briefs import review_facts
from apps.filing.cards import Card
from apps.filing.todo import step_url
from apps.filing.words import IN_SENTENCE, READY, SENDING, SHORT, joined
from apps.pokja.models import Pokja
from apps.verification.enums import EDITABLE, Kind
from apps.verification.mistakes import top_mistakes
from apps.verification.models import Evidence


@dataclass
class Section:
    """One criterion on the page: its item with facts, gaps as links, and how it stands."""

    card: Card
    item: Evidence | None
    rows: list[dict]
    gaps: list[tuple[str, Gap]]  # address of the field, gap
    look: Look
    url: str
    tick: object = None  # the checkbox of the form, where this can be sent
    revision: object = None
    closed: str = ""  # why its kind takes nothing now
    looked: list[Looked] = field(default_factory=list)  # the most frequent mistakes of its kind
    looked_tick: object = None  # the checkbox under them, where the portal cannot tell them all

    @property
    def ready(self) -> bool:
        return self.card.ready and not self.closed

    @property
    def unsure(self) -> list[Looked]:
        """Frequent mistakes of which a person must say that they looked."""
        return [looked for looked in self.looked if not looked.is_fine]

    @property
    def blocking(self) -> list[tuple[str, Gap]]:
        return [(url, gap) for url, gap in self.gaps if gap.blocking]

    @property
    def warnings(self) -> list[tuple[str, Gap]]:
        return [(url, gap) for url, gap in self.gaps if not gap.blocking]


def sections_for(pokja, year: int, cards: list[Card]) -> list[Section]:
    """The four criteria as they would be sent, each value with the way to change it."""
    return [_section(pokja, year, card) for card in cards]


def _section(pokja, year, card: Card) -> Section:
    item = card.item
    url = step_url(pokja, year, card.step, query=_query(item))
    if item is None or item.kind == Kind.NIL:
        if item is not None:
            url = reverse("filing:nil", args=[pokja.pk, year, card.step])
        return Section(card, item, _rows(item, url, None), [], card.look, url)
    adapter = adapter_for(item)
    found = adapter.gaps(item, year) if item.status in EDITABLE else []
    gaps = [(f"{url}#id_{gap.field}" if gap.field else url, gap) for gap in found]
    return Section(
        card, item, _rows(item, url, adapter), gaps, READY if card.ready else card.look, url
    )


def look_for_mistakes(ready: list[Section], region) -> None:
    """Give what is ready to be sent the mistakes its kind is returned for most in the province.

    2 queries; nothing where nothing was returned yet.
    """
    kinds = {section.item.kind for section in ready}
    top = top_mistakes(kinds, [region.province_id]) if kinds else {}
    for section in ready:
        section.looked = looked_for(section.item, top.get(section.item.kind, []))


def _query(item: Evidence | None) -> str:
    return f"?bukti={item.pk}" if item is not None else ""


def _rows(item, url, adapter) -> list[dict]:
    if item is None:
        return []
    adapter = adapter or adapter_for(item)
    document = adapter.document(item)
    action = "Ubah" if item.status in EDITABLE else "Lihat"
    rows = []
    for fact in review_facts(item):
        row = {
            "label": fact.label,
            "value": fact.value,
            "action": action,
            "url": _address_of(url, fact.field),
        }
        if fact.value.startswith("Rp"):  # the words catch a missing or an extra zero
            row |= {"note": terbilang_rupiah(parse_rupiah(fact.value)), "strong": True}
        if fact.field == "file" and document:
            row["link"] = reverse("documents:file", args=[document.uuid])
        rows.append(row)
    return rows


def _address_of(url: str, field: str) -> str:
    """The address of a field; the form learns its name, too, so that it is not folded away."""
    if not field:
        return url
    asked = f"&isian={field}" if "?" in url else ""
    return f"{url}{asked}#id_{field}"


def left_behind(sections: list[Section]) -> str:
    """ "Anggaran belum siap dan tidak ikut dikirim."; empty where everything is on its way."""
    names = [
        IN_SENTENCE[section.card.criterion]
        for section in sections
        if not (section.ready or section.closed or section.card.waits)
        and not section.card.result.is_met
    ]
    if not names:
        return ""
    sentence = f"{joined(names)} belum siap dan tidak ikut dikirim."
    return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True)
class Outlook:
    """How the Pokja would stand if everything sent and waiting were verified."""

    count: int
    possible: int  # criteria of the rubric, those over other facts too
    looks: list[tuple[str, Look]]
    effective: bool


def outlook_for(pokja, assessment: Assessment, sections: list[Section], required) -> Outlook:
    """ "Bila semua disetujui": met, waiting and ready ones together."""
    looks, met = [], {}
    for section in sections:
        name = section.card.criterion
        sending = section.ready and _would_meet(pokja, assessment, section)
        met[name] = (
            section.card.result.is_met or sending or section.card.result.status == formula.WAITING
        )
        look = SENDING if section.ready and not section.card.result.is_met else section.card.look
        looks.append((SHORT[name], look))
    held = {name: met.get(name, result.is_met) for name, result in assessment.by_rubric.items()}
    return Outlook(
        sum(held.values()), len(held), looks, all(held.get(name, False) for name in required)
    )


def _would_meet(pokja, assessment, section: Section) -> bool:
    """A complete plan, indicator set or budget meets its criterion; an SK only while in force."""
    if section.item.kind == Kind.NIL:
        return False
    if section.card.criterion != "sk":
        return True
    rows = raw_rows(Pokja.objects.filter(pk=pokja.pk), assessment.year, None).get(pokja.pk)
    decrees = [row for row in rows.decrees if row.valid_from and row.issued_on]
    return formula.decree_in_force(decrees, assessment.on, section.item.pk) is not None
