"""Is what is sent still owed, or does it only renew something that was verified already?"""

from apps.decrees.enums import CoverageRole
from apps.verification.enums import Kind, Status
from apps.verification.models import Evidence


def renews_verified(evidence: Evidence) -> bool:
    """A later version or budget stage of something verified, or an SK that amends or revokes.

    The deadline asks for the first; a change of it in October is not "late" since March.
    """
    verified = Evidence.objects.filter(status=Status.VERIFIED)
    if verified.filter(family=evidence.family).exists():
        return True
    if evidence.kind == Kind.BUDGET:
        budget = evidence.budget
        return verified.filter(budget__pokja=budget.pokja_id, budget__year=budget.year).exists()
    if evidence.kind == Kind.DECREE:
        return not evidence.decree.coverage.filter(role=CoverageRole.ESTABLISH).exists()
    return False
