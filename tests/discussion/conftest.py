"""A submitted item of Makassar, and people to talk about it."""

from datetime import date
from uuid import uuid4

import pytest

from tests import makers


@pytest.fixture
def pokja(regions):
    return makers.make_pokja(regions.makassar, name="Pokja GDPK", kinds=("gdpk",))


@pytest.fixture
def item(pokja, operator_makassar, today):
    from apps.evidence.services import submit

    evidence = makers.make_plan(pokja, operator_makassar)
    submit(evidence, actor=operator_makassar, revision=evidence.revision)
    return evidence


@pytest.fixture
def talk_url(item):
    return f"/pembicaraan/{item.pk}/"


@pytest.fixture
def begin(item, operator_makassar):
    """begin("Halo"): a thread with its first comment, by the officer or the person given."""
    from apps.discussion.services import open_thread

    def act(text="Boleh per bidang?", by=None, mentioned=(), about=""):
        by = by or operator_makassar
        return open_thread(
            item, text, actor=by, token=uuid4(), mentioned=mentioned, about=about
        ).thread

    return act


@pytest.fixture
def say(verifikator_sulsel):
    """say(thread, "Boleh"): an answer, by the verifier or the person given."""
    from apps.discussion.services import reply

    def act(thread, text="Boleh.", by=None, mentioned=()):
        by = by or verifikator_sulsel
        return reply(thread, text, actor=by, token=uuid4(), mentioned=mentioned)

    return act


@pytest.fixture
def ask(item, operator_makassar, verifikator_sulsel):
    """ask(): the verifier asks the officer of Makassar for something until 20 March 2026."""
    from apps.discussion.follow_ups import ask

    def act(task="Unggah ulang SK", owner=None, by=None, due_on=date(2026, 3, 20), **about):
        return ask(
            about.pop("region", item.region),
            task,
            owner=owner or operator_makassar,
            due_on=due_on,
            actor=by or verifikator_sulsel,
            token=uuid4(),
            **about,
        )

    return act


@pytest.fixture
def told():
    """told(user): (event, sentence) of a person's notices, oldest first."""
    from apps.notices.models import Notice

    def read(user):
        rows = Notice.objects.filter(user=user).exclude(event="submitted").order_by("id")
        return [(row.event, row.text) for row in rows]

    return read


def posted(text="Boleh per bidang?", **more):
    """What the form of a comment sends."""
    return {"teks": text, "kunci": str(uuid4())} | more
