"""What a successor must know about a post, as sections of rows for the paper (no layout here).

Read as the post itself would see it: a user limited to this one post, so that the pack shows
neither more nor less than the pages do. The number of queries does not grow with the rows.
"""

import copy
from datetime import date

from django.db.models import Count

from apps.accounts.enums import Role
from apps.accounts.models import Assignment
from apps.accounts.queries import coordinators_of, operators_of, verifiers_of
from apps.accounts.scope import PROVINCE_WIDE, Post, Scope
from apps.core.context import is_sample
from apps.core.formats import format_date, format_size
from apps.deadlines.formula import LATE, LOCKED, OPEN, UPCOMING
from apps.deadlines.queries import deadlines_for
from apps.discussion.enums import State
from apps.discussion.models import FollowUp
from apps.documents.models import Document, Upload
from apps.handover.sections import Section, local_date
from apps.handover.tasks import filling, judging
from apps.verification.enums import Kind

ROWS = 15  # of a section; the rest is told as a number
DEADLINE_WORDS = {
    UPCOMING: "belum dibuka",
    OPEN: "dibuka",
    LATE: "lewat batas",
    LOCKED: "terkunci",
}
CHECKLIST = (
    "Kata sandi dan kode tidak diserahkan; pengganti membuat kata sandinya sendiri.",
    "Berkas asli (SK, DPA, rencana kerja) pada lemari atau cakram bersama ditunjukkan.",
    "Berkas yang dikembalikan dan alasannya dibahas bersama.",
    "Tindak lanjut dan batas waktunya dibahas bersama.",
    "Nama dan nomor orang yang dihubungi di provinsi dan di Bagian Hukum diserahkan.",
    "Surel dan grup percakapan dinas atas nama pejabat lama dialihkan.",
    "Akun lain milik pejabat lama yang tidak dipakai lagi ditutup.",
)


def pack_of(post: Assignment, on: date, *, made_by) -> dict:
    """Everything the template sets: title, facts, sections, checklist."""
    viewer = _as_the_post(post)
    handover = getattr(post, "handover", None)
    sections = judging(viewer, post, on) if _judges(post) else filling(viewer, post, on)
    sections += [
        _deadlines(post, on),
        _follow_ups(post, on),
        _documents(post),
        _unfinished(post),
        _contacts(post),
        _other_posts(post),
    ]
    return {
        "title": f"Serah terima {post}",
        "facts": _facts(post, handover),
        "sections": [section.data for section in sections if section],
        "checklist": list(CHECKLIST),
        "made": f"Disusun {format_date(on)} oleh {made_by}",
        "old": str(post.user),
        "is_sample": is_sample(),
        "new": str(handover.successor.user) if handover else "",
    }


def _as_the_post(post: Assignment):
    """The holder, limited to this one post."""
    viewer, region = copy.copy(post.user), post.region
    held = Post(
        role=post.role,
        region_id=post.region_id,
        province_id=region.province_id if region else None,
        region_name=region.name if region else "",
        level=region.level if region else "",
        region_code=region.code if region else "",
    )
    viewer.scope = Scope([held], is_admin=False)
    return viewer


def _judges(post) -> bool:
    return post.role in PROVINCE_WIDE or post.role == Role.NATIONAL


def _facts(post, handover) -> list[tuple[str, str]]:
    region = post.region
    facts = [
        ("Jabatan", post.get_role_display()),
        ("Wilayah", region.full_name if region else "Seluruh Indonesia"),
        ("Pemegang lama", f"{post.user} ({post.user.username})"),
        ("Memegang sejak", format_date(post.started_on) if post.started_on else "tidak tercatat"),
    ]
    if handover:
        new = handover.successor
        plt = f", Plt. sampai {format_date(new.until)}" if new.acting else ""
        facts += [
            ("Pengganti", f"{new.user} ({new.user.username}){plt}"),
            ("Diserahkan", f"{format_date(handover.handed_on)} oleh {handover.by}"),
            ("Alasan", handover.reason),
        ]
    else:
        facts.append(("Pengganti", "belum ditunjuk"))
    return facts


def _reach(post) -> dict:
    if _judges(post):
        return {"region__province": post.region_id} if post.region_id else {}
    return {"region": post.region_id}


