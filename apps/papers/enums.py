from django.db import models


class OnBehalf(models.TextChoices):
    """In whose place somebody signs; empty: in the own office."""

    OWN = "", "Jabatan sendiri"
    ON_BEHALF = "a.n.", "a.n. (atas nama)"
    TASKED = "Plt.", "Plt. (pelaksana tugas)"
    DAILY = "Plh.", "Plh. (pelaksana harian)"


class Paper(models.TextChoices):
    A4 = "a4", "A4 (210 × 297 mm)"
    F4 = "f4", "F4 (215 × 330 mm)"


class PaperKind(models.TextChoices):
    """What is issued with a code of its own."""

    POKJA = "rapor_pokja", "Rapor Pokja"
    DISTRICT = "rapor_daerah", "Rapor daerah"
    PROVINCE = "rapor_provinsi", "Rapor provinsi"
    RECAP = "rekap", "Rekap Rakerda"
