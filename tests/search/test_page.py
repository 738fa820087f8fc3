"""The page of hits: one exact hit is opened, limits, states, and what is typed ahead."""

import pytest

from tests import makers

AHEAD = {"HTTP_HX_REQUEST": "true"}


def test_the_one_exact_hit_is_opened(client_of, operator_makassar, things):
    client = client_of(operator_makassar)
    assert client.get("/cari/?q=kota makassar").url == "/dasbor/73.71/2026/"
    assert client.get("/cari/?q=188.45/97/II/2026").url == f"/pokja/{things.makassar.pk}/sk/"
    assert client.get("/cari/?q=pokja grand design").url == f"/pokja/{things.makassar.pk}/"


def test_who_asks_for_all_sees_all(client_of, operator_makassar, things):
    response = client_of(operator_makassar).get("/cari/?q=makassar&semua=1")
    assert [group.key for group in response.context["found"].groups] == [
        "daerah",
        "pokja",
        "sk",
        "orang",
    ]


def test_two_exact_hits_are_shown(client_of, pusat, things, make_region, regions):
    make_region("73.98", "Kabupaten Makassar", regions.sulsel)
    response = client_of(pusat).get("/cari/?q=makassar")
    assert response.context["found"].groups[0].total == 2


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Daerah, Pokja, nomor SK, atau orang"),
        ("?q=", "Daerah, Pokja, nomor SK, atau orang"),
        ("?q=x", "Ketik paling sedikit 2 huruf."),
        ("?q=" + "a" * 10_000, "Pencarian dipotong pada 200 huruf pertama."),
        ("?q=zzzzz", "Coba nama kabupaten, jenis Pokja, atau nomor SK."),
        ("?q=%00%00", "Daerah, Pokja, nomor SK, atau orang"),
        ("?q=%25%25", "Tidak ada hasil"),
        ("?q=%F0%9F%98%80%F0%9F%98%80", "Tidak ada hasil"),
        ("?q=bone&kelompok=karangan", "Bone"),
    ],
)
def test_every_state_of_the_page_says_what_to_do(client_of, operator_bone, query, sentence):
    response = client_of(operator_bone).get(f"/cari/{query}", follow=True)
    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_slip_is_asked_back(client_of, pusat, things):
    content = client_of(pusat).get("/cari/?q=makasar").content.decode()
    assert "Tidak ada hasil untuk “makasar”" in content
    assert 'Maksud Anda <a href="/cari/?q=Makassar">Makassar</a>?' in content


def test_what_was_typed_is_shown_as_text(client_of, pusat, regions):
    content = client_of(pusat).get('/cari/?q="><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in content
    assert "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in content


def test_ten_of_a_group_and_the_way_to_all(client_of, pusat, regions):
    for number in range(12):
        makers.make_pokja(regions.bone, code=f"b-{number}", name=f"Pokja Uji {number}")
    response = client_of(pusat).get("/cari/?q=uji")
    (group,) = response.context["found"].groups
    assert (len(group.hits), group.total) == (10, 12)
    assert 'href="/pokja/?cari=uji"' in response.content.decode()


def test_a_group_of_its_own_shows_more(client_of, pusat, regions, make_region):
    for number in range(12):
        make_region(f"73.{50 + number}", f"Kabupaten Uji{number}", regions.sulsel)
    content = client_of(pusat).get("/cari/?q=uji").content.decode()
    assert "/cari/?q=uji&amp;kelompok=daerah" in content
    response = client_of(pusat).get("/cari/?q=uji&kelompok=daerah")
    assert len(response.context["found"].groups[0].hits) == 12


# --- typed ahead -----------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "empty"), [("ma", True), ("mak", False)])
def test_hits_come_from_three_letters_on(client_of, operator_makassar, things, typed, empty):
    response = client_of(operator_makassar).get(f"/cari/?q={typed}", **AHEAD)
    assert (response.content == b"") == empty
    assert "HX-Request" in response["Vary"]


def test_what_is_typed_ahead_weighs_at_most_2_kb(client_of, pusat, regions, make_user, make_region):
    long = "Contoh" * 20
    for number in range(5):
        make_region(f"73.{60 + number}", f"Kabupaten Contoh {number} {long}"[:120], regions.sulsel)
        pokja = makers.make_pokja(regions.bone, code=f"b-{number}", name=f"Pokja Contoh {long}")
        makers.make_decree(pokja, pusat_actor(make_user, regions, number), title=f"Contoh {long}")
    response = client_of(pusat).get("/cari/?q=contoh", **AHEAD)
    assert len(response.content) <= 2048
    assert response.content.count(b"<ul>") == 4


def pusat_actor(make_user, regions, number):
    return make_user("operator", regions.bone, f"contoh_{number}", full_name=f"Contoh {'n' * 100}")


def test_an_exact_hit_typed_ahead_is_not_jumped_to(client_of, operator_makassar, things):
    response = client_of(operator_makassar).get("/cari/?q=makassar", **AHEAD)
    assert response.status_code == 200
    assert b"/dasbor/73.71/2026/" in response.content


def test_the_box_stands_on_every_page_and_first_in_the_menu(client_of, operator_makassar, regions):
    content = client_of(operator_makassar).get("/tindak-lanjut/").content.decode()
    assert content.count('role="search" aria-label="Cari di portal"') == 2
    menu = content.index('class="pk-menu d-lg-none"')
    assert content.index('id="cari-menu"') < content.index('href="/tugas/"', menu)


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get("/cari/?q=bone").url == "/masuk/?next=/cari/%3Fq%3Dbone"
