"""The pages under /akun/: who sees whom, inviting, sheets shown once, posted by others."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts import invitations
from apps.accounts.invitations import Person
from apps.accounts.models import Assignment, Invitation, User
from apps.accounts.people import people_of, rows_of
from apps.accounts.services import end_assignment

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


@pytest.fixture
def desk(client_of, koordinator_sulsel):
    return client_of(koordinator_sulsel)


def answers(place, **changes):
    return {
        "full_name": "Andi Tenri",
        "office": "OPD KB",
        "role": "operator",
        "region": place.pk,
        "channel": "code",
    } | changes


def invited(actor, region, **person):
    person = Person(**({"full_name": "Andi Tenri"} | person))
    return invitations.invite(person, "operator", region, channel="code", actor=actor)


# --- the list ------------------------------------------------------------------------------------
def test_a_coordinator_sees_the_own_province_with_what_matters(
    desk, cast, koordinator_sulsel, regions, admin
):
    User.objects.filter(username="operator_bone").update(last_login=timezone.now())
    User.objects.filter(username="operator_makassar").update(email="")
    end_assignment(cast["pengamat_makassar"].assignments.get(), actor=admin)
    invited(koordinator_sulsel, regions.bone)
    rows = {row.user.username: row for row in desk.get("/akun/").context["rows"]}
    assert set(rows) == {
        "operator_makassar",
        "operator_bone",
        "operator_sulsel",
        "operator.bone",
        "verifikator_sulsel",
        "verifikator2_sulsel",
        "koordinator_sulsel",
        "pengamat_makassar",
    }
    assert (rows["operator_bone"].state, rows["operator.bone"].state) == ("aktif", "diundang")
    assert len(rows["pengamat_makassar"].past) == 1
    assert rows["pengamat_makassar"].now == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("cari=bone", {"operator_bone", "operator.bone"}),
        ("cari=MAKASSAR&peran=observer", {"pengamat_makassar"}),
        ("keadaan=diundang", {"operator.bone"}),
        ("keadaan=tanpa-email", {"operator.bone"}),
        ("keadaan=aktif", set()),
        ("cari=banjarmasin", set()),
        ("peran=salah&keadaan=salah&cari=operator_bone&halaman=x", {"operator_bone"}),
    ],
)
def test_the_list_is_narrowed(desk, cast, koordinator_sulsel, regions, query, names):
    invited(koordinator_sulsel, regions.bone)
    User.objects.update(last_login=None)
    rows = desk.get(f"/akun/?{query}").context["rows"]
    # signing in with the test client is a sign-in, too
    assert {row.user.username for row in rows} - {"koordinator_sulsel"} == names


def test_a_page_costs_the_same_for_one_person_and_for_twenty(
    desk, make_user, regions, koordinator_sulsel, django_assert_num_queries
):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            rows = desk.get("/akun/").context["rows"]
        return len(queries), len(rows)

    cost()  # the first request of a test also reads what later ones remember
    few, _ = cost()
    for number in range(20):
        user = make_user("operator", regions.bone, f"banyak-{number}")
        Assignment.objects.create(user=user, role="observer", region=regions.makassar)
    assert cost() == (few, 21)
    with django_assert_num_queries(4):
        rows_of(people_of(koordinator_sulsel), koordinator_sulsel)


# --- inviting ------------------------------------------------------------------------------------
def test_the_code_is_shown_once_and_then_never_again(desk, regions, client_of, pusat):
    response = desk.post("/akun/undang/", answers(regions.bone))
    assert response.status_code == 302
    page = desk.get(response.url)
    (code,) = set(CODE.findall(page.content.decode()))
    assert "Andi Tenri" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert not CODE.search(desk.get(response.url).content.decode())
    assert client_of(pusat).get(response.url).status_code == 404
    assert invitations.by_code("operator.bone", code)


def test_the_sheet_comes_as_pdf_for_the_right_code_only(desk, regions):
    page = desk.get(desk.post("/akun/undang/", answers(regions.bone)).url)
    (code,) = set(CODE.findall(page.content.decode()))
    address = f"/akun/undangan/{Invitation.objects.get().pk}/kode/pdf/"
    sheet = desk.post(address, {"kode": code})
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    assert desk.post(address, {"kode": "AAAA-AAAA-AAAA"}).status_code == 409


def test_the_cookie_of_another_invitation_shows_nothing(desk, regions, koordinator_sulsel):
    other = invited(koordinator_sulsel, regions.makassar, full_name="Orang Lain").invitation
    response = desk.post("/akun/undang/", answers(regions.bone))
    cookie = response.cookies["kode_undangan"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        response.url,
        True,
        "Strict",
    )
    # the test client sends it everywhere, a browser would not
    assert not CODE.search(desk.get(f"/akun/undangan/{other.pk}/kode/").content.decode())


def test_a_link_goes_out_by_mail_and_opens_the_account(desk, regions, client):
    response = desk.post(
        "/akun/undang/", answers(regions.bone, channel="mail", email="tenri@uji.test")
    )
    user = User.objects.get(username="operator.bone")
    assert response.url == f"/akun/{user.pk}/"
    (letter,) = mail.outbox
    assert letter.to == ["tenri@uji.test"]
    assert "operator.bone" in letter.body
    link = re.search(r"http://testserver(/undangan/\S+/)", letter.body)[1]
    client.post(
        link, {"new_password1": "sandi-yang-baru-77", "new_password2": "sandi-yang-baru-77"}
    )
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_mail_server_that_is_down_is_told_and_the_invitation_stands(desk, regions, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = desk.post(
        "/akun/undang/", answers(regions.bone, channel="mail", email="t@uji.test"), follow=True
    )
    assert "surelnya belum terkirim" in response.content.decode()
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"full_name": ""}, "full_name", "Isi nama lengkap"),
        ({"role": "coordinator"}, "role", "Pilih peran dari daftar"),
        ({"role": "national"}, "role", "Pilih peran dari daftar"),
        ({"role": ""}, "role", "Pilih peran"),
        ({"region": ""}, "region", "Pilih wilayah"),
        (
            {"role": "verifier"},
            "region",
            "Verifikator bertugas untuk sebuah provinsi. Pilih provinsinya.",
        ),
        ({"channel": "mail"}, "email", "Isi e-mail, atau pilih kode cetak"),
        ({"email": "bukan"}, "email", "Tulis e-mail lengkap, misalnya nama@instansi.go.id"),
        ({"username": "a b"}, "username", "Nama pengguna hanya huruf, angka, dan tanda @ . + - _"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_done(
    desk, regions, changes, field, sentence
):
    people = User.objects.count()
    form = desk.post("/akun/undang/", answers(regions.bone, **changes)).context["form"]
    assert form.errors[field] == [sentence]
    assert User.objects.count() == people


def test_a_forged_region_outside_the_own_ones_is_told_and_nothing_is_done(desk, regions):
    form = desk.post("/akun/undang/", answers(regions.banjarmasin)).context["form"]
    assert form.errors["region"] == ["Pilih wilayah dari daftar"]
    assert not Invitation.objects.exists()


def test_a_form_offers_only_roles_below_and_own_regions(desk, client_of, pusat, regions):
    form = desk.get("/akun/undang/").context["form"]
    assert [value for value, _ in form.fields["role"].choices] == [
        "",
        "operator",
        "verifier",
        "observer",
    ]
    assert set(form.fields["region"].queryset) == {regions.sulsel, regions.makassar, regions.bone}
    form = client_of(pusat).get("/akun/undang/").context["form"]
    assert "coordinator" in dict(form.fields["role"].choices)


# --- an account that is there already ------------------------------------------------------------
def test_a_shared_office_address_is_asked_about_never_decided(desk, operator_bone, regions):
    posted = answers(regions.makassar, email="OPERATOR_bone@uji.test")
    page = desk.post("/akun/undang/", posted)
    assert [row.user for row in page.context["rows"]] == [operator_bone]
    assert not Invitation.objects.exists()
    desk.post("/akun/undang/", posted | {"decision": operator_bone.pk})
    assert operator_bone.assignments.count() == 2
    assert not Invitation.objects.exists()
    assert desk.post("/akun/undang/", posted | {"decision": "baru"}).status_code == 302
    assert Invitation.objects.get().user.username == "operator.makassar"


def test_an_account_out_of_sight_is_neither_shown_nor_taken(desk, operator_banjarmasin, regions):
    posted = answers(
        regions.bone, email="operator_banjarmasin@uji.test", decision=operator_banjarmasin.pk
    )
    assert desk.post("/akun/undang/", posted).status_code == 302
    assert operator_banjarmasin.assignments.count() == 1
    assert Invitation.objects.get().user.username == "operator.bone"


def test_a_user_name_out_of_sight_is_refused_in_words(desk, operator_banjarmasin, regions):
    posted = answers(regions.bone, username="Operator_Banjarmasin")
    form = desk.post("/akun/undang/", posted).context["form"]
    assert form.errors["username"] == [
        "Nama pengguna ini sudah dipakai. Kosongkan agar dibuat otomatis"
    ]


def test_the_same_person_sent_twice_is_asked_about(desk, regions):
    desk.post("/akun/undang/", answers(regions.bone))
    page = desk.post("/akun/undang/", answers(regions.bone))
    assert [row.user.username for row in page.context["rows"]] == ["operator.bone"]
    posted = answers(regions.bone) | {"decision": page.context["rows"][0].user.pk}
    answer = desk.post("/akun/undang/", posted, follow=True)
    assert "sudah memegang penugasan itu" in answer.content.decode()


# --- the page of a person ------------------------------------------------------------------------
def test_withdrawn_while_the_page_is_open_is_told(desk, koordinator_sulsel, regions):
    issued = invited(koordinator_sulsel, regions.bone)
    address = f"/akun/undangan/{issued.invitation.pk}/cabut/"
    assert "dicabut" in desk.post(address, follow=True).content.decode()
    assert "lebih dahulu" in desk.post(address, follow=True).content.decode()


def test_a_post_is_ended_and_then_the_account_can_be_switched_off(desk, operator_bone):
    post = operator_bone.assignments.get()
    page = desk.post(f"/akun/{operator_bone.pk}/nonaktifkan/", follow=True)
    assert "masih memegang penugasan" in page.content.decode()
    desk.post(f"/akun/{operator_bone.pk}/penugasan/{post.pk}/akhiri/")
    desk.post(f"/akun/{operator_bone.pk}/nonaktifkan/")
    operator_bone.refresh_from_db()
    assert operator_bone.is_active is False
    assert desk.get(f"/akun/{operator_bone.pk}/").status_code == 200


def test_the_post_of_another_person_is_not_found_under_this_one(
    desk, operator_bone, operator_makassar
):
    post = operator_makassar.assignments.get()
    answer = desk.post(f"/akun/{operator_bone.pk}/penugasan/{post.pk}/akhiri/")
    post.refresh_from_db()
    assert (answer.status_code, post.ended_on) == (404, None)


@pytest.mark.parametrize("deed", ["kode-baru/", "nonaktifkan/"])
def test_a_colleague_of_the_same_rank_is_seen_and_not_touched(desk, make_user, regions, deed):
    peer = make_user("coordinator", regions.sulsel)
    assert desk.get(f"/akun/{peer.pk}/").status_code == 200
    assert desk.post(f"/akun/{peer.pk}/{deed}").status_code == 403
    assert not Invitation.objects.exists()


def test_a_person_without_mail_gets_paper_even_where_a_link_was_asked_for(desk, operator_bone):
    User.objects.filter(pk=operator_bone.pk).update(email="")
    response = desk.post(f"/akun/{operator_bone.pk}/kode-baru/", {"cara": "mail"})
    assert response.url == f"/akun/undangan/{Invitation.objects.get().pk}/kode/"
    assert mail.outbox == []


def test_ones_own_account_is_not_switched_off(desk, koordinator_sulsel):
    assert desk.post(f"/akun/{koordinator_sulsel.pk}/nonaktifkan/").status_code == 409
