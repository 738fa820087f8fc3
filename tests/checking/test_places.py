"""Where in the file a value stands: page and quote beside the points of the checklist."""

import pytest
from django.core.exceptions import ValidationError

from apps.audit.models import Entry
from apps.verification.citations import Place, citations_of, cite, note_places
from apps.verification.models import Citation
from apps.verification.services import StepConflict, StepRefused
from tests import makers
from tests.checking.test_decisions import approve, errors, flashes


def save_places(client, evidence, posted):
    return client.post(f"/verifikasi/{evidence.pk}/letak/", posted)


@pytest.fixture
def judge(client_of, verifikator_sulsel):
    return client_of(verifikator_sulsel)


def held(evidence):
    return {row.field: (row.page, row.quote) for row in evidence.citations.all()}


# --- the service -----------------------------------------------------------------------------


def test_the_last_word_on_a_place_stands(decree, operator_makassar, verifikator_sulsel):
    cite(decree, "number", 1, "NOMOR  188.45/412\n", operator_makassar)
    cite(decree, "number", 2, "NOMOR 188.45", verifikator_sulsel)
    found = citations_of(decree)["number"]
    assert (found.page, found.quote, found.created_by) == (2, "NOMOR 188.45", verifikator_sulsel)
    assert Citation.objects.count() == 1


def test_a_quote_is_one_short_line(decree, operator_makassar):
    assert cite(decree, "title", 1, " a\x00\tb\u202e\n c ", operator_makassar).quote == "a b c"
    long = cite(decree, "title", 1, "x" * 5000, operator_makassar).quote
    assert (len(long), long[-1]) == (300, "…")


@pytest.mark.parametrize("page", [0, -1, 3, 10**12])
def test_a_page_the_file_does_not_have_is_refused(decree, operator_makassar, page):
    with pytest.raises(ValidationError):
        cite(decree, "number", page, "", operator_makassar)


def test_what_has_no_file_has_no_places(plan, operator_makassar):
    assert citations_of(plan) == {}
    with pytest.raises(ValidationError):
        cite(plan, "number", 1, "", operator_makassar)


def test_places_hold_for_their_file_only(decree, pokja, operator_makassar, verifikator_sulsel):
    from apps.evidence.services import return_with_notes

    cite(decree, "number", 2, "NOMOR", operator_makassar)
    return_with_notes(decree, actor=verifikator_sulsel, revision=decree.revision, note="Ganti")
    new = makers.make_document(pokja.region, operator_makassar, name="baru.pdf", pages=4)
    fixed = makers.make_decree(
        pokja, operator_makassar, evidence=decree, document=new, revision=decree.revision
    )
    assert citations_of(fixed) == {}
    cite(fixed, "number", 4, "NOMOR", operator_makassar)
    assert citations_of(fixed)["number"].page == 4


def test_a_new_version_with_the_same_file_keeps_the_places(
    decree, operator_makassar, verifikator_sulsel
):
    from apps.evidence.services import open_version, verify

    cite(decree, "number", 1, "NOMOR", operator_makassar)
    verify(decree, actor=verifikator_sulsel, revision=decree.revision)
    draft = open_version(decree, actor=operator_makassar)
    assert held(draft) == {"number": (1, "NOMOR")}
    assert held(decree) == held(draft)


def test_only_who_may_judge_the_version_notes_places(
    decree, operator_makassar, verifikator_sulsel, verifikator_kalsel, pusat
):
    places = {"number": Place(1, "NOMOR")}
    for person in (operator_makassar, verifikator_kalsel, pusat):
        with pytest.raises(StepRefused):
            note_places(decree, places, actor=person, revision=decree.revision)
    with pytest.raises(StepConflict):
        note_places(decree, places, actor=verifikator_sulsel, revision=1)
    assert note_places(decree, places, actor=verifikator_sulsel, revision=decree.revision) == [
        "number"
    ]


# --- the page --------------------------------------------------------------------------------


def test_places_are_saved_by_their_button_and_the_rest_stays_on_the_page(judge, decree, marks):
    posted = marks(decree, cek_2="tidak", catatan="Belum selesai", hal_1="1", kutip_1="NOMOR 188")
    response = save_places(judge, decree, posted)
    assert response.status_code == 200
    assert held(decree) == {"number": (1, "NOMOR 188")}
    form = response.context["form"]
    assert (form["cek_2"].value(), form["catatan"].value()) == ("tidak", "Belum selesai")
    page = response.content.decode()
    assert "Letak pada berkas tersimpan." in page
    assert "hal. 1: “NOMOR 188”" in page
    assert Entry.objects.get(action="Mencatat letak pada berkas").after == {
        "number": "hal. 1: NOMOR 188"
    }


def test_the_same_places_sent_again_change_nothing(judge, decree, marks):
    posted = marks(decree, hal_1="1", kutip_1="NOMOR 188")
    for _ in range(2):
        save_places(judge, decree, posted)
    assert Entry.objects.filter(action="Mencatat letak pada berkas").count() == 1


def test_a_place_is_taken_away_by_emptying_its_page(judge, decree, marks, operator_makassar):
    cite(decree, "number", 1, "NOMOR", operator_makassar)
    cite(decree, "title", 2, "", operator_makassar)
    save_places(judge, decree, marks(decree, hal_1="", kutip_1=""))
    assert held(decree) == {"title": (2, "")}  # not on the form sent, so left alone


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"hal_1": "0"}, "hal_1"),
        ({"hal_1": "3"}, "hal_1"),
        ({"hal_1": "999"}, "hal_1"),
        ({"hal_1": "9" * 5000}, "hal_1"),
        ({"hal_1": "satu"}, "hal_1"),
        ({"hal_1": "", "kutip_1": "NOMOR"}, "hal_1"),
        ({"hal_1": "1", "kutip_1": "x" * 5000}, "kutip_1"),
    ],
)
@pytest.mark.parametrize("act", [save_places, approve])
def test_a_wrong_place_is_told_and_nothing_is_kept(judge, decree, marks, posted, field, act):
    response = act(judge, decree, marks(decree, **posted))
    assert (response.status_code, list(errors(response))) == (200, [field])
    decree.refresh_from_db()
    assert (held(decree), decree.status) == ({}, "submitted")


def test_places_are_saved_with_the_decision(judge, decree, marks):
    response = approve(judge, decree, marks(decree, hal_1="1", kutip_1="NOMOR 188"))
    assert flashes(response) == ["SK Pokja GDPK Kota Makassar disetujui."]
    assert held(decree) == {"number": (1, "NOMOR 188")}


def test_saving_places_of_what_is_decided_is_a_conflict(judge, decree, marks, verifikator2_sulsel):
    from apps.evidence.services import verify

    posted = marks(decree, hal_1="1")
    verify(decree, actor=verifikator2_sulsel, revision=decree.revision)
    assert save_places(judge, decree, posted).status_code == 409
    assert held(decree) == {}


def test_the_point_links_to_its_page(judge, decree, operator_makassar):
    cite(decree, "number", 2, "NOMOR 188", operator_makassar)
    page = judge.get(f"/verifikasi/{decree.pk}/?jenis=decree&perbesar=150").content.decode()
    assert f'href="/verifikasi/{decree.pk}/?jenis=decree&amp;perbesar=150&amp;hal=2#hal-2"' in page


def test_an_item_without_a_file_asks_for_no_places(judge, plan):
    page = judge.get(f"/verifikasi/{plan.pk}/").content.decode()
    assert "Simpan letak" not in page
    assert "hal_1" not in page
