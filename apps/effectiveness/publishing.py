"""From a draft rubric to one that counts (spec section 5).

A draft may be unfinished; what was published is never changed. Where a new rubric takes years from
an earlier one, that one is replaced as a whole and a copy of it goes on with the years it keeps:
so whoever asks what was known on a past day still finds it as it then was.
"""

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from apps.audit.services import record
from apps.core.errors import Conflict
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.models import Rubric
from apps.effectiveness.rubric_drafts import (
    PUBLISHED,
    free_code,
    locked_rubrics,
    new_draft,
    what_happened,
)
from apps.effectiveness.rubric_gaps import Gap, gaps_of
from apps.effectiveness.rubric_plain import fields_of, plain_of, write_rows

__all__ = [
    "Gap",
    "Overlap",
    "PublishRefused",
    "gaps",
    "new_draft",
    "overlaps",
    "publish",
    "span_words",
    "years_text",
]

ENDS, BEGINS, REPLACED, HOLE = "ends", "begins", "replaced", "hole"


class PublishRefused(Exception):
    """The rubric cannot be published as it is; ``gaps`` says why."""

    def __init__(self, gaps: list[Gap]):
        self.gaps = gaps
        super().__init__("; ".join(gap.text for gap in gaps))


class Overlap(NamedTuple):
    """A published rubric that shares years with a draft, and how it would give way.

    ``how``: it ends before the draft, begins after it, is replaced whole, or (``hole``) would be
    cut in two, which nobody means. ``text`` is the tick that agrees to it, or why there is none.
    """

    rubric: Rubric
    how: str
    text: str

    @property
    def is_mendable(self) -> bool:
        return self.how != HOLE


def gaps(rubric: Rubric) -> list[Gap]:
    """What keeps a rubric from being published, whatever is ticked: its own gaps, and years it
    would cut out of the middle of another."""
    found = gaps_of(plain_of(rubric))
    return found + [
        Gap("id_year_from", each.text) for each in overlaps(rubric) if not each.is_mendable
    ]


def overlaps(rubric: Rubric) -> list[Overlap]:
    """Published rubrics that share years with this one; one query."""
    others = Rubric.objects.filter(status=RubricStatus.PUBLISHED).exclude(pk=rubric.pk)
    return [_overlap(rubric, each) for each in others.order_by("year_from") if _meet(rubric, each)]


def _meet(one: Rubric, other: Rubric) -> bool:
    starts_in_time = one.year_to is None or other.year_from <= one.year_to
    return starts_in_time and (other.year_to is None or one.year_from <= other.year_to)


def _overlap(draft: Rubric, held: Rubric) -> Overlap:
    earlier = held.year_from < draft.year_from
    later = draft.year_to is not None and (held.year_to is None or held.year_to > draft.year_to)
    if earlier and later:
        until = f"Perpanjang sampai {held.year_to}" if held.year_to else "Kosongkan tahun akhir"
        text = (
            f"Rubrik {held} berlaku sebelum dan sesudah {span_words(draft)}, sehingga akan "
            f"terpotong di tengah. {until}, atau mulai pada {held.year_from}"
        )
        return Overlap(held, HOLE, text)
    if earlier:
        return Overlap(held, ENDS, f"Akhiri rubrik {held} pada {draft.year_from - 1}")
    if later:
        return Overlap(held, BEGINS, f"Rubrik {held} baru berlaku sejak {draft.year_to + 1}")
    return Overlap(held, REPLACED, f"Gantikan rubrik {held} ({years_text(held)}) seluruhnya")


def years_text(rubric: Rubric) -> str:
    """ "2015–2024", "2025", "sejak 2026"."""
    if rubric.year_to is None:
        return f"sejak {rubric.year_from}"
    if rubric.year_to == rubric.year_from:
        return str(rubric.year_from)
    return f"{rubric.year_from}–{rubric.year_to}"


def span_words(rubric: Rubric) -> str:
    """The same inside a sentence: "tahun 2015–2024", "mulai tahun 2026"."""
    if rubric.year_to is None:
        return f"mulai tahun {rubric.year_from}"
    return f"tahun {years_text(rubric)}"


@transaction.atomic
def publish(
    rubric: Rubric, *, actor, ends: set[int], reason: str, decided_on: date | None = None
) -> Rubric:
    """From now on the years of the rubric are scored by it; books of closed years stay.

    ``ends``: ids of the published rubrics that were agreed to give way. ``decided_on`` is kept on
    record. Raises Conflict when the draft is not as it was read, PublishRefused with gaps.
    """
    now = locked_rubrics().get(rubric.pk)
    stands = now and now.status == RubricStatus.DRAFT and now.revision == rubric.revision
    if not stands:
        raise Conflict(what_happened(rubric))
    giving_way = overlaps(now)
    found = gaps(now) + [
        Gap(f"id_ends_{each.rubric.pk}", f"Centang “{each.text}”, atau ubah tahun rubrik ini")
        for each in giving_way
        if each.is_mendable and each.rubric.pk not in ends
    ]
    if found:
        raise PublishRefused(found)
    moment = timezone.now()
    for each in giving_way:
        _give_way(each, now, moment, actor, reason)
    now.status = RubricStatus.PUBLISHED
    now.published_at, now.published_by = moment, actor
    now.save(update_fields=["status", "published_at", "published_by"])
    _record_published(now, giving_way, decided_on, actor, reason)
    return now


def _give_way(overlap: Overlap, draft: Rubric, moment: datetime, actor, reason: str) -> None:
    """Replace a published rubric; its copy goes on with the years it keeps."""
    held, before = overlap.rubric, _standing(overlap.rubric)
    held.status, held.replaced_at = RubricStatus.REPLACED, moment
    held.save(update_fields=["status", "replaced_at"])
    after = _standing(held)
    if overlap.how != REPLACED:
        rest = _rest_of(overlap, draft, moment, actor)
        after["dilanjutkan_oleh"] = f"{rest.code} ({years_text(rest)})"
    record(
        "Mengganti rubrik",
        held,
        actor=actor,
        role="admin",
        before=before,
        after=after,
        reason=reason,
    )


def _rest_of(overlap: Overlap, draft: Rubric, moment: datetime, actor) -> Rubric:
    held = overlap.rubric
    plain = plain_of(held)
    if overlap.how == ENDS:
        plain["tahun_selesai"] = draft.year_from - 1
    else:
        plain["tahun_mulai"] = draft.year_to + 1
    rest = Rubric.objects.create(
        code=free_code(held.code, Rubric.objects.values_list("code", flat=True)),
        based_on=held,
        status=RubricStatus.PUBLISHED,
        published_at=moment,
        published_by=actor,
        **fields_of(plain),
    )
    write_rows(rest, plain)
    return rest


def _standing(rubric: Rubric) -> dict:
    return {"status": rubric.status, "tahun": years_text(rubric)}


def _record_published(rubric, giving_way, decided_on, actor, reason) -> None:
    record(
        PUBLISHED,
        rubric,
        actor=actor,
        role="admin",
        before={"status": RubricStatus.DRAFT.value},
        after={
            "status": RubricStatus.PUBLISHED.value,
            "tanggal_keputusan": decided_on,
            "menggantikan": [each.text for each in giving_way],
        }
        | plain_of(rubric),
        reason=reason,
    )
