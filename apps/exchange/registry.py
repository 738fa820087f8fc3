"""The kinds of files (spec section 7, members, holidays), by the word commands and pages use."""

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
