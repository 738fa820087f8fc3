"""The register: add, correct, dissolve, merge, and the members."""

from datetime import date

import pytest

from apps.pokja.models import Pokja
from tests import makers
from tests.filing import pages


def pokja_form(**changes):
    return {
        "name": "Pokja GDPK",
        "kinds": ["gdpk"],
        "formed_on": "9 Februari 2026",
        "code": "",
    } | changes


def test_an_operator_adds_a_pokja_to_the_own_region(officer, pokja, regions):
    page = officer.client.get("/pokja/tambah/")
    assert list(page.context["form"].fields["region"].queryset) == [regions.makassar]
    response = officer.client.post("/pokja/tambah/", pokja_form(region=regions.makassar.pk))
    added = Pokja.objects.get(name="Pokja GDPK")
    assert response.url == f"/pokja/{added.pk}/"
    assert (added.region, added.kinds, added.formed_on) == (
        regions.makassar,
        ["gdpk"],
        date(2026, 2, 9),
    )


def test_a_foreign_region_and_a_code_in_use_are_refused(officer, pokja, regions):
    response = officer.client.post(
        "/pokja/tambah/", pokja_form(region=regions.bone.pk, code="MAKASSAR-BK")
    )
    assert pages.errors(response) == ["Pilih wilayah dari daftar", "Kode Pokja ini sudah dipakai."]
    assert response.content.decode().count('value="9 Februari 2026"') == 1
    assert Pokja.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "status"),
    [("pengamat_makassar", 403), ("pusat", 403), ("verifikator_sulsel", 200), ("admin", 200)],
)
def test_who_may_add(request, client_of, pokja, person, status):
    client = client_of(request.getfixturevalue(person))
    assert client.get("/pokja/tambah/").status_code == status


PATHS = ["ubah/", "bubar/", "lebur/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("operator_makassar", 200),
        ("verifikator_sulsel", 200),
        ("pengamat_makassar", 403),
        ("pusat", 403),
        ("operator_bone", 404),
        ("operator_sulsel", 404),
        ("verifikator_kalsel", 404),
    ],
)
def test_who_may_change_the_register(request, client_of, pokja, path, person, status):
    client = client_of(request.getfixturevalue(person))
    assert client.get(f"/pokja/{pokja.pk}/{path}").status_code == status


def test_a_correction_with_a_stale_revision_changes_nothing(officer, pokja):
    data = pokja_form(revision="99")
    response = officer.client.post(f"/pokja/{pokja.pk}/ubah/", data)
    assert response.status_code == 409
    assert pages.words(response).count("Pokja GDPK") == 1  # what was typed is kept
    assert Pokja.objects.get().name == "Pokja Bangga Kencana"


def test_name_and_types_are_corrected(officer, pokja):
    officer.client.post(f"/pokja/{pokja.pk}/ubah/", pokja_form(revision="1"))
    changed = Pokja.objects.get()
    assert (changed.name, changed.kinds) == ("Pokja GDPK", ["gdpk"])


def test_a_pokja_is_dissolved_with_reason_and_date(officer, pokja):
    data = {"on": "1/3/2026", "reason": "SK pembubaran", "revision": "1"}
    officer.client.post(f"/pokja/{pokja.pk}/bubar/", data)
    assert Pokja.objects.get().dissolved_on == date(2026, 3, 1)
    assert officer.client.get(f"/pokja/{pokja.pk}/bubar/").status_code == 404


def test_a_future_end_and_a_missing_reason_are_refused(officer, pokja):
    data = {"on": "1/4/2026", "reason": "", "revision": "1"}
    response = officer.client.post(f"/pokja/{pokja.pk}/bubar/", data)
    assert pages.errors(response) == [
        "Tanggal tidak boleh setelah hari ini, 12 Maret 2026",
        "Isi alasan",
    ]
    assert Pokja.objects.get().dissolved_on is None


def test_a_pokja_is_merged_into_another_of_its_region_only(officer, pokja, regions):
    other = makers.make_pokja(regions.makassar, "mks-2", "Pokja Terpadu")
    foreign = makers.make_pokja(regions.bone, "bone-2", "Pokja Bone")
    data = {"on": "1/3/2026", "reason": "Digabung", "revision": "1", "into": foreign.pk}
    response = officer.client.post(f"/pokja/{pokja.pk}/lebur/", data)
    assert pages.errors(response) == ["Pilih dilebur ke dari daftar"]
    officer.client.post(f"/pokja/{pokja.pk}/lebur/", data | {"into": other.pk})
    pokja.refresh_from_db()
    assert (pokja.merged_into, pokja.dissolved_on) == (other, date(2026, 3, 1))
