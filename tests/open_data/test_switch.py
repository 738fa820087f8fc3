"""The switch in the portal: who may turn it, what it shows first, what it refuses."""

from datetime import date

import pytest

from apps.effectiveness.closing import close_again, reopen
from apps.effectiveness.models import Closing
from apps.open_data.models import Publication
from tests.open_data.conftest import CONTACT

OPEN, CLOSE = "/publikasi/2025/73/buka/", "/publikasi/2025/73/tutup/"
GIVEN = {"contact": CONTACT, "note": "Keputusan Rakerda", "confirmed": "on"}


@pytest.fixture
def client(koordinator_sulsel, client_of, today):
    return client_of(koordinator_sulsel)


def texts(response):
    return [str(message) for message in response.context["messages"]]


def test_the_switch_is_off_at_first_and_leads_to_the_check(client, book):
    page = client.get("/publikasi/")
    assert page.context["heading"] == "Belum ada yang terbuka untuk umum dari 1 buku tahun"
    assert f'href="{OPEN}"' in page.content.decode()


def test_the_switch_without_a_closed_year_says_what_to_do(client, regions):
    page = client.get("/publikasi/")
    assert page.context["heading"] == "Belum ada buku tahun yang dapat dibuka untuk umum"
    assert 'href="/buku/"' in page.content.decode()


def test_the_check_shows_what_everybody_would_read(client, book):
    page = client.get(OPEN)
    text = page.content.decode()
    assert (page.context["many"], page.context["regions"]) == (2, 3)
    assert "7308-bk" in text
    assert "Pokja Bone" not in text


def test_opening_and_closing_by_hand(client, book):
    page = client.post(OPEN, GIVEN, follow=True)
    assert texts(page) == ["Data 2025 Provinsi Sulawesi Selatan sekarang terbuka untuk umum."]
    assert page.context["heading"] == "1 dari 1 buku tahun terbuka untuk umum"
    assert client.get("/publik/73/2025/").status_code == 200
    page = client.post(CLOSE, {"reason": "Ada kekeliruan"}, follow=True)
    assert texts(page) == ["Data 2025 Provinsi Sulawesi Selatan tidak lagi terbuka untuk umum."]
    assert client.get("/publik/73/2025/").status_code == 404


@pytest.mark.parametrize("missing", ["contact", "confirmed"])
def test_opening_needs_a_contact_and_the_tick(missing, client, book):
    page = client.post(OPEN, {name: value for name, value in GIVEN.items() if name != missing})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [missing]
    assert "Galat: " in page.content.decode()
    assert not Publication.objects.exists()


def test_closing_needs_a_reason(client, opened):
    page = client.post(CLOSE, {"reason": "  "})
    assert list(page.context["form"].errors) == ["reason"]
    assert Publication.objects.standing().exists()


def test_what_is_open_already_is_not_opened_again(client, opened):
    assert texts(client.get(OPEN, follow=True)) == [
        "Data 2025 Provinsi Sulawesi Selatan sudah terbuka untuk umum."
    ]
    page = client.post(OPEN, GIVEN)
    assert page.context["form"].non_field_errors() == [
        "Yang terbuka sudah memuat edisi terakhir buku ini."
    ]
    assert Publication.objects.count() == 1


def test_what_is_not_open_has_nothing_to_close(client, book):
    assert texts(client.get(CLOSE, follow=True)) == [
        "Data 2025 Provinsi Sulawesi Selatan tidak sedang terbuka."
    ]


def test_a_newer_edition_is_offered_and_takes_its_place(
    client, opened, book, world, koordinator_sulsel
):
    until, actor = date(2026, 4, 1), koordinator_sulsel
    held = reopen(book, world.bone.region, reason="Keliru", until=until, actor=actor)
    assert "Sedang dibuka kembali" not in client.get("/publikasi/").content.decode()
    close_again(held, actor=koordinator_sulsel)
    assert "buku sudah punya edisi yang lebih baru" in client.get("/publikasi/").content.decode()
    assert "mendapat edisi baru untuk Bone" in client.get("/publik/73/2025/").content.decode()
    client.post(OPEN, GIVEN)
    assert [row.editions[str(world.bone.region_id)] for row in Publication.objects.all()] == [2, 1]
    assert "mendapat edisi baru" not in client.get("/publik/73/2025/").content.decode()


def test_the_check_names_a_region_that_is_open_again(client, book, world, koordinator_sulsel):
    until, actor = date(2026, 4, 1), koordinator_sulsel
    reopen(book, world.bone.region, reason="Keliru", until=until, actor=actor)
    assert "Sedang dibuka kembali: Kabupaten Bone." in client.get(OPEN).content.decode()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("koordinator_sulsel", 200),
        ("pusat", 200),
        ("admin", 200),
        ("verifikator_sulsel", 403),
        ("operator_sulsel", 403),
        ("operator_makassar", 404),
        ("verifikator_kalsel", 404),
    ],
)
def test_only_who_manages_the_province_may_turn_it(person, status, cast, client_of, book):
    client = client_of(cast[person])
    assert client.get(OPEN).status_code == status
    assert client.post(OPEN, GIVEN).status_code == (302 if status == 200 else status)
    assert Publication.objects.count() == (status == 200)


def test_a_coordinator_sees_the_books_of_the_own_province_only(
    client, book, make_user, client_of, regions
):
    other = client_of(make_user("coordinator", regions.kalsel))
    assert [entry.closing for entry in other.get("/publikasi/").context["entries"]] == []
    assert [entry.closing for entry in client.get("/publikasi/").context["entries"]] == [book]


@pytest.mark.parametrize(
    "path",
    [
        "/publikasi/2024/73/buka/",
        "/publikasi/2025/73.08/buka/",
        "/publikasi/2025/99/tutup/",
        "/publikasi/99999999999999999999/73/buka/",
        "/publikasi/2025/%00/buka/",
    ],
)
def test_years_without_a_book_and_unknown_codes_answer_404(path, client, book):
    assert client.get(path).status_code == 404


def test_the_switch_costs_the_same_for_one_and_for_many(client, opened, django_assert_num_queries):
    client.get("/publikasi/")  # the session's end is fixed once
    with django_assert_num_queries(12):
        client.get("/publikasi/")
    for year in range(2016, 2024):
        row = Closing.objects.get(pk=opened.closing_id)
        row.pk, row.year = None, year
        row.save(force_insert=True)
    with django_assert_num_queries(12):
        client.get("/publikasi/")
