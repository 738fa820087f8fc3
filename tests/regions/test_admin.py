import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from apps.regions import services
from apps.regions.models import Region, RegionProfile

LIST = "admin:regions_region_changelist"


def listed(client, **query):
    response = client.get(reverse(LIST), query)
    return [region.code for region in response.context["cl"].result_list]


@pytest.fixture
def staff_sulsel(verifikator_sulsel):
    """Staff of the province with every right over regions, but no superuser."""
    verifikator_sulsel.is_staff = True
    verifikator_sulsel.save(update_fields=["is_staff"])
    rights = Permission.objects.filter(content_type__app_label="regions")
    verifikator_sulsel.user_permissions.set(rights)
    return verifikator_sulsel


@pytest.mark.parametrize("word", ["boven digoel", "93.02", "9502", "9413"])
def test_search_finds_name_and_codes_old_and_new(nation, admin, client_of, word):
    assert listed(client_of(admin), q=word) == ["93.02"]


def test_search_by_a_code_of_both_systems_shows_both(nation, admin, client_of):
    assert listed(client_of(admin), q="6210") == ["62.11"]
    assert listed(client_of(admin), q="62.10") == ["62.10"]


def test_old_code_is_found_after_a_change(nation, admin, client_of, today):
    services.change_region_code(Region.objects.get(code="73.08"), "73.88", on=today, basis="")
    assert listed(client_of(admin), q="73.08") == ["73.88"]


def test_staff_of_a_province_see_their_province_only(regions, staff_sulsel, client_of):
    assert listed(client_of(staff_sulsel)) == ["73", "73.08", "73.71"]


def test_region_of_another_province_cannot_be_opened(regions, staff_sulsel, client_of):
    url = reverse("admin:regions_region_change", args=[regions.banjarmasin.pk])
    response = client_of(staff_sulsel).get(url)
    assert response.status_code == 302  # Django admin: back to its index, "does not exist"
    assert response.url == reverse("admin:index")


def test_profile_of_another_province_cannot_be_made(regions, staff_sulsel, client_of):
    url = reverse("admin:regions_regionprofile_add")
    response = client_of(staff_sulsel).post(url, {"region": regions.banjarmasin.pk, "year": 2025})
    assert response.status_code == 200
    assert RegionProfile.objects.count() == 0


def test_list_costs_the_same_queries_for_few_and_many(
    regions, make_region, admin, client_of, django_assert_num_queries
):
    client = client_of(admin)
    client.get(reverse(LIST))
    with django_assert_num_queries(7):
        client.get(reverse(LIST))
    make_region("73.09", "Kabupaten Maros", regions.sulsel)
    make_region("73.11", "Kabupaten Barru", regions.sulsel)
    with django_assert_num_queries(7):
        client.get(reverse(LIST))


NEW = {
    "level": "kabupaten",
    "code": "73.27",
    "name": "Kabupaten Luwu Tengah",
    "short_name": "Luwu Tengah",
    "codes-TOTAL_FORMS": 0,
    "codes-INITIAL_FORMS": 0,
    "names-TOTAL_FORMS": 0,
    "names-INITIAL_FORMS": 0,
}


def test_new_region_gets_province_and_open_code(regions, admin, client_of):
    data = NEW | {"parent": regions.sulsel.pk}
    client_of(admin).post(reverse("admin:regions_region_add"), data)
    region = Region.objects.get(code="73.27")
    assert region.province == regions.sulsel
    assert list(region.codes.values_list("system", "code", "valid_to")) == [
        ("kemendagri", "73.27", None)
    ]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"parent": ""}, "parent", "Pilih wilayah induk."),
        ({"code": "74.27"}, "code", "Kode harus diawali kode wilayah induk, 73."),
        ({"level": "provinsi"}, "parent", "Provinsi tidak punya wilayah induk."),
        (
            {"code": "7327"},
            "code",
            "Kode 7327 tanpa titik tidak jelas sistemnya: 73.27 menurut Kemendagri? "
            "Tulis kode Kemendagri dengan titik",
        ),
    ],
)
def test_wrong_new_region_is_refused_at_its_field(
    regions, admin, client_of, change, field, message
):
    data = NEW | {"parent": regions.sulsel.pk} | change
    response = client_of(admin).post(reverse("admin:regions_region_add"), data)
    assert response.context["adminform"].form.errors[field] == [message]


def test_rename_keeps_code_and_level(regions, admin, client_of):
    code = regions.bone.codes.get()
    data = NEW | {
        "name": "Kabupaten Bone Raya",
        "level": "kota",
        "codes-TOTAL_FORMS": 1,
        "codes-INITIAL_FORMS": 1,
        "codes-0-id": code.pk,
        "codes-0-region": regions.bone.pk,
    }
    client_of(admin).post(reverse("admin:regions_region_change", args=[regions.bone.pk]), data)
    regions.bone.refresh_from_db()
    assert (regions.bone.name, regions.bone.code, regions.bone.level) == (
        "Kabupaten Bone Raya",
        "73.08",
        "kabupaten",
    )
