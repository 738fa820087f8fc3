"""Talking about an item: who reads, who writes, whom it names, what stays of it."""

import pytest

from apps.audit.models import Entry
from apps.discussion.models import Comment, Thread
from apps.discussion.words import NOT_A_DECISION
from apps.verification.models import Evidence, History, Note
from tests.discussion.conftest import posted


def test_an_officer_begins_a_thread_about_a_field(client_of, operator_makassar, item, talk_url):
    response = client_of(operator_makassar).post(talk_url, posted("Apa artinya?", isian="Tahun"))
    comment = Comment.objects.get()
    assert response.url == f"{talk_url}#komentar-{comment.pk}"
    assert (comment.thread.evidence_id, comment.thread.about) == (item.pk, "Tahun")
    assert (comment.author, comment.role, comment.text) == (
        operator_makassar,
        "operator",
        "Apa artinya?",
    )


def test_talk_is_never_part_of_a_decision(client_of, verifikator_sulsel, item, talk_url):
    before = Evidence.objects.values().get(pk=item.pk), History.objects.count()
    client_of(verifikator_sulsel).post(talk_url, posted())
    assert (Evidence.objects.values().get(pk=item.pk), History.objects.count()) == before
    assert not Note.objects.exists()


def test_the_page_says_that_it_is_kept_apart(client_of, operator_makassar, talk_url):
    assert NOT_A_DECISION in client_of(operator_makassar).get(talk_url).content.decode()


def test_open_threads_stand_first_and_settled_ones_are_folded(
    client_of, operator_makassar, begin, talk_url
):
    from apps.discussion.services import resolve

    settled = begin("Pertama")
    resolve(settled, actor=operator_makassar, seen=settled.comments.last().pk)
    begin("Kedua")
    context = client_of(operator_makassar).get(talk_url).context
    assert [each.thread.is_open for each in context["open_threads"]] == [True]
    assert [each.thread for each in context["settled"]] == [settled]
    assert context["heading"] == "1 pembicaraan terbuka tentang Rencana kerja 2026 Pokja GDPK"


def test_text_with_markup_is_shown_as_text(client_of, operator_makassar, begin, talk_url):
    begin("<script>alert(1)</script>\n<b>tebal</b>")
    content = client_of(operator_makassar).get(talk_url).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&lt;b&gt;tebal&lt;/b&gt;" in content
    assert "<script>alert" not in content


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Tulis komentar"),
        ("   \n ", "Tulis komentar"),
        ("a" * 10_000, "Komentar paling banyak 2000 huruf, sekarang 10000"),
        ("a\x00b", "Komentar memuat huruf yang tidak dapat disimpan"),
    ],
)
def test_what_cannot_be_written_is_told_and_stays_in_the_form(
    client_of, operator_makassar, talk_url, text, sentence
):
    response = client_of(operator_makassar).post(talk_url, posted(text))
    assert response.context["thread_form"].errors["teks"] == [sentence]
    assert response.context["thread_form"]["teks"].value() == text
    assert not Thread.objects.exists()


def test_a_line_break_counts_once_however_it_was_sent(client_of, operator_makassar, talk_url):
    client_of(operator_makassar).post(talk_url, posted("a\r\n" * 999 + "ab"))
    assert len(Comment.objects.get().text) == 2000


def test_a_form_sent_twice_makes_one_thread(client_of, operator_makassar, talk_url, told):
    client, form = client_of(operator_makassar), posted()
    first, second = client.post(talk_url, form), client.post(talk_url, form)
    assert first.url == second.url
    assert (Thread.objects.count(), Comment.objects.count()) == (1, 1)


def test_a_token_of_somebody_else_takes_nothing_from_them(
    client_of, operator_makassar, verifikator_sulsel, talk_url
):
    form = posted("Milik saya")
    client_of(operator_makassar).post(talk_url, form)
    client_of(verifikator_sulsel).post(talk_url, form | {"teks": "Milik lain"})
    assert list(Comment.objects.values_list("text", flat=True)) == ["Milik saya", "Milik lain"]


