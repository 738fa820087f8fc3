"""Small runs of the hunts of `make safety`, so that they stay alive: the workflow machine, columns
a form does not own, a hostile visitor."""

from safety.crawler import Crawler
from safety.hunts.assignment import columns, hunt  # noqa: F401  fixture
from safety.hunts.conftest import people  # noqa: F401  fixture
from safety.hunts.workflow import play, world  # noqa: F401  fixture
from tests import makers
from tests.access.test_every_url import scenes  # noqa: F401  fixture


def test_the_workflow_holds_against_random_buttons(world):  # noqa: F811
    play(world, 40)
    assert world.steps > 0
    assert (world.illegal, world.own) == ([], 0)


def test_the_machine_notices_when_somebody_judges_their_own(world, monkeypatch, today):  # noqa: F811
    from safety.hunts import workflow

    for module in workflow.GUARDS:
        monkeypatch.setattr(f"{module}.entered_by", lambda evidence, actor: False)
    plan = makers.make_plan(world.pokja, world.people["verifikator_sulsel"])
    workflow.posted(world, plan, "submit", "verifikator_sulsel")
    plan.refresh_from_db()
    workflow.posted(world, plan, "verify", "verifikator_sulsel")
    plan.refresh_from_db()
    assert plan.status == "verified"  # the guard is off here
    assert workflow.judged_own(plan)


def test_columns_that_come_along_are_not_written(people, scenes, columns, today):  # noqa: F811
    found = {"forms": 0, "tried": 0}
    values = (str(scenes[1].region.pk), "verified")
    changed = hunt(people, scenes[0], columns, values, ["operator_makassar"], found, limit=6)
    assert changed == []
    assert found["tried"] > 500


def test_a_hostile_visitor_breaks_nothing(cast, scenes):  # noqa: F811
    officer = cast["operator_makassar"]
    crawler = Crawler("petugas", officer, seed=7, budget=40).crawl("/beranda/", "/pokja/")
    assert crawler.requests >= 40
    assert (crawler.broken, crawler.dead_ends) == ([], [])
