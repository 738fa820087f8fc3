"""The list: its finding, its filters, its ticks, and who may open it."""

import re
from datetime import date

import pytest

from apps.campaign.enums import Channel, LetterKind
from apps.campaign.models import CampaignMessage, Mailing
from tests.campaign.conftest import chosen


def ticked(html):
    return re.findall(r'name="wilayah" value="([\d.]+)" checked', html)


def offered(html):
    return re.findall(r'name="wilayah" value="([\d.]+)"', html)


def test_the_finding_is_the_heading_and_counts_are_filters(pokja, sender, make_period):
    make_period(date(2026, 3, 1))
    page = sender.client.get("/kampanye/").text
    assert "<h1>2 dari 2 kabupaten/kota belum mulai mengisi 2026</h1>" in page
    chips = re.findall(r'<a class="chip" href="\?[^"]*"[^>]*>([^<]*)</a>', page)
    assert chips == [
        "Semua 2",
        "Belum mulai 2",
        "Belum pernah masuk 2",
        "Terlambat 2",
        "Perlu diperbaiki 0",
        "Belum lengkap 2",
        "Lengkap 0",
    ]
    assert "belum pernah masuk; 2 terlambat" in page


def test_not_filled_in_is_never_called_no(pokja, sender):
    page = sender.client.get("/kampanye/").text
    table = page[page.index("<tbody>") : page.index("</tbody>")].lower()
    assert "belum" in table
    assert not re.search(r"\btidak ada\b", table)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", ["73.08", "73.71"]),
        ("?keadaan=belum-mulai", ["73.08", "73.71"]),
        ("?keadaan=terlambat", []),
        ("?keadaan=ngawur", ["73.08", "73.71"]),
        ("?tahun=1999", ["73.08", "73.71"]),
        ("?tahun=²", ["73.08", "73.71"]),
    ],
)
def test_filters_narrow_the_list_and_wrong_ones_do_nothing(pokja, sender, query, rows):
    answer = sender.client.get(f"/kampanye/{query}")
    assert (answer.status_code, offered(answer.text)) == (200, rows)


def test_all_the_late_ones_are_ticked_at_once(pokja, sender, make_period):
    make_period(date(2026, 3, 1), kind="budget")  # Bone has no Pokja: its SK is missing, not late
    page = sender.client.get("/kampanye/?pilih=terlambat").text
    assert (offered(page), ticked(page)) == (["73.08", "73.71"], ["73.71"])
    assert "Pilih semua yang terlambat (1)" in page
    assert ticked(sender.client.get("/kampanye/?pilih=semua").text) == ["73.08", "73.71"]
    assert ticked(sender.client.get("/kampanye/").text) == []


def test_the_last_reminder_is_told_with_its_number(pokja, sender, regions):
    for number, channel in (("400/7", Channel.LETTER), ("", Channel.WHATSAPP)):
        mailing = Mailing.objects.create(
            office=regions.sulsel,
            channel=channel,
            kind=LetterKind.REMINDER,
            year=2026,
            by=sender.user,
        )
        region = regions.bone if number else regions.makassar
        CampaignMessage.objects.create(
            mailing=mailing,
            region=region,
            year=2026,
            channel=channel,
            kind=LetterKind.REMINDER,
            number=number,
            day=date(2026, 3, 5),
            missing=4,
        )
    page = sender.client.get("/kampanye/").text
    assert "Surat pengingat 5 Maret 2026, nomor 400/7" in page
    assert "Pesan WhatsApp 5 Maret 2026" in page
    assert "5 Maret 2026" not in sender.client.get("/kampanye/?tahun=2025").text


def test_the_national_office_sees_provinces_and_may_choose_one(pokja, pusat, client_of, regions):
    client = client_of(pusat)
    page = client.get("/kampanye/").text
    assert "<h1>2 dari 2 provinsi belum mulai mengisi 2026</h1>" in page
    assert offered(page) == ["63", "73"]
    assert offered(client.get("/kampanye/?provinsi=63").text) == ["63.71"]


@pytest.mark.parametrize("province", ["63", "99", "nasional", "73.71", "%00"])
def test_another_province_is_not_there(pokja, sender, province):
    assert sender.client.get(f"/kampanye/?provinsi={province}").status_code == 404


@pytest.mark.parametrize("person", ["operator_makassar", "operator_sulsel", "pengamat_makassar"])
@pytest.mark.parametrize("path", ["", "kantor/", "siapkan/?tahun=2026&wilayah=73.71"])
def test_who_reminds_nobody_is_refused(request, pokja, client_of, person, path):
    client = client_of(request.getfixturevalue(person))
    assert client.get(f"/kampanye/{path}").status_code == 403


def test_nothing_goes_out_by_reading(pokja, sender):
    sender.client.get("/kampanye/?pilih=semua")
    sender.client.get("/kampanye/siapkan/?tahun=2026&provinsi=73&jenis=teguran&wilayah=73.71")
    assert sender.client.get("/kampanye/pemberitahuan/", chosen("73.71")).status_code == 405
    assert CampaignMessage.objects.count() == 0
