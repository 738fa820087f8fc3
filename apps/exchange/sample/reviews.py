"""Sample replies to decisions, and two second looks in Sulawesi Selatan: one finished, one open."""

from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from apps.evidence.kinds import adapter_for
from apps.notices.enums import Event
from apps.notices.services import tell
from apps.regions.models import Region
from apps.reviews import words
from apps.reviews.drawing import Plan, Verdict, draw_sample, save_verdict
from apps.reviews.enums import Outcome, State
from apps.reviews.models import Objection, Sample
from apps.verification.enums import Action, Kind
from apps.verification.models import History, ReturnReason

PROVINCE = "73"
WRONG = "Nilai pertama tidak dapat dipastikan dari isian (data contoh)"
DISPUTE = (
    "Penanggung jawab sudah tercantum pada lampiran rencana kerja halaman 3, yang diunggah "
    "bersama kiriman ini (data contoh)."
)
# state, reason of the region, answer of the koordinator, outcome
ANSWERED = (
    (
        State.REJECTED,
        "Menurut kami tanggal ini sesuai dengan kebiasaan naskah dinas daerah (data contoh).",
        "Tanggal pada isian berbeda dengan tanggal pada berkas; perbaiki isiannya (data contoh).",
        "",
    ),
    (
        State.UPHELD,
        "Dokumen pengganti sudah dikirim sebelum verifikasi dibatalkan (data contoh).",
        "Benar, dokumen pengganti sudah ada. Kirim versi baru, akan kami periksa (data contoh).",
        Outcome.TO_SEND,
    ),
    (State.AGREED, "", "", ""),
)


def add_reviews(people: dict, today: date) -> None:
    """Replies in every state, then the two draws."""
    _add_replies(people)
    _add_draws(people, today)


def _add_replies(people) -> None:
    own = people["operator.bone"]
    bone = _standing("73.08", Action.RETURN, kind=Kind.WORK_PLAN).first()
    if bone is not None:
        opened = _reply(bone, own, State.OPEN, DISPUTE)
        opened.notes.set(bone.notes.all())
        text = words.objection_notice(opened)
        url = f"/sanggahan/{opened.pk}/"
        coordinator = people["koordinator.sulsel"]
        tell([coordinator], Event.OBJECTION, text, url, key=f"sanggahan:{opened.pk}")
    used = [bone.pk] if bone else []
    for action, told in zip((Action.RETURN, Action.CANCEL, Action.VERIFY), ANSWERED, strict=True):
        rows = _standing(PROVINCE, action).exclude(pk__in=used).exclude(evidence__region__code="73")
        if row := rows.first():
            state, reason, answer, outcome = told
            _reply(row, row.evidence.submitted_by, state, reason, answer, outcome, people)


def _standing(code, action, **more):
    """Decisions that gave items of these regions their present status, the newest first."""
    rows = History.objects.filter(
        evidence__region__code__startswith=code,
        action=action,
        to_status=F("evidence__status"),
        **{f"evidence__{name}": value for name, value in more.items()},
    )
    return rows.select_related("evidence__region", "evidence__submitted_by").order_by("-at", "-pk")


def _reply(decision, by, state, reason, answer="", outcome="", people=None) -> Objection:
    now = timezone.now()
    answered = bool(answer)
    return Objection.objects.create(
        evidence=decision.evidence,
        decision=decision,
        state=state,
        reason=reason,
        by=by,
        at=min(decision.at + timedelta(days=1), now),
        answer=answer,
        answered_by=people["koordinator.sulsel"] if answered else None,
        answered_at=min(decision.at + timedelta(days=3), now) if answered else None,
        outcome=outcome,
    )


def _add_draws(people, today) -> None:
    region = Region.objects.get(code=PROVINCE)
    koordinator = people["koordinator.sulsel"]
    year_ago = today - timedelta(days=365)
    done = draw_sample(Plan(region, year_ago, today, 10), actor=koordinator, seed=730_001)
    _mark(done, wrong={4})
    month_ago = timezone.now() - timedelta(days=30)
    Sample.objects.filter(pk=done.pk).update(
        drawn_at=month_ago, closed_at=month_ago + timedelta(days=6)
    )
    plan = Plan(region, year_ago, today, 5, Kind.DECREE)
    started = draw_sample(plan, actor=koordinator, seed=730_002)
    _mark(started, last=1)


def _mark(sample, *, wrong=frozenset(), last=None) -> None:
    """Mark the first ``last`` items (all without); those numbered in ``wrong`` disagree."""
    items = sample.items.select_related("evidence__region", "verifier", "sample")
    for item in items.order_by("number")[:last]:
        agrees = item.number not in wrong
        adapter = adapter_for(item.evidence)
        values = [(f.field, f.label, f.label) for f in adapter.facts(item.evidence) if f.field]
        if table := adapter.table(item.evidence):
            values += [("", row[0], adapter.row_name) for row in table.rows]
        marks = tuple((*value, agrees or at > 0) for at, value in enumerate(values))
        reason = ReturnReason.objects.filter(is_active=True, kind=item.evidence.kind).first()
        verdict = Verdict(agrees, marks, None if agrees else reason, "" if agrees else WRONG)
        save_verdict(item, verdict, actor=item.verifier)
