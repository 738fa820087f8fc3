"""The help contact of one's own province stands at the foot of every page."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.regions.forms import RegionForm
from apps.regions.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(regions):
    Region.objects.filter(pk=regions.sulsel.pk).update(
        help_name="Tim Sulsel", help_phone="(0411) 12-34-56", help_email="tim@contoh.go.id"
    )


def test_people_of_the_province_see_whom_to_ask(contact, client_of, operator_bone):
    page = client_of(operator_bone).get("/panduan/aksesibilitas/").content.decode()
    assert "Bantuan: Tim Sulsel" in page
    assert '<a href="tel:0411123456">Telepon (0411) 12-34-56</a>' in page
    assert '<a href="mailto:tim@contoh.go.id">' in page
    assert "Sampaikan kepada Tim Sulsel" in page


def test_others_see_their_own_or_the_general_one(
    contact, client, client_of, operator_banjarmasin, pusat
):
    pages = [
        client.get("/panduan/"),
        client_of(operator_banjarmasin).get("/panduan/"),
        client_of(pusat).get("/panduan/"),
    ]
    for page in pages:
        text = page.content.decode()
        assert "Bantuan: Perwakilan BKKBN di provinsi Anda" in text
        assert "tel:" not in text


def test_the_contact_costs_no_query(contact, regions, client_of, operator_bone):
    client, costs = client_of(operator_bone), []
    for name in ("", "Tim Sulsel"):
        Region.objects.filter(pk=regions.sulsel.pk).update(help_name=name)
        client.get("/panduan/aksesibilitas/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/panduan/aksesibilitas/").content.decode()
        assert ("Bantuan: Tim Sulsel" in page) is bool(name)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_contact_belongs_to_a_province(regions):
    assert "help_name" in RegionForm(instance=regions.sulsel).fields
    assert "help_name" not in RegionForm(instance=regions.bone).fields
    data = {"level": "kabupaten", "code": "73.99", "name": "Baru", "short_name": "Baru"}
    form = RegionForm({**data, "parent": regions.sulsel.pk, "help_name": "Tim"})
    assert form.errors["help_name"] == ["Kontak bantuan diisi pada provinsinya."]


@pytest.mark.parametrize("phone", ["nol empat", "javascript:alert(1)", "12"])
def test_a_telephone_number_has_digits(regions, phone):
    region = Region.objects.get(pk=regions.sulsel.pk)
    region.help_phone = phone
    with pytest.raises(ValidationError, match="Tulis nomor telepon dengan angka"):
        region.full_clean()
