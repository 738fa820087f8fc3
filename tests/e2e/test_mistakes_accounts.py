"""Forms about accounts, their protection, notices, handing over and papers, sent with mistakes."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from apps.accounts import invitations, throttle
from apps.accounts.forms import LOCKED, LOCKED_CODE
from apps.accounts.models import RecoveryCode, User
from apps.accounts.reauth import WRONG_CODE
from apps.accounts.second_factor_views import STALE
from apps.api import tokens
from apps.papers import words
from apps.papers.views import GUESSING, MISSES
from tests.accounts.test_second_step import given
from tests.conftest import PASSWORD, TODAY
from tests.e2e.mistakes import assert_mistakes_are_told, assert_told_at_the_field
from tests.e2e.visitor import Visitor, assert_fits_everywhere, assert_frame, sign_in

HERE = "127.0.0.1"
LATE = TODAY + timedelta(minutes=20)  # five more than the portal takes a log-in's word for
NO_MATCH = "Nama pengguna atau kata sandi tidak cocok"
# A new password, twice: two that differ, none at all, one that is too weak.
PAIRS = [("kuda-laut-menari-9", "kuda-laut-menari-8"), ("", ""), ("12345", "12345")]
UNCHECK = "boxes => boxes.forEach(box => { box.checked = false })"

# name: (person, path, what is typed by field, the button)
FORMS = {
    "beranda-masuk": ("anonymous", "/", {"username": "bukan.siapa-siapa", "password": ""}, "Masuk"),
    "lupa-sandi-alamat": ("anonymous", "/lupa-sandi/", {"email": "operator bone"}, "Kirim"),
    "aktivasi-kode": (
        "anonymous",
        "/aktivasi/",
        {
            "username": "operator.gowa",
            "code": "K7QF-2M9D-XT4P",
            "new_password1": "12345",
            "new_password2": "54321",
        },
        "Simpan dan masuk",
    ),
    "periksa-kosong": ("anonymous", "/periksa/", {}, "Periksa"),
    "periksa-kode": ("anonymous", "/periksa/", {"kode": "tidak seperti kode"}, "Periksa"),
    "sandi-ganti-salah": (
        "operator.bone",
        "/sandi/ganti/",
        {"old_password": "bukan ini", "new_password1": "12345", "new_password2": "54321"},
        "Ganti kata sandi",
    ),
    "dua-langkah-pasang": (
        "operator.bone",
        "/profil/dua-langkah/pasang/",
        {"code": "12 34"},
        "Pasang",
    ),
    "token": ("operator.bone", "/profil/token/", {}, "Buat token"),
    "undang-isian": (
        "koordinator.sulsel",
        "/akun/undang/",
        {"email": "operator bone", "username": "operator bone"},
        "Undang",
    ),
    "serah-terima": (
        "koordinator.sulsel",
        "/serah-terima/{penugasan/verifikator.sulsel}/",
        {"email": "operator bone", "keep_until": "31 Februari", "acting_until": "1 Januari 2020"},
        "Serahkan jabatan",
    ),
    "jejak": (
        "operator.bone",
        "/jejak/?pelaku=nihil",
        {"dari": "31 Februari", "sampai": "kemarin"},
        "Terapkan",
    ),
    "jejak-terbalik": (
        "operator.bone",
        "/jejak/?pelaku=nihil",
        {"dari": "2 Maret 2026", "sampai": "1 Maret 2026"},
        "Terapkan",
    ),
    "jejak-pembaca": (
        "koordinator.sulsel",
        "/jejak/pembaca/",
        {"nama": "A", "dari": "31 Februari"},
        "Cari",
    ),
    "jejak-pembaca-kosong": ("koordinator.sulsel", "/jejak/pembaca/", {}, "Cari"),
}
# Said of the form as a whole: no field alone is wrong.
OF_THE_WHOLE = {
    "aktivasi-kode": ["Nama pengguna atau kode tidak cocok. Periksa kembali keduanya"],
}


@pytest.mark.parametrize("name", FORMS)
def test_mistakes_are_told_twice_and_kept(visitor_of, axe_seen, name):
    person, path, typed, button = FORMS[name]
    visitor = visitor_of(person)
    visitor.open(path)
    whole = OF_THE_WHOLE.get(name, [])
    assert_mistakes_are_told(visitor, axe_seen, name, button, typed=typed, of_the_whole=whole)
    for line in whole:
        assert visitor.page.locator("main").get_by_text(line).count() == 1


# --- the served sample, where a mistake needs a hand of its own ---


def test_the_administration_sends_mistakes_to_the_one_form_and_keeps_the_way_back(
    visitor_of, axe_seen
):
    visitor = visitor_of("anonymous")
    visitor.open("/admin/accounts/user/")
    typed = {"username": "bukan.admin", "password": "salah"}
    assert_mistakes_are_told(
        visitor, axe_seen, "masuk-admin", "Masuk", typed=typed, of_the_whole=[NO_MATCH]
    )
    assert visitor.page.locator("main [name=next]").input_value() == "/admin/accounts/user/"


def test_an_address_with_a_code_that_is_none_leads_to_the_form(visitor_of, axe_seen):
    visitor = visitor_of("anonymous")
    visitor.open("/periksa/TIDAK-ADA/", 404)
    assert_frame(visitor.page, galat=True)
    assert_told_at_the_field(visitor.page, [])
    assert visitor.page.locator("[name=kode]").input_value() == "TIDAK-ADA"
    assert_fits_everywhere(visitor, "galat-periksa-alamat", axe_seen)
    assert visitor.problems == []


@pytest.mark.parametrize(
    ("path", "button"),
    [("/notifikasi/pengaturan/", "Simpan pilihan"), ("/latihan/", "Mulai berlatih")],
    ids=["surel", "latihan"],
)
def test_a_group_without_a_choice_is_told(visitor_of, axe_seen, path, button):
    visitor = visitor_of("operator.bone")
    visitor.open(path)
    visitor.page.locator("main [type=radio]").evaluate_all(UNCHECK)
    assert_mistakes_are_told(visitor, axe_seen, f"tanpa-pilihan{path.replace('/', '-')}", button)


def test_a_picture_to_scan_that_is_too_old_is_told_of(visitor_of, axe_seen):
    visitor = visitor_of("operator.bone")
    visitor.open("/profil/dua-langkah/pasang/")
    visitor.page.locator("[name=otp_secret]").evaluate("field => { field.value = 'lama' }")
    assert_mistakes_are_told(
        visitor,
        axe_seen,
        "dua-langkah-lama",
        "Pasang",
        typed={"code": "123456"},
        of_the_whole=[STALE],
    )


def test_a_successor_who_has_an_account_already_is_pointed_out(visitor_of, axe_seen):
    visitor = visitor_of("koordinator.sulsel")
    visitor.open("/serah-terima/{penugasan/verifikator.sulsel}/")
    query = "SELECT full_name FROM accounts_user WHERE username = 'operator.bone'"
    typed = {"full_name": visitor.served.one(query), "reason": "Mutasi, SK 12/2026"}
    assert_mistakes_are_told(
        visitor, axe_seen, "serah-terima-serupa", "Serahkan jabatan", typed=typed
    )
    assert visitor.page.locator("[name=is_other]").is_visible()


# --- links, locks and log-ins that the sample does not have ---


@pytest.fixture
def at_hand(today, browser, live_server):
    """at_hand("operator_bone"): a visitor of the test's own portal, signed in by the form."""
    visitors, portal = [], SimpleNamespace(url=live_server.url, address=str)

    def start(person="anonymous"):
        visitors.append(Visitor(browser, portal, person))
        if person != "anonymous":
            sign_in(visitors[-1], PASSWORD)
        return visitors[-1]

    yield start
    for visitor in visitors:
        visitor.close()


