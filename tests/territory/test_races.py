"""Two administrators at once: one law is applied once."""

import pytest

from apps.regions.models import Region, RegionCode
from apps.territory import applying
from apps.territory.models import RegionChange
from apps.territory.plan import plan_for
from tests.rivals import at_once, outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_one_wins(sulsel, split, cast):
    seen = plan_for(split).key

    def confirm(name):
        mine = RegionChange.objects.get(pk=split.pk)
        return applying.confirm(mine, actor=cast[name], revision=split.revision, seen=seen)

    results = at_once(lambda: confirm("pusat"), lambda: confirm("admin"))
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    assert Region.objects.filter(code="76").count() == 1
    assert RegionCode.objects.filter(region=sulsel.bone, valid_to=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_laws_about_one_region_the_second_is_told(sulsel, split, draft, pusat):
    other = draft("rename", sulsel.bone, code="73.90", name="Bone Baru", level="kabupaten")
    keys = {change.pk: plan_for(change).key for change in (split, other)}

    def confirm(change):
        mine = RegionChange.objects.get(pk=change.pk)
        return applying.confirm(mine, actor=pusat, revision=change.revision, seen=keys[change.pk])

    results = at_once(lambda: confirm(split), lambda: confirm(other))
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    assert Region.objects.get(pk=sulsel.bone.pk).code in ("76.01", "73.90")
