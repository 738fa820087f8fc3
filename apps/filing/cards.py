"""What the page of a Pokja's year shows: four criteria with facts, gaps and the way on.

An observer sees verified facts only: no draft, submitted or returned content, no notes.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.utils.timezone import localdate

from apps.accounts.enums import Act, Role
from apps.core.formats import format_date
from apps.core.looks import Look, look_of
from apps.decrees.chain import process_sentence
from apps.decrees.queries import is_at_legal_office, processes_of
from apps.documents.signature_words import note_of
from apps.effectiveness import formula
from apps.effectiveness.formula import Result
from apps.effectiveness.queries import CRITERIA, Assessment, raw_rows
from apps.effectiveness.repairs import Repair, failing, missing
from apps.evidence.kinds import BY_CRITERION, Table, adapter_for
from apps.evidence.queries import current_items
from apps.filing.briefs import brief_facts, brief_table, read_rows_once
from apps.filing.words import TITLES, shown_reason, told
from apps.pokja.models import Pokja
from apps.verification.enums import EDITABLE, Action, Kind, Status
from apps.verification.models import Evidence
from apps.verification.pins import numbered
from apps.verification.services import actions_for


@dataclass(frozen=True)
class Reader:
    """Who reads the page, and what they may do in the Pokja's region."""

    user: object
    can_edit: bool
    can_verify: bool
    can_manage: bool
    on_behalf: bool
    verified_only: bool


def onlooker(reader: Reader) -> Reader:
    """The same person before a past day, of which nothing can be changed any more."""
    return replace(
        reader,
        can_edit=False,
        can_verify=False,
        can_manage=False,
        on_behalf=False,
        verified_only=True,
    )


def reader_of(user, region) -> Reader:
    """The reader's rights in one region; no query beyond those of the scope."""
    roles = user.scope.roles_in(region)
    can_edit = user.scope.can(Act.EDIT, region)
    return Reader(
        user=user,
        can_edit=can_edit,
        can_verify=user.scope.can(Act.VERIFY, region),
        can_manage=user.scope.can(Act.MANAGE_POKJA, region),
        on_behalf=can_edit and Role.OPERATOR not in roles,
        verified_only=user.scope.is_only_observer_of(region),
    )


class Remark(NamedTuple):
    """The verifier's words on one field, or on the whole where ``field`` is empty; ``page`` of
    the file for those pinned to a spot."""

    field: str
    words: str
    page: int | None = None


def remarks_on(item: Evidence) -> tuple[object, list[Remark]]:
    """Who returned the item, and what they said: general note first, pins last; 4 queries."""
    if item.status != Status.RETURNED:
        return None, []
    last = item.history.returns().select_related("actor").first()
    if last is None:
        return None, []
    general = [Remark("", last.note)] if last.note else []
    notes = last.notes.select_related("reason")
    pinned = [
        Remark("", f"Halaman {pin.page}, pin {pin.number}: {pin.text}", pin.page)
        for pin in numbered(last.pins.all())
    ]
    return last.actor, [*general, *(Remark(note.field, note.sentence) for note in notes), *pinned]


@dataclass
class Card:
    """One criterion of one Pokja and year, as it is shown to one reader."""

    criterion: str
    number: int
    step: str
    result: Result
    reason: str  # as this reader may know it
    shown: Evidence | None = None  # the version whose facts the card tells
    pending: Evidence | None = None  # an open version beside a verified one that counts
    facts: list = field(default_factory=list)  # the few lines worth a card
    all_facts: list = field(default_factory=list)  # where those leave something out
    brief: Table | None = None
    table: Table | None = None
    document: object = None
    signature: str = ""  # the file's electronic signature in words, where it has one
    repairs: list[Repair] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    returned_by: object = None
    ready: bool = False  # a draft without blocking gaps
    actions: list[str] = field(default_factory=list)
    nil_reason: str = ""
    judge: str = "provinsi"
    process: str = ""  # of the SK: a successor at Bagian Hukum, as a sentence
    reuse: str = ""  # of the SK: who used it again for this year
    offer: object = None  # of the SK: inbox.reuse.Offer, to be used again this year
    url: str = ""  # the one button of the card
    button: str = ""
    open_threads: int = 0  # matters talked about that are not settled
    wait: object = None  # deadlines.queries.Wait of what waits for the province
    is_counted: bool = True  # does the year's rubric count this criterion?
    examples: list = field(default_factory=list)  # examples.queries.Example, nearest first
    share: object = None  # examples.queries.ShareState of the verified item

    @property
    def title(self) -> str:
        return TITLES[self.criterion]

    @property
    def fixes(self) -> list[str]:
        return list(dict.fromkeys(repair.fix for repair in self.repairs if repair.fix))

    @property
    def item(self) -> Evidence | None:
        """The version that the buttons act on."""
        return self.pending or self.shown

    @property
    def look(self) -> Look:
        return look_of(self.result.status, self.reason)

    @property
    def tone(self) -> str:
        """The class of the card's upper edge."""
        return {"t": "is-ok", "m": "is-wait", "p": "is-fix"}.get(self.look.slot, "")

    @property
    def tells_process(self) -> bool:
        """Is there a successor at Bagian Hukum that nothing else on the card speaks of?"""
        return bool(self.process) and self.process not in [repair.fact for repair in self.repairs]

    @property
    def can_withdraw(self) -> bool:
        return Action.WITHDRAW in self.actions

    @property
    def waits(self) -> bool:
        return self.item is not None and self.item.status == Status.SUBMITTED


