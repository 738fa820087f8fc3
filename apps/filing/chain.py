"""The chain of a Pokja's SK as its page tells it: the state on a day, then every SK in order.

Every state comes from ``effectiveness.chain``, so from the formula of the score.
"""

from dataclasses import dataclass, field
from datetime import date

from apps.core.formats import format_date, local_time
from apps.core.looks import Look, look_of
from apps.decrees import facts as decree_facts
from apps.decrees.chain import process_sentence
from apps.decrees.codes import lacks_serial
from apps.decrees.enums import CoverageRole
from apps.decrees.queries import chain_of, is_at_legal_office, numbers_of, processes_of
from apps.decrees.signers import in_words
from apps.effectiveness import formula
from apps.effectiveness.chain import Period, extends, periods, standing_on, successor_of
from apps.effectiveness.queries import decree_rows
from apps.filing import chain_words as words
from apps.filing.cards import Reader
from apps.pokja.models import Pokja
from apps.verification.enums import Status


@dataclass
class Entry:
    """One SK of the chain, in the version that counts, else the newest the reader may see."""

    decree: object
    what: str  # "Membentuk Pokja ini", "Memperpanjang SK 188.45/77 …"
    number: str
    facts: list[tuple[str, str]]
    look: Look
    document: object
    process_document: object = None
    notes: list[str] = field(default_factory=list)
    others: list[tuple[Pokja, str]] = field(default_factory=list)  # of a joint SK


@dataclass
class Chain:
    """What the page shows."""

    on: date
    finding: str
    details: list[str]
    look: Look
    entries: list[Entry]
    periods: list[tuple[str, str]]


def chain_for(pokja: Pokja, on: date, today: date, reader: Reader) -> Chain:
    """The chain on a day, with all verified SK as they are known now; 5 queries, whatever the
    number of SK."""
    seen = chain_of(pokja, reader.user)
    process = processes_of([pokja.pk], reader.user).get(pokja.pk)
    joint = {row.pokja_id for held in seen for row in held.decree.coverage.all()} | {pokja.pk}
    rows = decree_rows(Pokja.objects.filter(pk__in=joint))
    teller = _Teller(pokja, on, today, rows, seen, reader)
    standing = standing_on(teller.own, on)
    first = min((row.issued_on for row in teller.verified), default=None)
    finding = words.finding(standing, teller.numbers, first)
    since = None if standing.force else _on_its_way(process, seen, on)
    if since:
        finding += words.on_its_way(since, first is not None and first <= on)
    return Chain(
        on,
        finding,
        words.details(on, today, process if standing.force else None) + teller.waiting(standing),
        words.standing_look(standing),
        teller.entries(),
        [_period(each, teller.numbers) for each in periods(teller.own)],
    )


def _on_its_way(process, seen, on: date) -> date | None:
    """Since when a successor was at Bagian Hukum on that day: one still there, or one that has
    been issued since."""
    days = [process.since] if process else []
    days += [
        row.decree.in_process_since
        for row in seen
        if row.decree.evidence.status == Status.VERIFIED
        and row.decree.in_process_since
        and on < row.decree.issued_on
    ]
    return max((day for day in days if day <= on), default=None)


def _day(day) -> str:
    return format_date(day) if day else ""


def _period(period: Period, numbers) -> tuple[str, str]:
    until = format_date(period.end) if period.end else "seterusnya"
    held = f"SK {numbers[period.decree.evidence_id]}" if period.decree else ""
    return f"{format_date(period.start)} – {until}", held or "tidak ada SK yang berlaku"


