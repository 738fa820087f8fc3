"""The bell, the list and the choices: everybody's own and nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.notices.models import Mail, Notice, Preference

pytestmark = pytest.mark.django_db
QUERIES = 7
LIST, ALL, CHOICES = "/notifikasi/", "/notifikasi/dibaca/", "/notifikasi/pengaturan/"


def page(client, path=LIST):
    return client.get(path).content.decode()


# --- the bell ----------------------------------------------------------------------------------


def test_the_bell_says_how_many_are_unread(client_of, operator_bone, operator_sulsel, told):
    for number in range(3):
        told(operator_bone, f"Kabar {number}")
    told(operator_sulsel)
    shown = page(client_of(operator_bone), "/profil/")
    assert 'aria-label="Notifikasi, 3 belum dibaca"' in shown
    assert '<span class="pk-count" aria-hidden="true">3</span>' in shown


def test_a_bell_without_news_has_no_number(client_of, operator_bone):
    shown = page(client_of(operator_bone), "/profil/")
    assert 'aria-label="Notifikasi, tidak ada belum dibaca"' in shown


def test_more_than_ninety_nine_are_shown_as_such(client_of, operator_bone, told):
    for number in range(100):
        told(operator_bone, f"Kabar {number}", by_mail=False)
    shown = page(client_of(operator_bone), "/profil/")
    assert 'aria-label="Notifikasi, 100 belum dibaca"' in shown
    assert '<span class="pk-count" aria-hidden="true">99+</span>' in shown


# --- the list ----------------------------------------------------------------------------------


def test_groups_follow_the_clock_of_the_person(client_of, operator_bone, told, at):
    # 23.30 on Wednesday in Bone (WITA), still 22.30 in Jakarta.
    at("2026-03-11T23:30+08:00")
    told(operator_bone, "Tadi malam")
    at("2026-03-04T23:30+08:00")
    told(operator_bone, "Delapan hari lalu")
    at("2026-03-12T00:30+08:00")
    told(operator_bone, "Barusan")
    groups = client_of(operator_bone).get(LIST).context["groups"]
    assert [(name, [row.text for row in rows]) for name, rows in groups] == [
        ("Hari ini", ["Barusan"]),
        ("Minggu ini", ["Tadi malam"]),
        ("Lebih lama", ["Delapan hari lalu"]),
    ]
    assert "12 Maret 2026 pukul 00.30 WITA" in page(client_of(operator_bone))


def test_the_heading_counts_the_unread_and_nothing_read_is_told_as_new(
    client_of, operator_bone, told
):
    told(operator_bone)
    client = client_of(operator_bone)
    assert "<h1>1 pemberitahuan belum dibaca</h1>" in page(client)
    client.post(ALL)
    shown = page(client)
    assert "<h1>Notifikasi</h1>" in shown
    assert "Tidak ada pemberitahuan baru." in shown


def test_an_empty_list_says_so(client_of, operator_bone):
    shown = page(client_of(operator_bone))
    assert "<h2>Tidak ada pemberitahuan baru</h2>" in shown
    assert "Tandai semua sudah dibaca" not in shown


def test_words_of_others_are_text_not_markup(client_of, operator_bone, told):
    told(operator_bone, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page(client_of(operator_bone))


@pytest.mark.parametrize("asked", ["", "?halaman=2", "?halaman=99", "?halaman=x"])
def test_thirty_to_a_page_and_the_same_queries_for_one_and_many(
    client_of, pengamat_makassar, told, django_assert_num_queries, asked
):
    told(pengamat_makassar)
    client = client_of(pengamat_makassar)
    page(client)
    with django_assert_num_queries(QUERIES):
        page(client, LIST + asked)
    for number in range(40):
        told(pengamat_makassar, f"Kabar {number}", by_mail=False)
    with django_assert_num_queries(QUERIES):
        shown = page(client, LIST + asked)
    assert shown.count('class="go"') == (30 if asked in ("", "?halaman=x") else 11)


# --- following and reading ---------------------------------------------------------------------


def test_following_leads_to_the_page_and_marks_as_read(client_of, operator_bone, told):
    notice = told(operator_bone, url="/pokja/?tahun=2026")
    client = client_of(operator_bone)
    response = client.get(f"{LIST}{notice.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/pokja/?tahun=2026")
    notice.refresh_from_db()
    first = notice.read_at
    assert first is not None
    client.get(f"{LIST}{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read_at == first


def test_a_look_ahead_of_a_program_reads_nothing(client_of, operator_bone, told):
    notice = told(operator_bone)
    client_of(operator_bone).head(f"{LIST}{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_notice_without_a_page_leads_back_to_the_list(client_of, operator_bone, told):
    notice = told(operator_bone, url="")
    assert client_of(operator_bone).get(f"{LIST}{notice.pk}/")["Location"] == LIST


@pytest.mark.parametrize("other", ["operator_makassar", "koordinator_sulsel", "pusat", "admin"])
def test_a_notice_of_somebody_else_is_not_there(cast, client_of, told, other):
    notice = told(cast["operator_bone"], "Rahasia Bone")
    client = client_of(cast[other])
    assert client.get(f"{LIST}{notice.pk}/").status_code == 404
    assert "Rahasia Bone" not in page(client)
    client.post(ALL)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_marked_as_read_at_once(client_of, operator_bone, told):
    for number in range(3):
        told(operator_bone, f"Kabar {number}")
    client = client_of(operator_bone)
    response = client.post(ALL, follow=True)
    assert "3 pemberitahuan ditandai sudah dibaca." in response.content.decode()
    assert Notice.objects.unread().count() == 0
    again = client.post(ALL, follow=True)
    assert "ditandai" not in again.content.decode()


# --- choices -----------------------------------------------------------------------------------


def chosen(user):
    row = Preference.objects.get(user=user)
    return row.decisions, row.deadlines, row.talk


def test_choices_are_kept_and_on_record(client_of, operator_bone):
    client = client_of(operator_bone)
    assert page(client, CHOICES).count("checked") == 3  # at once, as long as nobody chose
    for deadlines in ("digest", "none"):
        data = {"decisions": "at_once", "deadlines": deadlines, "talk": "none"}
        assert client.post(CHOICES, data)["Location"] == CHOICES
    assert chosen(operator_bone) == ("at_once", "none", "none")
    entry = Entry.objects.filter(action="Mengubah pilihan surel").latest("pk")
    assert (entry.before, entry.after) == ({"deadlines": "digest"}, {"deadlines": "none"})


@pytest.mark.parametrize("wrong", ["", "tiap jam", "at_once' OR 1=1"])
def test_a_choice_that_is_none_is_told_and_changes_nothing(client_of, operator_bone, wrong):
    data = {"decisions": wrong, "deadlines": "digest", "talk": "none"}
    shown = client_of(operator_bone).post(CHOICES, data).content.decode()
    assert "berkas dan keputusannya" in shown
    assert not Preference.objects.exists()


def test_who_has_no_address_is_told_there(client_of, operator_bone):
    operator_bone.email = ""
    operator_bone.save()
    assert "Akun Anda belum memiliki alamat surel" in page(client_of(operator_bone), CHOICES)


@pytest.mark.parametrize(("last", "shown"), [("failed", True), ("sent", False)])
def test_who_cannot_be_reached_is_told_there(client_of, operator_bone, told, last, shown):
    for state in ("failed", last):
        told(operator_bone)
        Mail.objects.filter(state="waiting").update(state=state)
    text = "Surel terakhir ke operator_bone@uji.test tidak dapat dikirim."
    assert (text in page(client_of(operator_bone), CHOICES)) == shown


def test_the_profile_leads_to_the_choices(client_of, operator_bone):
    assert f'href="{CHOICES}"' in page(client_of(operator_bone), "/profil/")


def test_old_notices_stay_until_they_are_read(operator_bone, told):
    from apps.notices.tidying import tidy

    old, unread, fresh = (told(operator_bone, text) for text in ("Lama", "Belum", "Baru"))
    long_ago = timezone.now() - timedelta(days=367)
    Notice.objects.filter(pk=old.pk).update(read_at=long_ago, created_at=long_ago)
    Notice.objects.filter(pk=unread.pk).update(created_at=long_ago)
    Notice.objects.filter(pk=fresh.pk).update(read_at=timezone.now())
    assert tidy() == 1
    assert list(Notice.objects.values_list("text", flat=True)) == ["Baru", "Belum"]
