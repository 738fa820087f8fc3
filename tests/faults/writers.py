"""Many people writing at the same moment, through the portal's own pages and services."""

import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from django.test import Client

from apps.accounts.models import User
from apps.decrees.models import Decree
from apps.evidence.services import return_with_notes, verify
from apps.verification import drafts
from apps.verification import services as steps
from apps.verification.models import Evidence, History
from tests.filing import pages
from tests.rivals import at_once


@dataclass
class Tally:
    """What writers were told, and what is there afterwards."""

    acknowledged: int = 0
    warned: int = 0
    errors: list = field(default_factory=list)  # 5xx, exceptions
    kept: int = 0

    @property
    def lost(self) -> int:
        return self.acknowledged - self.kept


def counter_of(decree) -> int:
    return int(re.search(r"\d+$", decree.number)[0])


def write_many(pokja, user, evidence, *, writers: int, turns: int) -> Tally:
    """Each writer opens the draft SK, adds one to its number, saves; the whole so many times.

    Who is told that somebody was faster leaves it at that: an addition that was acknowledged
    and is not in the number at the end was lost.
    """
    url = f"{pages.step_url(pokja, 'sk')}?bukti={evidence.pk}"
    begun, tally = counter_of(Decree.objects.get(evidence=evidence)), Tally()

    def work():
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(pk=user.pk))
        return [add_one(client, pokja, url, evidence.pk) for _ in range(turns)]

    with no_notes_of_templates():
        told_to_all = at_once(*[work] * writers)
    for answers in told_to_all:
        if isinstance(answers, Exception):
            tally.errors.append(repr(answers))
            continue
        told = Counter(answers)
        tally.acknowledged += told.pop("saved", 0)
        tally.warned += told.pop("warned", 0)
        tally.errors += told.elements()
    tally.kept = counter_of(Decree.objects.get(evidence=evidence)) - begun
    return tally


def no_notes_of_templates():
    """The test client notes each template of any thread for every other: of fifty, fifty times."""
    return patch("django.test.client.store_rendered_templates", lambda *_, **__: None)


def add_one(client, pokja, url, key) -> str:
    page = client.get(url)
    if page.status_code != 200:
        return f"GET {page.status_code}"
    number = int(re.search(r'name="number" value="[^"]*?(\d+)"', page.content.decode())[1])
    form = pages.decree(
        pokja,
        button="draf",
        number=f"188.45/{number + 1}",
        bukti=str(key),
        revision=pages.hidden(page, "revision"),
        file=None,
    )
    answer = client.post(url, form)
    if answer.status_code == 302:
        return "saved"
    text = answer.content.decode()
    if answer.status_code in (200, 409) and "sudah diubah" in text and str(number + 1) in text:
        return "warned"
    return f"POST {answer.status_code}"


@contextmanager
def version_check_off():
    """Control: whatever version a page was made of, it is taken for the newest."""
    whole = drafts.claim_edit

    def claim(evidence, *, revision, **words):
        newest = Evidence.objects.values_list("revision", flat=True).get(pk=evidence.pk)
        whole(evidence, revision=newest, **words)

    with patch.object(drafts, "claim_edit", claim):
        yield


@dataclass
class Duels:
    count: int = 0
    winners: Counter = field(default_factory=Counter)  # how many won a duel: how often
    errors: list = field(default_factory=list)
    untold: int = 0  # losers who were not told in words that somebody was faster


def duel_many(evidence, approver, returner, *, count: int) -> Duels:
    """One approves and one returns the same item at the same moment, so many times over."""
    found = Duels(count)
    for _ in range(count):
        Evidence.objects.filter(pk=evidence.pk).update(
            status="submitted", decided_by=None, decided_at=None
        )
        before = History.objects.filter(evidence=evidence).count()
        results = at_once(*_rivals(evidence, approver, returner))
        lost = [each for each in results if isinstance(each, Exception)]
        found.winners[History.objects.filter(evidence=evidence).count() - before] += 1
        for each in lost:
            if not isinstance(each, (steps.StepConflict, steps.StepRefused)):
                found.errors.append(repr(each))
            elif not str(each):
                found.untold += 1
    return found


def _rivals(evidence, approver, returner):
    """Both have opened the page before either decides."""
    first, second = (Evidence.objects.get(pk=evidence.pk) for _ in range(2))
    one, other = (User.objects.get(pk=user.pk) for user in (approver, returner))
    for user in (one, other):
        str(user.scope.label)
    return (
        lambda: verify(first, actor=one, revision=first.revision),
        lambda: return_with_notes(second, actor=other, revision=second.revision, note="Kurang"),
    )


@contextmanager
def condition_off():
    """Control: a decision is written whatever became of the item meanwhile."""
    whole = steps._move

    def move(evidence, *words, **options):
        # Written first: the row is ours from here, so the revision read after it is the last.
        Evidence.objects.filter(pk=evidence.pk).update(status=evidence.status)
        evidence.revision = Evidence.objects.get(pk=evidence.pk).revision
        return whole(evidence, *words, **options)

    with patch.object(steps, "_move", move):
        yield
