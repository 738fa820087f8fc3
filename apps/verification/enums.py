from datetime import timedelta

from django.db import models


class Kind(models.TextChoices):
    """The kinds of evidence that pass through one and the same workflow."""

    DECREE = "decree", "SK"
    WORK_PLAN = "work_plan", "Rencana kerja"
    INDICATOR_SET = "indicator_set", "Indikator"
    BUDGET = "budget", "Anggaran"
    NIL = "nil", "Pernyataan tidak ada"


class Status(models.TextChoices):
    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    RETURNED = "returned", "Dikembalikan"
    VERIFIED = "verified", "Terverifikasi"
    CANCELLED = "cancelled", "Dibatalkan"


EDITABLE = (Status.DRAFT, Status.RETURNED)
OPEN = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)


class Action(models.TextChoices):
    """What a history row tells; some are steps, the others what surrounds them."""

    SUBMIT = "submit", "Kirim untuk diverifikasi"
    WITHDRAW = "withdraw", "Tarik kembali"
    RETURN = "return", "Kembalikan"
    VERIFY = "verify", "Setujui"
    CANCEL = "cancel", "Batalkan verifikasi"
    CREATE = "create", "Mulai isi"
    EDIT = "edit", "Ubah isian"
    OPEN = "open", "Buka untuk diperiksa"
    IMPORT = "import", "Impor"
    UNDO = "undo", "Urungkan keputusan"
    REQUEUE = "requeue", "Kembali ke antrean karena sanggahan diterima"


# Whoever did one of these to a version may not judge it (spec section 3).
ENTERING = (Action.CREATE, Action.EDIT, Action.SUBMIT, Action.IMPORT)

# What a verifier decides of a waiting item, and for how long it can be undone.
DECISIONS = (Action.VERIFY, Action.RETURN)
UNDO_FOR = timedelta(minutes=1)

# How long an opened item counts as being worked on by one verifier.
OPEN_FOR = timedelta(minutes=20)
