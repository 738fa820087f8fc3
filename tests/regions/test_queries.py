from datetime import date

import pytest

from apps.regions import queries, services
from apps.regions.codes import CodeError
from apps.regions.models import Region


def test_sample_data_are_marked(db):
    assert queries.is_sample_installation() is False
    services.mark_sample_installation()
    services.mark_sample_installation()
    assert queries.is_sample_installation() is True


def test_regions_by_code_is_one_query(nation, django_assert_num_queries):
    with django_assert_num_queries(1):
        regions = queries.regions_by_code()
        names = regions["73.71"].province.name
    assert (len(regions), names) == (552, "Sulawesi Selatan")


def test_code_book_reads_cells_with_two_queries(nation, django_assert_num_queries):
    with django_assert_num_queries(2):
        book = queries.load_code_book()
        found = [book.find(cell).label for cell in ("73.71", 73, "62.10")]
    assert found == ["Kota Makassar", "Sulawesi Selatan", "Gunung Mas"]


def test_code_book_names_both_meanings(nation):
    with pytest.raises(CodeError) as caught:
        queries.load_code_book().find("6210")
    assert str(caught.value) == (
        "Kode 6210 tanpa titik tidak jelas sistemnya: 62.10 (Gunung Mas) menurut Kemendagri, "
        "atau 6210 = Pulang Pisau menurut BPS? Tulis kode Kemendagri dengan titik"
    )


def test_code_book_refuses_a_code_nobody_has(nation):
    with pytest.raises(CodeError) as caught:
        queries.load_code_book().find("73.99")
    assert str(caught.value) == "Kode wilayah 73.99 tidak dikenal"


def test_code_book_follows_an_old_code(nation):
    bone = Region.objects.get(code="73.08")
    services.change_region_code(bone, "73.88", on=date(2026, 1, 1), basis="")
    assert queries.load_code_book().find("73.08") == bone


def test_verifier_sees_the_province_and_operator_the_own_region(
    regions, verifikator_sulsel, operator_bone
):
    seen = {
        user.username: list(Region.objects.for_user(user).values_list("code", flat=True))
        for user in (verifikator_sulsel, operator_bone)
    }
    assert seen == {
        "verifikator_sulsel": ["73", "73.08", "73.71"],
        "operator_bone": ["73.08"],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "\x00", "73\x00", "73'--", "٧٣", "x" * 5000, "7" * 14])
def test_what_is_no_code_leads_nowhere_and_asks_nothing(text, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.region_for_code(text) is None
