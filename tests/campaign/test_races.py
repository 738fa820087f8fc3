"""Two people remind the same regions at the same moment: each region is told once."""

import pytest

from apps.accounts.models import User
from apps.campaign.builtin import load_letter_templates, template_for
from apps.campaign.letters import Sheet
from apps.campaign.models import CampaignMessage, Mailing
from apps.campaign.queries import audiences_for, rows_for
from apps.campaign.services import notify
from apps.deadlines.queries import local_today
from apps.notices.models import Notice
from tests.rivals import at_once, outcomes


@pytest.mark.django_db(transaction=True)
def test_two_who_notify_at_once_tell_each_region_once(
    regions, make_user, operator_makassar, operator_bone
):
    load_letter_templates()
    people = [make_user("verifier", regions.sulsel, f"pemeriksa_{n}") for n in range(2)]

    def send(pk):
        user = User.objects.get(pk=pk)
        audience = audiences_for(user)[0]
        rows = rows_for(user, audience.regions(user), 2026)
        sheet = Sheet(template_for("reminder"), local_today(regions.sulsel))
        return notify(audience, rows, sheet, actor=user)

    results = at_once(*(lambda pk=person.pk: send(pk) for person in people))
    assert outcomes(results) == {"ok": 2}
    done = [name for outcome in results for name in outcome.done]
    again = [name for outcome in results for name in outcome.again]
    assert sorted(done) == sorted(again) == ["Kabupaten Bone", "Kota Makassar"]
    assert (CampaignMessage.objects.count(), Notice.objects.count()) == (2, 2)
    assert Mailing.objects.count() == len({row.mailing_id for row in CampaignMessage.objects.all()})
