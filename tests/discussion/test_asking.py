"""Asking for a follow-up: about what, of whom, by when; bad input told at its field."""

from datetime import date
from uuid import uuid4

import pytest

from apps.discussion.enums import State
from apps.discussion.models import FollowUp

ASK = "/tindak-lanjut/tambah/"


def form(**more):
    return {
        "tugas": "Unggah ulang SK",
        "penanggung": "operator_makassar",
        "tenggat": "20 Maret 2026",
        "kunci": str(uuid4()),
    } | more


@pytest.fixture
def holidays(db):
    from apps.deadlines.models import Holiday

    Holiday.objects.create(date=date(2026, 3, 19), name="Hari Suci Nyepi")


# --- asking ----------------------------------------------------------------------------------


def test_a_verifier_asks_an_officer_about_an_item(
    client_of, verifikator_sulsel, operator_makassar, item, pokja, told
):
    response = client_of(verifikator_sulsel).post(f"{ASK}?bukti={item.pk}", form())
    made = FollowUp.objects.get()
    assert response.url == f"/tindak-lanjut/{made.pk}/"
    assert (made.evidence, made.pokja, made.region) == (item, pokja, pokja.region)
    assert (made.owner, made.created_by) == (operator_makassar, verifikator_sulsel)
    assert (made.due_on, made.state) == (date(2026, 3, 20), State.OPEN)
    assert told(operator_makassar) == [
        (
            "follow_up",
            "Tindak lanjut dari Verifikator Sulsel, paling lambat 20 Maret 2026: Unggah ulang SK",
        )
    ]


def test_an_officer_asks_in_the_own_region_without_an_item(
    client_of, operator_makassar, pokja, today
):
    client_of(operator_makassar).post(ASK, form(pokja=str(pokja.pk)))
    made = FollowUp.objects.get()
    assert (made.evidence, made.pokja, made.region) == (None, pokja, pokja.region)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"tugas": " "}, "tugas", "Tulis yang perlu dilakukan"),
        (
            {"tugas": "a" * 501},
            "tugas",
            "Yang perlu dilakukan paling banyak 500 huruf, sekarang 501",
        ),
        ({"penanggung": ""}, "penanggung", "Pilih penanggung jawab"),
        ({"penanggung": "operator_bone"}, "penanggung", "Pilih penanggung jawab dari daftar"),
        ({"penanggung": "pengamat_makassar"}, "penanggung", "Pilih penanggung jawab dari daftar"),
        ({"tenggat": ""}, "tenggat", "Isi tenggat, misalnya 24 Juli 2026"),
        (
            {"tenggat": "11 Maret 2026"},
            "tenggat",
            "Tenggat sudah lewat. Isi hari ini atau sesudahnya",
        ),
        (
            {"tenggat": "31 Desember 2031"},
            "tenggat",
            "Tenggat paling jauh dua tahun dari sekarang",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client_of, cast, item, changes, field, sentence):
    client = client_of(cast["verifikator_sulsel"])
    response = client.post(f"{ASK}?bukti={item.pk}", form(**changes))
    assert response.context["form"].errors == {field: [sentence]}
    assert not FollowUp.objects.exists()


def test_today_is_early_enough_on_the_clock_of_the_region(
    client_of, verifikator_sulsel, operator_makassar, item
):
    client_of(verifikator_sulsel).post(f"{ASK}?bukti={item.pk}", form(tenggat="12/3/2026"))
    assert FollowUp.objects.get().due_on == date(2026, 3, 12)


def test_a_day_off_is_pointed_out_and_taken(client_of, operator_makassar, pokja, today, holidays):
    response = client_of(operator_makassar).post(ASK, form(tenggat="19 Maret 2026"), follow=True)
    assert (
        "Kamis, 19 Maret 2026 bukan hari kerja. Hari kerja berikutnya Jumat, 20 Maret 2026."
        in response.content.decode()
    )


def test_days_to_choose_are_working_days(client_of, operator_makassar, pokja, today, holidays):
    field = client_of(operator_makassar).get(ASK).context["form"].fields["tenggat"]
    assert field.help_text == (
        "Misalnya Selasa, 17 Maret 2026 (3 hari kerja) atau Jumat, 27 Maret 2026 (10 hari kerja)"
    )


def test_a_form_sent_twice_asks_once(client_of, verifikator_sulsel, operator_makassar, item, told):
    client, sent = client_of(verifikator_sulsel), form()
    urls = {client.post(f"{ASK}?bukti={item.pk}", sent).url for _ in range(2)}
    assert len(urls) == FollowUp.objects.count() == len(told(operator_makassar)) == 1


@pytest.mark.parametrize("query", ["bukti=0", "bukti=abc", "bukti=²", "pokja=99", "wilayah=99"])
def test_what_is_not_there_is_404(client_of, verifikator_sulsel, item, query):
    assert client_of(verifikator_sulsel).get(f"{ASK}?{query}").status_code == 404


def test_foreign_things_are_404(client_of, operator_bone, item, pokja):
    client = client_of(operator_bone)
    for query in (f"bukti={item.pk}", f"pokja={pokja.pk}", "wilayah=73.71"):
        assert client.post(f"{ASK}?{query}", form()).status_code == 404
    assert not FollowUp.objects.exists()


def test_who_has_several_regions_chooses_one(client_of, verifikator_sulsel, regions):
    response = client_of(verifikator_sulsel).get(ASK)
    assert [region.code for region in response.context["regions"]] == ["73", "73.08", "73.71"]


def test_the_national_office_chooses_among_provinces(client_of, pusat, regions):
    response = client_of(pusat).get(ASK)
    assert [region.code for region in response.context["regions"]] == ["63", "73"]
