"""A province is split: what moves, what stays whole, and what a draft leaves untouched."""

from datetime import date

import pytest

from apps.accounts.models import Assignment
from apps.audit.models import Entry
from apps.effectiveness.queries import assess_one
from apps.pokja.models import Pokja
from apps.regions.models import Region, RegionCode, RegionEvent
from apps.regions.queries import changes_of, region_for_code
from apps.territory.enums import ChangeStatus
from apps.territory.models import RegionChange
from apps.verification.models import Evidence
from tests.makers import make_plan


def snapshot():
    """Everything a change of regions could touch."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Region, RegionCode, RegionEvent, Pokja, Assignment, Evidence)
    ]


def test_a_draft_and_a_dropped_draft_change_nothing(sulsel, split, client_of, pusat):
    before = snapshot()
    client = client_of(pusat)
    assert client.get(f"/wilayah/perubahan/{split.pk}/pratinjau/").status_code == 200
    url = f"/wilayah/perubahan/{split.pk}/buang/"
    assert client.post(url, {"revision": split.revision}).status_code == 302
    split.refresh_from_db()
    assert (split.status, split.decided_by) == (ChangeStatus.DROPPED, pusat)
    assert snapshot() == before


def test_what_was_dropped_cannot_be_confirmed(split, client_of, pusat):
    client = client_of(pusat)
    client.post(f"/wilayah/perubahan/{split.pk}/buang/", {"revision": split.revision})
    assert client.get(f"/wilayah/perubahan/{split.pk}/sahkan/").status_code == 409
    assert client.get(f"/wilayah/perubahan/{split.pk}/").status_code == 200


def test_districts_get_new_codes_and_a_new_province(sulsel, split, confirm):
    confirm(split)
    new = Region.objects.get(code="76")
    assert (str(new), new.level, new.province_id, new.parent_id) == (
        "Provinsi Bone Raya",
        "provinsi",
        new.pk,
        None,
    )
    moved = Region.objects.filter(province=new).order_by("code").values_list("code", "name")
    assert list(moved) == [
        ("76", "Bone Raya"),
        ("76.01", "Kabupaten Bone"),
        ("76.02", "Kabupaten Wajo"),
    ]
    assert Region.objects.get(pk=sulsel.makassar.pk).province == sulsel.province


def test_what_lies_below_follows_with_its_codes(sulsel, split, confirm, make_region):
    low = make_region("73.08.03", "Kecamatan Ponre", sulsel.bone)
    confirm(split)
    low.refresh_from_db()
    assert (low.code, low.province.code, low.parent) == ("76.01.03", "76", sulsel.bone)
    assert region_for_code("73.08.03") == low


def test_old_codes_lead_on_with_their_dates(sulsel, split, confirm):
    confirm(split)
    assert region_for_code("73.08") == sulsel.bone
    rows = RegionCode.objects.filter(region=sulsel.bone, system="kemendagri").order_by("pk")
    assert list(rows.values_list("code", "valid_from", "valid_to")) == [
        ("73.08", None, date(2026, 2, 28)),
        ("76.01", date(2026, 3, 1), None),
    ]


def test_the_old_address_leads_to_the_new_one(sulsel, split, confirm, client_of, pusat):
    confirm(split)
    response = client_of(pusat).get("/dasbor/73.08/2026/?x=1")
    assert (response.status_code, response["Location"]) == (302, "/dasbor/76.01/2026/?x=1")
    assert client_of(pusat).get("/dasbor/76.01/2026/").status_code == 200
    assert client_of(pusat).get("/dasbor/76/2026/").status_code == 200


def test_verifiers_lose_and_gain_reach(sulsel, split, confirm, share, cast, client_of, make_user):
    mover = cast["verifikator2_sulsel"]
    share(
        split,
        {sulsel.bone: "76.01", sulsel.wajo: "76.02"},
        posts={mover.assignments.get(): "move"},
    )
    plan = make_plan(sulsel.pokja, cast["operator_bone"])
    confirm(split)

    def seen(user):
        fresh = type(user).objects.get(pk=user.pk)
        return list(Evidence.objects.for_user(fresh)), fresh.scope.label

    assert seen(cast["verifikator_sulsel"]) == ([], "Verifikator Sulawesi Selatan")
    assert seen(mover) == ([plan], "Verifikator Bone Raya")
    assert seen(cast["operator_bone"]) == ([plan], "Operator Kabupaten Bone")
    posts = mover.assignments.order_by("pk").values_list("region__code", "ended_on")
    assert list(posts) == [("73", date(2026, 3, 12)), ("76", None)]


def test_also_keeps_both_posts(sulsel, split, confirm, share, cast):
    post = cast["koordinator_sulsel"].assignments.get()
    share(split, {sulsel.bone: "76.01"}, posts={post: "also"})
    confirm(split)
    held = cast["koordinator_sulsel"].assignments.filter(ended_on=None)
    assert sorted(held.values_list("region__code", flat=True)) == ["73", "76"]


def test_the_past_of_a_district_goes_along(sulsel, split, confirm):
    before = assess_one(sulsel.pokja, 2025)
    confirm(split)
    after = assess_one(sulsel.pokja, 2025)
    assert after.province_id == Region.objects.get(code="76").pk
    assert (after.results, after.score) == (before.results, before.score)


def test_both_provinces_and_the_district_tell_of_it(sulsel, split, confirm):
    confirm(split)
    new = Region.objects.get(code="76")
    assert changes_of(sulsel.province, [2025, 2026]) == [
        (2026, "Bone dan Wajo pindah ke Provinsi Bone Raya sejak 1 Maret 2026")
    ]
    assert changes_of(new, [2026]) == [
        (
            2026,
            "Dibentuk dari Provinsi Sulawesi Selatan dengan Bone dan Wajo sejak 1 Maret 2026",
        )
    ]
    assert changes_of(sulsel.bone, [2026]) == [
        (
            2026,
            "Pindah dari Provinsi Sulawesi Selatan ke Provinsi Bone Raya sejak 1 Maret 2026",
        )
    ]
    assert changes_of(sulsel.bone, [2025]) == []


def test_every_change_leaves_a_trace(sulsel, split, confirm, pusat):
    confirm(split)
    rows = Entry.objects.filter(object_type="regions.region").order_by("pk")
    assert [(row.action, row.actor, row.reason) for row in rows] == [
        ("Membentuk wilayah", pusat, "UU 9/2026"),
        ("Memindahkan wilayah", pusat, "UU 9/2026"),
        ("Memindahkan wilayah", pusat, "UU 9/2026"),
    ]
    assert rows[1].before == {"kode": "73.08", "induk": "Provinsi Sulawesi Selatan"}
    assert rows[1].after == {"kode": "76.01", "induk": "Provinsi Bone Raya"}
    last = Entry.objects.filter(object_type="territory.regionchange").order_by("pk").last()
    assert (last.action, last.after["status"]) == ("Mengesahkan perubahan wilayah", "confirmed")


def test_search_finds_by_the_old_code(sulsel, split, confirm, pusat):
    from apps.search.queries import find

    confirm(split)
    (group,) = find(pusat, "73.08", 2026).groups
    assert [(hit.title, hit.detail) for hit in group.hits] == [
        (
            "Kabupaten Bone",
            "Provinsi Bone Raya, kode Kemendagri 73.08 sampai 28 Februari 2026",
        )
    ]


def test_a_file_with_the_old_code_is_understood_and_told(sulsel, split, confirm, tmp_path):
    from django.core.management import call_command

    confirm(split)
    path = tmp_path / "profil.csv"
    path.write_text("kode_wilayah,tahun,pkb\n73.08,2025,12\n")
    from io import StringIO

    out = StringIO()
    call_command("impor", "profil", str(path), stdout=out, stderr=out)
    assert "Kode 73.08 adalah kode lama; dipakai kode sekarang, 76.01 (Kabupaten Bone)" in (
        out.getvalue()
    )
    assert sulsel.bone.profiles.get().pkb == 12


def test_confirmed_twice_is_told(split, confirm, client_of, pusat):
    confirm(split)
    url = f"/wilayah/perubahan/{split.pk}/sahkan/"
    data = {"checked": "on", "word": "SAHKAN", "revision": split.revision, "seen": "0" * 32}
    assert client_of(pusat).post(url, data).status_code == 409
    assert Region.objects.filter(code="76").count() == 1


def test_a_province_of_its_own_number_has_its_zone(sulsel, split, confirm):
    confirm(split)
    assert Region.objects.get(code="76").timezone_label == "WITA"


@pytest.mark.parametrize("count", [1, 2])
def test_the_preview_costs_the_same_for_few_and_many(
    count, sulsel, split, share, client_of, pusat, django_assert_num_queries
):
    places = [(sulsel.bone, "76.01"), (sulsel.wajo, "76.02")][:count]
    share(split, dict(places))
    client = client_of(pusat)
    client.get("/wilayah/perubahan/")
    with django_assert_num_queries(37):
        client.get(f"/wilayah/perubahan/{split.pk}/pratinjau/")


def test_the_list_costs_the_same_for_few_and_many(
    sulsel, split, draft, client_of, pusat, django_assert_num_queries
):
    client = client_of(pusat)
    client.get("/wilayah/perubahan/")
    for _ in range(2):
        with django_assert_num_queries(9):
            client.get("/wilayah/perubahan/")
        draft("rename", sulsel.bone)
    assert RegionChange.objects.count() == 3