def cards_for(
    pokja: Pokja, assessment: Assessment, reader: Reader, *, past: bool = False
) -> list[Card]:
    """The four criteria in their fixed order; the number of queries depends on the reader and
    on which criteria are filled in, never on the rows behind them.

    Of a ``past`` moment only what was verified then is told: versions that wait or are drafts say
    what they say now.
    """
    items = {}
    if not past:
        items = current_items(pokja, assessment.year, user=reader.user, on=assessment.on)
    counting = _counting(assessment, reader, items, past=past)
    return [
        _card(name, pokja, assessment, reader, items.get(name), counting.get(name))
        for name in CRITERIA
    ]


def _counting(assessment, reader, items, *, past) -> dict[str, Evidence]:
    """The item each criterion rests on, where the reader may see it; of those at hand the same."""
    told = (formula.MET, formula.FAILED)
    ids = {
        result.evidence_id: name
        for name, result in assessment.results.items()
        if result.evidence_id and (result.status in told or not past)
    }
    found = {
        name: item for name, item in items.items() if item is not None and ids.get(item.pk) == name
    }
    rows = (
        Evidence.objects.for_user(reader.user)
        .filter(pk__in=[pk for pk, name in ids.items() if name not in found])
        .select_related("region", "decided_by", "submitted_by", "edited_by")
    )
    return found | {ids[row.pk]: row for row in rows}


def _card(name, pokja, assessment, reader, current, counting) -> Card:
    adapter = BY_CRITERION[name]
    result = assessment.results[name]
    card = Card(
        name,
        adapter.number,
        adapter.step,
        result,
        shown_reason(result, drafts_shown=not reader.verified_only),
    )
    card.is_counted = assessment.rules is None or name in assessment.rules.weights
    card.judge = "pusat" if pokja.region.is_province else "provinsi"
    card.shown = counting if result.is_met and counting else current or counting
    if current is not None and card.shown is not None and current.pk != card.shown.pk:
        card.pending = current if current.is_open else None
    if card.shown is not None:
        _tell(card, card.shown)
    if card.item is not None and not reader.verified_only:
        card.actions = actions_for(card.item, reader.user)
        card.returned_by, card.notes = remarks_on(card.item)
    if not reader.verified_only:
        if name == "sk":
            card.process = _process(pokja, result, reader)
        card.repairs = _repairs(card, pokja, assessment)
    return card


def _process(pokja, result: Result, reader: Reader) -> str:
    process = processes_of([pokja.pk], reader.user).get(pokja.pk)
    if process is None:
        return ""
    has_earlier = result.is_met or result.status == formula.FAILED
    return process_sentence(process.since, localdate(), replaces=has_earlier)


def _tell(card: Card, evidence: Evidence) -> None:
    """The words of one version: facts, rows, file; or the reason of a "tidak ada"."""
    if evidence.kind == Kind.NIL:
        card.nil_reason = evidence.nil.reason
        return
    adapter = adapter_for(evidence)
    read_rows_once(adapter.content(evidence))
    facts = adapter.facts(evidence)
    card.facts = brief_facts(evidence, facts)
    card.all_facts = facts if evidence.kind == Kind.DECREE else []
    card.table = adapter.table(evidence)
    card.brief = brief_table(evidence, card.table)
    card.document = adapter.document(evidence)
    card.signature = note_of(card.document) if card.document else ""


def _repairs(card: Card, pokja: Pokja, assessment: Assessment) -> list[Repair]:
    """Yang kurang and Cara memperbaiki: of the open version, else of the failing criterion."""
    result, year, level = card.result, assessment.year, pokja.region.level
    item, found = card.item, []
    if result.status == formula.FAILED:
        end = _last_day(pokja, assessment) if card.criterion == "sk" else ""
        found = [
            failing(
                result.reason,
                card.criterion,
                year,
                end=end,
                level=level,
                nil_reason=card.nil_reason,
            )
        ]
    if item is not None and item.status in EDITABLE:
        return found + _of_open_item(card, item, year)
    if result.status == formula.EMPTY and not (item and item.is_open):
        return [missing(card.criterion, year, level)]
    return found


def _of_open_item(card: Card, item: Evidence, year: int) -> list[Repair]:
    if item.kind == Kind.NIL:
        return []
    if item.kind == Kind.DECREE and is_at_legal_office(item.decree):
        # What else the draft lacks comes with the paper; until then this is all there is to say.
        return [Repair(card.process, "Isi nomor dan berkas bila SK sudah terbit", "number")]
    if item.kind == Kind.DECREE:
        read_rows_once(item.decree)
    found = adapter_for(item).gaps(item, year)
    card.ready = not any(gap.blocking for gap in found)
    return told(found)


def _last_day(pokja: Pokja, assessment: Assessment) -> str:
    """The last day of the decree the result speaks of, amendments and revocation included."""
    rows = raw_rows(Pokja.objects.filter(pk=pokja.pk), assessment.year, None).get(pokja.pk)
    verified = formula.counting(rows.decrees) if rows else []
    wanted = assessment.results["sk"].evidence_id
    for force in formula.forces(verified, assessment.on):
        if force.decree.evidence_id == wanted and force.end:
            return format_date(force.end)
    return ""
