"""The receipt adds up: its lines make the score and the index, whatever the rubric."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.effectiveness.formula import Result
from apps.effectiveness.ladder import met_criteria, worth
from apps.effectiveness.maturity import CHECKS, Facts, LineRow, check, index
from apps.filing.judged import Judged
from apps.filing.receipt import receipt_for
from apps.filing.words import figure
from tests.effectiveness.ladders import BASE, DAY, POKJA, assessed, rules_with
from tests.filing.pages import words

RUBRIC = SimpleNamespace(
    code="uji",
    year_from=2015,
    year_to=None,
    published_at=None,
)
WORDS = {}  # a point without words is told by its code


def split(draw, parts):
    """Whole numbers that sum to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=parts - 1, max_size=parts - 1)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


@st.composite
def cases(draw):
    """A rubric of some of the four criteria, with any points, and a Pokja seen by it."""
    codes = draw(st.lists(st.sampled_from(BASE), min_size=1, unique=True))
    weights = dict(zip(codes, split(draw, len(codes)), strict=True))
    points = draw(st.dictionaries(st.sampled_from(sorted(CHECKS)), st.integers(1, 7)))
    rules = rules_with(weights, required=codes[:1], points=points)
    item = assessed(draw(st.sets(st.sampled_from(BASE))), rules=rules)
    lines = [LineRow("apbd_kabkota", "DPA", draw(st.sampled_from(["", "3"])), 100, 0)]
    sectors = draw(st.sets(st.sampled_from(["pemerintah", "media"])))
    facts = Facts(item.results, DAY, 2026, sectors=sectors, lines=lines)
    return item, rules, facts


@settings(max_examples=200)
@given(cases())
def test_the_lines_sum_to_the_score_and_the_index(case):
    item, rules, facts = case
    held = {code: check(code, facts) for code in rules.points}
    judged = Judged(item, rules, RUBRIC, WORDS, held, facts, worth(rules, met_criteria(item), held))
    receipt = receipt_for(POKJA, judged, [])
    assert sum(line.got for line in receipt.lines) == receipt.score == item.score
    assert sum(line.weight for line in receipt.lines) == 100
    assert receipt.got == sum(point.got for line in receipt.lines for point in line.points)
    assert receipt.possible == sum(rules.points.values())
    assert judged.now.index == index(rules.points, facts)
    assert receipt.index == figure(judged.now.index)
    for line in receipt.lines:
        for point in line.points:
            told = bool(point.gap.fix)
            assert told == (not point.is_given and line.is_met)


@settings(max_examples=100)
@given(cases())
def test_the_sentences_of_the_sums_say_the_same(case):
    item, rules, facts = case
    held = {code: check(code, facts) for code in rules.points}
    judged = Judged(item, rules, RUBRIC, WORDS, held, facts, worth(rules, met_criteria(item), held))
    receipt = receipt_for(POKJA, judged, [])
    left, right = receipt.score_sum.split(" = ")
    assert sum(map(int, left.split(" + "))) == int(right) == item.score
    if receipt.index_sum:
        parts, got, figures = receipt.index_sum.split(" = ")
        assert sum(map(int, parts.split(" + "))) == int(got.split(" dari ")[0])
        assert figures == receipt.index


def test_a_year_shows_rule_document_page_verifier_and_version(pokja, officer, effective):
    from apps.verification.models import Citation

    document = effective["sk"].decree.document
    Citation.objects.create(
        evidence=effective["sk"], document=document, field="number", page=1, quote="NOMOR 188.45"
    )
    response = officer.client.get(f"/pokja/{pokja.pk}/2026/")
    receipt = response.context["receipt"]
    line = receipt.lines[0]
    assert (line.rule, line.got, line.weight, line.outcome) == ("Aturan sk", 25, 25, "Terpenuhi")
    assert (line.basis.version, line.basis.document) == (1, document)
    assert [(page.number, page.quote) for page in line.basis.pages] == [(1, "NOMOR 188.45")]
    assert line.basis.verified == ("disetujui Verifikator Sulsel, 12 Maret 2026 pukul 11.00 WITA")
    assert (receipt.score_sum, receipt.index_sum) == (
        "25 + 25 + 25 + 25 = 100",
        "1 + 1 + 1 + 1 = 4 dari 4 poin = 100",
    )
    html = response.content.decode()
    assert html.count(f'href="/dokumen/{document.uuid}/"') >= 2
    assert html.count(f'href="/berkas/{document.uuid}/hal-1.webp"') == 1
    assert html.count('href="/rubrik/bawaan/"') == 1


