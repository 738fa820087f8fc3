"""Kabupaten and kota: split, merged, moved to another province, renamed."""

from datetime import date

import pytest

from apps.discussion.models import FollowUp
from apps.documents.models import Document
from apps.effectiveness.queries import assess, assess_one
from apps.pokja.models import Pokja
from apps.regions.models import Region, RegionName
from apps.regions.queries import changes_of, load_code_book, region_for_code
from apps.territory.applying import ChangeRefused
from apps.territory.plan import plan_for
from apps.territory.reversal import draft_reversal
from apps.verification.models import Evidence
from tests.makers import make_decree, make_document, make_plan, make_pokja


@pytest.fixture
def two(sulsel):
    """Two Pokja of Bone that will go; Pokja Bone stays."""
    return [make_pokja(sulsel.bone, code=f"bone-{n}", name=f"Pokja {n}") for n in (1, 2)]


@pytest.fixture
def new_district(sulsel, draft, share, two):
    change = draft(
        "split_district", sulsel.bone, code="73.27", name="Bone Selatan", level="kabupaten"
    )
    return share(change, pokja=two)


# --- split -----------------------------------------------------------------------------------
def test_pokja_go_with_all_that_is_theirs(sulsel, new_district, two, confirm, cast):
    officer = cast["operator_bone"]
    plan = make_plan(two[0], officer)
    kept = make_plan(sulsel.pokja, officer)
    paper = make_document(sulsel.bone, officer)
    decree = make_decree(two[1], officer, document=paper)
    task = FollowUp.objects.create(
        region=sulsel.bone,
        pokja=two[0],
        task="Lengkapi",
        owner=officer,
        due_on="2026-04-01",
        created_by=officer,
    )
    confirm(new_district)
    new = Region.objects.get(code="73.27")
    assert (str(new), new.short_name, new.province) == (
        "Kabupaten Bone Selatan",
        "Bone Selatan",
        sulsel.province,
    )
    assert set(Pokja.objects.filter(region=new)) == set(two)
    assert set(Evidence.objects.filter(region=new)) == {plan, decree}
    assert Evidence.objects.get(pk=kept.pk).region == sulsel.bone
    assert Document.objects.get(pk=paper.pk).region == new
    task.refresh_from_db()
    assert task.region == new


def test_open_items_are_seen_by_the_new_officers_alone(
    sulsel, new_district, two, confirm, cast, make_user
):
    plan = make_plan(two[0], cast["operator_bone"])
    confirm(new_district)
    officer = make_user("operator", Region.objects.get(code="73.27"))
    old = type(officer).objects.get(pk=cast["operator_bone"].pk)
    assert list(Evidence.objects.for_user(officer)) == [plan]
    assert list(Evidence.objects.for_user(old)) == []
    judge = type(officer).objects.get(pk=cast["verifikator_sulsel"].pk)
    assert list(Evidence.objects.for_user(judge)) == [plan]


def test_a_joint_decree_stays_and_goes_on_counting_for_both(
    sulsel, new_district, two, confirm, cast, client_of, pusat
):
    from apps.decrees.models import DecreeCoverage
    from tests.makers import verified

    paper = make_document(sulsel.bone, cast["operator_bone"])
    decree = make_decree(sulsel.pokja, cast["operator_bone"], document=paper)
    DecreeCoverage.objects.create(decree=decree.decree, pokja=two[0])
    verified(decree, cast["operator_bone"], cast["verifikator_sulsel"])
    page = client_of(pusat).get(f"/wilayah/perubahan/{new_district.pk}/pratinjau/").content.decode()
    assert "juga mencakup Pokja yang tinggal, jadi berkasnya tetap di wilayah lama" in page
    confirm(new_district)
    decree.refresh_from_db()
    assert decree.region == sulsel.bone
    assert Document.objects.get(pk=paper.pk).region == sulsel.bone
    for pokja in (sulsel.pokja, two[0]):
        assert assess_one(pokja, 2026).results["sk"].status == "terpenuhi"


def test_kecamatan_move_with_the_codes_that_were_given(sulsel, draft, share, confirm, make_region):
    stays, goes = (
        make_region("73.08.01", "Kecamatan Bontocani", sulsel.bone),
        make_region("73.08.02", "Kecamatan Kahu", sulsel.bone),
    )
    change = draft("split_district", sulsel.bone, code="73.27", name="Kahu", level="kabupaten")
    share(change, {goes: "73.27.01"})
    confirm(change)
    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.code, goes.parent.code, stays.code) == ("73.27.01", "73.27", "73.08.01")


