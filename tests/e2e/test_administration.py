"""Django's admin on an office's screen: wide rows of a form scroll in a box of their own."""

import pytest

from apps.indicators.models import IndicatorSet
from apps.work_plans.models import WorkPlan
from tests import makers
from tests.e2e.conftest import NARROW, WIDE, assert_no_sideways_scroll


@pytest.fixture
def drafts(place, admin):
    """A plan and an indicator set with rows, neither sent yet."""
    makers.make_plan(place.pokja, place.officer)
    row = {"indicator": place.indicator, "target": "2.1"}
    makers.make_indicators(place.pokja, place.officer, rows=[row])
    return place


@pytest.mark.parametrize("model", [WorkPlan, IndicatorSet])
def test_a_form_with_wide_rows_is_no_wider_than_the_window(person, drafts, model):
    own = model.objects.get(pokja=drafts.pokja)
    page = person("admin")
    page.goto(f"/admin/{model._meta.app_label}/{model._meta.model_name}/{own.pk}/change/")
    rows = page.locator(".inline-group")
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        assert rows.evaluate("box => box.scrollWidth > box.clientWidth")
        assert_no_sideways_scroll(page)