@pytest.mark.parametrize("token", ["", "bukan-kunci"])
def test_a_form_without_its_token_is_asked_for_again(client_of, operator_makassar, talk_url, token):
    response = client_of(operator_makassar).post(talk_url, posted() | {"kunci": token})
    assert response.status_code == 200
    assert not Comment.objects.exists()


def test_an_unknown_field_is_refused(client_of, operator_makassar, talk_url):
    response = client_of(operator_makassar).post(talk_url, posted(isian="Karangan"))
    assert response.context["thread_form"].errors["isian"] == ["Pilih tentang dari daftar"]


# --- answering and settling ------------------------------------------------------------------


def test_an_answer_to_a_settled_thread_opens_it_again(
    client_of, operator_makassar, verifikator_sulsel, begin
):
    from apps.discussion.services import resolve

    thread = begin()
    resolve(thread, actor=verifikator_sulsel, seen=thread.comments.last().pk)
    response = client_of(operator_makassar).post(
        f"/pembicaraan/utas/{thread.pk}/balas/", posted("Belum jelas")
    )
    assert response.status_code == 302
    assert Thread.objects.get().is_open


def test_a_mistaken_answer_stays_in_its_own_thread(client_of, operator_makassar, begin):
    first, second = begin("Satu"), begin("Dua")
    response = client_of(operator_makassar).post(
        f"/pembicaraan/utas/{second.pk}/balas/", posted("Halo @siapa")
    )
    forms = {each.thread.pk: each.form for each in response.context["open_threads"]}
    assert (forms[second.pk].is_bound, forms[first.pk].is_bound) == (True, False)
    assert forms[second.pk]["teks"].value() == "Halo @siapa"
    content = response.content.decode()
    assert "<title>Galat: " in content
    assert f'href="#utas-{second.pk}-teks"' in content


def test_settling_twice_is_told_and_keeps_the_first(
    client_of, operator_makassar, verifikator_sulsel, begin
):
    thread = begin()
    url = f"/pembicaraan/utas/{thread.pk}/selesai/"
    seen = {"terakhir": thread.comments.get().pk}
    client_of(verifikator_sulsel).post(url, seen)
    again = client_of(operator_makassar).post(url, seen, follow=True)
    assert "Pembicaraan ini sudah selesai." in again.content.decode()
    assert Thread.objects.get().resolved_by == verifikator_sulsel


@pytest.mark.parametrize("seen", ["first", "", "abc", "-1", "9" * 30])
def test_a_thread_with_an_unread_answer_is_not_settled(
    client_of, verifikator_sulsel, begin, say, operator_makassar, seen
):
    thread = begin()
    first = thread.comments.get()
    say(thread, "Jawaban baru", by=operator_makassar)
    url = f"/pembicaraan/utas/{thread.pk}/selesai/"
    sent = {"terakhir": first.pk if seen == "first" else seen}
    response = client_of(verifikator_sulsel).post(url, sent, follow=True)
    assert "Ada balasan baru sejak Anda membuka halaman ini." in response.content.decode()
    assert Thread.objects.get().is_open


def test_a_settled_thread_can_be_taken_up_again(client_of, operator_makassar, begin):
    thread = begin()
    client = client_of(operator_makassar)
    seen = {"terakhir": thread.comments.get().pk}
    client.post(f"/pembicaraan/utas/{thread.pk}/selesai/", seen)
    assert not Thread.objects.get().is_open
    client.post(f"/pembicaraan/utas/{thread.pk}/buka/")
    assert Thread.objects.get().is_open


