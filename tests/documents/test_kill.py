"""kill -9 in the middle of uploads: what was acknowledged is there, and nothing is left over."""

import os
from random import Random

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from apps.documents import services
from apps.documents.models import Document
from tests.documents.killing import Acknowledged, Campaign, Count, Killable, Officer, count
from tests.makers import make_document, make_pokja

pytestmark = pytest.mark.django_db(transaction=True)
UPLOADS, KILLS, SEED = 200, 25, 2026
unix_only = pytest.mark.skipif(os.name == "nt", reason="kill -9 ada di Unix saja")


@unix_only
def test_two_hundred_uploads_under_twenty_five_kills_lose_nothing(
    regions, operator_makassar, client_of, media_root, tmp_path
):
    told, pokja = Acknowledged(), make_pokja(regions.makassar)
    session = client_of(operator_makassar).session.session_key
    server = Killable(tmp_path, media_root)
    officers = [Officer(server.port, session, pokja, told) for _ in range(4)]
    random = Random(SEED)  # noqa: S311  the same kills in every run
    campaign = Campaign(server, officers, random, uploads=UPLOADS, kills=KILLS)
    try:
        campaign.run()
    finally:
        server.stop()
    found = count(told, default_storage)
    print(f"{UPLOADS} unggahan, {server.kills} kali mati: {found}")
    assert server.kills >= KILLS
    assert len(told.documents) + len(told.evidence) + len(told.parts) == UPLOADS
    assert (found.lost, found.bare, found.orphaned) == (0, 0, 0)


class Killed(BaseException):
    """As a kill: nothing of ours runs afterwards."""


def test_the_count_sees_what_the_other_order_would_lose(regions, monkeypatch):
    """Control: the record committed first, and the kill before its file is there."""

    def record_first(record, name, content):
        record.file.name = record.file.field.generate_filename(record, name)
        record.save(force_insert=True)
        transaction.on_commit(die)

    def die():
        raise Killed

    monkeypatch.setattr(services, "_keep", record_first)
    with pytest.raises(Killed):
        make_document(regions.makassar)
    document = Document.objects.get()
    told = Acknowledged(documents={str(document.uuid): document.sha256})
    assert count(told, default_storage) == Count(lost=1, bare=1)


def test_the_count_sees_a_file_without_its_record_and_a_part_that_is_gone(
    regions, operator_makassar, client_of
):
    from tests.documents.sending import CONTENT, Sender

    sender = Sender(client_of(operator_makassar), regions.makassar)
    address = sender.announce()["Location"]
    sender.patch(address, 0, CONTENT[:100])
    told = Acknowledged(parts={address.split("/")[2]: 100})
    default_storage.save("ab/sisa.pdf", ContentFile(b"%PDF-1.7"))
    assert count(told, default_storage) == Count(cleared=1)
    (part,) = default_storage.list_entries("sementara")
    default_storage.delete(part.name)
    assert count(told, default_storage).lost == 1
