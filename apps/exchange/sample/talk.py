"""What is talked about sample items, and what somebody is to do: each state once in two regions."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from apps.discussion import follow_ups, services
from apps.discussion.models import Comment, FollowUp, FollowUpEvent, Thread
from apps.evidence.queries import pokja_of
from apps.verification.enums import Kind, Status
from apps.verification.models import Evidence

MARK = "(data contoh)"
PLACES = (("73.08", "operator.bone"), ("73.71", "operator.makassar"))
# task, days until it is due, what became of it
TASKS = (
    ("Lengkapi penanggung jawab dua kegiatan", 5, ""),
    ("Unggah ulang halaman 2 SK yang buram", -3, ""),
    ("Kirim notula rapat koordinasi triwulan lalu", 2, "done"),
    ("Mintakan nomor DPA kepada bagian keuangan", -10, "adequate"),
    ("Perbaiki nama instansi pada daftar anggota", 7, "inadequate"),
    ("Siapkan rapat koordinasi tambahan", 9, "cancelled"),
)


def add_talk(people, today, *, places=PLACES, verifier="verifikator.sulsel") -> None:
    """An open and a settled thread, and follow-ups, in each place (code, user of its officer)."""
    judge = people[verifier]
    for code, username in places:
        officer = people[username]
        item = _item(code)
        if item is None:
            continue
        _threads(item, officer, judge)
        for at, (task, days, outcome) in enumerate(TASKS):
            evidence = item if at % 2 == 0 else None
            _follow_up(item, evidence, task, today + timedelta(days), outcome, officer, judge)


def _item(code) -> Evidence | None:
    """A returned item of the region, else any: there is most to talk about."""
    rows = Evidence.objects.filter(region__code=code).exclude(kind=Kind.NIL)
    rows = rows.select_related("region__province")
    return rows.filter(status=Status.RETURNED).first() or rows.first()


def _threads(item, officer, judge) -> None:
    moment = timezone.now() - timedelta(days=2)
    asked = services.open_thread(
        item,
        f"Apakah penanggung jawab boleh ditulis per bidang? {MARK}",
        actor=officer,
        token=uuid4(),
        mentioned=[judge],
    )
    _say(asked.thread, "Boleh, asalkan bidangnya disebut dalam SK.", judge)
    _say(asked.thread, "Baik. Bagaimana dengan kegiatan yang dikerjakan bersama?", officer)
    settled = services.open_thread(
        item, f"Tahun pada judul sudah sesuai SK? {MARK}", actor=judge, token=uuid4()
    )
    last = _say(settled.thread, "Sudah, mengikuti SK terbaru.", officer)
    services.resolve(settled.thread, actor=judge, seen=last.pk)
    for number, comment in enumerate(Comment.objects.filter(thread__evidence=item)):
        at = moment + timedelta(minutes=37 * number)
        Comment.objects.filter(pk=comment.pk).update(at=at)
    Thread.objects.filter(evidence=item).update(opened_at=moment)


def _say(thread, text, actor) -> Comment:
    return services.reply(thread, text, actor=actor, token=uuid4())


def _follow_up(item, evidence, task, due_on, outcome, officer, judge) -> None:
    found = follow_ups.ask(
        item.region,
        f"{task} {MARK}",
        owner=officer,
        due_on=due_on,
        actor=judge,
        token=uuid4(),
        evidence=evidence,
        pokja=pokja_of(item)[0],
    )
    if outcome == "cancelled":
        follow_ups.cancel(found, "Rapat sudah diadakan.", actor=judge, revision=found.revision)
    elif outcome:
        follow_ups.finish(found, "Sudah dikerjakan.", actor=officer, revision=found.revision)
    if outcome in ("adequate", "inadequate"):
        fine = outcome == "adequate"
        reason = "Nomor sesuai." if fine else "Masih ada dua nama tanpa instansi."
        follow_ups.judge(found, fine, reason, actor=judge, revision=found.revision)
    _in_the_past(found, due_on)


def _in_the_past(found, due_on) -> None:
    """Asked for two weeks before it was due, by the clock of the portal."""
    zone = timezone.get_current_timezone()
    begun = datetime.combine(due_on - timedelta(days=14), time(9, 15), zone)
    FollowUp.objects.filter(pk=found.pk).update(created_at=begun)
    for number, event in enumerate(found.events.order_by("id")):
        FollowUpEvent.objects.filter(pk=event.pk).update(at=begun + timedelta(hours=25 * number))