def test_every_change_leaves_a_trace_without_the_words(
    client_of, operator_makassar, begin, say, item
):
    from apps.discussion.services import reopen, resolve

    thread = begin("Rahasia")
    say(thread, "Jawaban")
    resolve(thread, actor=operator_makassar, seen=thread.comments.last().pk)
    reopen(thread, actor=operator_makassar)
    rows = Entry.objects.filter(object_type="verification.evidence", after__has_key="pembicaraan")
    assert [row.action for row in rows.order_by("id")] == [
        "Menulis komentar",
        "Menulis komentar",
        "Menandai pembicaraan selesai",
        "Membuka kembali pembicaraan",
    ]
    assert not any("Rahasia" in str(row.after) for row in rows)


# --- who reads -------------------------------------------------------------------------------


def test_an_observer_sees_a_verified_item_but_no_talk(
    client_of, pengamat_makassar, verifikator_sulsel, item, begin, talk_url
):
    from apps.evidence.services import verify

    thread = begin()
    verify(item, actor=verifikator_sulsel, revision=item.revision)
    client = client_of(pengamat_makassar)
    assert client.get(talk_url).status_code == 403
    assert client.post(f"/pembicaraan/utas/{thread.pk}/balas/", posted()).status_code == 404
    assert not Thread.objects.for_user(pengamat_makassar).exists()
    assert not Comment.objects.for_user(pengamat_makassar).exists()


def test_an_observer_finds_no_link_to_the_talk(
    client_of, pengamat_makassar, operator_makassar, verifikator_sulsel, item, pokja
):
    from apps.effectiveness.builtin import load_builtin_rubric
    from apps.evidence.services import verify

    load_builtin_rubric()
    verify(item, actor=verifikator_sulsel, revision=item.revision)
    url, link = f"/pokja/{pokja.pk}/2026/", f"/pembicaraan/{item.pk}/"
    assert link in client_of(operator_makassar).get(url).content.decode()
    assert link not in client_of(pengamat_makassar).get(url).content.decode()


def test_an_administrator_reads_only(client_of, admin, begin, talk_url):
    begin()
    response = client_of(admin).get(talk_url)
    assert response.context["thread_form"] is None
    assert client_of(admin).post(talk_url, posted()).status_code == 403


def test_links_show_how_much_is_open(client_of, operator_makassar, verifikator_sulsel, begin, item):
    begin()
    begin()
    link = f'href="/pembicaraan/{item.pk}/"'
    for user, url in (
        (verifikator_sulsel, f"/verifikasi/{item.pk}/"),
        (operator_makassar, f"/pokja/{item.work_plan.pokja_id}/2026/isi/rencana-kerja/"),
    ):
        from apps.effectiveness.builtin import load_builtin_rubric

        load_builtin_rubric()
        content = client_of(user).get(url).content.decode()
        assert link in content
        assert "(2 terbuka)" in content


def test_talk_of_an_earlier_version_is_named(client_of, operator_makassar, item, begin):
    begin()
    later = Evidence.objects.create(
        kind=item.kind,
        region=item.region,
        title="Versi 2",
        family=item.family,
        version=2,
        status="verified",
    )
    from apps.work_plans.models import WorkPlan

    plan = item.work_plan
    WorkPlan.objects.create(evidence=later, pokja=plan.pokja, year=plan.year)
    context = client_of(operator_makassar).get(f"/pembicaraan/{later.pk}/").context
    assert [(each.version, each.talks) for each in context["others"]] == [(1, 1)]


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_costs_the_same_for_many_threads(
    client_of, verifikator_sulsel, begin, say, talk_url, count, django_assert_num_queries
):
    for _ in range(count):
        thread = begin()
        for _ in range(count):
            say(thread)
    client = client_of(verifikator_sulsel)
    with django_assert_num_queries(20):
        assert client.get(talk_url).status_code == 200


def test_the_token_form_is_new_each_time(client_of, operator_makassar, talk_url):
    client = client_of(operator_makassar)
    tokens = {str(client.get(talk_url).context["thread_form"]["kunci"].value()) for _ in range(2)}
    assert len(tokens) == 2
