from datetime import datetime

import pytest

from apps.notices.models import Notice
from apps.notices.services import tell


@pytest.fixture
def told(db):
    """told(user, "kalimat"): a notice, the row itself."""

    def make(user, text="Rencana kerja Pokja Kampung KB disetujui.", **options):
        event = options.pop("event", "verified")
        url = options.pop("url", "/tugas/")
        tell([user], event, text, url, **options)
        return Notice.objects.filter(user=user).first()

    return make


@pytest.fixture
def at(time_machine):
    """at("2026-03-12T07:00+08:00"): what the clock shows from now on."""

    def move(moment):
        time_machine.move_to(datetime.fromisoformat(moment), tick=False)

    return move
