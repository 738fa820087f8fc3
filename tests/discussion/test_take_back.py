"""Taking a comment back: own, within the hour, unanswered; the line stays."""

from datetime import timedelta

import pytest
import time_machine

from apps.discussion.models import Comment, Mention
from apps.notices.models import Notice
from tests.conftest import TODAY


@pytest.fixture
def take_back(client_of, operator_makassar):
    def act(comment, by=None):
        client = client_of(by or operator_makassar)
        return client.post(f"/pembicaraan/komentar/{comment.pk}/tarik/", follow=True)

    return act


def test_the_text_goes_with_what_was_told_and_a_line_stays(begin, take_back, verifikator_sulsel):
    thread = begin("Salah kirim", mentioned=[verifikator_sulsel])
    comment = thread.comments.get()
    content = take_back(comment).content.decode()
    comment.refresh_from_db()
    assert comment.text == ""
    assert "Komentar ditarik kembali" in content
    assert "Salah kirim" not in content
    assert not Mention.objects.exists()
    assert not Notice.objects.filter(key=f"komentar:{comment.pk}").exists()


def test_once_answered_it_stays(begin, say, take_back):
    thread = begin("Salah kirim")
    comment = thread.comments.get()
    say(thread)
    content = take_back(comment).content.decode()
    assert "Komentar ini sudah dijawab, jadi tetap." in content
    assert Comment.objects.get(pk=comment.pk).text == "Salah kirim"


def test_ones_own_addition_is_no_answer(begin, say, take_back, operator_makassar):
    thread = begin("Salah kirim")
    say(thread, "Maaf", by=operator_makassar)
    take_back(thread.comments.first())
    assert list(Comment.objects.order_by("id").values_list("text", flat=True)) == ["", "Maaf"]


@pytest.mark.parametrize(("minutes", "text"), [(60, ""), (61, "Salah kirim")])
def test_the_hour_is_whole(begin, take_back, minutes, text):
    comment = begin("Salah kirim").comments.get()
    with time_machine.travel(TODAY + timedelta(minutes=minutes), tick=False):
        take_back(comment)
    assert Comment.objects.get().text == text


def test_that_of_somebody_else_is_refused(begin, take_back, verifikator_sulsel):
    comment = begin().comments.get()
    assert take_back(comment, by=verifikator_sulsel).status_code == 403


def test_a_second_click_changes_nothing(begin, take_back):
    comment = begin().comments.get()
    take_back(comment)
    content = take_back(comment).content.decode()
    assert "Komentar ditarik kembali." in content


def test_the_button_stands_only_where_it_works(
    client_of, begin, say, operator_makassar, verifikator_sulsel, item
):
    thread = begin()
    url, button = f"/pembicaraan/{item.pk}/", "Tarik kembali<"
    assert button in client_of(operator_makassar).get(url).content.decode()
    assert button not in client_of(verifikator_sulsel).get(url).content.decode()
    say(thread)
    assert button not in client_of(operator_makassar).get(url).content.decode()
