"""G1: every address and method, everybody, over own, neighbouring, foreign, absent objects."""

from contextlib import ExitStack
from unittest.mock import patch

from django.contrib import admin
from django.db.models import Q

from apps.accounts.scope import Scope
from safety.places import CANARIES, READERS, fresh
from safety.unpacking import body_of, text_of
from safety.watching import writes
from tests.access.table import ROLES, TABLE
from tests.access.test_every_url import address, admin_objects, admin_paths, letter, routes

HARMLESS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")  # no view of ours writes on these
UPLOADS = "/unggah/"  # sent on by PATCH, given up by DELETE
NOBODY = {"anonymous", "nonaktif"}
# Leaving ends one's own sign-in, also that of an account which was closed meanwhile.
LEAVING = ("/keluar/", {"accounts_signin"})
# The table's own test goes from role to role and lets an act of one be felt by the next, for whom
# there is nothing left (404); here every act is undone, and what is forbidden answers 403.
ENDED_BEFORE = {
    "akun/<int:user_pk>/penugasan/<int:post_pk>/akhiri/",
    "contoh/<int:share_pk>/berhenti/",
}
FEW = ("anonymous", "operator_makassar", "operator_banjarmasin", "staf_sulsel", "nonaktif")
STRANGERS = ("anonymous", "operator_bone", "operator_banjarmasin", "verifikator_kalsel")


class Hunt:
    """Probes and what they found; ``places`` are the names of scenes, by the table's order."""

    def __init__(self, people, scenes):
        self.people, self.scenes = people, scenes
        self.probes, self.refused = 0, 0
        self.leaks, self.written, self.errors, self.unexpected = [], [], [], []
        self.seen = set()

    def probe(self, persona, method, path):
        """One request; afterwards the database is as before. The letter of the answer."""
        client = fresh(*self.people[persona])
        with writes() as tables:
            response = client.generic(method, path)
            content = body_of(response)
        self.probes += 1
        answer = letter(response)
        told = f"{persona} {method} {path} -> {response.status_code}"
        if response.status_code >= 500:
            self.errors.append(told)
        self._scan(persona, content, response, told)
        refused = answer in "fnl" or response.status_code in (400, 405)
        self.refused += refused
        quiet = method in HARMLESS and not path.startswith(UPLOADS)
        if path == LEAVING[0]:
            tables -= LEAVING[1]
        if tables and (refused or quiet or persona in NOBODY):
            self.written.append(f"{told} {sorted(tables)}")
        return answer

    def _scan(self, persona, content, response, told):
        text = text_of(content) + text_of(repr(response.headers).encode())
        for name, word in CANARIES.items():
            if word in text:
                if persona in READERS[name]:
                    self.seen.add((persona, name))
                else:
                    self.leaks.append(f"{told} [{name}]")

    def table_line(self, route, method, names, personas):
        """Probe a line of the table and compare the answers of its own method with it."""
        own_method, own, foreign = TABLE[route]
        expected = {"own": own, "foreign": foreign or own}
        for name in names:
            path = address(route, self.scenes[name])
            got = {persona: self.probe(persona, method, path) for persona in personas}
            if method == own_method and name in expected:
                self._compare(path, got, expected[name].split(), route in ENDED_BEFORE)

    def _compare(self, path, got, letters, ended_before):
        wanted = dict(zip(ROLES, letters, strict=True))
        wanted["nonaktif"] = wanted["anonymous"]
        for persona in wanted.keys() & got.keys():
            answer = wanted[persona]
            told = {answer, got[persona]}
            same = len(told) == 1 or told <= {"o", "-"} or (ended_before and told == {"f", "n"})
            if not same:
                self.unexpected.append(f"{persona} {path}: {got[persona]}, bukan {answer}")


def counts(hunt) -> dict:
    return {
        "probes": hunt.probes,
        "refused": hunt.refused,
        **{name: getattr(hunt, name) for name in ("leaks", "written", "errors", "unexpected")},
        "seen": len(hunt.seen),
    }