class _Teller:
    """Puts one Pokja's SK into words, as they stand on a day."""

    def __init__(self, pokja, on, today, rows, seen, reader):
        self.pokja, self.on, self.today = pokja, on, today
        self.rows, self.seen, self.reader = rows, seen, reader
        self.own = rows.get(pokja.pk, [])
        self.verified = formula.counting(self.own)
        self.standing = formula.forces(self.verified, on)
        ids = {row.evidence_id for held in rows.values() for row in held}
        self.numbers = numbers_of(ids, reader.user)
        self.by_evidence = {row.evidence_id: row for row in self.verified}

    def waiting(self, standing) -> list[str]:
        """Of SK that wait for verification: what their approval would change on this day."""
        if standing.force:
            return []
        return [
            words.would_hold(self.numbers[row.evidence_id])
            for row in self.own
            if row.status == Status.SUBMITTED
            and row.evidence_id in self.numbers
            and formula.decree_in_force(self.own, self.on, row.evidence_id)
        ]

    def entries(self) -> list[Entry]:
        return [self._entry(*versions) for versions in self._shown()]

    def _shown(self) -> list[tuple]:
        """(the version that counts or the newest, an open one beside it) of each family."""
        families: dict[object, list] = {}
        for row in self.seen:
            families.setdefault(row.decree.evidence.family, []).append(row)
        found = []
        for held in families.values():
            newest = max(held, key=lambda row: row.decree.evidence.version)
            counts = [row for row in held if row.decree.evidence_id in self.by_evidence]
            evidence = newest.decree.evidence
            if not counts and evidence.status == Status.VERIFIED:
                continue  # a later version has left this Pokja out
            shown = counts[0] if counts else newest
            found.append((shown, newest if evidence.is_open and newest != shown else None))
        return sorted(found, key=lambda pair: (pair[0].decree.issued_on or date.max, pair[0].pk))

    def _entry(self, coverage, pending) -> Entry:
        decree, evidence = coverage.decree, coverage.decree.evidence
        row = self.by_evidence.get(evidence.pk)
        shows_process = not self.reader.verified_only
        entry = Entry(
            decree,
            words.act(coverage, row is not None and extends(row, self.verified)),
            words.number(decree),
            self._facts(coverage),
            self._look(row, decree),
            decree.document,
            decree.process_document if shows_process else None,
        )
        entry.notes = self._notes(coverage, row, pending)
        entry.others = self._others(decree, row)
        return entry

    def _facts(self, coverage) -> list[tuple[str, str]]:
        decree, region = coverage.decree, self.pokja.region
        signer = in_words(decree.signer_position, decree.signer_status, decree.signer_name, region)
        found = [("Ditetapkan", _day(decree.issued_on)), ("Penanda tangan", signer)]
        if coverage.role == CoverageRole.ESTABLISH:
            found.append(("Masa berlaku", decree_facts.period(decree).value))
        else:
            found.append(("Mulai berlaku", _day(decree.valid_from)))
        evidence = decree.evidence
        if evidence.status == Status.VERIFIED and evidence.decided_at:
            day = _day(local_time(evidence.decided_at, region.timezone_label))
            found.append(("Diverifikasi", f"{evidence.decided_by or 'melalui impor'}, {day}"))
        return found

    def _look(self, row, decree) -> Look:
        if row is None and is_at_legal_office(decree):
            return words.AT_LEGAL_OFFICE
        if row is None:
            return look_of(decree.evidence.status)
        if row.role != "establish":
            return look_of(Status.VERIFIED)
        return words.force_look(self._force(row), self._successor(row), self.on)

    def _force(self, row):
        return next(each for each in self.standing if each.decree == row)

    def _successor(self, row):
        return successor_of(self._force(row), self.standing)

    def _notes(self, coverage, row, pending) -> list[str]:
        decree, found = coverage.decree, []
        if row is not None and row.role == "establish":
            is_joint = len(decree.coverage.all()) > 1
            found += words.about_end(self._force(row), self._successor(row), self.numbers, is_joint)
        elif row is not None and not formula.parents_of(row, self.verified):
            found.append(f"SK {coverage.parent_number} belum ada di portal")
        if is_at_legal_office(decree) and not self.reader.verified_only:
            found.append(process_sentence(decree.in_process_since, self.today, replaces=False))
        if lacks_serial(decree.number):
            found.append(decree_facts.BLANK_SERIAL)
        if pending is not None:
            status = pending.decree.evidence.get_status_display().lower()
            found.append(f"Versi baru: {status}; versi ini tetap dihitung")
        return found

    def _others(self, decree, row) -> list[tuple[Pokja, str]]:
        """The other Pokja of a joint SK, and what became of it for each."""
        found = []
        for each in decree.coverage.all():
            if each.pokja_id == self.pokja.pk:
                continue
            sentence = "" if row is None else self._for_other(each.pokja_id, row)
            found.append((each.pokja, sentence))
        return found

    def _for_other(self, pokja_id, row) -> str:
        verified = formula.counting(self.rows.get(pokja_id, []))
        standing = formula.forces(verified, self.on)
        force = next((f for f in standing if f.decree.evidence_id == row.evidence_id), None)
        if force is None:
            return ""
        return words.fate(force, successor_of(force, standing), self.numbers, self.on)
