"""`periksa_log`: is the audit trail whole? Everything is read, in blocks, in constant memory."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from apps.audit import triggers
from apps.audit.chain import (
    COLUMNS,
    START,
    link_digest,
    link_everything,
    link_recent,
    sha256,
    text_of,
)
from apps.audit.models import Entry, Head, Link
from apps.core.formats import format_datetime, format_number

logger = logging.getLogger(__name__)

BLOCK = 2000
UNLINKED_AFTER = timedelta(minutes=10)  # kabari links every minute
MOST_TOLD = 1000  # sentences; the rest is counted


class BadAnchor(ValueError):
    """A noted anchor that does not read "<links>:<64 hexadecimal digits>"."""


@dataclass
class Findings:
    """``faults`` in sentences, at most MOST_TOLD of ``count``; ``waiting``: committed just now,
    not linked yet, which is no fault."""

    faults: list[str] = field(default_factory=list)
    count: int = 0
    links: int = 0
    waiting: int = 0
    end: str = f"0:{START}"

    @property
    def is_sound(self) -> bool:
        return self.count == 0

    def add(self, sentence: str) -> None:
        self.count += 1
        if len(self.faults) < MOST_TOLD:
            self.faults.append(sentence)


def check(anchors: Iterable[str] = ()) -> Findings:
    """Compare every entry with its link, every link with the one before, the end with the head
    and with the anchors somebody noted. Entries may be added meanwhile. Raises BadAnchor."""
    noted = dict(_anchor(each) for each in anchors)
    found = Findings()
    for name in triggers.missing():
        found.add(f"Pengaman basis data {name} tidak terpasang; pasang dengan `migrate`.")
    walk = _Walk(found, noted, Head.objects.first())
    for block in _blocks():
        walk.follow(block)
    walk.arrive(Head.objects.first())
    _check_anchors(noted, walk.seq, found)
    _check_unlinked(found)
    return found


def keep_chain(now) -> bool:
    """Link what a crash left over and, once a day, check everything; the administrators' page
    shows the outcome. False when something was found today. For `kabari`."""
    link_recent()
    today = timezone.localdate(now)
    head = Head.objects.first()
    if head is None or (head.checked_at and timezone.localdate(head.checked_at) >= today):
        return True
    # Of two at once one checks. No transaction: it takes a while, and others write meanwhile.
    if not Head.objects.filter(checked_at=head.checked_at).update(checked_at=now):
        return True
    link_everything()  # also what lay there while this did not run for days
    found = note(check())
    for sentence in found.faults[:20]:
        logger.error("Jejak audit: %s", sentence)
    return found.is_sound


def note(found: Findings) -> Findings:
    """Keep what a check found, for the administrators' page."""
    Head.objects.update(
        checked_at=timezone.now(), checked_seq=_place(found.end), faults=found.count
    )
    return found


# --- the chain -------------------------------------------------------------------------------


def _blocks() -> Iterator[list[tuple]]:
    """(seq, entry number, content, digest) of all links in order, BLOCK at a time."""
    place = 0
    rows = Link.objects.order_by("seq").values_list("seq", "entry_id", "content", "digest")
    while block := list(rows.filter(seq__gt=place)[:BLOCK]):
        yield block
        place = block[-1][0]


class _Walk:
    """Along the chain from its start: ``seq`` and ``digest`` are those of the link just passed."""

    def __init__(self, found: Findings, noted: dict[int, str], head: Head | None):
        self.found, self.noted, self.head = found, noted, head
        self.seq, self.digest = 0, START

    def follow(self, block) -> None:
        ids = [link[1] for link in block]
        rows = {row[0]: row for row in Entry.objects.filter(pk__in=ids).values_list(*COLUMNS)}
        for seq, entry_id, content, digest in block:
            if seq != self.seq + 1:
                self.found.add(f"Mata rantai {_range(self.seq + 1, seq - 1)} hilang.")
            elif digest != link_digest(self.digest, seq, entry_id, content):
                self.found.add(f"Mata rantai {_n(seq)} tidak sambung dengan yang sebelumnya.")
            self._check_entry(rows.get(entry_id), entry_id, seq, content)
            self._compare(seq, digest)
            self.seq, self.digest = seq, digest
        self.found.links += len(block)

    def _check_entry(self, row, entry_id: int, seq: int, content: str) -> None:
        if row is None:
            self.found.add(f"Catatan nomor {entry_id} (mata rantai {_n(seq)}) hilang.")
        elif sha256(text_of(row)) != content:
            when = format_datetime(row[1], "WIB")
            self.found.add(f"Catatan nomor {entry_id}, {when}, berubah sesudah dicatat.")

    def _compare(self, seq: int, digest: str) -> None:
        """With what was noted of this place, outside of the database and at its head."""
        if self.noted.pop(seq, digest) != digest:
            self.found.add(f"Jangkar {_n(seq)} tidak cocok: isi rantai sampai di sana lain.")
        if self.head and self.head.seq == seq and self.head.digest != digest:
            self.found.add(f"Kepala rantai tidak cocok dengan mata rantai {_n(seq)}.")

    def arrive(self, head: Head | None) -> None:
        """``head`` is that of now, which may be further than the one of the beginning."""
        self.found.end = f"{self.seq}:{self.digest}"
        started = self.head.seq if self.head else 0
        if started > self.seq:
            missing = _range(self.seq + 1, started)
            self.found.add(f"Ekor rantai terpotong: mata rantai {missing} hilang.")
        elif self.seq > (head.seq if head else 0):
            self.found.add(f"Kepala rantai tertinggal atau hilang; ekornya {_n(self.seq)}.")


def _check_unlinked(found: Findings) -> None:
    late = timezone.now() - UNLINKED_AFTER
    for pk, at in Entry.objects.unlinked().order_by("pk").values_list("pk", "at").iterator():
        if at < late:
            when = format_datetime(at, "WIB")
            found.add(f"Catatan nomor {pk}, {when}, belum dirantai; jalankan `kabari`.")
        else:
            found.waiting += 1


# --- anchors ---------------------------------------------------------------------------------


def _anchor(text: str) -> tuple[int, str]:
    seq, _, digest = text.strip().partition(":")
    is_number = seq.isascii() and seq.isdecimal() and len(seq) < 19
    if not is_number or len(digest) != len(START) or set(digest) - set("0123456789abcdef"):
        raise BadAnchor(f"Jangkar `{text}` tidak terbaca; bentuknya NOMOR:SIDIK.")
    return int(seq), digest


def _check_anchors(left: dict[int, str], last: int, found: Findings) -> None:
    """What is left of the anchors was not met in the chain."""
    for seq, digest in sorted(left.items()):
        if seq == 0:
            if digest != START:
                found.add("Jangkar 0 tidak cocok dengan awal rantai.")
        elif seq > last:
            found.add(f"Ekor rantai terpotong: jangkar {_n(seq)}, mata rantai terakhir {_n(last)}.")
        else:
            found.add(f"Mata rantai {_n(seq)}, yang dicatat sebagai jangkar, hilang.")


# --- words -----------------------------------------------------------------------------------


def _place(end: str) -> int:
    return int(end.partition(":")[0])


def _n(number: int) -> str:
    return format_number(number)


def _range(first: int, last: int) -> str:
    return _n(first) if first == last else f"{_n(first)} sampai {_n(last)}"