def test_every_pattern_is_in_the_table(figures):
    patterns = {route for route, _ in routes()}
    figures["patterns"], figures["unlisted"] = len(patterns), sorted(patterns ^ set(TABLE))


def test_pages(figures, short, people, scenes, today):
    hunt = Hunt(people, scenes)
    for route in sorted(TABLE)[:: 6 if short else 1]:
        varied = (
            "<" in route
            or route.isupper()
            or "TAHUN" in route
            or "?" in address(route, scenes["own"])
        )
        names = ("own", "sibling", "foreign", "absent") if varied else ("own",)
        if short:
            hunt.table_line(route, TABLE[route][0], names[::2], FEW)
            continue
        for method in ("GET", "POST"):
            hunt.table_line(route, method, names, people)
        for method in HARMLESS:
            hunt.table_line(route, method, names[::2], FEW)
    figures["pages"] = counts(hunt)


def choice_paths():
    """What the admin's choosers of related rows ask for."""
    for model in admin.site._registry:
        for field in model._meta.concrete_fields:
            if field.is_relation:
                yield (
                    f"/admin/autocomplete/?app_label={model._meta.app_label}"
                    f"&model_name={model._meta.model_name}&field_name={field.name}&term="
                )


def test_admin(figures, short, people, scenes, today):
    hunt = Hunt(people, scenes)
    personas = ("anonymous", "staf_sulsel") if short else people
    every = [*admin_paths(), *admin_objects(), *choice_paths()]
    for path in every[:: 10 if short else 1]:
        for method in ("GET",) if short else ("GET", "POST", "PUT", "DELETE"):
            for persona in personas:
                hunt.probe(persona, method, path)
    for path, data in [*actions()][:: 6 if short else 1]:
        for persona in personas:
            act(hunt, persona, path, data)
    figures["admin"] = counts(hunt)


def actions():
    """Every action of every list, over every row there is."""
    for model, page in admin.site._registry.items():
        keys = list(model.objects.values_list("pk", flat=True)[:50])
        for action in ("delete_selected", *page.actions):
            name = action if isinstance(action, str) else action.__name__
            yield (
                f"/admin/{model._meta.app_label}/{model._meta.model_name}/",
                {"action": name, "_selected_action": keys, "post": "yes"},
            )


def act(hunt, persona, path, data):
    """An action of a list by somebody who is no superuser: over rows out of sight it does
    nothing, and the answer names none of them."""
    client = fresh(*hunt.people[persona])
    with writes() as tables:
        response = client.post(path, data, follow=persona == "staf_sulsel")
        content = body_of(response)
    hunt.probes += 1
    told = f"{persona} tindakan {data['action']} {path} -> {response.status_code}"
    hunt._scan(persona, content, response, told)
    if response.status_code >= 500:
        hunt.errors.append(told)
    if tables and letter(response) in "fnl":
        hunt.written.append(f"{told} {sorted(tables)}")


def test_control_the_hunt_notices_a_scope_that_is_off(figures, people, scenes, today):
    """The control: with the guard off the same hunt must find what it looks for."""
    hunt = Hunt({name: people[name] for name in STRANGERS}, scenes)
    with ExitStack() as guards_off:
        guards_off.enter_context(patch.object(Scope, "rows", lambda self, model: Q()))
        guards_off.enter_context(patch.object(Scope, "can", lambda self, act, region: True))
        for route in ("dokumen/<uuid:uuid>/", "pembicaraan/<int:evidence_pk>/", "dokumen/"):
            for persona in STRANGERS:
                hunt.probe(persona, "GET", address(route, scenes["own"]))
    figures["control"] = {"leaks": len(hunt.leaks)}


def test_control_the_watch_notices_a_write(figures, people, scenes):
    """The control of the second kind: a write that happens is seen."""
    with writes() as tables:
        type(scenes["own"].seat).objects.update(position="x")
    figures["watch"] = sorted(tables)
