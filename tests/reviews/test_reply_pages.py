"""The pages of the right of reply: who sees what, what is told, bad input."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.reviews.enums import State
from apps.reviews.listing import Filters, line, rows_for
from apps.reviews.models import Objection
from apps.reviews.queries import standing_decision
from apps.reviews.services import answer
from tests.reviews.conftest import REASON

LIST = "/sanggahan/"


def form_of(evidence):
    return reverse("reviews:reply", args=[evidence.pk])


def page_of(held, part=""):
    return f"{LIST}{held.pk}/{part}"


def posted(evidence, **more):
    fields = {"sikap": "sanggah", "alasan": REASON, "keputusan": standing_decision(evidence).pk}
    return {name: value for name, value in (fields | more).items() if value is not None}


@pytest.fixture
def disputed(returned, reply):
    return reply(returned)


def test_an_officer_disputes_from_the_form(client_of, operator_makassar, returned):
    client = client_of(operator_makassar)
    page = client.get(form_of(returned))
    assert "Masa sanggah sampai 26 Maret 2026 pukul 23.59 WITA (14 hari lagi)." in (
        page.content.decode()
    )
    note = standing_decision(returned).notes.first()
    response = client.post(form_of(returned), posted(returned, catatan=[note.pk]))
    held = Objection.objects.get()
    assert (response.status_code, response["Location"]) == (302, page_of(held))
    assert (held.state, list(held.notes.all())) == (State.OPEN, [note])
    assert client.get(page_of(held)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"sikap": None}, "Pilih Setuju atau Sanggah"),
        ({"sikap": "lain"}, "Pilih sikap daerah atas keputusan ini dari daftar"),
        ({"alasan": ""}, "Tulis alasan sanggahan, paling sedikit 20 huruf"),
        ({"alasan": "x" * 19}, "Tulis alasan sanggahan, paling sedikit 20 huruf"),
        ({"alasan": " " * 30}, "Tulis alasan sanggahan, paling sedikit 20 huruf"),
        ({"alasan": "x" * 2001}, "Alasan paling banyak 2000 huruf, sekarang 2001"),
        ({"keputusan": None}, "Isi keputusan"),
        ({"keputusan": "abc"}, "Halaman ini tidak lengkap terkirim. Muat ulang, lalu coba lagi"),
        ({"catatan": ["999999"]}, "Pilih catatan yang disanggah dari daftar"),
    ],
)
def test_a_reply_with_something_missing_says_what(
    client_of, operator_makassar, returned, fields, message
):
    page = client_of(operator_makassar).post(form_of(returned), posted(returned, **fields))
    errors = [text for texts in page.context["form"].errors.values() for text in texts]
    assert errors == [message]
    assert Objection.objects.count() == 0


@pytest.mark.parametrize("length", [20, 2000])
def test_the_bounds_of_a_reason_are_taken(client_of, operator_makassar, returned, length):
    client_of(operator_makassar).post(form_of(returned), posted(returned, alasan="x" * length))
    assert Objection.objects.get().reason == "x" * length


def test_a_note_of_another_return_is_not_taken(
    client_of, operator_makassar, returned, verifikator_sulsel
):
    from apps.evidence.services import submit
    from tests.reviews.conftest import give_back

    old = standing_decision(returned).notes.first()
    submit(returned, actor=operator_makassar, revision=returned.revision)
    give_back(returned, verifikator_sulsel)
    page = client_of(operator_makassar).post(form_of(returned), posted(returned, catatan=[old.pk]))
    assert page.status_code == 200
    assert Objection.objects.count() == 0


def test_a_late_form_is_told_and_keeps_nothing(client_of, operator_makassar, returned, clock):
    data = posted(returned)
    clock.shift(timedelta(days=15))
    page = client_of(operator_makassar).post(form_of(returned), data)
    assert page.status_code == 200
    assert "Masa sanggah berakhir 26 Maret 2026 pukul 23.59 WITA." in page.content.decode()
    assert Objection.objects.count() == 0


def test_within_the_minute_of_undo_the_page_says_from_when(
    client_of, operator_makassar, sent, verifikator_sulsel
):
    from tests.reviews.conftest import give_back

    give_back(sent, verifikator_sulsel)
    text = client_of(operator_makassar).get(form_of(sent)).content.decode()
    assert "mulai 12 Maret 2026 pukul 11.01 WITA sampai 26 Maret 2026" in text
    assert 'name="sikap"' not in text


def test_an_item_without_a_decision_says_so(client_of, operator_makassar, sent):
    text = client_of(operator_makassar).get(form_of(sent)).content.decode()
    assert "Tidak ada keputusan untuk ditanggapi" in text


def test_a_decision_replied_to_leads_to_the_reply(client_of, operator_makassar, disputed):
    response = client_of(operator_makassar).get(form_of(disputed.evidence))
    assert (response.status_code, response["Location"]) == (302, page_of(disputed))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("operator_makassar", 200),
        ("operator_bone", 404),
        ("operator_sulsel", 404),
        ("verifikator_sulsel", 200),
        ("koordinator_sulsel", 200),
        ("pusat", 200),
        ("pengamat_makassar", 404),
        ("verifikator_kalsel", 404),
        ("admin", 200),
    ],
)
def test_who_sees_a_reply(request, client_of, disputed, who, status):
    user = request.getfixturevalue(who)
    assert client_of(user).get(page_of(disputed)).status_code == status


def test_observers_of_the_region_see_no_reply_even_of_a_verified_item(
    client_of, pengamat_makassar, verified, reply
):
    held = reply(verified)
    assert not Objection.objects.for_user(pengamat_makassar).exists()
    assert client_of(pengamat_makassar).get(page_of(held)).status_code == 404
    assert client_of(pengamat_makassar).get(LIST).status_code == 403


def test_the_koordinator_answers_from_the_page(client_of, koordinator_sulsel, disputed):
    client = client_of(koordinator_sulsel)
    assert "Simpan jawaban" in client.get(page_of(disputed)).content.decode()
    told = {"jawaban": "tolak", "alasan": "Lampiran belum memuatnya."}
    response = client.post(page_of(disputed, "jawab/"), told)
    assert (response.status_code, response["Location"]) == (302, page_of(disputed))
    disputed.refresh_from_db()
    assert (disputed.state, disputed.answer) == (State.REJECTED, "Lampiran belum memuatnya.")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"alasan": "Sudah lengkap."}, "Pilih diterima atau tidak diterima"),
        ({"jawaban": "terima", "alasan": "  "}, "Tulis alasan jawaban"),
        ({"jawaban": "mungkin", "alasan": "Ya."}, "Pilih jawaban dari daftar"),
    ],
)
def test_an_answer_with_something_missing_says_what(
    client_of, koordinator_sulsel, disputed, fields, message
):
    page = client_of(koordinator_sulsel).post(page_of(disputed, "jawab/"), fields)
    assert message in page.content.decode()
    disputed.refresh_from_db()
    assert disputed.state == State.OPEN


def test_the_slower_koordinator_is_told_and_keeps_what_was_typed(
    client_of, koordinator_sulsel, make_user, regions, disputed
):
    second = make_user("coordinator", regions.sulsel, "koordinator2_sulsel")
    answer(disputed, actor=second, upheld=False, text="Belum lengkap.")
    told = {"jawaban": "terima", "alasan": "Sudah lengkap menurut saya."}
    page = client_of(koordinator_sulsel).post(page_of(disputed, "jawab/"), told)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Koordinator2 Sulsel menjawab pada 12 Maret 2026" in text
    assert "Sudah lengkap menurut saya." in text


def test_both_sides_see_the_reply_on_the_item(
    client_of, operator_makassar, verifikator_sulsel, disputed, pokja
):
    step = f"/pokja/{pokja.pk}/2026/isi/rencana-kerja/"
    item = f"/verifikasi/{disputed.evidence_id}/"
    for user, path in ((operator_makassar, step), (verifikator_sulsel, item)):
        text = client_of(user).get(path).content.decode()
        assert REASON in text
        assert page_of(disputed) in text


def test_the_officers_step_says_until_when_a_reply_is_taken(
    client_of, operator_makassar, returned, pokja
):
    text = client_of(operator_makassar).get(f"/pokja/{pokja.pk}/2026/isi/rencana-kerja/").content
    assert "Masa sanggah sampai 26 Maret 2026 pukul 23.59 WITA" in text.decode()


def test_the_list_shows_open_ones_first(
    client_of, koordinator_sulsel, returned, reply, operator_makassar, clock
):
    from tests import makers
    from tests.reviews.test_second_look_draw import made_verified

    first = reply(returned)
    answer(first, actor=koordinator_sulsel, upheld=False, text="Belum lengkap.")
    other = makers.make_pokja(returned.region, "lain", "Pokja Advokasi")
    item = made_verified(makers.make_plan(other, operator_makassar), operator_makassar)
    clock.shift(timedelta(hours=1))
    second = reply(item)
    page = client_of(koordinator_sulsel).get(LIST)
    assert [line.pk for line in page.context["lines"]] == [second.pk, first.pk]
    assert page.context["heading"] == "1 sanggahan menunggu jawaban Anda"
    only = client_of(koordinator_sulsel).get(LIST + "?status=dijawab").context["lines"]
    assert [line.pk for line in only] == [first.pk]
    strange = client_of(koordinator_sulsel).get(LIST + "?status=%27&halaman=x")
    assert [line.pk for line in strange.context["lines"]] == [second.pk, first.pk]


def test_officers_see_their_own_region_alone(client_of, operator_bone, disputed):
    page = client_of(operator_bone).get(LIST)
    assert page.context["lines"] == []
    assert "Belum ada tanggapan" in page.content.decode()


@pytest.fixture
def disputes(operator_makassar, regions, clock, reply):
    """disputes(n): n more verified plans of Makassar, each disputed."""
    from tests import makers
    from tests.reviews.test_second_look_draw import made_verified

    def make(count):
        for _ in range(count):
            number = Objection.objects.count()
            pokja = makers.make_pokja(regions.makassar, f"p{number}", f"Pokja {number}")
            item = made_verified(makers.make_plan(pokja, operator_makassar), operator_makassar)
            clock.shift(timedelta(minutes=2))
            reply(item)

    return make


def test_the_rows_of_the_list_cost_two_queries(
    disputes, koordinator_sulsel, django_assert_num_queries
):
    disputes(3)
    koordinator_sulsel.scope.posts  # noqa: B018 - read once for each request
    with django_assert_num_queries(2):
        shown = [line(row) for row in rows_for(koordinator_sulsel, Filters())]
    assert len(shown) == 3


def test_the_list_costs_the_same_for_one_and_many(client_of, operator_makassar, disputes):
    client = client_of(operator_makassar)
    disputes(1)
    client.get(LIST)
    few = cost_of(client, LIST)
    disputes(5)
    client.get(LIST)
    assert cost_of(client, LIST) == few


def cost_of(client, path):
    """How many queries a page makes."""
    with CaptureQueriesContext(connection) as made:
        assert client.get(path).status_code == 200
    return len(made)


def test_a_window_left_is_listed_with_its_last_day(client_of, operator_makassar, returned):
    [window] = client_of(operator_makassar).get(LIST).context["windows"]
    assert (window.evidence_pk, window.last_day, window.left) == (
        returned.pk,
        "26 Maret 2026",
        "14 hari lagi",
    )
    assert timezone.now().day == 12
