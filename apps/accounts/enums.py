from django.db import models


class Role(models.TextChoices):
    """The roles of spec section 3. The administrator is Django's superuser, not a role here."""

    OPERATOR = "operator", "Operator"
    VERIFIER = "verifier", "Verifikator"
    COORDINATOR = "coordinator", "Koordinator"
    NATIONAL = "national", "Pusat"
    OBSERVER = "observer", "Pengamat"
    ADMIN = "admin", "Admin"


class Act(models.TextChoices):
    """What somebody may want to do with the things of a region (rows of spec section 3)."""

    EDIT = "edit", "mengisi, mengirim, dan menarik kembali"
    VERIFY = "verify", "memverifikasi dan mengembalikan"
    CANCEL = "cancel", "membatalkan verifikasi"
    MANAGE_POKJA = "manage_pokja", "mengelola daftar Pokja"
    MANAGE_ACCOUNTS = "manage_accounts", "memberi akun"
    MANAGE_PERIODS = "manage_periods", "mengunci dan membuka periode"
    ANSWER = "answer", "menjawab sanggahan"
    SET_TARGETS = "set_targets", "menetapkan target"


class Purpose(models.TextChoices):
    """What an invitation is for: a first password, or a new one."""

    ACTIVATE = "activate", "Aktivasi akun"
    PASSWORD = "password", "Kata sandi baru"


class Channel(models.TextChoices):
    """How an invitation reaches its person."""

    MAIL = "mail", "Tautan lewat e-mail"
    CODE = "code", "Kode cetak"


class InvitationState(models.TextChoices):
    OPEN = "open", "Menunggu dipakai"
    USED = "used", "Sudah dipakai"
    WITHDRAWN = "withdrawn", "Dicabut"
    EXPIRED = "expired", "Lewat waktu"


class Ending(models.TextChoices):
    """Why a log-in ended before its twelve hours were over."""

    SIGNED_OUT = "out", "Keluar"
    IDLE = "idle", "Lama tidak dipakai"
    BY_OWNER = "owner", "Diakhiri pemilik akun"
    PASSWORD = "password", "Kata sandi diganti"
    SECOND_FACTOR = "factor", "Verifikasi dua langkah diubah"
    SWITCHED_OFF = "off", "Akun dinonaktifkan"
