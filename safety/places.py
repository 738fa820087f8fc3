"""Three regions with something of each kind in them, and words that only their own people may read.

The scenes are those of tests/access; a canary is one word per region, put into every text of it.
"""

import copy
import uuid
from types import SimpleNamespace
from unittest.mock import patch

from tests.access import test_every_url as table_test

CANARIES = {"own": "kenarimakassarqx", "sibling": "kenariboneqx", "foreign": "kenaribanjarqx"}
# Whose canary may reach whom; everybody else must not see the word anywhere.
READERS = {
    "own": {
        *("operator_makassar", "operator2_makassar", "pengamat_makassar", "verifikator_sulsel"),
        *("verifikator2_sulsel", "koordinator_sulsel", "staf_sulsel", "pusat", "admin"),
    },
    "sibling": {
        *("operator_bone", "verifikator_sulsel", "verifikator2_sulsel", "koordinator_sulsel"),
        *("staf_sulsel", "pusat", "admin"),
    },
    "foreign": {"operator_banjarmasin", "verifikator_kalsel", "pusat", "admin"},
}
ABSENT = 987654321


def three_scenes(cast, regions) -> dict:
    """{"own", "sibling", "foreign"}: the scenes of Makassar, Bone and Banjarmasin with canaries,
    and "absent": the addresses of nothing."""
    table_test.load_builtin_rubric()
    table_test.new_draft(table_test.Rubric.objects.get(), None)
    judge, other = cast["verifikator_sulsel"], cast["verifikator_kalsel"]
    scenes = {"own": _scene(regions.makassar, cast["operator_makassar"], "1", judge)}
    heads = table_test.Letterhead.objects
    with (  # the closed book and the letterhead of their province are there already
        patch.object(table_test, "shelved", table_test.to_be_split),
        patch.object(heads, "create", lambda **fields: heads.get_or_create(**fields)[0]),
    ):
        scenes["sibling"] = _scene(regions.bone, cast["operator_bone"], "2", judge)
    scenes["foreign"] = _scene(regions.banjarmasin, cast["operator_banjarmasin"], "3", other)
    for name, scene in scenes.items():
        plant(scene, CANARIES[name])
    return scenes | {"absent": absent(scenes["foreign"])}


def _scene(region, officer, number, judge):
    return table_test.pinned(table_test.scene(region, officer, number), judge)


def plant(scene, word: str) -> None:
    """The word in every text of the scene that is for its own people only."""
    from apps.decrees.models import Decree
    from apps.pokja.models import SeatHolder

    SeatHolder.objects.create(seat=scene.seat, name=f"Nama {word}", started_on="2026-01-14")
    decree = Decree.objects.get(evidence=scene.evidence)
    for thing, *fields in (
        (scene.seat, "position", "institution"),
        (decree, "number", "title", "signer_name"),
        (scene.evidence, "title"),
        (scene.document, "original_name"),
        (scene.upload, "name"),
        (scene.comment, "text"),
        (scene.follow_up, "task"),
        (scene.reply, "reason"),
        (scene.pin, "text"),
        (scene.regulation, "subject"),
        (scene.agreement, "title"),
        (scene.institution, "name"),
        (scene.notice, "text"),
        (scene.reopening, "reason"),
    ):
        type(thing).objects.filter(pk=thing.pk).update(**dict.fromkeys(fields, f"Uji {word}"))
        thing.refresh_from_db()


def absent(scene):
    """The same kind of scene, of which nothing exists."""
    nobody = SimpleNamespace(pk=ABSENT, uuid=uuid.UUID(int=ABSENT), thread_id=ABSENT, code="99.99")
    gone = SimpleNamespace(**dict.fromkeys(vars(scene), nobody))
    province = SimpleNamespace(pk=ABSENT, code="99")
    gone.region = SimpleNamespace(pk=ABSENT, code="99.99", province=province, province_id=ABSENT)
    gone.paper = SimpleNamespace(code="TIDAKADA")
    return gone


def fresh(client, cookies):
    """The client with the cookies it had: a probe of the log-out ends no session here."""
    client.cookies = copy.deepcopy(cookies)
    return client
