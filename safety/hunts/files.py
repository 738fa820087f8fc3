"""G7: bad files at every door that takes one, and what comes back of a good one."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile

from safety.badfiles import heavy, light
from safety.doors import forms_of
from safety.places import fresh
from safety.unpacking import body_of
from safety.watching import writes
from tests.makers import pdf_bytes

KEPT = {"documents_document", "documents_original", "effectiveness_rubric", "pokja_seat"}
PERSONAS = ("operator_makassar", "admin")
PASSIVE = {"application/pdf", "image/webp", "image/jpeg", "image/png"}


def doors(people, scene):
    """(persona, form, field) of every file input, each address once."""
    known = set()
    for persona in PERSONAS:
        for form in forms_of(people, scene, persona):
            for name in form.files:
                place = form.action.partition("?")[0], name
                if place not in known:
                    known.add(place)
                    yield persona, form, name


def hand_in(people, door, file):
    """(status, whether something was kept) of a file handed in at a door; undone."""
    persona, form, name = door
    data = {key: values for key, values in form.values.items() if values}
    with writes() as tables:
        response = fresh(*people[persona]).post(form.action, data | {name: [file]})
    return response.status_code, bool(tables & KEPT)


def test_bad_files(figures, short, people, scenes, today):
    found = list(doors(people, scenes["own"]))
    figures |= {"doors": len(found), "kinds": len(light()) + len(heavy()), "tried": 0}
    figures |= {"taken": [], "errors": [], "control": 0}
    kinds = list(light().items())[:: 18 if short else 1]
    for door in found:
        _, good = hand_in(people, door, SimpleUploadedFile("sk.pdf", pdf_bytes()))
        figures["control"] += good
        for kind, (name, content) in kinds:
            _try(figures, people, door, kind, SimpleUploadedFile(name, content))
    for kind, (name, content) in list(heavy().items())[:: 5 if short else 1]:
        for door in found[:1]:
            _try(figures, people, door, kind, SimpleUploadedFile(name, content))


def _try(figures, people, door, kind, file):
    status, kept = hand_in(people, door, file)
    told = f"{door[0]} {door[1].action} {door[2]}: {kind} -> {status}"
    figures["tried"] += 1
    if kept:
        figures["taken"].append(told)
    if status >= 500:
        figures["errors"].append(told)


def test_what_was_kept_comes_back_byte_for_byte_and_can_do_nothing(figures, people, scenes):
    from apps.documents.models import Document

    figures |= {"downloads": 0, "changed": [], "active": []}
    client = fresh(*people["operator_makassar"])
    for document in Document.objects.filter(region=scenes["own"].region):
        with document.file.open() as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        response = client.get(f"/berkas/{document.uuid}/")
        figures["downloads"] += 1
        if hashlib.sha256(body_of(response)).hexdigest() != digest:
            figures["changed"].append(str(document.uuid))
        harmless = (
            response["Content-Type"].partition(";")[0] in PASSIVE
            and response["X-Content-Type-Options"] == "nosniff"
            and "default-src 'none'" in response["Content-Security-Policy"]
        )
        if not harmless:
            figures["active"].append(f"{document.uuid} {dict(response.headers)}")
