"""What a draw shows: who has marked how much, and once it is closed how far the two agree."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from apps.reviews import formula, words
from apps.reviews.formula import Agreement, Marked, Share
from apps.reviews.models import Sample, SampleItem, SampleMark
from apps.verification.enums import Kind


def samples_for(user):
    """The draws of this person's provinces, open ones first, with counts; ``takes_part`` where this
    person is among those who look again; 1 query."""
    rows = Sample.objects.for_user(user).select_related("region", "drawn_by")
    counts = {
        "drawn": Count("items"),
        "marked": Count("items", filter=Q(items__marked_at__isnull=False)),
        "agreed": Count("items", filter=Q(items__agrees=True)),
    }
    own = SampleItem.objects.filter(sample=OuterRef("pk"), verifier=user)
    closed_last = Case(When(closed_at=None, then=Value(0)), default=Value(1))
    return rows.annotate(**counts, takes_part=Exists(own)).order_by(closed_last, "-id")


def items_of(sample: Sample) -> list[SampleItem]:
    """The drawn items in their order; 1 query."""
    rows = sample.items.select_related(
        "evidence__region", "verifier", "decision__actor", "reason"
    ).defer("decision__snapshot")
    return list(rows.order_by("number"))


def agreement_of(sample: Sample, items: list[SampleItem]) -> Agreement:
    """Over what is marked; 1 query."""
    values = defaultdict(list)
    marks = SampleMark.objects.filter(item__sample=sample).order_by("item", "number")
    for item, topic, is_right in marks.values_list("item_id", "topic", "is_right"):
        values[item].append((topic, is_right))
    return formula.agreement(
        Marked(item.evidence.kind, item.agrees, tuple(values[item.pk]))
        for item in items
        if item.marked_at
    )


@dataclass(frozen=True)
class ShareLine:
    """A row of the tables of agreement."""

    kind: str
    name: str
    share: Share

    @property
    def told(self) -> str:
        return words.share_text(self.share)


def kind_lines(found: Agreement) -> list[ShareLine]:
    return [
        ShareLine(kind, kind.label, found.by_kind[kind]) for kind in Kind if kind in found.by_kind
    ]


def value_lines(found: Agreement) -> list[ShareLine]:
    """In the order of the kinds; of a kind those with the least agreement first."""
    order = list(Kind.values)
    keys = sorted(
        found.by_value.items(),
        key=lambda entry: (order.index(entry[0][0]), _ratio(entry[1]), entry[0][1]),
    )
    return [ShareLine(Kind(kind), topic, share) for (kind, topic), share in keys]


def _ratio(share: Share) -> float:
    return share.part / share.whole


def progress(items: list[SampleItem]) -> list[tuple[str, int, int]]:
    """(verifier, marked, given) by name."""
    counts: dict[str, list[int]] = {}
    for item in items:
        held = counts.setdefault(str(item.verifier), [0, 0])
        held[0] += item.marked_at is not None
        held[1] += 1
    return [(name, *held) for name, held in sorted(counts.items())]


def repeats(sample: Sample, items: list[SampleItem]) -> bool:
    """Does the same seed over the same numbers give the same items again?"""
    drawn = formula.draw(sample.pool, sample.asked, sample.seed)
    return drawn == [item.evidence_id for item in items]


def line_of(sample: Sample) -> str:
    """How a row of the list tells where a draw stands; no result before it is closed."""
    if sample.is_closed:
        return words.agreement_heading(Share(sample.agreed, sample.marked))
    return f"{sample.marked} dari {sample.drawn} berkas sudah ditinjau"


def heading_of(marked: int, drawn: int, found: Agreement | None) -> str:
    if found is not None:
        return words.agreement_heading(found.overall)
    return f"{marked} dari {drawn} berkas sudah ditinjau"
