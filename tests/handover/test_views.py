"""The pages of a hand-over."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Assignment, Invitation, User
from apps.handover import rules
from apps.handover.models import Handover


@pytest.fixture
def desk(client_of, koordinator_sulsel):
    return client_of(koordinator_sulsel)


def answers(**changes):
    return {"reason": "Mutasi", "channel": "code"} | changes


def give(client, post, **changes):
    return client.post(f"/serah-terima/{post.pk}/", answers(**changes))


def test_a_coordinator_sees_the_posts_below_and_an_officer_the_own_one(
    desk, cast, client_of, operator_bone
):
    posts = desk.get("/serah-terima/").context["page"].object_list
    assert {post.user.username for post in posts} == {
        "operator_makassar",
        "operator_bone",
        "operator_sulsel",
        "verifikator_sulsel",
        "verifikator2_sulsel",
        "pengamat_makassar",
    }
    own = client_of(operator_bone).get("/serah-terima/").context["page"].object_list
    assert [post.user for post in own] == [operator_bone]


def test_the_list_costs_the_same_for_one_post_and_for_many(
    desk, make_user, regions, koordinator_sulsel, django_assert_num_queries
):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            rows = desk.get("/serah-terima/").context["page"].object_list
        return len(queries), len(rows)

    make_user("operator", regions.bone)
    cost()  # the first request of a test also reads what later ones remember
    few, _ = cost()
    for _ in range(20):
        make_user("operator", regions.bone)
    assert cost() == (few, 21)
    with django_assert_num_queries(2):
        [str(post) + str(post.user) for post in rules.posts_to_give(koordinator_sulsel)]


def test_to_somebody_with_an_account(desk, post, successor):
    page = desk.get(f"/serah-terima/{post.pk}/").context["form"]
    assert successor in page.fields["successor"].queryset
    response = give(desk, post, successor=successor.pk)
    assert response.url == "/serah-terima/"
    assert "diserahkan kepada Pengganti" in desk.get(response.url).content.decode()


def test_to_a_newcomer_the_code_is_shown(desk, post):
    response = give(desk, post, full_name="Andi Tenri")
    invitation = Invitation.objects.get()
    assert response.url == f"/akun/undangan/{invitation.pk}/kode/"
    assert "Andi Tenri" in desk.get(response.url).content.decode()


def test_an_officer_hands_over_the_own_post_and_still_gets_the_sheet(
    client_of, operator_bone, post
):
    client = client_of(operator_bone)
    response = give(client, post, full_name="Andi Tenri")
    page = client.get(response.url)
    assert "operator.bone" in page.content.decode()
    assert client.get("/serah-terima/").status_code == 403
    assert client.get(f"/serah-terima/{post.pk}/paket.pdf").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({}, "successor", "Pilih pengganti, atau isi nama lengkap orang baru"),
        (
            {"email": "bukan", "reason": " "},
            "successor",
            "Pilih pengganti, atau isi nama lengkap orang baru",
        ),
        ({"full_name": "Tenri", "reason": " "}, "reason", "Isi alasan atau dasar"),
        ({"full_name": "Tenri", "channel": "mail"}, "email", "Isi e-mail, atau pilih kode cetak"),
        (
            {"full_name": "Tenri", "keep_until": "12/3/2026"},
            "keep_until",
            "Tulis tanggal setelah hari ini, 12 Maret 2026",
        ),
        (
            {"full_name": "Tenri", "keep_until": "1 Januari 2027"},
            "keep_until",
            "Paling lama sampai 12 Juni 2026",
        ),
        (
            {"full_name": "Tenri", "acting_until": "1 Januari 2030"},
            "acting_until",
            "Paling lama sampai 13 Maret 2027",
        ),
        ({"successor": "999999"}, "successor", "Pilih pengganti dari daftar"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_done(desk, post, today, changes, field, sentence):
    form = give(desk, post, **changes).context["form"]
    assert form.errors[field] == [sentence]
    post.refresh_from_db()
    assert (post.ended_on, Handover.objects.count()) == (None, 0)


def test_neither_the_holder_nor_the_actor_nor_a_stranger_is_offered(
    desk, post, koordinator_sulsel, operator_banjarmasin
):
    offered = desk.get(f"/serah-terima/{post.pk}/").context["form"].fields["successor"].queryset
    assert not set(offered) & {post.user, koordinator_sulsel, operator_banjarmasin}
    for person in (post.user, koordinator_sulsel, operator_banjarmasin):
        form = give(desk, post, successor=person.pk).context["form"]
        assert form.errors["successor"] == ["Pilih pengganti dari daftar"]


def test_a_person_with_the_same_name_is_asked_about(desk, post, successor):
    form = give(desk, post, full_name="PENGGANTI").context["form"]
    assert "Sudah ada akun yang serupa" in form.errors["is_other"][0]
    assert give(desk, post, full_name="PENGGANTI", is_other="on").status_code == 302


def test_with_somebody_chosen_the_fields_of_a_newcomer_say_nothing(desk, post, successor):
    response = give(desk, post, successor=successor.pk, email="bukan", username="a b", channel="")
    assert response.status_code == 302


def test_twice_is_told(desk, post, successor):
    give(desk, post, successor=successor.pk)
    page = desk.get(f"/serah-terima/{post.pk}/")
    assert "sudah diserahkan" in page.content.decode()
    assert give(desk, post, successor=successor.pk).status_code == 409


def test_terms_are_kept(desk, post, successor, today):
    give(desk, post, successor=successor.pk, keep_until="20 Maret 2026", acting_until="1-9-2026")
    handover = Handover.objects.get()
    assert (handover.successor.acting, handover.successor.until) == (True, date(2026, 9, 1))
    assert handover.post.until == today + timedelta(days=8)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("koordinator_sulsel", 200, 200),
        ("pusat", 200, 200),
        ("admin", 200, 200),
        ("operator_bone", 200, 404),
        ("pengganti", 404, 200),
        ("operator_makassar", 404, 404),
        ("verifikator_sulsel", 403, 403),
        ("verifikator_kalsel", 404, 404),
    ],
)
def test_who_may_read_the_pack_before_and_after(
    request, desk, post, successor, client_of, name, before, after
):
    reader = successor if name == "pengganti" else request.getfixturevalue(name)
    address = f"/serah-terima/{post.pk}/paket.pdf"
    assert client_of(reader).get(address).status_code == before
    give(desk, post, successor=successor.pk)
    reader = User.objects.get(pk=reader.pk)
    assert client_of(reader).get(address).status_code == after


def test_a_colleague_of_the_same_region_reads_no_pack(client_of, make_user, regions, post):
    peer = make_user("operator", regions.bone)
    assert client_of(peer).get(f"/serah-terima/{post.pk}/paket.pdf").status_code == 403
    assert client_of(peer).get(f"/serah-terima/{post.pk}/").status_code == 403


def test_hand_overs_of_other_regions_are_not_listed(
    desk, post, successor, client_of, make_user, regions
):
    give(desk, post, successor=successor.pk)
    stranger = client_of(make_user("coordinator", regions.kalsel))
    assert list(stranger.get("/serah-terima/").context["handed"]) == []
    assert len(desk.get("/serah-terima/").context["handed"]) == 1
    assert Assignment.objects.filter(user=successor, role="operator").exists()
