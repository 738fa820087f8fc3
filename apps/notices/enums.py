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
