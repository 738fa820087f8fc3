from django.db import models


class Event(models.TextChoices):
    """What a notice tells of (design: notifications). The word is shown as its kind."""

    RETURNED = "returned", "Dikembalikan"
    VERIFIED = "verified", "Disetujui"
    CANCELLED = "cancelled", "Verifikasi dibatalkan"
    EFFECTIVE = "effective", "Pokja efektif"
    SUBMITTED = "submitted", "Berkas baru"
    OVER_TARGET = "over_target", "Lewat target"
    DEADLINE = "deadline", "Batas waktu"
    REOPENED = "reopened", "Periode dibuka kembali"
    DECREE_ENDS = "decree_ends", "SK berakhir"
    QUARTER = "quarter", "Capaian triwulan"
    UNREADABLE = "unreadable", "Berkas tidak terbaca"
    COMMENT = "comment", "Komentar"
    MENTION = "mention", "Anda disebut"
    FOLLOW_UP = "follow_up", "Tindak lanjut"
    OBJECTION = "objection", "Sanggahan"
    ANSWER = "answer", "Jawaban sanggahan"
    SECOND_LOOK = "second_look", "Tinjauan kedua"
    HANDOVER = "handover", "Serah terima"
    CAMPAIGN = "campaign", "Pengingat provinsi"


class Channel(models.TextChoices):
    """How somebody wants to be mailed; the bell tells everything anyhow."""

    AT_ONCE = "at_once", "Surel langsung"
    DIGEST = "digest", "Ringkasan harian pukul 07.00 waktu setempat"
    NONE = "none", "Tanpa surel"


class Group(models.TextChoices):
    """What one choice of channel is for: the names of the fields of ``Preference``."""

    DECISIONS = "decisions", "Berkas dan keputusannya"
    DEADLINES = "deadlines", "Batas waktu dan pengingat"
    TALK = "talk", "Pembicaraan dan tindak lanjut"


# Whatever is in no other group is about items and what was decided on them.
GROUP_OF = {
    Event.DEADLINE: Group.DEADLINES,
    Event.REOPENED: Group.DEADLINES,
    Event.DECREE_ENDS: Group.DEADLINES,
    Event.QUARTER: Group.DEADLINES,
    Event.CAMPAIGN: Group.DEADLINES,
    Event.COMMENT: Group.TALK,
    Event.MENTION: Group.TALK,
    Event.FOLLOW_UP: Group.TALK,
    Event.HANDOVER: Group.TALK,
}

# One sentence for all that came in on a day, changed as more comes: never a mail for each change.
DAILY = frozenset({Event.SUBMITTED})


class MailState(models.TextChoices):
    WAITING = "waiting", "Menunggu"
    SENT = "sent", "Terkirim"
    FAILED = "failed", "Gagal"
    DROPPED = "dropped", "Tidak dikirim"
