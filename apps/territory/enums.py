from django.db import models


class ChangeKind(models.TextChoices):
    """What a law does to a region."""

    SPLIT_PROVINCE = "split_province", "Pemekaran provinsi"
    SPLIT_DISTRICT = "split_district", "Pemekaran kabupaten/kota"
    MERGE = "merge", "Penggabungan"
    MOVE = "move", "Pindah ke provinsi lain"
    RENAME = "rename", "Ganti nama, kode, atau tingkat"


class ChangeStatus(models.TextChoices):
    DRAFT = "draft", "Draf"
    READY = "ready", "Siap"
    CONFIRMED = "confirmed", "Disahkan"
    DROPPED = "dropped", "Dibatalkan"


class Way(models.TextChoices):
    """What becomes of somebody's post; without an item it stays as it is."""

    MOVE = "move", "Pindah ke wilayah baru"
    ALSO = "also", "Tetap, dan juga di wilayah baru"
    END = "end", "Penugasan berakhir"


SPLITS = (ChangeKind.SPLIT_PROVINCE, ChangeKind.SPLIT_DISTRICT)
WITH_TARGET = (ChangeKind.MERGE, ChangeKind.MOVE)
OPEN = (ChangeStatus.DRAFT, ChangeStatus.READY)
