"""Regions, Pokja, SK and people of two provinces to be looked for."""

from types import SimpleNamespace

import pytest

from tests import makers


@pytest.fixture
def things(regions, cast, today):
    """A Pokja with an SK each in Makassar, Bone and Banjarmasin; that of Makassar is verified."""
    from apps.evidence.services import submit, verify

    def make(region, officer, name, number):
        pokja = makers.make_pokja(region, code=f"{region.code}-x", name=name, kinds=("gdpk",))
        file = makers.make_document(region, officer)
        return pokja, makers.make_decree(pokja, officer, number=number, document=file)

    makassar, decree = make(
        regions.makassar, cast["operator_makassar"], "Pokja Grand Design", "188.45/097/II/2026"
    )
    submit(decree, actor=cast["operator_makassar"], revision=decree.revision)
    verify(decree, actor=cast["verifikator_sulsel"], revision=decree.revision)
    bone, draft = make(regions.bone, cast["operator_bone"], "Pokja Keluarga", "188.45/412/I/2026")
    other, foreign = make(
        regions.banjarmasin, cast["operator_banjarmasin"], "Pokja Keluarga", "188.45/97/2026"
    )
    return SimpleNamespace(
        makassar=makassar, decree=decree, bone=bone, draft=draft, other=other, foreign=foreign
    )


@pytest.fixture
def look():
    """look(user, "bone"): {group: titles}."""
    from apps.search.queries import find
    from apps.search.text import cleaned

    def act(user, typed):
        found = find(user, cleaned(typed), 2026)
        return {group.key: [hit.title for hit in group.hits] for group in found.groups}

    return act
