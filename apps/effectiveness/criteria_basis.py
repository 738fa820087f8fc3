"""What the outcome of an extra check rests on, in words and with the page that shows it."""

from typing import NamedTuple

from django.urls import reverse

from apps.core.formats import format_number
from apps.effectiveness.criteria import CHECKS
from apps.effectiveness.rubrics import CriterionRule, Rules
from apps.indicators.models import RegionTarget, Target
from apps.regulations.models import Agreement, Institution, Regulation

REGISTER = {
    "regulasi_berlaku": (Regulation, "regulations:regulation_detail"),
    "kesepakatan_berlaku": (Agreement, "regulations:agreement_detail"),
    "kelembagaan": (Institution, "regulations:institution_detail"),
}


class Ground(NamedTuple):
    """A fact an outcome rests on; ``url`` is empty where this person may not open it."""

    name: str
    url: str = ""


def grounds_of(rules: Rules, results: dict, user) -> dict[str, Ground]:
    """Criterion -> what its result rests on, of one Pokja; at most 2 queries for each check."""
    found = {}
    for rule in rules.extra:
        item_id = results[rule.code].item_id
        ground = _ground(rule.check, item_id, user) if item_id else None
        if ground:
            found[rule.code] = ground
    return found


def _ground(check: str, item_id: int, user) -> Ground | None:
    if check in REGISTER:
        model, page = REGISTER[check]
        row = model.objects.select_related("region").filter(pk=item_id).first()
        if row is None:
            return None
        seen = model.objects.for_user(user).filter(pk=item_id).exists()
        return Ground(str(row), reverse(page, args=[item_id]) if seen else "")
    if check == "indikator_naik":
        return _value(Target.objects.select_related("indicator", "indicator_set"), item_id)
    if check == "dokumen_memuat_indikator":
        row = RegionTarget.objects.select_related("indicator").filter(pk=item_id).first()
        return Ground(f"{row.indicator} {row.year} menurut {row.document}") if row else None
    return None


def _value(rows, item_id: int) -> Ground | None:
    """ "IPBK 2026: 63,4"."""
    row = rows.filter(pk=item_id).first()
    if row is None:
        return None
    said = (row.annual, row.q4, row.q3, row.q2, row.q1)
    value = next((each for each in said if each is not None), None)
    shown = format_number(value) if value is not None else "belum diisi"
    return Ground(f"{row.indicator} {row.indicator_set.year}: {shown}")


def mended_at(rule: CriterionRule) -> str:
    """The page where the fact of a rule is put in; empty where it is evidence of the Pokja."""
    check = CHECKS.get(rule.check)
    return reverse(check.place) if check and check.place else ""
