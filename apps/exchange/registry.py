"""The kinds of files (spec section 7, members, holidays), by the word commands and pages use."""

from apps.accounts.enums import Act
from apps.budgets.resources import BudgetImporter
from apps.core.importing import Importer
from apps.deadlines.resources import HolidayImporter
from apps.decrees.resources import DecreeImporter
from apps.exchange.members import MemberImporter
from apps.indicators.resources import IndicatorImporter, TargetImporter
from apps.pokja.evidence_importing import EvidenceImporter
from apps.pokja.resources import PokjaImporter
from apps.regions.resources import ProfileImporter
from apps.regulations.resources import RegulationImporter
from apps.verification.resources import ReasonImporter
from apps.work_plans.resources import PlanImporter

IMPORTERS: dict[str, type[Importer]] = {
    importer.kind: importer
    for importer in (
        PokjaImporter,
        DecreeImporter,
        PlanImporter,
        IndicatorImporter,
        BudgetImporter,
        ProfileImporter,
        TargetImporter,
        MemberImporter,
        HolidayImporter,
        ReasonImporter,
        RegulationImporter,
    )
}


def is_evidence(kind: str) -> bool:
    """Does this kind pass through verification, so that a status of arrival means something?"""
    return issubclass(IMPORTERS[kind], EvidenceImporter)


# What writing a kind needs (see accounts.scope.PERMISSIONS).
ACTS = {
    "pokja": Act.MANAGE_POKJA,
    "sk": Act.EDIT,
    "rencana-kerja": Act.EDIT,
    "indikator": Act.EDIT,
    "anggaran": Act.EDIT,
    "profil": Act.EDIT,
    "target": Act.CANCEL,
    "anggota": Act.MANAGE_POKJA,
    "libur": Act.MANAGE_PERIODS,
    "alasan": Act.CANCEL,
    "regulasi": Act.MANAGE_POKJA,
}

# What a kind is for, in the words of whoever fills it in. Kinds of the portal's own pages: holidays
# and reasons are reference data, which is the administration's.
PURPOSES = {
    "pokja": "Daftar Pokja: nama, jenis, kapan dibentuk atau bubar",
    "sk": "SK pembentukan, perubahan, dan pencabutan, satu baris untuk tiap Pokja",
    "rencana-kerja": "Kegiatan tiap Pokja dalam satu tahun",
    "indikator": "Target dan capaian indikator Bangga Kencana tiap Pokja",
    "anggaran": "Pagu dan realisasi tiap Pokja menurut sumber dana",
    "profil": "Keadaan daerah: desa, petugas, poktan, prevalensi stunting",
    "target": "Target indikator daerah",
    "anggota": "Susunan anggota tiap Pokja menurut SK",
    "regulasi": "Perda, perkada, dan aturan lain yang berlaku",
}