def guess_too_often(name, times=throttle.LIMIT):
    for _ in range(times):
        throttle.note(name, HERE)


def test_a_password_of_ones_own_by_the_link_of_an_invitation(
    at_hand, axe_seen, koordinator_sulsel, regions
):
    person = invitations.Person("Andi Tenri", email="andi@uji.test")
    _, secret = invitations.invite(
        person, "operator", regions.bone, channel="mail", actor=koordinator_sulsel
    )
    assert_passwords_are_refused(
        at_hand(), axe_seen, "undangan", f"/undangan/{secret}/", "Simpan dan masuk"
    )


def test_a_password_of_ones_own_by_the_link_of_a_reset(at_hand, axe_seen, operator_bone):
    number = urlsafe_base64_encode(force_bytes(operator_bone.pk))
    path = f"/lupa-sandi/{number}/{default_token_generator.make_token(operator_bone)}/"
    assert_passwords_are_refused(
        at_hand(), axe_seen, "sandi-baru", path, "Simpan kata sandi", pairs=PAIRS[:1]
    )


def assert_passwords_are_refused(visitor, axe_seen, name, path, button, pairs=PAIRS):
    """Told each time, and never shown again."""
    for first, second in pairs:
        visitor.open(path)
        typed = {"new_password1": first, "new_password2": second}
        assert_mistakes_are_told(visitor, axe_seen, name, button, typed=typed)
        shown = [visitor.page.locator(f"[name={field}]").input_value() for field in typed]
        assert shown == ["", ""]


def test_too_many_passwords_are_answered_with_how_long_to_wait(at_hand, axe_seen, operator_bone):
    visitor = at_hand()
    visitor.open("/masuk/")
    guess_too_often("operator_bone")
    typed = {"username": "Operator_Bone", "password": PASSWORD}
    assert_mistakes_are_told(
        visitor, axe_seen, "masuk-terkunci", "Masuk", typed=typed, of_the_whole=[LOCKED]
    )


