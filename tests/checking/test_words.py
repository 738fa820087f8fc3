from datetime import UTC, datetime

import pytest

from apps.checking import words
from apps.checking.enums import Shown
from apps.deadlines.queries import Wait

# 12 March 2026, 10.00 WIB, 11.00 WITA
NOW = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "count", "heading"),
    [
        (Shown.WAITING, 32, "32 berkas menunggu verifikasi"),
        (Shown.WAITING, 1, "1 berkas menunggu verifikasi"),
        (Shown.WAITING, 1234, "1.234 berkas menunggu verifikasi"),
        (Shown.WAITING, 0, "Tidak ada berkas yang menunggu"),
        (Shown.RETURNED, 4, "4 berkas dikembalikan kepada petugas"),
        (Shown.RETURNED, 0, "Tidak ada berkas yang dikembalikan"),
        (Shown.DONE, 6, "6 berkas selesai diperiksa hari ini"),
        (Shown.DONE, 0, "Belum ada berkas yang selesai diperiksa hari ini"),
    ],
)
def test_the_heading_states_what_is_there(shown, count, heading):
    assert words.finding(shown, count) == heading


@pytest.mark.parametrize(
    ("waits", "sentence"),
    [
        ([(6, 3), (4, 3), (2, 3)], "2 berkas melewati target 3 hari kerja. "),
        ([(6, 3), (3, 3)], "1 berkas melewati target 3 hari kerja. "),
        ([(6, 5), (6, 3)], "2 berkas melewati target provinsinya. "),
    ],
)
def test_the_sentence_counts_what_is_over_the_target(waits, sentence):
    told = words.waiting_sentence(Wait(*pair) for pair in waits)
    assert told == f"{sentence}Paling lama menunggu 6 hari kerja."


def test_nothing_waiting_needs_no_sentence():
    assert words.waiting_sentence([]) == ""


def test_a_queue_within_the_target_says_so():
    assert words.waiting_sentence([Wait(0, 3)]) == "Semua dalam target 3 hari kerja."
    assert words.waiting_sentence([Wait(3, 3)]) == (
        "Semua dalam target 3 hari kerja. Paling lama menunggu 3 hari kerja."
    )


def test_the_wait_is_told_in_working_days_of_the_zone():
    # 23.30 WIB on the 11th is already 00.30 WITA on the 12th
    sent = datetime(2026, 3, 11, 16, 30, tzinfo=UTC)
    assert words.wait_text(6, sent, NOW, "WIB") == "6 hari kerja"
    assert words.wait_text(0, sent, NOW, "WIB") == "belum 1 hari kerja"
    assert words.wait_text(0, sent, NOW, "WITA") == "hari ini"


def test_a_day_begins_at_midnight_of_the_zone():
    # 23.30 WIB on the 11th is already 00.30 WITA on the 12th
    sent = datetime(2026, 3, 11, 16, 30, tzinfo=UTC)
    assert (words.days_text(sent, NOW, "WIB"), words.days_text(sent, NOW, "WITA")) == (
        "1 hari",
        "hari ini",
    )


def test_an_empty_queue_tells_when_the_last_item_was_judged():
    today = datetime(2026, 3, 12, 1, 20, tzinfo=UTC)
    before = datetime(2026, 3, 10, 1, 20, tzinfo=UTC)
    assert [words.last_decision_sentence(at, NOW, "WITA") for at in (today, before, None)] == [
        "Terakhir diperiksa pukul 09.20 WITA.",
        "Terakhir diperiksa 10 Maret 2026 pukul 09.20 WITA.",
        "Belum ada berkas yang diperiksa.",
    ]


def test_a_decree_about_several_pokja_names_the_first_and_counts_the_others():
    assert [words.names_text(names) for names in ([], ["A"], ["A", "B", "C"])] == [
        "",
        "A",
        "A dan 2 Pokja lain",
    ]


def test_a_bare_mismatch_says_what_is_wrong_at_the_field():
    assert [words.wrong_sentence("Nomor SK", has_file) for has_file in (True, False)] == [
        "Nomor SK tidak sesuai dengan berkas",
        "Nomor SK perlu diperbaiki",
    ]
