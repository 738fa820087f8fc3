"""Two people at the same moment: one row stands, the other person is told."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.regulations.models import Institution, Regulation
from apps.regulations.services import add_row, change_row
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_regulation_recorded_by_two(regions, operator_makassar, verifikator_sulsel):
    def record(actor):
        row = Regulation(
            region=regions.makassar, kind="perwali", number="7", year=2024, subject="GDPK"
        )
        return lambda: add_row(row, actor=actor)

    results = at_once(record(operator_makassar), record(verifikator_sulsel))
    assert outcomes(results) == {"ok": 1, "RegisterRefused": 1}
    assert (Regulation.objects.count(), Entry.objects.count()) == (1, 1)


def test_two_offices_begun_at_once(regions, operator_makassar, verifikator_sulsel):
    def begin(name, actor):
        row = Institution(
            region=regions.makassar, name=name, form="mandiri", valid_from=date(2024, 1, 1)
        )
        return lambda: add_row(row, actor=actor)

    results = at_once(begin("A", operator_makassar), begin("B", verifikator_sulsel))
    assert outcomes(results) == {"ok": 1, "RegisterRefused": 1}
    assert Institution.objects.count() == 1


def test_one_row_changed_by_two(regions, make_regulation, operator_makassar, verifikator_sulsel):
    row = make_regulation(regions.makassar)

    def change(words, actor):
        mine = Regulation.objects.get(pk=row.pk)
        return lambda: change_row(mine, {"subject": words}, actor=actor, revision=1)

    results = at_once(change("A", operator_makassar), change("B", verifikator_sulsel))
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    row.refresh_from_db()
    (entry,) = Entry.objects.all()
    assert (row.revision, entry.after) == (2, {"subject": row.subject})
