"""G3: a machine that pushes every button as everybody, against a model of what may happen.

The model is written from the rules of the specification, not from the table the portal works by.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import Exists, OuterRef
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from apps.checking.checklist import points_for
from apps.evidence.kinds import adapter_for
from apps.verification.enums import ENTERING, Action
from apps.verification.models import Evidence, History
from safety.places import fresh
from tests import makers
from tests.conftest import TODAY
from tests.filing.pages import ACTIVITY, rows

ROLES = {  # whom the machine plays; two verifiers, so that one can judge what the other wrote
    "operator_makassar": "operator",
    "pengamat_makassar": "observer",
    "verifikator_sulsel": "verifier",
    "verifikator2_sulsel": "verifier",
    "koordinator_sulsel": "coordinator",
    "pusat": "national",
    "admin": "admin",
}
STATES = ("draft", "submitted", "returned", "verified", "cancelled")
WRITERS = {"operator", "verifier", "coordinator", "admin"}
JUDGES = {"verifier", "coordinator"}
CANCELLERS = {"coordinator", "national", "admin"}
DEEDS = ("edit", "submit", "withdraw", "open", "verify", "return", "cancel", "undo", "version")
ALL = len(STATES) * len(DEEDS) * len(set(ROLES.values()))  # cells
STEPS_OF_A_RUN = 40
GUARDS = ("apps.verification.services", "apps.verification.judging")  # where four eyes are asked


class World:
    """What all runs share: people, the Pokja, what was seen."""

    def __init__(self, clients, pokja, people):
        self.clients, self.pokja, self.people = clients, pokja, people
        self.cells, self.steps, self.own, self.illegal = set(), 0, 0, []


class Model:
    """What should be so: status, who had a hand in it, who decided and when."""

    def __init__(self, writer):
        self.status, self.writers, self.opened = "draft", {writer}, False
        self.decider, self.decided_at, self.before = None, None, None

    def after(self, deed, who, now) -> str:
        """The status after a deed; the same one when it is refused."""
        role = ROLES[who]
        return getattr(self, f"_{deed}")(who, role, now) or self.status

    def _edit(self, who, role, now):
        if self.status in ("draft", "returned") and role in WRITERS:
            self.writers.add(who)
            self.decider = None  # whoever began a repair stands before an undo

    def _submit(self, who, role, now):
        if self.status in ("draft", "returned") and role in WRITERS:
            self.writers.add(who)
            self.opened, self.decider = False, None
            return "submitted"

    def _withdraw(self, who, role, now):
        if self.status == "submitted" and role in WRITERS and not self.opened:
            return "draft"

    def _open(self, who, role, now):
        # Who wrote it themselves may only look: no verifier has begun.
        if self.status == "submitted" and role in JUDGES and who not in self.writers:
            self.opened = True

    def _decide(self, who, role, now, to):
        if self.status == "submitted" and role in JUDGES and who not in self.writers:
            self.decider, self.decided_at = who, now
            return to

    def _verify(self, who, role, now):
        return self._decide(who, role, now, "verified")

    def _return(self, who, role, now):
        return self._decide(who, role, now, "returned")

    def _cancel(self, who, role, now):
        if self.status == "verified" and role in CANCELLERS:
            self.decider = None
            return "cancelled"

    def _undo(self, who, role, now):
        fresh_enough = self.decided_at and now - self.decided_at <= timedelta(minutes=1)
        if self.status in ("verified", "returned") and self.decider == who and fresh_enough:
            self.decider = None
            return "submitted"

    def _version(self, who, role, now):
        if self.status in ("verified", "cancelled") and role in WRITERS:
            self.writers, self.opened, self.decider = {who}, False, None
            return "draft"


def machine(world):
    class Portal(RuleBasedStateMachine):
        @initialize()
        def begin(self):
            self.undo_all = transaction.atomic()
            self.undo_all.__enter__()
            self.clock = time_machine.travel(TODAY, tick=False)
            self.time = self.clock.start()
            plan = makers.make_plan(world.pokja, world.people["operator_makassar"])
            self.item = Evidence.objects.get(pk=plan.pk)
            self.model = Model("operator_makassar")
            self.deeds = []

        @rule(deed=st.sampled_from(DEEDS), who=st.sampled_from(sorted(ROLES)))
        def push(self, deed, who):
            self.pushed(deed, who)

        @rule(chance=st.integers(0, 10_000))
        def push_what_nobody_tried(self, chance):
            """Some states are rare: where one is met, what was not tried there comes first."""
            untried = [
                (deed, who)
                for deed in DEEDS
                for who in sorted(ROLES)
                if (self.model.status, deed, ROLES[who]) not in world.cells
            ]
            if untried:
                self.pushed(*untried[chance % len(untried)])

        def pushed(self, deed, who):
            world.steps += 1
            world.cells.add((self.model.status, deed, ROLES[who]))
            before = self.model.status
            revision = self.item.revision
            self.model.status = self.model.after(deed, who, self.time_now())
            posted(world, self.item, deed, who)
            self.item = Evidence.objects.order_by("-version").get(
                family=self.item.family, version=newest(self.item)
            )
            if self.item.revision != revision:
                self.deeds.append(f"{who} {deed} {self.time_now():%H:%M:%S}")
            if self.item.status != self.model.status:
                told = f"{who} {deed}: {before} -> {self.item.status}, bukan {self.model.status}"
                told += f" ({', '.join(self.deeds[-6:])})"
                world.illegal.append(told)
                raise AssertionError(told)
            world.own += judged_own(self.item)

        @rule(seconds=st.sampled_from((1, 59, 61, 1500)))
        def wait(self, seconds):
            self.time.shift(timedelta(seconds=seconds))

        def time_now(self):
            from django.utils import timezone

            return timezone.now()

        def teardown(self):
            if hasattr(self, "clock"):
                self.clock.stop()
                transaction.set_rollback(True)
                self.undo_all.__exit__(None, None, None)

    return Portal


def newest(item) -> int:
    return Evidence.objects.filter(family=item.family).order_by("-version").first().version


def judged_own(item) -> bool:
    """Whether somebody verified this version after having had a hand in it (by the history alone).

    Who verified, undid that and wrote afterwards has judged nothing of their own."""
    later = History.objects.filter(
        evidence=item, action=Action.VERIFY, actor=OuterRef("actor"), pk__gt=OuterRef("pk")
    )
    return History.objects.filter(Exists(later), evidence=item, action__in=ENTERING).exists()


def posted(world, item, deed, who):
    """Push one button the way its page would send it; the answer must be no failure."""
    client = fresh(*world.clients[who])
    method, path, data = request_for(world.pokja, item, deed)
    response = getattr(client, method)(path, data)
    assert response.status_code < 500, (deed, who, response.status_code)


def request_for(pokja, item, deed):
    year, judging = f"/pokja/{pokja.pk}/2026", f"/verifikasi/{item.pk}"
    item_page = f"{year}/bukti/{item.pk}"
    revision = {"revision": item.revision}
    if deed == "edit":
        data = rows("kegiatan", ACTIVITY, button="draf", bukti=str(item.pk), **texts(revision))
        return "post", f"{year}/isi/rencana-kerja/", data
    if deed == "submit":
        ticked = {f"send_{item.pk}": "on", f"revision_{item.pk}": item.revision}
        return "post", f"{year}/isi/periksa/", {"statement": "on"} | ticked
    if deed == "withdraw":
        return "post", f"{item_page}/tarik-kembali/", revision
    if deed == "version":
        return "post", f"{item_page}/versi-baru/", revision
    if deed == "open":
        return "get", f"{judging}/", {}
    if deed == "verify":
        return "post", f"{judging}/setujui/", marks(item)
    if deed == "return":
        return "post", f"{judging}/kembalikan/", marks(item, catatan="Perbaiki kegiatan pertama.")
    if deed == "cancel":
        return "post", f"{judging}/batalkan/", revision | {"alasan": "Keliru disetujui."}
    return "post", "/verifikasi/urungkan/", {"langkah": f"urungkan {item.pk}.{item.revision}"}


def texts(values):
    return {name: str(value) for name, value in values.items()}


def marks(item, **more):
    """Every point of the checklist marked Sesuai."""
    adapter = adapter_for(item)
    points = points_for(adapter, item, adapter.facts(item), adapter.table(item))
    return {f"cek_{point.number}": "sesuai" for point in points} | {
        "revision": item.revision,
        **more,
    }


@pytest.fixture
def world(cast, regions, client_of, db):
    clients = {name: client_of(cast[name]) for name in ROLES}
    pokja = makers.make_pokja(regions.makassar)
    with_cookies = {name: (client, client.cookies.copy()) for name, client in clients.items()}
    return World(with_cookies, pokja, cast)


def play(world, steps):
    run_state_machine_as_test(
        machine(world),
        settings=settings(
            max_examples=max(steps // STEPS_OF_A_RUN, 4),
            stateful_step_count=STEPS_OF_A_RUN,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_workflow_cannot_be_bent(figures, short, world):
    wanted = 500 if short else 10_000
    failed = ""
    try:
        # Rare states may need some more until every button was pushed there.
        while world.steps < wanted or (
            not short and len(world.cells) < ALL and world.steps < 3 * wanted
        ):
            play(world, max(wanted - world.steps, 500))
    except (AssertionError, ExceptionGroup) as error:
        failed = str(error)
    figures |= {
        "steps": world.steps,
        "illegal": world.illegal or [failed] * bool(failed),
        "own": world.own,
        "cells": len(world.cells),
        "all": ALL,
    }


def test_control_the_machine_notices_a_guard_that_is_off(figures, world, monkeypatch):
    """The control: with the four eyes shut somebody soon verifies their own."""
    for module in GUARDS:
        monkeypatch.setattr(f"{module}.entered_by", lambda evidence, actor: False)
    try:
        while world.steps < 4_000:  # a run may end early, its steps are counted all the same
            play(world, 1_000)
    except (AssertionError, ExceptionGroup):  # a group where the same run fails only once
        pass
    figures["control"], figures["control_steps"] = len(world.illegal), world.steps
