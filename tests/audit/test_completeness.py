"""Every change of state leaves one entry with what changed; a denial leaves none."""

from decimal import Decimal

import pytest

from apps.audit.models import Entry
from apps.evidence.services import (
    cancel,
    declare_nil,
    open_version,
    return_with_notes,
    submit,
    undo,
    verify,
    withdraw,
)
from apps.verification.models import ReturnReason
from apps.verification.services import FieldNote, StepRefused, mark_opened
from apps.work_plans.services import copy_from_last_year
from tests.access.table import ROLES, TABLE
from tests.access.test_every_url import address, scenes  # noqa: F401 - scenes is a fixture
from tests.makers import ACTIVITY, make_budget, make_decree, make_indicators, make_plan, make_pokja


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.makassar)


@pytest.fixture
def told(db):
    """told(): (deed, before, after, reason) of the entries since the last time asked."""
    seen = 0

    def since():
        nonlocal seen
        rows = list(Entry.objects.filter(pk__gt=seen).order_by("pk"))
        seen = rows[-1].pk if rows else seen
        return [(row.action, row.before, row.after, row.reason) for row in rows]

    return since


def test_each_step_of_the_workflow_is_one_entry(
    pokja, operator_makassar, verifikator_sulsel, koordinator_sulsel, told
):
    officer, judge = operator_makassar, verifikator_sulsel
    plan = make_plan(pokja, officer)
    ((deed, before, after, _),) = told()
    assert (deed, before) == ("Memulai isian", {})
    assert not [label for label in after if label.startswith("Kegiatan 1")]

    rows = [ACTIVITY | {"target": Decimal(6)}]
    plan = make_plan(pokja, officer, evidence=plan, revision=plan.revision, rows=rows)
    ((deed, before, after, _),) = told()
    assert (deed, before.keys()) == ("Mengubah isian", after.keys())
    (label,) = before
    assert label.startswith("Kegiatan 1")
    assert "4" in before[label]
    assert "6" in after[label]

    draft, sent = {"status": "Draf"}, {"status": "Diajukan"}
    submit(plan, actor=officer, revision=plan.revision)
    assert told() == [("Mengirim untuk diverifikasi", draft, sent, "")]
    withdraw(plan, actor=officer, revision=plan.revision)
    assert told() == [("Menarik kembali", sent, draft, "")]
    submit(plan, actor=officer, revision=plan.revision)
    told()

    mark_opened(plan, actor=judge)
    assert [deed for deed, *_ in told()] == ["Membuka untuk diperiksa"]
    mark_opened(plan, actor=judge)
    assert told() == []

    reason = ReturnReason.objects.create(code="target", label="Target belum jelas")
    notes = (FieldNote("target", "Sebut satuannya", reason),)
    return_with_notes(plan, actor=judge, revision=plan.revision, note="Lengkapi", notes=notes)
    ((deed, before, after, why),) = told()
    assert (deed, before, after["status"], why) == (
        "Mengembalikan",
        sent,
        "Dikembalikan",
        "Lengkapi",
    )
    assert after["catatan"] == ["target: Target belum jelas: Sebut satuannya"]
    undo(plan, actor=judge, revision=plan.revision)
    assert told() == [("Mengurungkan keputusan", {"status": "Dikembalikan"}, sent, "")]

    verify(plan, actor=judge, revision=plan.revision)
    assert told() == [("Memverifikasi", sent, {"status": "Terverifikasi"}, "")]
    open_version(plan, actor=officer)
    assert told() == [("Memulai versi baru", {"versi": 1}, {"versi": 2}, "")]
    cancel(plan, actor=koordinator_sulsel, revision=plan.revision, note="Salah tahun")
    assert [(deed, why) for deed, *_, why in told()] == [("Membatalkan verifikasi", "Salah tahun")]


@pytest.mark.parametrize("make", [make_plan, make_budget, make_indicators, make_decree])
def test_each_kind_tells_what_is_begun_and_what_is_changed(make, pokja, operator_makassar, told):
    item = make(pokja, operator_makassar)
    assert [deed for deed, *_ in told()] == ["Memulai isian"]
    fields = {"title": "Judul lain"} if make is make_decree else {"rows": []}
    make(pokja, operator_makassar, evidence=item, revision=item.revision, **fields)
    ((deed, before, after, _),) = told()
    assert deed == "Mengubah isian"
    assert before
    assert before != after


def test_copies_and_declarations_are_told(pokja, operator_makassar, told):
    make_plan(pokja, operator_makassar, year=2025)
    told()
    assert copy_from_last_year(pokja, 2026, operator_makassar)
    assert [deed for deed, *_ in told()] == ["Memulai isian"]
    declare_nil(pokja, 2026, "anggaran", "Belum ada pagu", actor=operator_makassar)
    assert [deed for deed, *_ in told()] == ["Mengirim untuk diverifikasi"]


def test_a_refused_step_leaves_nothing(pokja, operator_makassar, told):
    plan = make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    told()
    with pytest.raises(StepRefused):
        verify(plan, actor=operator_makassar, revision=plan.revision)
    assert told() == []


def test_nobody_who_is_turned_away_leaves_an_entry(
    scenes,  # noqa: F811
    cast,
    client_of,
    today,
):
    """Every action of the table, by everybody it is closed to."""
    told, asked = Entry.objects.count(), 0
    for route, (method, own, foreign) in TABLE.items():
        if method != "POST":
            continue
        for place, line in zip(scenes, (own, foreign or own), strict=True):
            path = address(route, place)
            for role, letter in zip(ROLES, line.split(), strict=True):
                if letter in "fn" and role in ("operator_bone", "pengamat_makassar", "pusat"):
                    client_of(cast[role]).post(path)
                    asked += 1
    assert asked > 100
    assert Entry.objects.count() == told
