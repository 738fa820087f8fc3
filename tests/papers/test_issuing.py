"""A paper has one code for what it tells, whoever fetches it and however often."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.accounts.models import User
from apps.audit.models import Entry
from apps.papers import issuing, registry
from apps.papers.enums import PaperKind
from apps.papers.issuing import issue
from apps.papers.models import IssuedPaper
from tests.makers import make_pokja
from tests.rivals import at_once, outcomes

TOLD = {"status": "Belum efektif (1 dari 4)", "kriteria": {"sk": "terpenuhi", "rencana": "kosong"}}


@pytest.fixture
def pokja(regions, today):
    return make_pokja(regions.bone, code="bone-kkb", name="Pokja Kampung KB")


@pytest.fixture
def facts(pokja, operator_bone):
    return {
        "kind": PaperKind.POKJA,
        "region": pokja.region,
        "pokja": pokja,
        "year": 2026,
        "title": "Rapor Pokja Kampung KB, Kabupaten Bone, 2026",
        "told": TOLD,
        "user": operator_bone,
    }


def test_the_same_paper_is_one_row(facts, operator_bone, verifikator_sulsel):
    first = issue(**facts)
    turned = {"kriteria": {"rencana": "kosong", "sk": "terpenuhi"}, "status": TOLD["status"]}
    again = issue(**facts | {"told": turned, "user": verifikator_sulsel})
    assert (again, again.code, again.issued_at) == (first, first.code, first.issued_at)
    assert (first.issued_by, first.told) == (operator_bone, TOLD)
    assert IssuedPaper.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"told": TOLD | {"status": "Efektif (4 dari 4)"}},
        {"year": 2025},
        {"per": date(2026, 1, 31)},
        {"pokja": None},
        {"pokja": None, "region": None},
        {"kind": PaperKind.DISTRICT},
        {"title": "Rapor Pokja Kampung Keluarga, Kabupaten Bone, 2026"},
    ],
)
def test_another_subject_or_other_facts_are_another_paper(facts, change):
    papers = [issue(**facts), issue(**facts | change), issue(**facts | change)]
    assert papers[0] != papers[1] == papers[2]
    assert papers[0].code != papers[1].code


def test_it_is_on_record_once(facts, operator_bone):
    paper = issue(**facts)
    issue(**facts)
    entry = Entry.objects.get(action="Menerbitkan rapor")
    assert (entry.actor, entry.region, entry.after) == (
        operator_bone,
        paper.region,
        {"kode": paper.code, "tahun": 2026, "status": TOLD["status"]},
    )


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_a_paper_may_be_issued_by_nobody(facts, nobody):
    assert issue(**facts | {"user": nobody}).issued_by is None


@pytest.mark.parametrize("told", [{}, {"status": " "}, {"status": None}])
def test_a_paper_without_a_status_is_not_issued(facts, told):
    with pytest.raises(ValueError, match="status"):
        issue(**facts | {"told": told})


def test_facts_json_cannot_hold_are_refused(facts):
    with pytest.raises(TypeError):
        issue(**facts | {"told": TOLD | {"hari": date(2026, 3, 12)}})
    assert not IssuedPaper.objects.exists()


def test_a_code_that_is_taken_gives_way_to_another(facts, monkeypatch):
    codes = iter(["AAAAAAAA", "AAAAAAAA", "BBBBBBBB"])
    monkeypatch.setattr(issuing, "new_code", lambda: next(codes))
    assert issue(**facts).code == "AAAAAAAA"
    assert issue(**facts | {"year": 2025}).code == "BBBBBBBB"


@pytest.mark.django_db(transaction=True)
def test_two_who_fetch_it_at_once_have_the_same_code(regions, make_user):
    pokja = make_pokja(regions.bone)
    people = [make_user("operator", regions.bone, f"petugas_{n}") for n in range(4)]

    def fetch(pk):
        return issue(
            kind=PaperKind.POKJA,
            region=pokja.region,
            pokja=pokja,
            year=2026,
            title="Rapor",
            told=TOLD,
            user=User.objects.get(pk=pk),
        )

    results = at_once(*(lambda pk=person.pk: fetch(pk) for person in people))
    assert outcomes(results) == {"ok": 4}
    assert len({paper.code for paper in results}) == 1
    assert IssuedPaper.objects.count() == 1
    assert Entry.objects.filter(action="Menerbitkan rapor").count() == 1


def test_the_paper_carries_code_address_and_moment(facts, settings):
    settings.PORTAL_URL = "https://pokja.uji.test/"
    paper = issue(**facts)
    paper.code, paper.issued_at = "ABCD2345", datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
    mark = paper.mark("https://lain.test/")
    assert mark | {"qr": ""} == {
        "code": "ABCD-2345",
        "address": "https://pokja.uji.test/periksa/ABCD2345/",
        "form": "pokja.uji.test/periksa/",
        "qr": "",
        "issued": "12 Maret 2026 pukul 08.00 WITA",
    }
    assert mark["qr"].startswith("<svg")


def test_without_an_address_of_the_portal_there_is_no_qr(facts, settings):
    settings.PORTAL_URL = ""
    paper = issue(**facts)
    assert paper.mark()["qr"] == ""
    assert paper.mark()["form"] == "/periksa/"
    assert paper.mark("http://testserver/")["address"].startswith("http://testserver/periksa/")


def test_papers_are_seen_in_scope(facts, operator_bone, verifikator_kalsel):
    paper = issue(**facts)
    assert list(IssuedPaper.objects.for_user(operator_bone)) == [paper]
    assert not IssuedPaper.objects.for_user(verifikator_kalsel).exists()


@pytest.mark.parametrize(
    ("now", "changed"),
    [(TOLD, False), (TOLD | {"status": "Efektif (4 dari 4)"}, True), (None, False)],
)
def test_whether_the_facts_have_changed_is_told_by_their_owner(facts, monkeypatch, now, changed):
    monkeypatch.setattr(registry, "_current", {})
    paper = issue(**facts)
    assert registry.has_changed(paper) is False  # nobody can tell
    registry.register(PaperKind.POKJA, lambda issued: now)
    assert registry.has_changed(paper) is changed
