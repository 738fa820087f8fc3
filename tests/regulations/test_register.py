"""Who sees which rows, what is in force on a day, what the database refuses."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from apps.regulations.models import Agreement, Institution, Regulation


def names(rows):
    return sorted(str(row) for row in rows)


def test_rows_of_the_nation_are_everybodys_and_others_by_scope(register, cast, make_user):
    seen = {
        who: set(Regulation.objects.for_user(user)) - {register.nation}
        for who, user in (*cast.items(), ("tamu", make_user(username="tamu")))
    }
    south = {register.makassar, register.bone, register.sulsel}
    assert seen == {
        "operator_makassar": {register.makassar},
        "operator_bone": {register.bone},
        "operator_sulsel": {register.sulsel},
        "verifikator_sulsel": south,
        "verifikator2_sulsel": south,
        "koordinator_sulsel": south,
        "pusat": south | {register.banjarmasin},
        "pengamat_makassar": {register.makassar},
        "verifikator_kalsel": {register.banjarmasin},
        "operator_banjarmasin": {register.banjarmasin},
        "admin": south | {register.banjarmasin},
        "tamu": set(),
    }
    assert all(
        register.nation in Regulation.objects.for_user(user)
        for user in (*cast.values(), make_user(username="tamu2"))
    )
    assert not Regulation.objects.for_user(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("fields", "day", "holds"),
    [
        ({"valid_from": date(2024, 3, 1)}, date(2024, 2, 29), False),
        ({"valid_from": date(2024, 3, 1)}, date(2024, 3, 1), True),
        ({"valid_from": None}, date(2024, 1, 14), False),
        ({"valid_from": None}, date(2024, 1, 15), True),
        ({"enacted_on": None}, date(2024, 12, 31), False),
        ({"enacted_on": None}, date(2025, 1, 1), True),
        ({"valid_until": date(2025, 6, 30)}, date(2025, 6, 30), True),
        ({"valid_until": date(2025, 6, 30)}, date(2025, 7, 1), False),
    ],
)
def test_in_force_from_and_until_the_day(regions, make_regulation, fields, day, holds):
    row = make_regulation(regions.makassar, **fields)
    assert Regulation.objects.in_force_on(day).exists() is holds
    assert (row.starts_on <= day and not row.is_over(day)) is holds


def test_topics_are_whole_words(regions, make_regulation):
    make_regulation(regions.makassar, topics="gdpk-lama, kampung-kb")
    other = make_regulation(regions.makassar, number="8", topics="gdpk, stunting")
    assert list(Regulation.objects.about("gdpk")) == [other]


def refused(make, *args, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(*args, **fields)
    return True


def test_the_same_regulation_twice_is_refused_by_the_database(register, regions, make_regulation):
    assert refused(make_regulation, regions.makassar)
    assert refused(make_regulation, None, "perpres", "153", 2014)
    make_regulation(regions.makassar, issuer="Sekretaris Daerah")
    make_regulation(regions.makassar, year=2025)


def test_an_end_before_the_beginning_is_refused(
    regions, make_regulation, make_agreement, make_office
):
    before = date(2016, 1, 1)
    assert refused(make_regulation, regions.makassar, valid_until=before)
    assert refused(make_agreement, regions.makassar, valid_until=before)
    assert refused(make_office, regions.makassar, valid_until=before)


def test_a_revoked_regulation_has_an_end(register, regions, make_regulation):
    assert refused(make_regulation, regions.bone, revoked_by=register.makassar)


def test_one_office_at_a_time(regions, make_office):
    first = make_office(regions.bone)
    assert refused(make_office, regions.bone, name="Dinas lain", valid_from=date(2022, 1, 1))
    Institution.objects.filter(pk=first.pk).update(valid_until=date(2021, 12, 31))
    make_office(regions.bone, name="Dinas lain", valid_from=date(2022, 1, 1))


def test_a_pks_that_outlives_its_mou_is_told(regions, make_agreement):
    mou = make_agreement(regions.makassar, valid_until=date(2025, 12, 31))
    under = {"kind": "pks", "parent": mou}
    assert make_agreement(regions.makassar, **under).outlives_parent
    assert not make_agreement(
        regions.makassar, **under, valid_until=date(2025, 12, 31)
    ).outlives_parent
    assert refused(make_agreement, regions.makassar, kind="mou", parent=mou)
    assert Agreement.objects.count() == 3
