from django.db import models


class RegulationKind(models.TextChoices):
    """Kinds of regulations; the values are the words of the file column ``jenis``."""

    UU = "uu", "Undang-Undang"
    PP = "pp", "Peraturan Pemerintah"
    PERPRES = "perpres", "Peraturan Presiden"
    INPRES = "inpres", "Instruksi Presiden"
    PERMEN = "permen", "Peraturan Menteri"
    PERBAN = "perban", "Peraturan BKKBN"
    PERDA = "perda", "Peraturan Daerah"
    PERGUB = "pergub", "Peraturan Gubernur"
    PERBUP = "perbup", "Peraturan Bupati"
    PERWALI = "perwali", "Peraturan Wali Kota"
    DECISION = "keputusan", "Keputusan"
    INSTRUCTION = "instruksi", "Instruksi"
    CIRCULAR = "se", "Surat Edaran"
    OTHER = "lainnya", "Lainnya"


class AgreementKind(models.TextChoices):
    MOU = "mou", "Nota kesepahaman (MoU)"
    PKS = "pks", "Perjanjian kerja sama (PKS)"


class InstitutionForm(models.TextChoices):
    """Does an office handle PPKB alone, or merged with other affairs?"""

    ALONE = "mandiri", "Berdiri sendiri"
    MERGED = "digabung", "Digabung dengan urusan lain"
