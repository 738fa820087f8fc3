"""In the administration: texts are checked when saved, letters stay unread, offices apart."""

import pytest

from apps.audit.models import Entry
from apps.campaign.builtin import load_letter_templates
from apps.campaign.models import CampaignMessage, LetterTemplate, Mailing

BASE = "/admin/campaign/"


@pytest.fixture
def reminder(texts):
    return LetterTemplate.objects.get(kind="reminder")


def fields_of(template, **changes):
    names = ("kind", "subject", "nature", "opening", "closing", "copies", "message")
    return {name: getattr(template, name) for name in names} | changes


def test_a_text_is_edited_and_stays_edited(reminder, admin, client_of):
    address = f"{BASE}lettertemplate/{reminder.pk}/change/"
    answer = client_of(admin).post(address, fields_of(reminder, subject="Hal baru {tahun}"))
    assert (answer.status_code, load_letter_templates()) == (302, 0)
    reminder.refresh_from_db()
    assert reminder.subject == "Hal baru {tahun}"
    assert Entry.objects.get(action="Mengubah lewat admin").after["subject"] == "Hal baru {tahun}"


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("opening", "Yth. {nama}", "{nama} tidak dikenal. Yang dapat dipakai: {daerah}, "),
        ("closing", "{daftar}", "{daftar} tidak dikenal. Yang dapat dipakai: {daerah}, "),
        ("message", "{Daftar}", "{Daftar} tidak dikenal. Yang dapat dipakai: {daerah}, "),
    ],
)
def test_an_unknown_name_in_braces_is_told_plainly(reminder, admin, client_of, field, text, told):
    address = f"{BASE}lettertemplate/{reminder.pk}/change/"
    answer = client_of(admin).post(address, fields_of(reminder, **{field: text}))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors[field][0].startswith(told)


def test_a_kept_letter_shows_no_nip(admin, client_of, regions):
    mailing = Mailing.objects.create(
        office=regions.sulsel, channel="letter", kind="reminder", year=2026, by=admin
    )
    row = CampaignMessage.objects.create(
        mailing=mailing,
        region=regions.bone,
        year=2026,
        channel="letter",
        kind="reminder",
        number="400/1",
        day="2026-03-12",
        missing=4,
        content={"signature": {"nip": "NIP rahasia"}},
    )
    page = client_of(admin).get(f"{BASE}campaignmessage/{row.pk}/change/")
    assert page.status_code == 200
    assert "400/1" in page.text
    assert "rahasia" not in page.text
