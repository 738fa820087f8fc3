"""From the status of each criterion to the tasks of an officer (design 5.2).

One task is one criterion of one Pokja; a Pokja of which nothing at all was sent is one task,
"Mulai isi". Only what is returned or not done counts as a task. No query here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from apps.core.formats import format_date, format_datetime
from apps.decrees.chain import days_left, process_sentence
from apps.effectiveness import formula
from apps.effectiveness.queries import CRITERIA, Assessment
from apps.evidence.kinds import BY_CRITERION
from apps.inbox import words
from apps.inbox.endings import IN_PROCESS, SENT, Ending
from apps.regions.codes import timezone_label
from apps.verification.enums import Kind, Status
from apps.verification.models import Evidence, History

RETURNED, TODO, WAITING, DONE = "returned", "todo", "waiting", "done"
URGENT = ("kedaluwarsa", "dicabut")


@dataclass
class Task:
    """One row of the page; ``status`` and ``reason`` as ``core.looks`` draws them."""

    group: str
    name: str
    url: str
    status: str
    reason: str = ""
    text: str = ""
    quote: str = ""
    quoted_by: str = ""
    order: tuple = ()
    criterion: str = ""  # which deadline holds; "" for all four


@dataclass
class Items:
    """The evidence of one criterion of one Pokja, besides what the assessment names."""

    rests_on: Evidence | None = None
    by_status: dict[str, Evidence] = field(default_factory=dict)
    process: object = None  # decrees.queries.Process: a successor at Bagian Hukum

    def add(self, evidence: Evidence) -> None:
        """Of several in one status the last one edited is shown."""
        held = self.by_status.get(evidence.status)
        if held is None or held.edited_at <= evidence.edited_at:
            self.by_status[evidence.status] = evidence

    def get(self, status: str) -> Evidence | None:
        return self.by_status.get(status)


def group_of(result: formula.Result, items: Items) -> str:
    """Which group a criterion belongs to.

    A returned new version of what counts is a task though the old version still counts; a
    returned item beside another that counts is not: nothing depends on it.
    """
    returned, rests_on = items.get(Status.RETURNED), items.rests_on
    if result.status == formula.TO_FIX:
        return RETURNED
    if result.is_met:
        again = returned and rests_on and returned.family == rests_on.family
        return RETURNED if again else DONE
    if result.status == formula.WAITING or items.get(Status.SUBMITTED):
        return WAITING
    if result.reason == "nihil" and not items.get(Status.DRAFT):
        return DONE
    return TODO


def tasks_of(
    assessment: Assessment, items: dict[str, Items], returns: dict[int, History]
) -> list[Task]:
    """The tasks of one Pokja. ``returns``: the last return or cancellation by evidence id."""
    groups = {name: group_of(assessment.results[name], items[name]) for name in CRITERIA}
    fresh = all(
        assessment.results[name].status == formula.EMPTY
        and groups[name] == TODO
        and not items[name].get(Status.CANCELLED)
        for name in CRITERIA
    )
    if fresh:
        return [_start(assessment, items)]
    make = {RETURNED: _returned, TODO: _todo, WAITING: _waiting, DONE: _done}
    tasks = [make[groups[name]](assessment, name, items[name], returns) for name in CRITERIA]
    for name, task in zip(CRITERIA, tasks, strict=True):
        task.criterion = name
    return tasks


def tell_typed(task: Task, at: datetime | None) -> None:
    """Add that something typed here was not saved and comes back when the step is opened."""
    if at is not None and task.group in (RETURNED, TODO):
        told = f"Isian {format_date(localdate(at))} yang belum disimpan akan dipulihkan"
        task.text = f"{task.text}. {told}" if task.text else told


def _address(assessment, criterion, evidence: Evidence | None = None, query="") -> str:
    step = BY_CRITERION[criterion].step
    name = "filing:nil" if evidence and evidence.kind == Kind.NIL else "filing:step"
    return reverse(name, args=[assessment.pokja_id, assessment.year, step]) + query


def _start(assessment: Assessment, items) -> Task:
    drafts = [name for name in CRITERIA if items[name].get(Status.DRAFT)]
    detail = "Empat kriteria belum diisi"
    if drafts:
        saved = max(items[name].get(Status.DRAFT).edited_at for name in drafts)
        names = " dan ".join(words.NAMES[name] for name in drafts)
        detail += f"; draf {names} tersimpan {format_date(localdate(saved))}"
    if process := items["sk"].process:
        detail += f"; {process_sentence(process.since, localdate(), replaces=False)}"
    url = reverse("filing:pokja_year", args=[assessment.pokja_id, assessment.year])
    return Task(
        TODO,
        f"Mulai isi {words.group_name(assessment.name)}",
        url,
        formula.EMPTY,
        "draf" if drafts else "",
        detail,
        order=(1, len(CRITERIA)),
    )


def _returned(assessment, criterion, items: Items, returns) -> Task:
    evidence = items.get(Status.RETURNED)
    said = returns.get(evidence.pk) if evidence else None
    title = f"Perbaiki {words.NAMES[criterion]} {words.group_name(assessment.name)}"
    task = Task(
        RETURNED,
        title,
        _address(assessment, criterion, evidence),
        formula.TO_FIX,
        order=(_moment(evidence and evidence.decided_at),),
    )
    return _with_words(task, said)


def _with_words(task: Task, said: History | None) -> Task:
    """The verifier's own words, and whose they are."""
    if said:
        notes = [note.sentence for note in said.notes.all()]
        task.quote = " ".join([*notes, said.note]).strip()
        who = words.JUDGES.get(said.role, "Verifikator")
        task.quoted_by = f"{who}, {format_date(localdate(said.at))}"
    return task


