"""What holds back: criteria, what is returned most, and for which reasons."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from apps.dashboard import findings_panels as findings
from apps.dashboard.panels_holding import holding_back, holding_of, lacking_alone, returns_panel
from apps.dashboard.panels_returns import returned_in
from apps.dashboard.tallies import Share
from apps.effectiveness.moment import Moment
from apps.verification.models import History, Note, ReturnReason
from tests.dashboard.makers import counts, item

BASE = ("sk", "rencana_kerja", "indikator", "anggaran")


def judged(letters, required=BASE):
    found = item(letters)
    found.rules = SimpleNamespace(required=required)
    found.by_rubric = found.results
    found.effective = all(found.results[name].is_met for name in required)
    return found


# --- the finding ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letters", "told"),
    [
        (
            ("tttb", "tttb", "tttt"),
            "Anggaran paling banyak menahan: 2 dari 3 Pokja belum memenuhinya",
        ),
        (
            ("bttb", "bttb", "tttt"),
            "SK dan anggaran paling banyak menahan: masing-masing 2 dari 3 Pokja",
        ),
        (("bbbb", "tttt"), "Semua kriteria sama-sama menahan 1 dari 2 Pokja"),
        (("tttt",), "Tidak ada kriteria yang menahan"),
        # what waits is not met yet
        (("tttm",), "Anggaran paling banyak menahan: 1 dari 1 Pokja belum memenuhinya"),
    ],
)
def test_the_heading_names_what_most_pokja_lack(letters, told):
    assert findings.holding(counts(*letters)) == told


def test_a_criterion_that_is_not_required_holds_nobody_back():
    found = counts("ttbb", "tttb", "tttb")
    assert findings.holding(found, ("sk", "indikator")) == (
        "Indikator paling banyak menahan: 1 dari 3 Pokja belum memenuhinya"
    )


def test_who_lacks_one_criterion_alone_is_told():
    items = [judged("tttb"), judged("tttx"), judged("bttt"), judged("bbtt"), judged("tttt")]
    assert lacking_alone(items) == {"sk": 1, "rencana_kerja": 0, "indikator": 0, "anggaran": 2}
    assert holding_back(items, year=2026)["nearly"] == (
        "3 Pokja tinggal satu kriteria lagi, paling sering anggaran (2)."
    )


def test_only_required_criteria_count_for_what_is_lacking_alone():
    items = [judged("ttbb", ("sk", "indikator")), judged("tttb", ("sk", "indikator"))]
    assert lacking_alone(items, ("sk", "indikator"))["indikator"] == 1
    assert findings.nearly({"sk": 0, "anggaran": 0}) == ""


def test_rows_stand_by_number_each_with_its_repair_and_its_list():
    found = holding_of(
        counts("tttb", "tttm", "tbtb"), year=2026, address=lambda name: f"/pokja/?kurang={name}"
    )
    told = [(row["label"], row["told"], row["note"], row["address"]) for row in found["rows"]]
    assert told == [
        ("Anggaran", "3 dari 3", "2 belum, 1 menunggu verifikasi", "/pokja/?kurang=anggaran"),
        ("Rencana kerja", "1 dari 3", "", "/pokja/?kurang=rencana_kerja"),
        ("SK penetapan", "0 dari 3", "", None),
        ("Indikator", "0 dari 3", "", None),
    ]
    assert found["rows"][0]["repair"] == (
        "Isi nilai dan unggah DPA; bila belum dianggarkan, usulkan pada perubahan APBD 2026"
    )
    assert found["rows"][2]["repair"] == ""


def test_the_repair_of_several_regions_names_no_single_office():
    row = holding_of(counts("bttt"), year=2026)["rows"][0]
    assert row["repair"] == "Ajukan penetapan kepada kepala daerah, lalu unggah SK"
    row = holding_of(counts("bttt"), year=2026, level="kota")["rows"][0]
    assert row["repair"] == "Ajukan penetapan kepada Wali Kota, lalu unggah SK"


def test_the_finding_on_returns_tells_how_many_of_the_decisions():
    decided = {"sk": Share(2, 9), "rencana_kerja": Share(5, 6), "indikator": Share(0, 3)}
    assert findings.returned(decided, 2026) == (
        "Rencana kerja paling sering dikembalikan: 5 dari 6 keputusan pada 2026"
    )
    assert findings.returned({"sk": Share(0, 4)}, 2026) == (
        "Belum ada isian yang dikembalikan pada 2026"
    )
    tied = {"sk": Share(2, 9), "anggaran": Share(2, 3)}
    assert findings.returned(tied, 2026) == (
        "SK dan anggaran paling sering dikembalikan: masing-masing 2 kali pada 2026"
    )


# --- what is read --------------------------------------------------------------------------------


@pytest.fixture
def decide(db, give):
    """decide(pokja, "sk", "return", reason, at=...): evidence with one decision on it."""

    def decide(pokja, criterion, action, reason=None, at=datetime(2026, 2, 1, tzinfo=UTC)):
        evidence = give(pokja, criterion, status="returned" if action == "return" else "verified")
        row = History.objects.create(evidence=evidence[0], action=action)
        History.objects.filter(pk=row.pk).update(at=at)
        type(evidence[0]).objects.filter(pk=evidence[0].pk).update(decided_at=at)
        if reason:
            Note.objects.create(history=row, evidence=evidence[0], reason=reason)
        return row

    return decide


@pytest.fixture
def reasons(db):
    rows = (("decree", "Lampiran belum ada"), ("budget", "Halaman belum disebut"))
    return [
        ReturnReason.objects.create(
            code=f"uji-{kind}", kind=kind, label=label, advice="Unggah lagi"
        )
        for kind, label in rows
    ]


def told(found):
    return {name: tuple(share) for name, share in found.decided.items() if share.whole}


def test_returns_and_reasons_of_a_province_of_a_region_and_of_the_nation(
    scene, regions, decide, reasons
):
    decree, budget = reasons
    decide(scene["bone"], "sk", "return", decree)
    decide(scene["bone"], "anggaran", "return", budget)
    decide(scene["makassar"], "anggaran", "return", budget)
    decide(scene["makassar"], "anggaran", "verify")
    decide(scene["banjarmasin"], "sk", "return", decree)
    province = returned_in(regions.sulsel, 2026)
    assert told(province) == {"sk": (1, 1), "anggaran": (2, 3)}
    assert [(name, each.label, each.count) for name, each in province.reasons] == [
        ("anggaran", "Halaman belum disebut", 2),
        ("sk", "Lampiran belum ada", 1),
    ]
    assert told(returned_in(regions.bone, 2026)) == {"sk": (1, 1), "anggaran": (1, 1)}
    assert told(returned_in(None, 2026)) == {"sk": (2, 2), "anggaran": (2, 3)}


def test_the_year_begins_and_ends_in_jakarta(scene, regions, decide):
    for at in (
        datetime(2025, 12, 31, 16, 59, tzinfo=UTC),  # 23.59 WIB on 31 December
        datetime(2025, 12, 31, 17, 0, tzinfo=UTC),  # midnight
    ):
        decide(scene["bone"], "sk", "return", at=at)
    assert [told(returned_in(regions.sulsel, year)) for year in (2025, 2026)] == [
        {"sk": (1, 1)},
        {"sk": (1, 1)},
    ]


def test_an_undone_return_counts_on_the_days_on_which_it_stood(scene, regions, decide, reasons):
    row = decide(scene["bone"], "sk", "return", reasons[0])
    History.objects.filter(pk=row.pk).update(undone_at=datetime(2026, 2, 10, tzinfo=UTC))
    now, then, before = (
        returned_in(regions.sulsel, 2026, moment)
        for moment in (None, Moment(date(2026, 2, 5)), Moment(date(2026, 1, 20)))
    )
    assert [told(now), told(then), told(before)] == [{}, {"sk": (1, 1)}, {}]
    assert [len(now.reasons), len(then.reasons), len(before.reasons)] == [0, 1, 0]


@pytest.mark.parametrize("rows", [1, 4])
def test_returns_cost_three_queries(
    scene, regions, decide, reasons, django_assert_num_queries, rows
):
    for _ in range(rows):
        decide(scene["bone"], "sk", "return", reasons[0])
    with django_assert_num_queries(3):
        returned_in(regions.sulsel, 2026)


def test_the_panel_of_returns_links_to_what_is_returned(scene, regions, decide, reasons):
    decide(scene["bone"], "sk", "return", reasons[0])
    panel = returns_panel(returned_in(regions.sulsel, 2026), lambda name: f"/verifikasi/?{name}")
    assert [(row["label"], row["told"], row["address"]) for row in panel["rows"]] == [
        ("SK penetapan", "1 dari 1", "/verifikasi/?sk")
    ]
    assert panel["reasons"] == [
        {
            "label": "Lampiran belum ada",
            "criterion": "SK penetapan",
            "count": "1 kali",
            "repair": "Unggah lagi",
            "address": "/verifikasi/?sk",
        }
    ]
