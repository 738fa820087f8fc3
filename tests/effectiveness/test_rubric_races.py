"""Two administrators at the same moment: one wins, the other is told, no year has two rubrics."""

import pytest

from apps.accounts.models import User
from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import overlaps, publish
from apps.effectiveness.rubric_drafts import save_draft
from apps.effectiveness.rubric_plain import plain_of
from tests.effectiveness.rubrics import builtin, draft_of
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def boss():
    return User.objects.create_superuser("bos", "bos@uji.test", "kata-sandi-uji")


def publishing(draft, boss, ends):
    own = Rubric.objects.get(pk=draft.pk)
    return lambda: publish(own, actor=boss, ends=ends, reason="Uji")


def test_one_draft_published_by_two(boss):
    held = builtin()
    draft = draft_of(held, boss, 2026)
    results = at_once(*[publishing(draft, boss, {held.pk}) for _ in range(2)])
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    assert Rubric.objects.filter(status="published").count() == 2


def test_two_drafts_of_the_same_years(boss):
    held = builtin()
    drafts = [draft_of(held, boss, 2026), draft_of(held, boss, 2027)]
    results = at_once(*[publishing(each, boss, {held.pk}) for each in drafts])
    assert outcomes(results) == {"ok": 1, "PublishRefused": 1}
    for each in Rubric.objects.filter(status="published"):
        assert overlaps(each) == []


def test_one_draft_written_by_two(boss):
    draft = draft_of(builtin(), boss, 2026)

    def writing(name):
        plain = plain_of(draft) | {"nama": name}
        return lambda: save_draft(draft, plain, actor=boss, revision=draft.revision)

    results = at_once(writing("Satu"), writing("Dua"))
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    saved = Rubric.objects.get(pk=draft.pk)
    assert saved.revision == draft.revision + 1
    assert (saved.criteria.count(), saved.points.count()) == (4, 16)
