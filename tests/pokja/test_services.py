"""The register of Pokja: added, corrected, ended and merged, always on record."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from apps.audit.models import Entry
from apps.pokja.models import Pokja, Seat
from apps.pokja.seat_services import add_seat
from apps.pokja.services import (
    MergeRefused,
    PokjaConflict,
    add_pokja,
    change_pokja,
    dissolve_pokja,
    merge_pokja,
)
from tests.makers import make_pokja
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 30)


@pytest.fixture
def bone(regions):
    return make_pokja(regions.bone, "bone", kinds=("advokasi", "gdpk"))


def last_entry():
    return Entry.objects.first()


def test_a_new_pokja_carries_its_types_in_their_order_and_is_on_record(regions, operator_bone):
    pokja = add_pokja(
        actor=operator_bone,
        region=regions.bone,
        name=" Pokja Kampung KB ",
        kinds=["stunting", "kampung_kb", "stunting"],
        formed_on=DAY,
        code="bone-kkb",
    )
    stored = Pokja.objects.get()
    assert (stored, stored.name, stored.kinds, stored.formed_on) == (
        pokja,
        "Pokja Kampung KB",
        ["stunting", "kampung_kb"],
        DAY,
    )
    entry = last_entry()
    assert (entry.action, entry.actor, entry.role, entry.region) == (
        "Membuat Pokja",
        operator_bone,
        "operator",
        regions.bone,
    )
    assert entry.after == {
        "code": "bone-kkb",
        "name": "Pokja Kampung KB",
        "formed_on": "2025-06-30",
        "kinds": ["stunting", "kampung_kb"],
    }


def test_without_a_code_it_gets_one_that_nobody_uses(regions, operator_bone):
    def add():
        return add_pokja(actor=operator_bone, region=regions.bone, name="X", kinds=["gdpk"]).code

    assert [add(), add(), add()] == ["73.08-gdpk", "73.08-gdpk-2", "73.08-gdpk-3"]


def test_a_code_in_use_is_refused(bone, regions, admin):
    with pytest.raises(ValidationError) as caught:
        add_pokja(actor=admin, region=regions.makassar, name="X", kinds=["gdpk"], code="bone")
    assert caught.value.message_dict == {"code": ["Kode Pokja ini sudah dipakai."]}
    assert Pokja.objects.count() == 1


def test_a_pokja_needs_a_type(regions, operator_bone):
    with pytest.raises(ValidationError):
        add_pokja(actor=operator_bone, region=regions.bone, name="X", kinds=[])
    assert (Pokja.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "who", ["operator_makassar", "operator_sulsel", "pusat", "pengamat_makassar"]
)
def test_only_who_manages_the_region_may_change_its_pokja(bone, regions, cast, who):
    actor = cast[who]
    acts = [
        lambda: add_pokja(actor=actor, region=regions.bone, name="X", kinds=["gdpk"]),
        lambda: change_pokja(bone, actor=actor, revision=1, name="X", kinds=["gdpk"]),
        lambda: dissolve_pokja(bone, on=DAY, actor=actor, revision=1),
        lambda: merge_pokja(bone, bone, DAY, actor=actor, revision=1),
        lambda: add_seat(bone, actor=actor, position="Ketua", institution="X", sector="media"),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (Pokja.objects.get().name, Seat.objects.count(), Entry.objects.count()) == (
        bone.name,
        0,
        0,
    )


def test_a_correction_is_saved_with_what_it_was_before(bone, operator_bone):
    change_pokja(bone, actor=operator_bone, revision=1, name="Pokja GDPK", kinds=["gdpk"])
    stored = Pokja.objects.get()
    assert (stored.name, stored.kinds, stored.revision) == ("Pokja GDPK", ["gdpk"], 2)
    entry = last_entry()
    assert (entry.before, entry.after) == (
        {"name": "Pokja Bangga Kencana", "kinds": ["advokasi", "gdpk"]},
        {"name": "Pokja GDPK", "kinds": ["gdpk"]},
    )


def test_a_change_of_what_is_no_longer_current_is_refused(bone, operator_bone, admin):
    change_pokja(bone, actor=admin, revision=1, name="Pokja GDPK", kinds=["gdpk"])
    outdated = Pokja.objects.get()
    with pytest.raises(PokjaConflict):
        change_pokja(outdated, actor=operator_bone, revision=1, name="Lain", kinds=["pjpk"])
    stored = Pokja.objects.get()
    assert (stored.name, stored.kinds) == ("Pokja GDPK", ["gdpk"])


def test_a_dissolved_pokja_stays_for_the_days_it_lived(bone, operator_bone):
    dissolve_pokja(bone, on=DAY, actor=operator_bone, revision=1, reason="SK dicabut")
    assert list(Pokja.objects.active_on(date(2025, 6, 29))) == [bone]
    assert list(Pokja.objects.active_on(DAY)) == []
    assert (last_entry().action, last_entry().reason) == ("Membubarkan Pokja", "SK dicabut")


def test_it_is_not_dissolved_before_it_was_formed(bone, operator_bone):
    bone.formed_on = date(2025, 7, 1)
    bone.save()
    with pytest.raises(ValidationError) as caught:
        dissolve_pokja(bone, on=DAY, actor=operator_bone, revision=1)
    assert caught.value.messages == ["Tanggal bubar tidak boleh sebelum tanggal dibentuk."]
    assert Pokja.objects.get().dissolved_on is None


# --- merging ---------------------------------------------------------------------------------


@pytest.fixture
def other(regions):
    return make_pokja(regions.bone, "bone-2", "Pokja Advokasi")


def merge(pokja, into, actor, on=DAY):
    return merge_pokja(pokja, into, on, actor=actor, revision=pokja.revision, reason="Disatukan")


def test_a_merged_pokja_leads_on_to_the_other(bone, other, operator_bone):
    merge(other, bone, operator_bone)
    stored = Pokja.objects.get(pk=other.pk)
    assert (stored.merged_into, stored.dissolved_on) == (bone, DAY)
    assert list(Pokja.objects.active_on(DAY)) == [bone]
    assert last_entry().after == {"dissolved_on": "2025-06-30", "merged_into_id": bone.pk}


def test_a_pokja_is_not_merged_into_itself_or_round_in_a_circle(bone, other, operator_bone):
    with pytest.raises(MergeRefused):
        merge(bone, bone, operator_bone)
    merge(other, bone, operator_bone)
    with pytest.raises(MergeRefused):
        merge(bone, other, operator_bone, on=date(2025, 1, 1))


def test_a_pokja_is_not_merged_into_one_of_another_region(bone, regions, admin):
    foreign = make_pokja(regions.makassar, "makassar")
    with pytest.raises(MergeRefused) as caught:
        merge(bone, foreign, admin)
    assert str(caught.value) == "Pilih Pokja lain di wilayah yang sama"


def test_a_pokja_is_not_merged_into_one_that_has_ended(bone, other, operator_bone):
    dissolve_pokja(other, on=DAY, actor=operator_bone, revision=1)
    with pytest.raises(MergeRefused):
        merge(bone, other, operator_bone)


@pytest.mark.django_db(transaction=True)
def test_two_pokja_are_not_merged_into_each_other_at_the_same_moment(bone, other, operator_bone):
    def attempt(one, two):
        from apps.accounts.models import User

        actor = User.objects.get(pk=operator_bone.pk)
        return lambda: merge(Pokja.objects.get(pk=one.pk), two, actor)

    assert outcomes(at_once(attempt(bone, other), attempt(other, bone))) == {
        "ok": 1,
        "MergeRefused": 1,
    }


@pytest.mark.django_db(transaction=True)
def test_of_ten_corrections_at_once_one_is_saved(bone, operator_bone):
    def attempt(number):
        from apps.accounts.models import User

        return lambda: change_pokja(
            Pokja.objects.get(),
            actor=User.objects.get(pk=operator_bone.pk),
            revision=1,
            name=f"Pokja {number}",
            kinds=["gdpk"],
        )

    assert outcomes(at_once(*map(attempt, range(10)))) == {"ok": 1, "PokjaConflict": 9}
    assert Pokja.objects.get().revision == 2
