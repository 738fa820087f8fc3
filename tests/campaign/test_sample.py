"""The sample installation shows a campaign: every state, and a reminder sent last week."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.accounts.models import User
from apps.campaign.enums import Channel, State
from apps.campaign.models import CampaignMessage
from apps.campaign.queries import audiences_for, rows_for
from apps.effectiveness.builtin import load_builtin_rubric
from apps.indicators.catalogue import load_catalogue
from apps.papers.heads import head_for, signature_for
from apps.papers.models import IssuedPaper, Letterhead, Signer
from apps.regions.models import Region
from apps.regions.services import load_regions


@pytest.mark.django_db
def test_the_sample_has_somebody_to_remind(settings):
    settings.DEBUG = True
    load_regions()
    load_catalogue()
    load_builtin_rubric()
    call_command("contoh", stdout=io.StringIO())
    user = User.objects.get(username="koordinator.sulsel")
    year = timezone.localdate().year
    rows = rows_for(user, audiences_for(user)[0].regions(user), year)
    states = {state for row in rows for state in row.states}
    assert {State.NEVER_IN, State.NOT_STARTED, State.TO_FIX, State.INCOMPLETE} <= states
    last_week = timezone.localdate() - timedelta(days=7)
    reminders = CampaignMessage.objects.filter(day=last_week)
    assert set(reminders.values_list("channel", flat=True)) == {Channel.LETTER, Channel.WHATSAPP}
    assert all("CONTOH" in head.institution for head in Letterhead.objects.all())
    assert all("data contoh" in signer.name for signer in Signer.objects.all())
    province = Region.objects.get(code="73")
    papers = {day: (head_for(province, day), signature_for(province, day)) for day in DAYS}
    (old_head, old_signer), (head, signer) = papers.values()
    assert (old_head["lines"][0][:5], head["lines"][0][:12]) == ("BADAN", "KEMENTERIAN ")
    assert (old_signer["name"][:12], signer["name"][:11]) == ("Pejabat Lama", "Nama Contoh")
    assert head["emblem"]
    assert "Kampung KB" in IssuedPaper.objects.get().title


DAYS = (date(2024, 12, 31), date(2025, 1, 1))
