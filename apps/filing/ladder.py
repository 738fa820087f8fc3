""" "Naik kelas" and "coba" on the page of a Pokja's year: the steps in words, with their links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apps.core.formats import format_date, quarter_label
from apps.deadlines.formula import LATE, LOCKED, OPEN, Deadline
from apps.deadlines.queries import local_today
from apps.deadlines.words import capital, left_words, state_words
from apps.effectiveness.formula import WAITING
from apps.effectiveness.ladder import Outcome, Rung, criteria_of, rungs, tried
from apps.effectiveness.maturity import CHECKS, comes_with_criterion, quarters_due
from apps.effectiveness.point_gaps import gap_of
from apps.effectiveness.repairs import Repair
from apps.filing.cards import Card, Reader
from apps.filing.deadlines import kind_of
from apps.filing.extras import extra_todo
from apps.filing.judged import Judged
from apps.filing.todo import Todo, next_report, report_day, step_url, todo_of
from apps.filing.words import IN_SENTENCE, TITLES, figure, joined

# Points that grow with the year: their day is that of the next report.
BY_REPORT = ("in_capaian", "rk_jadwal", "an_serapan")


@dataclass(frozen=True)
class Step:
    """One next step: what to do, what it gains, by when, where."""

    rung: Rung
    title: str
    why: str
    gains: list[str]
    by: str
    url: str = ""
    button: str = ""
    object: str = ""


@dataclass(frozen=True)
class Choice:
    """One box of "coba": a criterion or a point that is not there yet."""

    code: str
    label: str
    gain: str
    is_chosen: bool


@dataclass(frozen=True)
class Ladder:
    """``trial`` is what the chosen boxes would give; None before anything was chosen."""

    steps: list[Step]
    groups: list[tuple[str, list[Choice]]]
    now: Outcome
    trial: Outcome | None
    along: str  # criteria counted along with a chosen point, in words
    index: str
    trial_index: str


@dataclass(frozen=True)
class Place:
    """Where the steps are told: Pokja and year, who reads, and what stands on the page."""

    pokja: object
    year: int
    reader: Reader
    cards: dict[str, Card]
    deadlines: dict[str, Deadline]
    today: date  # on the clock of the region


def place_of(pokja, year: int, reader: Reader, cards: list[Card], held: dict) -> Place:
    """``held``: the deadline of each kind, as ``deadlines.shown`` gives them."""
    by_criterion = {card.criterion: card for card in cards}
    return Place(pokja, year, reader, by_criterion, held, local_today(pokja.region))


def ladder_for(judged: Judged, place: Place, chosen: Iterable[str]) -> Ladder:
    """Everything of the section; no query. ``chosen`` comes from anybody: unknown codes count
    nothing."""
    chosen = set(chosen)
    found = _rungs(judged, place)
    trial = tried(judged.assessment, judged.rules, judged.given, chosen)
    trial = trial if trial.counted else None
    titles = [_name(code, judged) for code in (trial.along if trial else ())]
    return Ladder(
        steps=[_step(rung, judged, place) for rung in found],
        groups=_groups(judged, set(trial.counted) | set(trial.along) if trial else set()),
        now=judged.now,
        trial=trial,
        along=joined(titles),
        index=figure(judged.now.index),
        trial_index=figure(trial.index) if trial else "",
    )


def _rungs(judged: Judged, place: Place) -> list[Rung]:
    return rungs(
        judged.assessment,
        judged.rules,
        judged.given,
        lambda code: _day(code, judged, place),
    )


# --- by when ---------------------------------------------------------------------------------


def _day(code: str, judged: Judged, place: Place) -> date | None:
    """The day of a criterion or a point; None where nothing ends, or it is for others to act."""
    if code in CHECKS:
        return _point_day(code, judged, place)
    if _is_waiting(code, judged):
        return None
    deadline = _deadline(code, place)
    return deadline.due_on if deadline else None


def _point_day(code, judged: Judged, place: Place) -> date | None:
    assessment = judged.assessment
    if code == "in_dilaporkan" and (due := quarters_due(assessment.year, assessment.on)):
        return report_day(assessment.year, due)
    if code in BY_REPORT:
        due = next_report(assessment.year, assessment.on)
        return due[1] if due else None
    criterion = CHECKS[code][0]
    if criterion == "sk":
        return assessment.results["sk"].until
    deadline = _deadline(criterion, place)
    return deadline.due_on if deadline else None


def _is_waiting(code: str, judged: Judged) -> bool:
    result = (judged.assessment.results | judged.assessment.extra)[code]
    return result.status == WAITING


def _deadline(criterion: str, place: Place) -> Deadline | None:
    return place.deadlines.get(kind_of(criterion)) if criterion in TITLES else None


def _by(rung: Rung, judged: Judged, place: Place) -> str:
    """The same in words; empty where nothing ends."""
    code = rung.code
    is_over = rung.by is not None and rung.by < place.today
    if code == "in_dilaporkan" or code in BY_REPORT:
        return _report_words(rung.by, is_over, judged)
    if not rung.is_criterion and rung.criterion == "sk":
        if rung.by is None:
            return ""
        return f"{'SK' if is_over else 'Sebelum SK'} berakhir {format_date(rung.by)}"
    if rung.is_criterion and _is_waiting(code, judged):
        return "Batas waktu berhenti selama diperiksa"
    deadline = _deadline(rung.criterion, place)
    return _deadline_words(deadline, place.today) if deadline else ""


def _report_words(day: date | None, is_over: bool, judged: Judged) -> str:
    if day is None:
        return ""
    due = next_report(judged.assessment.year, judged.assessment.on)
    if is_over or due is None:
        return f"Jatuh tempo {format_date(day)}"
    return f"Laporan {quarter_label(due[0])} paling lambat {format_date(day)}"


def _deadline_words(deadline: Deadline, today: date) -> str:
    state = deadline.state(today)
    if deadline.is_reopened(today) or state == LOCKED:
        return state_words(deadline, today)
    due = format_date(deadline.due_on)
    if state == LATE:
        return f"Batas {due} sudah lewat, masih diterima"
    if state == OPEN:
        return f"Paling lambat {due} ({left_words(deadline, today)})"
    return f"{capital(state_words(deadline, today))}, batas {due}"


# --- what to do ------------------------------------------------------------------------------


def _step(rung: Rung, judged: Judged, place: Place) -> Step:
    todo = _todo(rung, judged, place)
    return Step(
        rung,
        todo.title,
        todo.why,
        _gains(rung, judged.now),
        _by(rung, judged, place),
        todo.url,
        todo.button,
        todo.object,
    )


def _todo(rung: Rung, judged: Judged, place: Place) -> Todo:
    card = place.cards.get(rung.criterion)
    if rung.is_criterion and card is not None:
        return todo_of(card, place.pokja, place.year, place.reader)
    if rung.is_criterion:
        return extra_todo(rung.code, judged, place.pokja)
    gap = (
        gap_of(rung.code, judged.facts, place.pokja.region.level)
        if judged.facts
        else Repair("", "")
    )
    url = _address(rung, place) if place.reader.can_edit else ""
    name = IN_SENTENCE[rung.criterion]
    return Todo(gap.fix, gap.fact, url, "Buka", f"{name}: {gap.fix}")


def _address(rung: Rung, place: Place) -> str:
    if rung.code == "sk_lintas_sektor":
        return reverse("filing:pokja_members", args=[place.pokja.pk])
    return step_url(place.pokja, place.year, place.cards[rung.criterion].step)


def _gains(rung: Rung, now: Outcome) -> list[str]:
    """ "Pokja menjadi efektif", "+25 skor", "+6,25 poin indeks", "kelas Dasar → Berkembang"."""
    found = ["Pokja menjadi efektif"] if rung.makes_effective else []
    if rung.gain_score:
        found.append(f"+{rung.gain_score} skor")
    if rung.gain_index:
        most = f" sampai +{figure(rung.most_index)}" if rung.most_index > rung.gain_index else ""
        found.append(f"+{figure(rung.gain_index)}{most} poin indeks")
    if rung.new_class:
        found.append(f"kelas {now.klass} → {rung.new_class}")
    return found


# --- coba ------------------------------------------------------------------------------------


def _groups(judged: Judged, chosen: set[str]) -> list[tuple[str, list[Choice]]]:
    """The boxes by criterion: first the criterion where it is not met, then its open points."""
    rules, found = judged.rules, []
    results = judged.assessment.results | judged.assessment.extra
    for code in criteria_of(rules):
        rows = []
        if not results[code].is_met:
            rows.append(_choice(code, "Kriteria terpenuhi", judged, chosen))
        for point in rules.points:
            if (
                CHECKS[point][0] == code
                and not judged.given[point]
                and not comes_with_criterion(point)
            ):
                rows.append(_choice(point, judged.words.get(point, point), judged, chosen))
        if rows:
            found.append((_title(code, judged), rows))
    return found


def _choice(code, label, judged: Judged, chosen) -> Choice:
    """What the box itself adds: of a point without what its criterion brings."""
    before, then = judged.now, tried(judged.assessment, judged.rules, judged.given, [code])
    if then.along:
        before = tried(judged.assessment, judged.rules, judged.given, then.along)
    score, index = then.score - before.score, then.index - before.index
    gains = [f"+{score} skor"] if score else []
    gains += [f"+{figure(index)} indeks"] if index else []
    return Choice(code, label, ", ".join(gains), code in chosen)


def _title(code: str, judged: Judged) -> str:
    titles = {rule.code: rule.title for rule in judged.rules.criteria}
    return TITLES.get(code) or titles[code]


def _name(code: str, judged: Judged) -> str:
    return IN_SENTENCE.get(code) or _title(code, judged)