def test_without_any_kecamatan_chosen_it_is_refused(
    sulsel, draft, share, confirm, make_region, two
):
    make_region("73.08.01", "Kecamatan Bontocani", sulsel.bone)
    change = draft("split_district", sulsel.bone, code="73.27", name="Kahu", level="kabupaten")
    share(change, pokja=two)
    with pytest.raises(ChangeRefused) as refused:
        confirm(change)
    assert str(refused.value) == (
        "Belum ada kecamatan yang masuk Kabupaten Kahu. Pilih paling sedikit satu"
    )


# --- rename ----------------------------------------------------------------------------------
def test_a_renamed_region_is_found_by_both_names(sulsel, draft, confirm, pusat):
    from apps.search.queries import find

    change = draft("rename", sulsel.bone, code="73.78", name="Watampone", level="kota")
    confirm(change)
    sulsel.bone.refresh_from_db()
    assert (str(sulsel.bone), sulsel.bone.label, sulsel.bone.level, sulsel.bone.code) == (
        "Kota Watampone",
        "Kota Watampone",
        "kota",
        "73.78",
    )
    (name,) = RegionName.objects.filter(region=sulsel.bone)
    assert (str(name), name.valid_from, name.valid_to) == (
        "Kabupaten Bone",
        None,
        date(2026, 2, 28),
    )
    for typed in ("bone", "Kabupaten Bone", "watampone"):
        group = find(pusat, typed, 2026).groups[0]
        assert [hit.title for hit in group.hits] == ["Kota Watampone"], typed
    assert find(pusat, "bone", 2026).groups[0].hits[0].detail == (
        "Provinsi Sulawesi Selatan, nama lama Bone"
    )
    assert changes_of(sulsel.bone, [2026]) == [
        (2026, "Kabupaten Bone (73.08) menjadi Kota Watampone (73.78) sejak 1 Maret 2026")
    ]


def test_only_the_name_keeps_the_code(sulsel, draft, confirm):
    change = draft("rename", sulsel.bone, code="73.08", name="Bone Raya", level="kabupaten")
    confirm(change)
    codes = sulsel.bone.codes.filter(system="kemendagri")
    assert list(codes.values_list("code", "valid_to")) == [("73.08", None)]


def test_a_province_with_a_new_code_takes_its_districts_along(sulsel, draft, confirm):
    confirm(draft("rename", sulsel.province, code="77"))
    sulsel.makassar.refresh_from_db()
    assert (sulsel.makassar.code, region_for_code("73.71")) == ("77.71", sulsel.makassar)
    assert sulsel.makassar.province.code == "77"


# --- move ------------------------------------------------------------------------------------
def test_a_district_comes_to_another_province(sulsel, draft, confirm, cast):
    plan = make_plan(sulsel.pokja, cast["operator_bone"])
    confirm(draft("move", sulsel.bone, sulsel.kalsel, code="63.12"))
    sulsel.bone.refresh_from_db()
    assert (sulsel.bone.code, sulsel.bone.province, sulsel.bone.parent) == (
        "63.12",
        sulsel.kalsel,
        sulsel.kalsel,
    )
    judges = {
        name: list(Evidence.objects.for_user(type(cast[name]).objects.get(pk=cast[name].pk)))
        for name in ("verifikator_sulsel", "verifikator_kalsel")
    }
    assert judges == {"verifikator_sulsel": [], "verifikator_kalsel": [plan]}
    items = assess(Pokja.objects.filter(region__province=sulsel.kalsel), 2024)
    assert [item.pokja_id for item in items] == [sulsel.pokja.pk]
    assert len(changes_of(sulsel.province, [2026])) == len(changes_of(sulsel.kalsel, [2026])) == 1


# --- merge -----------------------------------------------------------------------------------
def test_a_merged_district_lives_on_in_the_other(sulsel, draft, confirm, cast, client_of, pusat):
    plan = make_plan(sulsel.pokja, cast["operator_bone"])
    confirm(draft("merge", sulsel.bone, sulsel.wajo))
    sulsel.bone.refresh_from_db()
    assert (sulsel.bone.ended_on, sulsel.bone.merged_into) == (date(2026, 3, 1), sulsel.wajo)
    assert list(Region.objects.kabkota().filter(province=sulsel.province)) == [
        sulsel.wajo,
        sulsel.makassar,
    ]
    assert Pokja.objects.get(pk=sulsel.pokja.pk).region == sulsel.wajo
    assert Evidence.objects.get(pk=plan.pk).region == sulsel.wajo
    held = cast["operator_bone"].assignments.filter(ended_on=None)
    assert [post.region for post in held] == [sulsel.wajo]
    assert region_for_code("73.08") == load_code_book().find("73.08") == sulsel.wajo
    response = client_of(pusat).get("/dasbor/73.08/2026/")
    assert response["Location"] == "/dasbor/73.13/2026/"


