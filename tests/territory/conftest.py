from datetime import date
from types import SimpleNamespace

import pytest

from apps.effectiveness.builtin import load_builtin_rubric
from apps.territory import applying, drafts
from apps.territory.plan import plan_for
from tests.makers import make_pokja

LAW = "UU 9/2026"
ON = date(2026, 3, 1)


@pytest.fixture
def sulsel(regions, make_region, cast, today):
    """Sulawesi Selatan with Makassar, Bone and Wajo; a Pokja in each of the first two."""
    load_builtin_rubric()
    wajo = make_region("73.13", "Kabupaten Wajo", regions.sulsel)
    return SimpleNamespace(
        province=regions.sulsel,
        makassar=regions.makassar,
        bone=regions.bone,
        wajo=wajo,
        kalsel=regions.kalsel,
        banjarmasin=regions.banjarmasin,
        pokja=make_pokja(regions.bone, code="bone-bk", name="Pokja Bone"),
        other=make_pokja(regions.makassar, code="mks-bk", name="Pokja Makassar"),
    )


@pytest.fixture
def draft(pusat):
    """draft(kind, region, target=None, **new): a draft of step 1, with step 2 where it is given."""

    def make(kind, region, target=None, on=ON, code="", name="", level=""):
        change = drafts.start_change(
            actor=pusat,
            kind=kind,
            region=region,
            target=target,
            in_force_on=on,
            basis=LAW,
            note="",
        )
        if code:
            drafts.change_new(
                change,
                actor=pusat,
                revision=change.revision,
                new_code=code,
                new_name=name or change.new_name,
                new_level=level or change.new_level,
            )
        return change

    return make


@pytest.fixture
def share(pusat):
    """share(change, {region: code}, pokja=[...], posts={post: way}): step 3."""

    def write(change, regions=None, pokja=(), posts=None):
        drafts.change_share(
            change,
            actor=pusat,
            revision=change.revision,
            regions={region.pk: code for region, code in (regions or {}).items()},
            pokja=[each.pk for each in pokja],
            posts={post.pk: way for post, way in (posts or {}).items()},
        )
        return change

    return write


@pytest.fixture
def confirm(pusat):
    """Confirm a draft as the one who has just seen its preview."""

    def act(change, actor=None):
        change.refresh_from_db()
        seen = plan_for(change).key
        return applying.confirm(change, actor=actor or pusat, revision=change.revision, seen=seen)

    return act


@pytest.fixture
def split(sulsel, draft, share):
    """Bone and Wajo are to become Provinsi Bone Raya (76)."""
    change = draft("split_province", sulsel.province, code="76", name="Bone Raya")
    return share(change, {sulsel.bone: "76.01", sulsel.wajo: "76.02"})
