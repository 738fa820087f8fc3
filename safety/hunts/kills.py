"""G6: a server killed in the middle of uploads, an import killed in the middle."""

import time
from random import Random

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.pokja.models import Pokja
from tests.documents.killing import Acknowledged, Campaign, Killable, Officer, count
from tests.faults.forked import killed_after
from tests.faults.imports import import_pokja, pokja_file
from tests.makers import make_pokja

pytestmark = pytest.mark.django_db(transaction=True)
UPLOADS_A_KILL = 3


def test_uploads(regions, operator_makassar, client_of, media_root, tmp_path, figures, short):
    kills = 50 if short else 1_000
    told, pokja = Acknowledged(), make_pokja(regions.makassar)
    session = client_of(operator_makassar).session.session_key
    server = Killable(tmp_path, media_root)
    officers = [Officer(server.port, session, pokja, told) for _ in range(4)]
    random = Random(timezone.now().timestamp())  # noqa: S311  other moments in every run
    campaign = Campaign(server, officers, random, uploads=kills * UPLOADS_A_KILL, kills=kills)
    try:
        campaign.run()
    finally:
        server.stop()
    found = count(told, default_storage)
    figures["uploads"] = {
        "kills": server.kills,
        "acknowledged": len(told.documents) + len(told.evidence) + len(told.parts),
        "lost": found.lost,
        "bare": found.bare,
        "orphaned": found.orphaned,
        "cleared": found.cleared,
    }


def test_control(regions, operator_makassar, figures):
    """The count sees one that is lost, one without its file and one without its record."""
    from django.core.files.base import ContentFile

    from tests.makers import make_document

    document = make_document(regions.makassar, operator_makassar)
    default_storage.delete(document.file.name)
    default_storage.save("ab/sisa.pdf", ContentFile(b"%PDF-1.7"))
    found = count(Acknowledged(documents={str(document.uuid): document.sha256}), default_storage)
    figures["control"] = [found.lost, found.bare, found.cleared]


def test_imports(regions, tmp_path, today, figures, short):
    rows, kills = 200, 10 if short else 100
    began = time.perf_counter()
    import_pokja(pokja_file(tmp_path, "A", rows))
    whole, random = time.perf_counter() - began, Random(2026)  # noqa: S311
    kept = []
    for number in range(kills):
        path = pokja_file(tmp_path, f"B{number}", rows)
        killed_after(lambda: import_pokja(path), random.uniform(0.3, 1.3) * whole)  # noqa: B023
        kept.append(Pokja.objects.filter(code__startswith=f"B{number}-").count())
    figures["imports"] = {
        "kills": kills,
        "none": kept.count(0),
        "all": kept.count(rows),
        "between": len([each for each in kept if each not in (0, rows)]),
    }