def test_the_second_step_tells_a_wrong_code_and_too_many(
    at_hand, axe_seen, client_of, operator_bone
):
    given(operator_bone, client_of)
    visitor = at_hand("operator_bone")
    assert_mistakes_are_told(visitor, axe_seen, "langkah-kedua", "Masuk")
    for wait in (False, True):
        if wait:
            guess_too_often(throttle.SECOND_STEP_PREFIX + "operator_bone")
        visitor.open("/masuk/kode/")
        wrong = {"code": "000000"}
        assert_mistakes_are_told(visitor, axe_seen, "langkah-kedua", "Masuk", typed=wrong)
        told = visitor.page.locator(".errsum li").inner_text()
        assert told == (LOCKED_CODE if wait else WRONG_CODE)


def test_whoever_proves_it_is_them_keeps_the_form_that_waits(
    at_hand, axe_seen, koordinator_sulsel, regions
):
    visitor = at_hand("koordinator_sulsel")
    with time_machine.travel(LATE, tick=True):
        visitor.open("/akun/undang/")
        visitor.page.locator("[name=full_name]").fill("Andi Tenri")
        visitor.page.locator("[name=role]").select_option("operator")
        visitor.page.locator("[name=region]").select_option(str(regions.bone.pk))
        asked_who_it_is(visitor, "Undang")
        assert_mistakes_are_told(visitor, axe_seen, "pastikan", "Lanjutkan")
        wrong = {"pastikan-password": "salah"}
        assert_mistakes_are_told(visitor, axe_seen, "pastikan", "Lanjutkan", typed=wrong)
        name = throttle.CONFIRM_PREFIX + "koordinator_sulsel"
        guess_too_often(name)
        assert_mistakes_are_told(
            visitor,
            axe_seen,
            "pastikan-terkunci",
            "Lanjutkan",
            typed=wrong,
            of_the_whole=[LOCKED_CODE],
        )
        throttle.forget(name)
        visitor.page.locator("[name=pastikan-password]").fill(PASSWORD)
        visitor.page.get_by_role("button", name="Lanjutkan").click()
        visitor.page.wait_for_url("**/akun/undangan/*/kode/")
    invited = User.objects.get(full_name="Andi Tenri")
    assert invited.assignments.get().region == regions.bone


def test_new_recovery_codes_ask_for_password_and_code(at_hand, axe_seen, client_of, operator_bone):
    _, _, codes = given(operator_bone, client_of)
    visitor = at_hand("operator_bone")
    visitor.page.locator("[name=code]").fill(codes[0])
    visitor.page.locator("main").get_by_role("button", name="Masuk").click()
    visitor.page.wait_for_url("**/tugas/")
    with time_machine.travel(LATE, tick=True):
        visitor.open("/profil/dua-langkah/")
        asked_who_it_is(visitor, "Buat 10 kode baru")
        assert_mistakes_are_told(visitor, axe_seen, "pastikan-kode", "Lanjutkan")
        wrong = {"pastikan-password": PASSWORD, "pastikan-code": codes[0]}
        assert_mistakes_are_told(visitor, axe_seen, "pastikan-kode", "Lanjutkan", typed=wrong)
    unused = RecoveryCode.objects.filter(user=operator_bone, used_at=None)
    assert unused.count() == len(codes) - 1


def asked_who_it_is(visitor, button):
    """Press; the page that asks for the password comes instead, as a refusal."""
    page = visitor.page
    with page.expect_navigation() as answer:
        page.locator("main").get_by_role("button", name=button).first.click()
    assert answer.value.status == 403
    assert page.locator("h1").inner_text() == "Pastikan ini Anda"
    visitor.problems[:] = [told for told in visitor.problems if "status of 403" not in told]


def test_taking_away_somebodys_second_step_needs_a_reason(
    at_hand, axe_seen, client_of, operator_bone, koordinator_sulsel
):
    given(operator_bone, client_of)
    visitor = at_hand("koordinator_sulsel")
    visitor.open(f"/akun/{operator_bone.pk}/")
    visitor.page.locator("summary", has_text="Lepas verifikasi dua langkah").click()
    assert_mistakes_are_told(visitor, axe_seen, "lepas-dua-langkah", "Ya, lepas")
    assert visitor.page.locator("details[open] [name=alasan]").is_visible()


def test_a_token_too_many_is_refused_with_what_to_do(at_hand, axe_seen, operator_bone):
    for number in range(tokens.LIMIT):
        tokens.create(operator_bone, f"Token {number}", 30)
    visitor = at_hand("operator_bone")
    visitor.open("/profil/token/")
    assert_mistakes_are_told(
        visitor,
        axe_seen,
        "token-penuh",
        "Buat token",
        typed={"name": "Dasbor Bappeda"},
        of_the_whole=[tokens.TOO_MANY],
    )


def test_too_many_codes_of_papers_are_answered_with_how_long_to_wait(at_hand, axe_seen):
    guess_too_often(GUESSING, MISSES)
    visitor = at_hand()
    visitor.open("/periksa/?kode=7F3K-92QD", 429)
    assert_frame(visitor.page, galat=True)
    assert_told_at_the_field(visitor.page, [words.TOO_MANY])
    assert visitor.page.locator("[name=kode]").input_value() == "7F3K-92QD"
    assert_fits_everywhere(visitor, "galat-periksa-terlalu-sering", axe_seen)
    assert visitor.problems == []