def _deadlines(post, on) -> Section | None:
    if post.region is None:
        return None
    found = deadlines_for(on.year, [post.region])
    rows = []
    for kind in (Kind.DECREE, Kind.WORK_PLAN, Kind.INDICATOR_SET, Kind.BUDGET):
        if deadline := found.get((kind.value, post.region_id)):
            locks = format_date(deadline.locks_on) if deadline.locks_on else "tidak dikunci"
            state = DEADLINE_WORDS.get(deadline.state(on), "masa tenggang")
            rows.append([kind.label, format_date(deadline.due_on), locks, state])
    return Section(
        f"Batas waktu {on.year}",
        ("Isian", "Paling lambat", "Dikunci", "Keadaan"),
        rows,
        "Belum ada batas waktu untuk tahun ini.",
        widths=(2, 2, 2, 2),
    )


def _follow_ups(post, on) -> Section:
    held = FollowUp.objects.filter(state=State.OPEN, **_reach(post))
    if _judges(post):  # of a whole province only those of the people concerned
        handover = getattr(post, "handover", None)
        owners = [post.user_id, handover.successor.user_id] if handover else [post.user_id]
        held = held.filter(owner__in=owners)
    rows = list(held.select_related("owner", "region").order_by("due_on", "pk")[: ROWS + 1])
    total = len(rows) if len(rows) <= ROWS else held.count()
    return Section(
        "Tindak lanjut yang belum selesai",
        ("Yang perlu dilakukan", "Penanggung jawab", "Paling lambat"),
        [
            [
                each.task,
                str(each.owner),
                format_date(each.due_on) + (" (lewat)" if each.due_on < on else ""),
            ]
            for each in rows[:ROWS]
        ],
        "Tidak ada tindak lanjut yang menunggu.",
        total=total,
        widths=(5, 3, 2),
    )


def _documents(post) -> Section:
    held = Document.objects.filter(**_reach(post))
    newest = list(held.order_by("-uploaded_at")[:5])
    total = held.aggregate(number=Count("pk"))["number"]
    rows = [
        [
            each.original_name,
            f"{each.pages} halaman, {format_size(each.size)}",
            local_date(each.uploaded_at, post),
        ]
        for each in newest
    ]
    return Section(
        "Dokumen",
        ("Yang terbaru", "Isi", "Diunggah"),
        rows,
        "Belum ada dokumen.",
        total=total,
        lead="Semua dokumen ada di portal, menu Dokumen.",
        widths=(5, 3, 2),
    )


def _unfinished(post) -> Section | None:
    """What only the leaving person can go on with: files on their way."""
    rows = list(
        Upload.objects.filter(user=post.user_id, document=None, **_reach(post)).order_by("pk")[
            :ROWS
        ]
    )
    if not rows:
        return None
    return Section(
        "Unggahan pejabat lama yang belum selesai",
        ("Berkas", "Sudah diterima"),
        [
            [each.name, f"{format_size(each.received)} dari {format_size(each.size)}"]
            for each in rows
        ],
        "",
        lead="Hanya pejabat lama dapat melanjutkannya; pengganti mengunggah berkas yang sama lagi.",
        widths=(5, 3),
    )


def _contacts(post) -> Section:
    region = post.region
    people = [("Koordinator", user) for user in (coordinators_of(region) if region else [])]
    if _judges(post):
        officers = operators_of(region) if region else []
        people += [("Operator provinsi", user) for user in officers]
    else:
        judge = "Pusat" if region.is_province else "Verifikator"
        people = [(judge, user) for user in verifiers_of(region)] + people
        people += [("Rekan operator", user) for user in operators_of(region)]
    rows = [
        [role, str(user), user.office or "", user.email or "tanpa e-mail"]
        for role, user in people
        if user.pk != post.user_id
    ]
    return Section(
        "Orang yang dihubungi",
        ("Peran", "Nama", "Kantor", "E-mail"),
        rows[:ROWS],
        "Belum ada verifikator atau koordinator yang tercatat.",
        total=len(rows),
        widths=(2, 3, 3, 3),
    )


def _other_posts(post) -> Section:
    held = Assignment.objects.filter(user=post.user_id, ended_on=None).exclude(pk=post.pk)
    rows = [[str(each), "serahkan atau akhiri"] for each in held.select_related("region")]
    empty = f"{post.user} tidak memegang penugasan lain; akunnya dapat dinonaktifkan."
    return Section("Akun yang ditutup", ("Penugasan lain", "Tindakan"), rows, empty, widths=(5, 3))
