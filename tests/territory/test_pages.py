"""The steps as pages: who may open them, what they refuse, and who was faster."""

from datetime import date

import pytest
import time_machine

from apps.accounts.models import Assignment
from apps.regions.models import Region
from apps.territory.enums import ChangeStatus
from apps.territory.models import RegionChange
from apps.territory.plan import plan_for
from tests.territory.conftest import ON

START = "/wilayah/perubahan/mulai/"
WHAT = {
    "kind": "split_province",
    "region": "73 Provinsi Sulawesi Selatan",
    "in_force_on": "1 Maret 2026",
    "basis": "UU 9/2026",
}


@pytest.fixture
def desk(client_of, pusat):
    return client_of(pusat)


def errors(response) -> dict:
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def at(change, step=""):
    return f"/wilayah/perubahan/{change.pk}/" + (f"{step}/" if step else "")


# --- the whole way ---------------------------------------------------------------------------
def test_a_province_is_split_by_plain_forms(sulsel, desk, pusat):
    step = desk.post(START, WHAT)
    change = RegionChange.objects.get()
    assert step["Location"] == at(change, "wilayah-baru")
    step = desk.post(
        at(change, "wilayah-baru"),
        {"new_code": "76", "new_name": "Provinsi Bone Raya", "revision": 1},
    )
    assert step["Location"] == at(change, "pembagian")
    page = desk.get(at(change, "pembagian"))
    fields = page.context["form"].fields
    assert fields[f"kode_{sulsel.bone.pk}"].initial == "76.08"
    assert fields[f"ikut_{sulsel.bone.pk}"].initial is False
    step = desk.post(
        at(change, "pembagian"),
        {
            f"ikut_{sulsel.bone.pk}": "on",
            f"kode_{sulsel.bone.pk}": "76.01",
            f"kode_{sulsel.wajo.pk}": "",
            "revision": 2,
        },
    )
    assert step["Location"] == at(change, "pratinjau")
    assert desk.get(at(change)).status_code == 302
    preview = desk.get(at(change, "pratinjau")).content.decode()
    for words in (
        "Belum ada yang berubah.",
        "Tidak lagi menjangkau Bone",
        "0 Prov &amp; 0 dari 3 Kab/Kota",
        "Belum ada verifikator atau koordinator untuk Provinsi Bone Raya",
        "Peta: batas wilayah yang baru belum tersedia",
    ):
        assert words in preview, words
    page = desk.get(at(change, "sahkan"))
    data = page.context["form"].initial | {"checked": "on", "word": "sahkan"}
    assert desk.post(at(change, "sahkan"), data)["Location"] == at(change)
    done = desk.get(at(change)).content.decode()
    assert [word in done for word in ("Disahkan", "73.08", "76.01")] == [True] * 3
    assert Region.objects.get(pk=sulsel.bone.pk).code == "76.01"
    back = desk.post(at(change, "kebalikan"))
    draft = RegionChange.objects.get(reverses=change)
    assert back["Location"] == at(draft, "apa")
    assert desk.get(at(draft, "pembagian")).status_code == 200


def test_step_one_again_starts_the_others_anew_when_the_region_changes(split, desk, sulsel):
    data = WHAT | {"revision": split.revision, "basis": "UU 10/2026"}
    desk.post(at(split, "apa"), data)
    split.refresh_from_db()
    assert (split.basis, split.new_code, split.items.count()) == ("UU 10/2026", "76", 2)
    data = WHAT | {"region": "63", "revision": split.revision}
    desk.post(at(split, "apa"), data)
    split.refresh_from_db()
    assert (split.region, split.new_code, split.items.count()) == (sulsel.kalsel, "", 0)


def test_another_code_of_the_province_renumbers_what_was_chosen(split, desk):
    data = {"new_code": "77", "new_name": "Bone Raya", "revision": split.revision}
    desk.post(at(split, "wilayah-baru"), data)
    assert sorted(split.items.values_list("code", flat=True)) == ["77.01", "77.02"]


# --- bad input -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"region": "99"}, "region", "Wilayah 99 tidak ditemukan. Tulis kode atau nama lengkapnya"),
        ({"region": ""}, "region", "Isi wilayah"),
        (
            {"region": "73.08"},
            "region",
            "Kabupaten Bone bukan provinsi. Pilih provinsi yang dimekarkan",
        ),
        (
            {"kind": "split_district"},
            "region",
            "Provinsi Sulawesi Selatan bukan kabupaten/kota. Pilih kabupaten/kota",
        ),
        ({"kind": "merge"}, "target", "Isi wilayah tujuan"),
        (
            {"kind": "merge", "target": "sulawesi selatan"},
            "target",
            "Wilayah tujuan sama dengan wilayah asal. Pilih wilayah lain",
        ),
        (
            {"kind": "merge", "region": "bone", "target": "63.71"},
            "target",
            "Kota Banjarmasin ada di provinsi lain. Pindahkan dulu ke provinsi yang sama",
        ),
        (
            {"kind": "move", "region": "bone", "target": "73"},
            "target",
            "Kabupaten Bone sudah bagian dari Provinsi Sulawesi Selatan. Pilih provinsi lain",
        ),
        ({"in_force_on": "kapan-kapan"}, "in_force_on", None),
        ({"basis": ""}, "basis", "Isi dasar hukum"),
    ],
)
def test_step_one_refuses_at_the_field(sulsel, desk, given, field, words):
    found = errors(desk.post(START, WHAT | given))
    assert list(found) == [field]
    assert words is None or found[field] == [words]
    assert not RegionChange.objects.exists()


