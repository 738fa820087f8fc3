"""The head and the signature of a paper are those of its day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.papers.enums import OnBehalf
from apps.papers.heads import head_for, signature_for
from apps.papers.words import BLANK

JAN_1, MARCH_12 = date(2025, 1, 1), date(2026, 3, 12)


def test_a_paper_of_an_old_day_carries_the_old_name(regions, make_head):
    make_head("2006-01-01", "PERWAKILAN LAMA")
    make_head("2025-01-01", "PERWAKILAN BARU", phone="(0411) 1", emblem="cG5n")

    def name(day):
        return head_for(regions.sulsel, day)["lines"][-1]

    assert name(date(2024, 12, 31)) == "PERWAKILAN LAMA"
    assert name(JAN_1) == name(MARCH_12) == "PERWAKILAN BARU"
    assert head_for(regions.sulsel, MARCH_12) == {
        "lines": ["INSTANSI CONTOH", "PERWAKILAN BARU"],
        "address": "Jalan Contoh 1",
        "contact": "Telepon (0411) 1",
        "emblem": "cG5n",
    }
    assert head_for(regions.sulsel, date(2005, 12, 31)) is None


def test_each_office_has_its_own(regions, make_head):
    make_head("2025-01-01", "KANTOR PUSAT", province=None)
    assert head_for(None, MARCH_12)["lines"][-1] == "KANTOR PUSAT"
    assert head_for(regions.sulsel, MARCH_12) is None
    assert head_for(regions.kalsel, MARCH_12) is None


def test_who_was_in_office_on_the_day_signs(regions, make_head, make_signer):
    make_head("2006-01-01")
    make_signer("Lama", None, date(2024, 12, 31))
    make_signer("Baru", JAN_1)

    def name(day):
        return signature_for(regions.sulsel, day)["name"]

    assert (name(date(2024, 12, 31)), name(JAN_1)) == ("Lama", "Baru")
    assert signature_for(regions.sulsel, MARCH_12) == {
        "lines": ["Makassar, 12 Maret 2026", "Kepala Perwakilan,"],
        "name": "Baru",
        "rank": "",
        "nip": "NIP 19690514 199503 1 002",
    }
    assert signature_for(regions.sulsel, MARCH_12, "Maros")["lines"][0] == "Maros, 12 Maret 2026"


def test_of_several_the_one_who_took_office_last_signs(regions, make_signer):
    make_signer("Sejak semula")
    make_signer("Sejak Januari", JAN_1)
    make_signer("Tidak dipakai", date(2025, 6, 1), is_active=False)
    assert signature_for(regions.sulsel, MARCH_12)["name"] == "Sejak Januari"


def test_in_somebodys_place_it_stands_on_lines_of_its_own(regions, make_head, make_signer):
    make_head("2025-01-01")
    make_signer(
        "Nama", position="Sekretaris", on_behalf=OnBehalf.ON_BEHALF, principal="Kepala Perwakilan"
    )
    assert signature_for(regions.sulsel, MARCH_12)["lines"] == [
        "Makassar, 12 Maret 2026",
        "a.n. Kepala Perwakilan",
        "Sekretaris,",
    ]


def test_dots_stand_for_what_nobody_has_filled_in(regions, make_head, make_signer):
    assert signature_for(regions.sulsel, MARCH_12) is None
    make_head("2025-01-01")
    assert signature_for(regions.sulsel, MARCH_12)["name"] == BLANK
    make_signer("Pejabat kantor lain", province=regions.kalsel)
    assert signature_for(regions.kalsel, MARCH_12)["lines"][0] == f"{BLANK}, 12 Maret 2026"


def test_a_head_and_a_signature_cost_three_queries(
    regions, make_head, make_signer, django_assert_num_queries
):
    for year in range(2010, 2020):
        make_head(f"{year}-01-01")
        make_signer(f"Nama {year}", date(year, 1, 1))
    with django_assert_num_queries(3):
        head_for(regions.sulsel, MARCH_12)
        signature_for(regions.sulsel, MARCH_12)


def test_nobody_leaves_office_before_taking_it(make_signer):
    with pytest.raises(IntegrityError, match="signer_ends_after_it_begins"), transaction.atomic():
        make_signer("Nama", MARCH_12, JAN_1)
