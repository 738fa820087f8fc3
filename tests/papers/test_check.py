"""/periksa/: anybody learns whether a paper is genuine, and nothing about a person."""

import re
from datetime import UTC, datetime

import pytest

from apps.accounts import throttle
from apps.accounts.models import LoginAttempt
from apps.papers import registry
from apps.papers.enums import PaperKind
from apps.papers.issuing import issue
from apps.papers.models import IssuedPaper
from apps.papers.views import MISSES
from apps.papers.words import TOO_MANY, UNKNOWN
from tests.makers import make_pokja

TOLD = {"status": "Belum efektif (1 dari 4)"}


@pytest.fixture(autouse=True)
def nobody_can_tell(monkeypatch):
    monkeypatch.setattr(registry, "_current", {})


@pytest.fixture
def paper(regions, operator_bone, today):
    pokja = make_pokja(regions.bone, code="bone-kkb", name="Pokja Kampung KB")
    made = issue(
        kind=PaperKind.POKJA,
        region=regions.bone,
        pokja=pokja,
        year=2026,
        title="Rapor Pokja Kampung KB, Kabupaten Bone, 2026",
        told=TOLD,
        user=operator_bone,
    )
    issued_at = datetime(2026, 3, 11, 16, 30, tzinfo=UTC)  # 12 March in Bone
    IssuedPaper.objects.filter(pk=made.pk).update(code="7F3K01QD", issued_at=issued_at)
    return IssuedPaper.objects.get()


def text_of(answer):
    """What a reader sees, blanks as one."""
    main = answer.text.split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_genuine_paper_is_told(client, paper):
    answer = client.get("/periksa/7F3K01QD/")
    told = text_of(answer)
    assert answer.status_code == 200
    assert '<h1 class="h2 mb-2">Rapor ini asli</h1>' in answer.text
    assert "Pokja Kampung KB, Kabupaten Bone, 2026, diterbitkan 12 Maret 2026." in told
    assert "Status saat terbit: Belum efektif (1 dari 4) ." in told
    assert "Data sudah berubah" not in told
    assert "7F3K-01QD" in told


def test_nothing_personal_is_told(client, paper, operator_bone):
    page = client.get("/periksa/7F3K01QD/").text
    assert operator_bone.full_name not in page
    assert operator_bone.username not in page
    assert "NIP" not in page


def test_changed_data_are_told(client, paper):
    registry.register(PaperKind.POKJA, lambda issued: {"status": "Efektif (4 dari 4)"})
    told = text_of(client.get("/periksa/7F3K01QD/"))
    assert "Data sudah berubah sejak rapor ini terbit." in told
    assert "Status saat terbit: Belum efektif (1 dari 4)" in told


def test_a_recap_of_the_country_is_told_as_one(client, db):
    made = issue(
        kind=PaperKind.RECAP, region=None, year=2026, title="Rekap Rakerda", told=TOLD, user=None
    )
    told = text_of(client.get(f"/periksa/{made.code}/"))
    assert "Rekap ini asli" in told
    assert "Rakerda, 2026, diterbitkan" in told
    assert "Seluruh Indonesia" in told


@pytest.mark.parametrize("typed", ["7F3K01QD", "7f3k-01qd", " 7F3K 01QD ", "7f3kOlqd"])
def test_the_form_is_tolerant(client, paper, typed):
    answer = client.get("/periksa/", {"kode": typed})
    assert (answer.status_code, answer.url) == (302, "/periksa/7F3K01QD/")


def test_an_address_typed_by_hand_is_tolerated_too(client, paper):
    assert client.get("/periksa/7f3k-01qd/").status_code == 200


@pytest.mark.parametrize("code", ["7F3K01QE", "7F3K", "tidak-ada", "\x00", "x" * 3000])
def test_an_unknown_code_is_told(client, paper, code):
    page = client.get(f"/periksa/{code}/")
    form = client.get("/periksa/", {"kode": f"{code}9"})
    assert (page.status_code, form.status_code) == (404, 200)
    assert UNKNOWN in page.text
    assert "<title>Galat: Periksa keaslian rapor" in page.text
    assert "Galat: " in form.text


@pytest.mark.parametrize(
    ("query", "told"),
    [({}, None), ({"kode": ""}, "Isi kode pada rapor"), ({"kode": "  "}, "Isi kode")],
)
def test_an_empty_form_asks_for_a_code(client, db, query, told):
    answer = client.get("/periksa/", query)
    assert answer.status_code == 200
    assert ("errsum" in answer.text) == (told is not None)
    assert told is None or told in answer.text
    assert not LoginAttempt.objects.exists()


@pytest.mark.parametrize("path", ["/periksa/", "/periksa/7F3K01QD/", "/periksa/TIDAKADA/"])
def test_no_cache_and_no_search_engine_keeps_it(client, paper, path):
    answer = client.get(path)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text


def test_only_reading_is_answered(client, paper):
    assert client.post("/periksa/", {"kode": "7F3K01QD"}).status_code == 405


def test_who_guesses_is_stopped_for_a_while_and_others_are_not(client, paper, time_machine):
    time_machine.move_to("2026-03-12T02:00:00Z", tick=False)
    for number in range(MISSES):
        assert client.get(f"/periksa/AAAA{number:04}/").status_code == 404
    for address in ("/periksa/7F3K01QD/", "/periksa/?kode=7F3K01QD", "/periksa/AAAAAAAA/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (429, "900")
        assert TOO_MANY in answer.text
        assert "Kampung KB" not in answer.text
    assert client.get("/periksa/7F3K01QD/", REMOTE_ADDR="10.0.0.2").status_code == 200
    time_machine.move_to("2026-03-12T02:15:01Z", tick=False)
    assert client.get("/periksa/7F3K01QD/").status_code == 200


def test_a_room_full_of_people_may_look_at_their_papers(client, paper):
    for _ in range(MISSES + 5):
        assert client.get("/periksa/7F3K01QD/").status_code == 200


def test_guesses_lock_nobody_out_of_their_account(client, paper):
    for number in range(MISSES):
        client.get(f"/periksa/AAAA{number:04}/")
    assert throttle.admit("operator_bone", "127.0.0.1")


def test_a_paper_costs_the_same_however_many_there_are(
    client, paper, regions, django_assert_num_queries
):
    for year in range(2000, 2020):
        issue(kind=PaperKind.DISTRICT, region=regions.bone, year=year, title="R", told=TOLD)
    client.get("/periksa/7F3K01QD/")
    with django_assert_num_queries(COST):
        client.get("/periksa/7F3K01QD/")


def test_the_foot_of_a_page_leads_there(client, db):
    assert '<a href="/periksa/">Periksa keaslian rapor</a>' in client.get("/masuk/").text


COST = 3
