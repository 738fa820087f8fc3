"""Opening a closed year to everybody, and closing it again.

Who may do it is asked by the pages (``Act.MANAGE_PERIODS``). Of two people at once one acts and
the other is told: a constraint allows one standing publication for a province's year, and a
withdrawal is one conditional UPDATE.
"""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.core.formats import format_date, local_time
from apps.effectiveness.models import Closing, FrozenScore
from apps.open_data.models import Publication

REPLACED = "Diganti terbitan baru."


class PublishingRefused(Exception):
    """The step makes no sense as things stand; the text says why, for people."""


def publish(closing: Closing, *, contact: str, actor, note: str = "") -> Publication:
    """Open a book as it stands now. Raises PublishingRefused (no contact) or Conflict (open
    already, also a moment ago)."""
    contact = _required(contact, "Tulis kontak untuk umum.")
    try:
        with transaction.atomic():
            return _open(closing, contact, note, actor)
    except IntegrityError:
        held = standing_of(closing)
        if held is None:
            raise
        raise _open_already(held) from None


def publish_anew(held: Publication, *, contact: str, actor, note: str = "") -> Publication:
    """Put the book's present editions in the place of what was published before.

    Raises PublishingRefused (no contact, nothing new) or Conflict (closed or replaced meanwhile).
    """
    contact = _required(contact, "Tulis kontak untuk umum.")
    if editions_of(held.closing) == held.editions:
        raise PublishingRefused("Yang terbuka sudah memuat edisi terakhir buku ini.")
    with transaction.atomic():
        _close(held, REPLACED, actor)
        return _open(held.closing, contact, note, actor)


def withdraw(held: Publication, *, reason: str, actor) -> Publication:
    """Close it to the public: from now on its addresses answer like unknown ones.

    Raises PublishingRefused (no reason) or Conflict (closed or replaced meanwhile).
    """
    reason = _required(reason, "Tulis alasan data ini ditutup.")
    with transaction.atomic():
        _close(held, reason, actor)
    held.refresh_from_db()
    return held


def standing_of(closing: Closing) -> Publication | None:
    rows = Publication.objects.standing().filter(province=closing.province_id, year=closing.year)
    return rows.select_related("published_by", "province", "closing").first()


def editions_of(closing: Closing) -> dict[str, int]:
    """{region id: edition in force} of a book, as a publication keeps it; 1 query."""
    rows = FrozenScore.objects.filter(closing=closing, is_current=True).order_by()
    return {str(region): edition for region, edition in rows.values_list("region", "edition")}


# --- inside a transaction --------------------------------------------------------------------


def _open(closing: Closing, contact: str, note: str, actor) -> Publication:
    done = Publication.objects.create(
        province=closing.province,
        year=closing.year,
        closing=closing,
        editions=editions_of(closing),
        contact=contact,
        note=note.strip(),
        published_by=actor,
    )
    after = {"tahun": done.year, "keadaan": "terbuka", "kontak": contact}
    _trace("Membuka data untuk umum", done, actor, after=after, reason=done.note)
    return done


def _close(held: Publication, reason: str, actor) -> None:
    rows = Publication.objects.standing().filter(pk=held.pk)
    if not rows.update(withdrawn_at=timezone.now(), withdrawn_by=actor, withdrawal_reason=reason):
        raise _closed_already(Publication.objects.select_related("withdrawn_by").get(pk=held.pk))
    before, after = {"keadaan": "terbuka"}, {"keadaan": "ditutup"}
    _trace("Menutup data untuk umum", held, actor, before=before, after=after, reason=reason)


def _trace(action, done: Publication, actor, *, after, before=None, reason="") -> None:
    role = actor.scope.role_for(Act.MANAGE_PERIODS, done.province) if actor else ""
    region = done.province
    record(
        action,
        done,
        actor=actor,
        role=role,
        region=region,
        before=before,
        after=after,
        reason=reason,
    )


# --- telling ---------------------------------------------------------------------------------


def _required(text: str, sentence: str) -> str:
    if not text.strip():
        raise PublishingRefused(sentence)
    return text.strip()


def _open_already(held: Publication) -> Conflict:
    return Conflict(
        f"Data {held.year} {held.province} sudah dibuka untuk umum oleh "
        f"{held.published_by or 'sistem'} pada {_day(held.published_at, held.province)}.",
        "Tidak ada yang berubah oleh langkah Anda.",
        url=reverse("open_data:switch"),
    )


def _closed_already(held: Publication) -> Conflict:
    return Conflict(
        f"Data {held.year} {held.province} sudah ditutup atau diganti oleh "
        f"{held.withdrawn_by or 'sistem'}.",
        "Tidak ada yang berubah oleh langkah Anda.",
        url=reverse("open_data:switch"),
    )


def _day(moment, region) -> str:
    return format_date(local_time(moment, region.timezone_label).date())
