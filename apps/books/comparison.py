"""The book against today: which Pokja would change if its rows were written now, and why."""

from collections import Counter
from dataclasses import dataclass

from apps.books.pages import criteria_of
from apps.core.formats import format_number
from apps.core.looks import look_of
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.book_rows import rules_from
from apps.effectiveness.models import Closing
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import Rules, rules_for
from apps.pokja.models import Pokja

GAINED, LOST, MOVED, NEW, GONE = "gained", "lost", "moved", "new", "gone"
WORDS = {
    GAINED: "Menjadi efektif",
    LOST: "Tidak lagi efektif",
    MOVED: "Berubah, hasil tetap",
    NEW: "Belum ada dalam buku",
    GONE: "Tidak aktif lagi pada tanggal acuan",
}


@dataclass(frozen=True)
class Change:
    """One Pokja that would change; ``then`` or ``now`` is None where it is on one side only."""

    then: Assessment | None
    now: Assessment | None
    kind: str
    reasons: tuple[str, ...]

    @property
    def item(self) -> Assessment:
        return self.then or self.now

    @property
    def word(self) -> str:
        return WORDS[self.kind]


@dataclass(frozen=True)
class Comparison:
    """``rules`` are those in force for the year now; None where it has none."""

    changes: list[Change]
    unchanged: int
    rules: Rules | None

    @property
    def counts(self) -> list[tuple[str, int]]:
        found = Counter(change.kind for change in self.changes)
        return [(word, found[kind]) for kind, word in WORDS.items()]

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)


def compare(closing: Closing, frozen: list[Assessment], user, region=None) -> Comparison:
    """The rows of a book against the year as it would be written now, by the rubric of now; of
    one ``region`` by the rubric of the book, as closing it again would write them.

    ``frozen`` are the rows the person may see. A constant number of queries.
    """
    rules = rules_from(closing.rules) if region else rules_for(closing.year)
    if rules is None:
        return Comparison([], len(frozen), None)
    pokja = Pokja.objects.for_user(user)
    if region:
        pokja = pokja.filter(region=region)
    else:
        pokja = pokja.filter(region__province=closing.province_id)
    items = assess(pokja, closing.year, closing.on, with_index=True, rules=rules)
    now = {item.pokja_id: item for item in items}
    titles = {each["code"]: each["title"] for each in criteria_of(closing)}
    titles |= {each.code: each.title for each in rules.criteria}
    pairs = [(item, now.pop(item.pokja_id, None)) for item in frozen]
    pairs += [(None, item) for item in now.values()]
    changes = [change for pair in pairs if (change := _change(*pair, titles))]
    changes.sort(key=lambda change: (change.item.region_code, change.item.code))
    return Comparison(changes, len(pairs) - len(changes), rules)


def _change(then, now, titles) -> Change | None:
    if then is None:
        return Change(None, now, NEW, ("Terdaftar atau aktif setelah buku ditutup",))
    if now is None:
        return Change(then, None, GONE, ("Bubar, dilebur, atau pindah setelah buku ditutup",))
    reasons = tuple(_reasons(then, now, titles))
    if not reasons:
        return None
    kind = MOVED
    if then.effective != now.effective:
        kind = GAINED if now.effective else LOST
    return Change(then, now, kind, reasons)


def _reasons(then: Assessment, now: Assessment, titles):
    """Each thing that differs, in words: then → now."""
    old, new = then.by_rubric, now.by_rubric
    for code in dict.fromkeys((*old, *new)):
        before, after = old.get(code), new.get(code)
        if before is None:
            yield f"{titles[code]}: kriteria baru dalam rubrik"
        elif after is None:
            yield f"{titles[code]}: tidak lagi dinilai rubrik"
        elif (before.status, before.reason) != (after.status, after.reason):
            yield f"{titles[code]}: {_word(before)} → {_word(after)}"
        elif before.evidence_id != after.evidence_id:
            yield f"{titles[code]}: bukti lain yang dihitung"
    if then.score != now.score:
        yield f"Skor: {then.score} → {now.score}"
    if then.index != round(now.index, 2):
        yield f"Indeks: {format_number(then.index)} → {format_number(round(now.index, 2))}"


def _word(result) -> str:
    return look_of(result.status, result.reason).word.lower()