def test_a_day_before_the_region_carried_its_code_is_refused(sulsel, desk):
    sulsel.province.codes.update(valid_from=date(2026, 3, 1))
    assert errors(desk.post(START, WHAT)) == {
        "in_force_on": [
            "Provinsi Sulawesi Selatan memakai kode 73 sejak 1 Maret 2026. Isi tanggal sesudahnya"
        ]
    }


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("63", "Kode 63 dipakai Provinsi Kalimantan Selatan. Isi kode lain"),
        ("7", "Kode 7 bukan kode Kemendagri tingkat ini. Tulis seperti 35"),
        ("76.01", "Kode 76.01 bukan kode Kemendagri tingkat ini. Tulis seperti 35"),
        ("٧٦", "Kode ٧٦ bukan kode Kemendagri tingkat ini. Tulis seperti 35"),
    ],
)
def test_a_code_that_is_used_or_ill_formed_is_refused(sulsel, split, desk, code, words):
    data = {"new_code": code, "new_name": "Bone Raya", "revision": split.revision}
    assert errors(desk.post(at(split, "wilayah-baru"), data)) == {"new_code": [words]}


def test_a_code_of_another_province_is_refused(sulsel, draft, desk):
    change = draft("split_district", sulsel.bone)
    data = {"new_code": "74.27", "new_name": "Bone Selatan", "new_level": "kabupaten"}
    found = errors(desk.post(at(change, "wilayah-baru"), data | {"revision": 1}))
    assert found == {
        "new_code": [
            "Kode 74.27 tidak diawali kode wilayah induknya, 73. Tulis seperti 73.01",
        ]
    }


def test_codes_of_step_three_are_checked_one_by_one(sulsel, split, desk):
    bone, wajo = sulsel.bone.pk, sulsel.wajo.pk
    data = {
        f"ikut_{bone}": "on",
        f"kode_{bone}": "73.09",
        f"ikut_{wajo}": "on",
        f"kode_{wajo}": "",
        "revision": split.revision,
    }
    found = errors(desk.post(at(split, "pembagian"), data))
    assert found == {
        f"kode_{bone}": ["Kode 73.09 tidak diawali kode wilayah induknya, 76. Tulis seperti 76.01"],
        f"kode_{wajo}": ["Isi kode Kemendagri, misalnya 76.01"],
    }
    data |= {f"kode_{bone}": "76.02", f"kode_{wajo}": "76.02"}
    found = errors(desk.post(at(split, "pembagian"), data))
    assert found[f"kode_{bone}"] == ["Kode 76.02 diberikan dua kali. Isi kode lain"]


def test_a_rename_that_changes_nothing_is_refused(sulsel, draft, desk):
    change = draft("rename", sulsel.bone)
    data = {"new_code": "73.08", "new_name": "bone", "new_level": "kabupaten", "revision": 1}
    page = desk.post(at(change, "wilayah-baru"), data | {"new_name": "Bone"})
    assert errors(page) == {"__all__": ["Belum ada yang berubah. Ubah kode, nama, atau tingkatnya"]}


def test_an_empty_new_province_cannot_be_confirmed(sulsel, draft, desk):
    change = draft("split_province", sulsel.province, code="76", name="Bone Raya")
    page = desk.get(at(change, "pratinjau"))
    assert [fault.words for fault in page.context["plan"].faults] == [
        "Belum ada kabupaten/kota yang masuk Provinsi Bone Raya. Pilih paling sedikit satu"
    ]
    form = desk.get(at(change, "sahkan")).context["form"]
    data = form.initial | {"checked": "on", "word": "SAHKAN"}
    page = desk.post(at(change, "sahkan"), data)
    assert page.status_code == 200
    assert not Region.objects.filter(code="76").exists()


def test_an_old_province_left_empty_cannot_be_confirmed(sulsel, split, share):
    rows = {sulsel.bone: "76.01", sulsel.wajo: "76.02", sulsel.makassar: "76.71"}
    share(split, rows)
    assert [fault.words for fault in plan_for(split).faults] == [
        "Semua kabupaten/kota keluar dari Provinsi Sulawesi Selatan. Sisakan paling sedikit satu, "
        "atau pilih penggabungan"
    ]


def test_a_code_taken_meanwhile_is_told_at_the_preview(sulsel, split, make_region):
    make_region("76", "Sulawesi Barat")
    assert [fault.words for fault in plan_for(split).faults] == [
        "Kode 76 dipakai Provinsi Sulawesi Barat. Isi kode lain"
    ]


