"""Sample data: refused where it could be taken for real, whole, and only added once."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from apps.accounts.models import User
from apps.decrees.models import Decree
from apps.documents.models import Document
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.models import Closing
from apps.effectiveness.queries import assess
from apps.examples.models import Share
from apps.exchange.sample.people import PEOPLE, SHARED_PASSWORD
from apps.inbox.endings import endings
from apps.indicators.catalogue import load_catalogue
from apps.pokja.models import Pokja
from apps.regions.queries import is_sample_installation
from apps.regions.services import load_regions
from apps.verification.enums import Status
from apps.verification.models import Evidence
from tests.trail.rawness import raw_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(db, settings, capsys):
    settings.DEBUG = True
    load_regions()
    load_catalogue()
    load_builtin_rubric()
    call_command("contoh")
    return capsys.readouterr().out


def test_contoh_refuses_outside_development(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="hanya untuk pengembangan"):
        call_command("contoh")
    assert User.objects.count() == 0


def test_contoh_fills_every_status_and_edge_once(sample, capsys):
    year = timezone.localdate().year
    results = [result for item in assess(Pokja.objects.all(), year) for result in item.statuses]
    assert {result.status for result in results} == {
        "terpenuhi",
        "menunggu",
        "perlu_perbaikan",
        "tidak_terpenuhi",
        "belum_mengisi",
    }
    assert {"kedaluwarsa", "dicabut", "belum_berlaku", "nol", "nihil", "dikembalikan", "draf"} <= {
        result.reason for result in results
    }
    assert set(Evidence.objects.values_list("status", flat=True)) == set(Status.values)
    assert Decree.objects.filter(signer_status="pj").exists()
    assert Decree.objects.filter(valid_until=timezone.localdate()).exists()
    assert Pokja.objects.exclude(merged_into=None).count() == 2
    assert raw_told() == []  # the trail of all that, in words
    assert [each.document for each in Decree.objects.filter(number="")] == [None]
    assert Decree.objects.get(number="").process_document.original_name.startswith("Nota dinas")
    book = Closing.objects.get()
    assert (book.province.code, book.year) == ("73", year - 2)
    assert set(book.scores.values_list("edition", "is_current")) == {
        (1, True),
        (1, False),
        (2, True),
    }
    assert [row.region.code for row in book.reopenings.filter(closed_at=None)] == ["73.08"]
    soon = endings(Pokja.objects.all(), timezone.localdate(), 60)
    assert "7371-GDPK" in {each.pokja.code for each in soon}
    assert Share.objects.running().filter(evidence__region__code="73.71").exists()
    counts = Pokja.objects.count(), Evidence.objects.count(), Document.objects.count()

    call_command("contoh")
    assert "tidak ada yang diubah" in capsys.readouterr().out
    assert (Pokja.objects.count(), Evidence.objects.count(), Document.objects.count()) == counts


def test_contoh_prints_the_accounts_and_marks_the_installation(sample, client):
    printed = {line.split()[0] for line in sample.splitlines() if line.startswith("  ")}
    assert printed == {"admin", *(row[0] for row in PEOPLE)}
    assert SHARED_PASSWORD in sample
    assert is_sample_installation() is True
    assert client.login(username="operator.bone", password=SHARED_PASSWORD) is True
    assert "Data contoh" in client.get("/tugas/").content.decode()
