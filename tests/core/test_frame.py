"""What stands around every page."""

import re

import pytest
from django.template.loader import render_to_string

from apps.core import context, menus
from tests.core.conftest import elements
from tests.core.pages import page


def html_of(request):
    return page(request).content.decode()


def words(html):
    """The words of the navigation bar."""
    bar = html[html.index('aria-label="Utama"') : html.index("</nav>")]
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)', bar)


def test_the_title_names_page_and_portal(request_of):
    assert "<title>Contoh · Portal Pokja Bangga Kencana</title>" in html_of(request_of())


def test_a_page_with_form_errors_says_so_in_its_title(request_of):
    class Wrong:
        errors = {"x": ["y"]}

    page = render_to_string("base.html", {"form": Wrong()}, request_of())
    assert "<title>Galat: Beranda · Portal Pokja Bangga Kencana</title>" in page


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["operator"], ["Tugas saya ", "Pokja", "Dasbor"]),
        (["verifier"], ["Verifikasi", "Tugas saya ", "Dasbor", "Pokja"]),
        (["coordinator", "operator"], ["Tugas saya ", "Verifikasi", "Pokja", "Dasbor"]),
        (["national"], ["Verifikasi", "Tugas saya ", "Dasbor", "Pokja"]),
        (["observer"], ["Dasbor", "Pokja"]),
        (["admin"], ["Dasbor", "Pokja"]),
    ],
)
def test_the_words_of_the_bar_follow_the_roles(request_of, roles, expected):
    html = html_of(request_of(*roles, nav_counts={"tasks": 5}))
    assert [label for _, label in words(html)] == expected


ELSEWHERE = context.Entry("Tidak ada", "/alamat-yang-tidak-ada/", "eye", context.EVERYBODY)


def test_a_word_whose_page_does_not_exist_is_not_shown(request_of, monkeypatch):
    monkeypatch.setattr(context, "NAVIGATION", (*context.NAVIGATION, ELSEWHERE))
    assert ELSEWHERE.path not in html_of(request_of("verifier"))
    assert not context.address_exists(ELSEWHERE.path)
    assert context.address_exists("/tugas/")


def test_the_current_word_is_marked_and_counts_are_shown(request_of):
    html = html_of(request_of("operator", path="/tugas/", nav_counts={"tasks": 5}))
    current = [link["href"] for link in elements(html, "a") if link.get("aria-current") == "page"]
    assert current == ["/tugas/", "/tugas/"]  # in the bar and in the menu of the phone
    assert html.count('<span class="pk-count">5<span class="visually-hidden"> menunggu') == 2


def test_a_page_without_counts_has_no_badges(request_of):
    assert "pk-count" not in html_of(request_of("operator"))


def test_the_person_is_named_with_the_post_and_signs_out_by_post(request_of):
    html = html_of(request_of("operator"))
    assert html.count("Andi Rahmawati") == 2
    assert html.count("Operator Kabupaten Bone") == 2
    forms = {(form.get("method", "get"), form["action"]) for form in elements(html, "form")}
    assert forms == {("get", "/cari/"), ("post", "/keluar/")}


def test_a_visitor_sees_brand_and_help_and_no_menu(request_of):
    html = html_of(request_of())
    assert elements(html, "nav") == [{"class": "pk-crumb", "aria-label": "Remah jejak"}]
    assert elements(html, "details") == []
    assert "Bantuan: Perwakilan BKKBN di provinsi Anda" in html


def test_crumbs_end_in_text(request_of):
    html = html_of(request_of())
    crumbs = html[html.index("pk-crumb") : html.index("</nav>")]
    assert re.findall(
        r"<a href=\"/dasbor/\">Nasional</a>|<span>Sulawesi Selatan</span>", crumbs
    ) == [
        '<a href="/dasbor/">Nasional</a>',
        "<span>Sulawesi Selatan</span>",
    ]


def answer_yes():
    return True


@pytest.mark.parametrize(("flag", "shown"), [("tests.core.test_frame.answer_yes", 1), ("", 0)])
def test_sample_data_is_marked_where_the_installation_holds_it(request_of, settings, flag, shown):
    settings.SAMPLE_FLAG = flag
    assert html_of(request_of()).count("<strong>Data contoh.</strong>") == shown


def test_the_frame_asks_for_the_sample_flag_only_when_it_is_drawn(request_of, settings):
    settings.SAMPLE_FLAG = "tidak.ada"
    assert set(context.chrome(request_of())) == {"chrome", "is_sample"}


def test_nothing_is_inline_and_nothing_comes_from_another_host(request_of):
    html = html_of(request_of("operator"))
    assert " style=" not in html
    assert "<style" not in html
    assert [box for box in elements(html, "script") if not box.get("src")] == []
    sources = [
        box.get("src") or box.get("href")
        for tag in ("script", "link", "use", "img")
        for box in elements(html, tag)
    ]
    assert {source.split("/")[1] for source in sources} == {"static"}
    handlers = [
        name
        for tag in ("a", "form", "button", "body")
        for box in elements(html, tag)
        for name in box
        if name.startswith("on")
    ]
    assert handlers == []


def test_the_foot_names_who_helps_and_escapes_what_people_wrote():
    told = menus.foot(
        data_date="Data per <hari ini>",
        contact="Kantor & Rumah",
        path="/panduan/",
        phone='0411 "1"',
        call="04111",
        email="a@b.go.id",
        pages=(("Data terbuka", "/publik/"),),
        credits="Sumber <x>",
        today="1 Mei 2026",
        address="https://a.go.id/?a=1&b=2",
    )
    assert "<hari ini>" not in told
    assert "<x>" not in told
    assert [link["href"] for link in elements(told, "a")] == [
        "/panduan/",
        "tel:04111",
        "mailto:a@b.go.id",
        "/publik/",
    ]
    assert ">Bantuan: Kantor &amp; Rumah</a>" in told
    assert "Telepon 0411 &quot;1&quot;</a>" in told
    assert "Halaman ini dibuka 1 Mei 2026 di https://a.go.id/?a=1&amp;b=2</p>" in told


def test_without_a_guide_the_helper_is_named_all_the_same(request_of, settings):
    chrome = context.Chrome(request_of("operator"))
    chrome.help_path = "/tidak-ada/"
    assert "<span>Bantuan: Perwakilan BKKBN di provinsi Anda</span>" in chrome.foot("")
    assert "Telepon" not in chrome.foot("")


def test_a_page_without_frame_and_request_has_its_foot(own_pages):
    page = render_to_string("base.html", {})
    assert "Bantuan: Perwakilan BKKBN di provinsi Anda" in page
    assert " di http" not in page


def test_the_form_that_signs_out_carries_the_token_of_the_page(request_of):
    html = html_of(request_of("operator"))
    tokens = [
        field["value"]
        for field in elements(html, "input")
        if field.get("name") == "csrfmiddlewaretoken"
    ]
    assert len(tokens) == 2  # in both menus
    assert all(len(token) == 64 for token in tokens)
    leave = menus.person_menu("", has_profile=False, token="")
    assert "csrfmiddlewaretoken" not in leave
    assert "/profil/" not in leave
