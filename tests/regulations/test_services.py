"""Adding, changing and ending leave a trace and lose nobody's work."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.audit.models import Entry
from apps.core.errors import Conflict
from apps.regulations.models import Institution, Regulation
from apps.regulations.services import RegisterRefused, add_row, change_row, end_row


def test_adding_leaves_an_entry(regions, operator_makassar):
    row = Regulation(
        region=regions.makassar,
        kind="perwali",
        number="007",
        year=2024,
        subject="GDPK",
        topics="GDPK; Stunting",
    )
    add_row(row, actor=operator_makassar)
    assert (row.number_key, row.topics) == ("7", "gdpk, stunting")
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.role, entry.region) == (
        "Mencatat regulasi",
        operator_makassar,
        "operator",
        regions.makassar,
    )
    assert entry.after["number"] == "007"


def test_the_same_twice_is_told(register, regions, operator_makassar):
    twin = Regulation(region=regions.makassar, kind="perwali", number="07", year=2024, subject="x")
    with pytest.raises(RegisterRefused, match="sudah tercatat"):
        add_row(twin, actor=operator_makassar)
    assert not Entry.objects.exists()


def test_of_two_who_change_the_second_is_told(register, operator_makassar):
    row = register.makassar
    change_row(row, {"subject": "Baru"}, actor=operator_makassar, revision=1)
    with pytest.raises(Conflict):
        change_row(row, {"subject": "Lain"}, actor=operator_makassar, revision=1)
    row.refresh_from_db()
    assert (row.subject, row.revision) == ("Baru", 2)
    entry = Entry.objects.get()
    assert (entry.before, entry.after) == ({"subject": "Grand Design"}, {"subject": "Baru"})


def test_an_end_is_kept_with_its_moment_and_the_end_before_it(register, operator_makassar, today):
    row = end_row(
        register.makassar,
        date(2025, 12, 31),
        actor=operator_makassar,
        revision=1,
        reason="Diganti",
        revoked_by=register.sulsel,
    )
    row.refresh_from_db()
    noted = row.ended_at
    assert (row.valid_until, row.planned_until, row.revoked_by) == (
        date(2025, 12, 31),
        None,
        register.sulsel,
    )
    assert noted == datetime(2026, 3, 12, 3, tzinfo=UTC)
    assert row.until_known(noted - timedelta(seconds=1)) is None
    assert row.until_known(noted) == row.until_known(None) == date(2025, 12, 31)
    assert Entry.objects.get().reason == "Diganti"


def test_a_row_that_is_gone_is_a_conflict(regions, make_office, operator_bone):
    office = make_office(regions.bone)
    Institution.objects.all().delete()
    with pytest.raises(Conflict):
        change_row(office, {"name": "Lain"}, actor=operator_bone, revision=1)