def test_the_receipt_of_a_budget_takes_the_pages_its_lines_name(pokja, officer, judge):
    from tests import makers

    document = makers.make_document(pokja.region, officer.user, pages=3)
    rows = [makers.LINE | {"page": "3", "basis": "dpa"}]
    budget = makers.make_budget(pokja, officer.user, document=document, rows=rows)
    makers.verified(budget, officer.user, judge.user)
    receipt = officer.client.get(f"/pokja/{pokja.pk}/2026/").context["receipt"]
    assert [page.number for page in receipt.lines[3].basis.pages] == [3]


def test_an_unmet_criterion_tells_what_is_missing(pokja, officer, judge, effective):
    from apps.verification.models import Evidence

    Evidence.objects.filter(pk=effective["rencana_kerja"].pk).update(status="cancelled")
    line = officer.client.get(f"/pokja/{pokja.pk}/2026/").context["receipt"].lines[1]
    assert (line.got, line.basis, line.outcome) == (0, None, "Belum diisi")
    assert line.gaps[0].fact == "Rencana kerja 2026 belum ada"


def test_an_observer_reads_of_verified_things_only(
    pokja, officer, judge, complete, pengamat_makassar, client_of
):
    from tests import makers

    makers.verified(complete["rencana_kerja"], officer.user, judge.user)
    response = client_of(pengamat_makassar).get(f"/pokja/{pokja.pk}/2026/")
    lines = response.context["receipt"].lines
    assert [line.basis is None for line in lines] == [True, False, True, True]
    assert [line.gaps for line in lines] == [[], [], [], []]
    assert {line.outcome for line in lines} == {"Belum diisi", "Terpenuhi"}
    assert words(response).count("188.45/412/I/2026") == 0


def test_a_criterion_beside_the_four_has_its_line(pokja, officer, effective, rubric):
    from apps.effectiveness.models import RubricCriterion

    RubricCriterion.objects.filter(rubric=rubric).update(weight=20)
    RubricCriterion.objects.create(
        rubric=rubric,
        criterion="perbup",
        name="Peraturan bupati",
        check_code="regulasi_berlaku",
        weight=20,
        order=9,
    )
    response = officer.client.get(f"/pokja/{pokja.pk}/2026/")
    line = response.context["receipt"].lines[-1]
    assert (line.title, line.got, line.weight, line.basis) == ("Peraturan bupati", 0, 20, None)
    assert line.gaps[0].fact == "Regulasi belum tercatat"
    page = words(response)
    assert page.count("4 dari 5 kriteria terpenuhi") == 1
    assert page.count("Kriteria lain dari rubrik") == 1
    assert response.context["todos"][-1].why == "Regulasi belum tercatat"


def test_points_not_given_say_why_in_figures(pokja, officer, effective, rubric):
    from apps.effectiveness.models import RubricPoint

    RubricPoint.objects.create(rubric=rubric, check_code="rk_indikator", words="Terhubung")
    RubricPoint.objects.create(rubric=rubric, check_code="sk_lintas_sektor", words="Unsur")
    lines = officer.client.get(f"/pokja/{pokja.pk}/2026/").context["receipt"].lines
    gaps = {point.code: point.gap.fact for line in lines for point in line.points if point.gap.fix}
    assert gaps == {
        "rk_indikator": "1 dari 1 kegiatan belum terhubung ke indikator",
        "sk_lintas_sektor": "Anggota menurut SK belum diisi",
    }


def test_the_result_of_a_past_day_is_told_as_it_was(pokja, officer, effective, rubric):
    from apps.effectiveness.models import Rubric

    Rubric.objects.filter(pk=rubric.pk).update(published_at=datetime(2026, 1, 1, tzinfo=UTC))
    response = officer.client.get(f"/pokja/{pokja.pk}/2026/?per=2026-03-11")
    assert response.context["assessment"].met == 0
    assert (response.context["receipt"].score, response.context["ladder"]) == (0, None)
    page = words(response)
    assert re.search("Keadaan per 11 Maret 2026", page)
    assert page.count("188.45/412/I/2026") == 0
    assert {card.url for card in response.context["cards"]} == {""}


def test_a_criterion_that_waits_is_no_point_yet():
    item = assessed(("sk",))
    item.results["anggaran"] = Result("menunggu")
    rules = item.rules
    held = dict.fromkeys(rules.points, False)
    judged = Judged(item, rules, RUBRIC, WORDS, held, None, worth(rules, met_criteria(item), held))
    lines = {line.code: line for line in receipt_for(POKJA, judged, []).lines}
    assert (lines["anggaran"].outcome, lines["anggaran"].got) == ("Menunggu verifikasi", 0)
