import hashlib
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile

from apps.documents.models import Document, PageText, Reading
from tests import makers


@pytest.fixture
def store(operator_makassar, regions):
    """store(name, region=..., content=...): a document; every one has other bytes unless told.

    Straight into the store: what an upload is judged by is tested elsewhere, and takes time.
    """
    made = []

    def make(name="SK.pdf", region=None, actor=None, content=None, pages=1):
        made.append(name)
        content = b"%%PDF-1.7 berkas %d" % len(made) if content is None else content
        return Document.objects.create(
            region=region or regions.makassar,
            file=ContentFile(content, "berkas.pdf"),
            original_name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            pages=pages,
            uploaded_by=actor or operator_makassar,
        )

    return make


@pytest.fixture
def read():
    """read(document, page texts...): as if its text had been read."""

    def make(document, *pages):
        folded = " ".join(" ".join(pages).casefold().split())
        Reading.objects.create(document=document, state="teks", search_text=folded)
        for number, text in enumerate(pages, start=1):
            lines = [[0.188, 0.1, 0.9, 0.2, line] for line in text.splitlines()]
            PageText.objects.create(document=document, number=number, lines=lines)

    return make


@pytest.fixture
def shelf(store, regions, cast, today):
    """Two verified SK and a draft budget of Makassar, one SK of Bone, a loose file, one of
    Banjarmasin."""
    operator, judge = cast["operator_makassar"], cast["verifikator_sulsel"]
    pokja = makers.make_pokja(regions.makassar)
    soon, later = store("SK 2026.pdf"), store("SK 2024.pdf")
    first = makers.make_decree(
        pokja, operator, document=soon, number="188.45/412/I/2026", valid_until=date(2026, 4, 30)
    )
    second = makers.make_decree(
        pokja,
        operator,
        document=later,
        number="188.45/97/II/2024",
        title="Pembentukan Pokja GDPK",
        issued_on=date(2024, 2, 9),
        valid_from=date(2024, 2, 9),
        valid_until=date(2028, 12, 31),
    )
    for item in (first, second):
        makers.verified(item, operator, judge)
    money = store("DPA.pdf")
    makers.make_budget(pokja, operator, year=2025, document=money)
    bone = store("SK Bone.pdf", region=regions.bone, actor=cast["operator_bone"])
    makers.make_decree(
        makers.make_pokja(regions.bone, "bone-bk"), cast["operator_bone"], document=bone
    )
    return SimpleNamespace(
        pokja=pokja,
        first=first,
        second=second,
        soon=soon,
        later=later,
        money=money,
        bone=bone,
        loose=store("Lepas.pdf"),
        far=store("SK Banjarmasin.pdf", region=regions.banjarmasin),
    )


@pytest.fixture
def names_for(client_of):
    """names_for(user, query): the file names the list shows, in order."""

    def ask(user, query=""):
        response = client_of(user).get(f"/dokumen/?{query}")
        assert response.status_code == 200
        return [row.document.original_name for row in response.context["page"].object_list]

    return ask
