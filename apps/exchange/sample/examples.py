"""Sample items that regions share as examples: one of each kind, of several regions."""

from django.db.models import Q
from django.utils import timezone

from apps.accounts.enums import Act
from apps.decrees.enums import ValidityBasis
from apps.examples.models import Share
from apps.examples.services import share
from apps.exchange.sample.people import JUDGES, OFFICERS
from apps.verification.enums import Kind
from apps.verification.models import Evidence

# region, kind of evidence, kind of its Pokja ("" for any); shared by the region's officer, or by
# the province on its behalf. The third is what the sample officers of Bone and Makassar lack.
SHARED = (
    ("73.71", Kind.DECREE, ""),
    ("73.71", Kind.BUDGET, ""),
    ("73.08", Kind.DECREE, ""),
    ("73.08", Kind.INDICATOR_SET, ""),
    ("73.06", Kind.WORK_PLAN, "kampung_kb"),
    ("73.15", Kind.INDICATOR_SET, "kampung_kb"),
    ("73.04", Kind.BUDGET, "kampung_kb"),
    ("73.13", Kind.WORK_PLAN, "gdpk"),
    ("63.71", Kind.WORK_PLAN, ""),
    ("62.10", Kind.DECREE, ""),
    ("73", Kind.WORK_PLAN, ""),
)
PATHS = {Kind.WORK_PLAN: "work_plan", Kind.INDICATOR_SET: "indicator_set", Kind.BUDGET: "budget"}


def share_examples(people, year: int) -> int:
    """Share the newest verified item of each line; returns how many are shared."""
    for code, kind, pokja_kind in SHARED:
        item = _item(code, kind, pokja_kind, year)
        actor = people.get(OFFICERS.get(code) or JUDGES.get(code[:2], ""))
        if item and actor and actor.scope.can(Act.EDIT, item.region):
            share(item, actor=actor)
    return Share.objects.running().count()


def _item(code, kind, pokja_kind, year) -> Evidence | None:
    """What counts of this kind in the region: of the year, of SK one that is still in force."""
    rows = Evidence.objects.counting().filter(region__code=code, kind=kind)
    rows = rows.select_related("region__province")
    if kind == Kind.DECREE:
        holds = Q(decree__validity_basis=ValidityBasis.UNTIL_REVOKED) | Q(
            decree__valid_until__gte=timezone.localdate()
        )
        return rows.filter(holds).order_by("-decree__valid_from", "-pk").first()
    if pokja_kind:
        rows = rows.filter(**{f"{PATHS[kind]}__pokja__kind_rows__kind": pokja_kind})
    return rows.filter(year=year).order_by("-pk").first()
