"""The open work of a post: what officers have to fill in, what verifiers have to judge."""

from datetime import date, timedelta

from django.utils import timezone

from apps.accounts.models import Assignment
from apps.core.formats import format_date
from apps.deadlines.queries import waits_for
from apps.decrees.chain import days_left
from apps.decrees.queries import numbers_of
from apps.effectiveness.chain import last_cover
from apps.effectiveness.queries import decree_rows
from apps.evidence.models import UnsavedForm
from apps.handover.sections import Section, local_date
from apps.inbox.queries import inbox_for, own_pokja
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence, History
from apps.verification.queries import waiting_for

ROWS = 15
SOON = timedelta(days=90)
DECISIONS = (Action.VERIFY, Action.RETURN, Action.CANCEL)


# --- officers ------------------------------------------------------------------------------------


def filling(viewer, post: Assignment, on: date) -> list[Section]:
    """What an operator has to do, has in hand, has sent; the SK of the region; last decisions."""
    inbox = inbox_for(viewer, on.year)
    return [
        _returned(inbox.returned),
        _listed("Belum dikerjakan", inbox.todo, "Tidak ada yang belum dikerjakan."),
        _drafts(viewer, post),
        _listed("Menunggu verifikasi", inbox.waiting, "Tidak ada berkas yang menunggu."),
        _decrees(viewer, on),
        _decisions(viewer, post),
    ]


def _returned(tasks) -> Section:
    rows = [[each.name, each.quote or each.text, each.quoted_by] for each in tasks[:ROWS]]
    return Section(
        "Dikembalikan, perlu diperbaiki",
        ("Tugas", "Kata verifikator", "Oleh"),
        rows,
        "Tidak ada yang dikembalikan.",
        total=len(tasks),
        widths=(3, 4, 2),
    )


def _listed(title, tasks, empty) -> Section:
    rows = [[each.name, each.text] for each in tasks[:ROWS]]
    return Section(title, ("Tugas", "Keterangan"), rows, empty, total=len(tasks), widths=(4, 5))


def _drafts(viewer, post) -> Section:
    """Drafts of the region, which stay; and what the old holder typed and never saved."""
    held = Evidence.objects.for_user(viewer).filter(region=post.region_id, status=Status.DRAFT)
    drafts = list(held.select_related("edited_by").order_by("-edited_at")[: ROWS + 1])
    total = len(drafts) if len(drafts) <= ROWS else held.count()
    unsaved = UnsavedForm.objects.filter(user=post.user_id, pokja__region=post.region_id).count()
    lead = "Draf milik wilayah, bukan milik orang; pengganti melanjutkannya."
    if unsaved:
        lead += f" {unsaved} isian pejabat lama belum disimpan sebagai draf; minta ia menyimpannya."
    rows = [
        [each.title, str(each.edited_by or ""), local_date(each.edited_at, post)]
        for each in drafts[:ROWS]
    ]
    return Section(
        "Draf",
        ("Isian", "Terakhir diubah oleh", "Tanggal"),
        rows,
        "Tidak ada draf.",
        total=total,
        lead=lead,
        widths=(5, 3, 2),
    )


def _decrees(viewer, on) -> Section:
    """The SK in force of every Pokja, as the scores take them, and when each ends."""
    groups = list(own_pokja(viewer).active_on(on).order_by("name"))
    rows_of = decree_rows(own_pokja(viewer).active_on(on))
    covers = {group.pk: last_cover(rows_of.get(group.pk, ()), on) for group in groups}
    ids = {cover.decree.evidence_id for cover in covers.values() if cover}
    numbers = numbers_of(ids, viewer)
    rows = []
    for group in groups[:ROWS]:
        cover = covers[group.pk]
        number = numbers.get(cover.decree.evidence_id, "") if cover else "tidak ada yang berlaku"
        rows.append([group.name, number, _end_words(cover, on)])
    return Section(
        "SK yang berlaku",
        ("Pokja", "Nomor SK", "Berakhir"),
        rows,
        "Belum ada Pokja.",
        total=len(groups),
        widths=(4, 3, 3),
    )


def _end_words(cover, on) -> str:
    if cover is None:
        return ""
    if cover.end is None:
        return "tanpa tanggal akhir"
    soon = cover.end - on <= SOON
    return format_date(cover.end) + (f" ({days_left(cover.end, on)})" if soon else "")


# --- verifiers -----------------------------------------------------------------------------------


def judging(viewer, post: Assignment, on: date) -> list[Section]:
    """What waits for a verifier, the oldest first, and what they decided last."""
    held = waiting_for(viewer)
    oldest = list(held[:ROWS])
    waits = waits_for(oldest, timezone.now())
    rows = [
        [
            each.title,
            each.region.label,
            local_date(each.submitted_at, post),
            _wait_words(waits.get(each.pk)),
        ]
        for each in oldest
    ]
    queue = Section(
        "Menunggu diperiksa",
        ("Berkas", "Wilayah", "Dikirim", "Menunggu"),
        rows,
        "Tidak ada berkas yang menunggu.",
        total=held.count(),
        lead="Yang paling lama lebih dahulu.",
        widths=(5, 3, 2, 3),
    )
    return [queue, _decisions(viewer, post, actor=post.user_id)]


def _wait_words(wait) -> str:
    if wait is None:
        return ""
    return f"{wait.days} hari kerja" + (", lewat target" if wait.is_over else "")


# --- both ----------------------------------------------------------------------------------------


def _decisions(viewer, post, actor=None) -> Section:
    rows = History.objects.for_user(viewer).standing().filter(action__in=DECISIONS)
    if actor:
        rows = rows.filter(actor=actor)
    last = rows.select_related("evidence__region", "actor").order_by("-id")[:8]
    return Section(
        "Keputusan terakhir",
        ("Berkas", "Keputusan", "Oleh", "Tanggal"),
        [
            [
                each.evidence.title,
                each.get_action_display(),
                str(each.actor or ""),
                local_date(each.at, post),
            ]
            for each in last
        ],
        "Belum ada keputusan.",
        widths=(5, 2, 3, 2),
    )