def _todo(assessment, criterion, items: Items, returns) -> Task:
    result, draft = assessment.results[criterion], items.get(Status.DRAFT)
    position = CRITERIA.index(criterion)
    if draft:
        title = f"Lanjutkan {words.NAMES[criterion]} {words.group_name(assessment.name)}"
        detail = f"Draf tersimpan {format_date(localdate(draft.edited_at))}, belum dikirim"
        query = ""
        if items.process:
            title, detail = _at_legal_office(assessment, items.process, result)
            query = f"?bukti={items.process.evidence_id}"
        return Task(
            TODO,
            title,
            _address(assessment, criterion, draft, query),
            formula.EMPTY,
            "draf",
            detail,
            order=(1, position),
        )
    if result.status == formula.FAILED:
        last_day = format_date(result.until) if result.until else ""
        query = "?sk=baru" if criterion == "sk" and result.reason in URGENT else ""
        return Task(
            TODO,
            words.again_title(criterion, result.reason, assessment.name),
            _address(assessment, criterion, query=query),
            result.status,
            result.reason,
            words.lacking(result.reason, last_day),
            order=(0 if result.reason in URGENT else 1, position),
        )
    task = Task(
        TODO,
        words.begin_title(criterion, assessment.name),
        _address(assessment, criterion),
        formula.EMPTY,
        text=words.needed(criterion, assessment.year),
        order=(1, position),
    )
    if cancelled := items.get(Status.CANCELLED):
        task.status, task.text = Status.CANCELLED, "Verifikasi dibatalkan"
        return _with_words(task, returns.get(cancelled.pk))
    return task


def _at_legal_office(assessment, process, result) -> tuple[str, str]:
    """Title and text where the SK is at Bagian Hukum: nothing to upload yet."""
    replaces = result.status == formula.FAILED
    sentence = process_sentence(process.since, localdate(), replaces=replaces)
    if result.until and replaces:
        sentence = f"{words.lacking(result.reason, format_date(result.until))}. {sentence}"
    title = f"Lengkapi SK {words.group_name(assessment.name)} setelah terbit"
    return title, f"{sentence}. Isi nomor dan berkas bila sudah terbit"


def ending_task(ending: Ending, year: int, on: date) -> Task:
    """The reminder of an SK that ends soon; it is over once another SK holds longer."""
    name, in_process = ending.pokja.name, ending.state == IN_PROCESS
    text = words.ending(name, format_date(ending.ends_on), days_left(ending.ends_on, on))
    if in_process:
        text += f". {process_sentence(ending.since, on)}"
    elif ending.state == SENT:
        text += ". SK baru sudah dikirim, menunggu verifikasi"
    query = f"?bukti={ending.draft_id}" if in_process else "?sk=baru"
    if ending.state == SENT:
        query = ""
    return Task(
        WAITING if ending.state == SENT else TODO,
        words.ending_title(name, in_process) if ending.state != SENT else f"SK baru {name}",
        reverse("filing:step", args=[ending.pokja.pk, year, "sk"]) + query,
        formula.MET,
        "segera_berakhir",
        text,
        order=(2, ending.days) if ending.state != SENT else (),
    )


def _waiting(assessment, criterion, items: Items, returns) -> Task:
    evidence = items.get(Status.SUBMITTED)
    zone = timezone_label(assessment.region_code)
    days = (localdate() - localdate(evidence.submitted_at)).days
    detail = f"Dikirim {format_datetime(evidence.submitted_at, zone)}{words.ago(days)}"
    if evidence.opened_at:
        detail += "; sudah dibuka verifikator"
    return Task(
        WAITING,
        words.plain_title(criterion, assessment.name),
        _address(assessment, criterion, evidence),
        formula.WAITING,
        text=detail,
        order=(evidence.submitted_at,),
    )


def _done(assessment, criterion, items: Items, returns) -> Task:
    result, rests_on = assessment.results[criterion], items.rests_on
    rests_on = rests_on or items.get(Status.VERIFIED)
    parts = []
    if rests_on and rests_on.decided_at:
        parts.append(f"Diverifikasi {format_date(localdate(rests_on.decided_at))}")
    if result.is_met and result.until:
        parts.append(f"berlaku sampai {format_date(result.until)}")
    if items.get(Status.SUBMITTED):
        parts.append("perubahan menunggu verifikasi")
    elif items.get(Status.DRAFT):
        parts.append("perubahan tersimpan sebagai draf")
    return Task(
        DONE,
        words.plain_title(criterion, assessment.name),
        _address(assessment, criterion, None if result.is_met else rests_on),
        result.status,
        result.reason,
        "; ".join(parts),
    )


def _moment(moment: datetime | None) -> tuple:
    """Sorts the unknown first."""
    return (moment is not None, moment or date.min)
