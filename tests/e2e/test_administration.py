"""Django's admin on an office's screen: wide rows of a form scroll in a box of their own."""

import pytest
from django.urls import reverse

from apps.effectiveness.builtin_drafts import CODE, load_draft_rubric
from apps.effectiveness.models import Rubric
from apps.indicators.models import IndicatorSet
from apps.work_plans.models import WorkPlan
from tests import makers
from tests.e2e.conftest import NARROW, WIDE, assert_no_sideways_scroll


@pytest.fixture
def drafts(place, admin):
    """A rubric, a plan and an indicator set with rows, none published or sent yet."""
    load_draft_rubric()
    makers.make_plan(place.pokja, place.officer)
    row = {"indicator": place.indicator, "target": "2.1"}
    makers.make_indicators(place.pokja, place.officer, rows=[row])
    return {Rubric: {"code": CODE}, WorkPlan: {"pokja": place.pokja}, IndicatorSet: {}}


@pytest.mark.parametrize("model", [Rubric, WorkPlan, IndicatorSet])
def test_a_form_with_wide_rows_is_no_wider_than_the_window(person, drafts, model):
    own = model.objects.get(**drafts[model])
    page = person("admin")
    page.goto(reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[own.pk]))
    rows = page.locator(".inline-group").first
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        assert rows.evaluate("box => box.scrollWidth > box.clientWidth")
        assert_no_sideways_scroll(page)