def test_a_code_somebody_carried_before_is_a_warning(sulsel, split):
    sulsel.makassar.codes.create(system="kemendagri", code="76.01", valid_to=date(2010, 1, 1))
    plan = plan_for(split)
    assert plan.faults == []
    assert plan.cautions == [
        "Kode 76.01 pernah dipakai Kota Makassar sampai 1 Januari 2010; kode lama itu akan menuju "
        "wilayah yang baru."
    ]


def test_a_kota_with_a_number_of_a_kabupaten_is_a_warning(sulsel, draft):
    change = draft("rename", sulsel.bone, code="73.08", name="Bone", level="kota")
    assert plan_for(change).cautions == [
        "Kode 73.08: nomor kota biasanya dari 71 ke atas. Periksa keputusannya."
    ]


@pytest.mark.parametrize(
    ("given", "field"), [({"word": "ya"}, "word"), ({"checked": ""}, "checked")]
)
def test_confirming_wants_the_tick_and_the_word(split, desk, given, field):
    form = desk.get(at(split, "sahkan")).context["form"]
    data = form.initial | {"checked": "on", "word": "SAHKAN"} | given
    assert list(errors(desk.post(at(split, "sahkan"), data))) == [field]
    assert not Region.objects.filter(code="76").exists()


def test_a_merger_has_no_page_for_a_new_region_and_a_rename_none_for_sharing(sulsel, draft, desk):
    assert desk.get(at(draft("merge", sulsel.bone, sulsel.wajo), "wilayah-baru")).status_code == 404
    assert desk.get(at(draft("rename", sulsel.bone), "pembagian")).status_code == 404
    assert desk.get("/wilayah/perubahan/999/").status_code == 404


# --- a day that has not come -----------------------------------------------------------------
def test_what_begins_later_is_marked_ready_and_changes_nothing(sulsel, split, desk):
    RegionChange.objects.update(in_force_on=date(2027, 1, 1))
    page = desk.get(at(split, "sahkan"))
    assert "Tandai siap: berlaku mulai 1 Januari 2027" in page.content.decode()
    data = page.context["form"].initial | {"checked": "on", "word": "SAHKAN"}
    desk.post(at(split, "sahkan"), data)
    split.refresh_from_db()
    assert split.status == ChangeStatus.READY
    assert not Region.objects.filter(code="76").exists()
    assert "Siap, berlaku mulai 1 Januari 2027" in desk.get("/wilayah/perubahan/").content.decode()
    data = {"new_code": "77", "new_name": "Bone Raya", "revision": split.revision}
    desk.post(at(split, "wilayah-baru"), data)
    split.refresh_from_db()
    assert split.status == ChangeStatus.DRAFT


def test_on_its_day_it_is_confirmed_by_hand(sulsel, split, client_of, pusat):
    RegionChange.objects.update(in_force_on=date(2027, 1, 1), status=ChangeStatus.READY)
    with time_machine.travel("2027-01-01T03:00:00Z", tick=False):
        desk = client_of(pusat)
        assert "sahkan sekarang" in desk.get("/wilayah/perubahan/").content.decode()
        page = desk.get(at(split, "sahkan"))
        data = page.context["form"].initial | {"checked": "on", "word": "SAHKAN"}
        desk.post(at(split, "sahkan"), data)
    assert Region.objects.get(pk=sulsel.bone.pk).code == "76.01"


# --- somebody was faster ---------------------------------------------------------------------
def test_an_old_page_saves_nothing_and_keeps_what_was_typed(split, desk):
    data = {"new_code": "77", "new_name": "Lain", "revision": split.revision - 1}
    page = desk.post(at(split, "wilayah-baru"), data)
    assert page.status_code == 409
    assert "Lain" in page.content.decode()
    split.refresh_from_db()
    assert split.new_code == "76"


@pytest.mark.parametrize("meanwhile", ["post", "region", "draft"])
def test_what_changed_since_the_preview_stops_it(sulsel, split, desk, cast, share, meanwhile):
    data = desk.get(at(split, "sahkan")).context["form"].initial | {
        "checked": "on",
        "word": "SAHKAN",
    }
    if meanwhile == "post":
        Assignment.objects.filter(user=cast["koordinator_sulsel"]).update(ended_on=ON)
    elif meanwhile == "region":
        Region.objects.filter(pk=sulsel.bone.pk).update(name="Kabupaten Bone Lama")
    else:
        share(split, {sulsel.bone: "76.05"})
    assert desk.post(at(split, "sahkan"), data).status_code == 409
    assert not Region.objects.filter(code="76").exists()
    split.refresh_from_db()
    assert split.status == ChangeStatus.DRAFT


# --- who -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["operator_makassar", "verifikator_sulsel", "koordinator_sulsel", "pengamat_makassar"]
)
def test_nobody_below_the_national_office_opens_it(split, cast, client_of, name):
    client = client_of(cast[name])
    for step in ("", "apa", "wilayah-baru", "pembagian", "pratinjau", "sahkan"):
        assert client.get(at(split, step)).status_code == 403
    assert client.post(at(split, "buang"), {"revision": split.revision}).status_code == 403
    assert client.get("/wilayah/perubahan/").status_code == 403
    assert client.get(START).status_code == 403
