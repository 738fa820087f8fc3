"""Guide pages say what each criterion asks for, from the lists that the portal itself uses."""

import re

import pytest

from apps.guides.criteria import GUIDES
from apps.guides.first_steps import ROLES
from apps.verification.enums import Kind
from apps.verification.models import ReturnReason

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("step", GUIDES)
def test_each_criterion_has_good_and_bad_examples(today, rubric, client, step):
    page = words(client.get(f"/panduan/kriteria/{step}/"))
    guide = GUIDES[step]
    assert "Bobot 25 dari 100" in page
    for example in (*guide.good, *guide.bad):
        assert example.why in page


def test_the_reasons_are_those_of_the_list(today, rubric, client):
    ReturnReason.objects.all().delete()
    ReturnReason.objects.create(code="a", kind=Kind.DECREE, label="Cap buram", advice="Pindai lagi")
    ReturnReason.objects.create(code="b", kind=Kind.BUDGET, label="Hanya anggaran")
    ReturnReason.objects.create(code="c", kind=Kind.DECREE, label="Tidak dipakai", is_active=False)
    page = words(client.get("/panduan/kriteria/sk/"))
    assert "Cap buram Pindai lagi" in page
    assert "Hanya anggaran" not in page
    assert "Tidak dipakai" not in page
    assert "Ikuti catatan verifikator" in words(client.get("/panduan/kriteria/anggaran/"))


def test_without_a_rubric_the_page_names_no_weight(today, client):
    assert "Bobot" not in words(client.get("/panduan/kriteria/sk/"))


def test_ones_own_role_stands_first(client_of, client, koordinator_sulsel):
    page = client_of(koordinator_sulsel).get("/panduan/")
    assert page.context["roles"][0].slug == "koordinator"
    assert client.get("/panduan/").context["roles"][0].slug == "petugas"


@pytest.mark.parametrize("role", ROLES)
def test_every_address_of_the_first_steps_answers(client, client_of, admin, role):
    signed_in = client_of(admin)
    for step in ROLES[role].steps:
        if step.address:
            assert signed_in.get(step.address, follow=True).status_code == 200, step.address
    assert ROLES[role].title in words(client.get(f"/panduan/langkah/{role}/"))


PEOPLE = ["operator_makassar", "verifikator_sulsel", "koordinator_sulsel", "pusat"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("who", [*PEOPLE, "pengamat_makassar"])
def test_no_guide_offers_a_page_its_reader_may_not_open(request, today, client_of, who, role):
    reader = client_of(request.getfixturevalue(who))
    page = reader.get(f"/panduan/langkah/{role}/").content.decode()
    offered = re.findall(r'href="(/[^"#]*)"', page.partition('<ol class="measure')[2])
    for address in offered:
        assert reader.get(address, follow=True).status_code == 200, address


def test_a_guide_of_another_role_names_its_pages(client_of, client, pengamat_makassar):
    address = "/panduan/langkah/koordinator/"
    assert 'href="/kampanye/"' in client.get(address).content.decode()
    page = client_of(pengamat_makassar).get(address).content.decode()
    assert 'href="/kampanye/"' not in page
    assert "Halaman: Kampanye pengingat" in page
    officers = client_of(pengamat_makassar).get("/panduan/langkah/petugas/").content.decode()
    assert 'href="/panduan/kriteria/sk/"' in officers


@pytest.mark.parametrize("path", ["kriteria/izin/", "langkah/tamu/", "kriteria/sk%00/"])
def test_an_unknown_guide_is_not_there(client, path):
    assert client.get(f"/panduan/{path}").status_code == 404


def test_a_guide_costs_few_queries(today, rubric, client, django_assert_num_queries):
    client.get("/panduan/kriteria/sk/")
    with django_assert_num_queries(5):
        client.get("/panduan/kriteria/sk/")