def test_search_finds_the_survivor_by_name_and_code_of_the_merged(sulsel, draft, confirm, pusat):
    from apps.search.queries import find

    confirm(draft("merge", sulsel.bone, sulsel.wajo))
    for typed in ("bone", "73.08"):
        group = find(pusat, typed, 2026).groups[0]
        assert [hit.title for hit in group.hits] == ["Kabupaten Wajo"], typed


def test_loading_the_reference_data_again_revives_nobody(sulsel, draft, confirm):
    from apps.regions.services import load_regions

    load_regions()
    confirm(draft("merge", sulsel.bone, sulsel.wajo))
    assert load_regions() == {"wilayah": 0, "kode": 0, "penduduk": 0}
    assert region_for_code("73.08") == sulsel.wajo


def test_a_post_can_end_with_the_region(sulsel, draft, share, confirm, cast):
    post = cast["operator_bone"].assignments.get()
    change = share(draft("merge", sulsel.bone, sulsel.wajo), posts={post: "end"})
    confirm(change)
    post.refresh_from_db()
    assert post.ended_on == date(2026, 3, 12)
    assert not cast["operator_bone"].assignments.filter(ended_on=None).exists()


# --- back ------------------------------------------------------------------------------------
def test_a_change_back_brings_a_merged_region_to_life(sulsel, draft, confirm, pusat, cast):
    change = draft("merge", sulsel.bone, sulsel.wajo)
    confirm(change)
    back = draft_reversal(change, actor=pusat)
    assert (back.kind, back.region, back.new_code, back.new_name, back.reverses) == (
        "split_district",
        sulsel.wajo,
        "73.08",
        "Bone",
        change,
    )
    confirm(back)
    sulsel.bone.refresh_from_db()
    assert (sulsel.bone.ended_on, sulsel.bone.merged_into) == (None, None)
    assert region_for_code("73.08") == sulsel.bone
    assert Pokja.objects.get(pk=sulsel.pokja.pk).region == sulsel.bone
    held = cast["operator_bone"].assignments.filter(ended_on=None)
    assert [post.region for post in held] == [sulsel.bone]


def test_a_change_back_of_a_split_is_a_merger_with_the_old_codes(sulsel, split, confirm, pusat):
    confirm(split)
    back = draft_reversal(split, actor=pusat)
    assert (back.kind, back.region.code, back.target) == ("merge", "76", sulsel.province)
    confirm(back)
    sulsel.bone.refresh_from_db()
    assert (sulsel.bone.code, sulsel.bone.province) == ("73.08", sulsel.province)
    assert region_for_code("76.01") == sulsel.bone
    assert region_for_code("76") == sulsel.province


def test_a_change_back_of_a_move_and_of_a_name(sulsel, draft, confirm, pusat):
    moved = draft("move", sulsel.bone, sulsel.kalsel, code="63.12")
    confirm(moved)
    confirm(draft_reversal(moved, actor=pusat))
    named = draft("rename", sulsel.wajo, code="73.13", name="Tosora", level="kabupaten")
    confirm(named)
    confirm(draft_reversal(named, actor=pusat))
    sulsel.bone.refresh_from_db()
    sulsel.wajo.refresh_from_db()
    assert (sulsel.bone.code, sulsel.bone.province) == ("73.08", sulsel.province)
    assert str(sulsel.wajo) == "Kabupaten Wajo"


def test_the_preview_counts_both_provinces_before_and_after(sulsel, draft):
    from apps.territory.preview import preview_of

    change = draft("move", sulsel.bone, sulsel.kalsel, code="63.12")
    rows = preview_of(plan_for(change)).figures
    assert [(row.province, row.before, row.after) for row in rows] == [
        (
            "Provinsi Sulawesi Selatan",
            "0 Prov & 0 dari 3 Kab/Kota",
            "0 Prov & 0 dari 2 Kab/Kota",
        ),
        (
            "Provinsi Kalimantan Selatan",
            "0 Prov & 0 dari 1 Kab/Kota",
            "0 Prov & 0 dari 2 Kab/Kota",
        ),
    ]
