"""Every status has a word, a colour class, an icon and a slot."""

import re
from pathlib import Path

import pytest

from apps.core.looks import CRITERIA, REASONS, STATUSES, criteria_looks, look_of, spoken_criteria

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("status", "reason", "word", "css", "slot"),
    [
        ("terpenuhi", "", "Terpenuhi", "st-ok", "t"),
        ("menunggu", "", "Menunggu verifikasi", "st-wait", "m"),
        ("perlu_perbaikan", "", "Dikembalikan", "st-fix", "p"),
        ("tidak_terpenuhi", "kedaluwarsa", "Kedaluwarsa", "st-err", "p"),
        ("tidak_terpenuhi", "dicabut", "Dicabut", "st-fix", "p"),
        ("tidak_terpenuhi", "belum_berlaku", "Belum berlaku", "st-fix", "p"),
        ("tidak_terpenuhi", "nihil", "Tidak ada", "st-fix", "p"),
        ("tidak_terpenuhi", "nol", "Nol", "st-fix", "p"),
        ("tidak_terpenuhi", "sebab lain", "Tidak terpenuhi", "st-fix", "p"),
        ("belum_mengisi", "", "Belum diisi", "st-none", "b"),
        ("belum_mengisi", "draf", "Draf tersimpan", "st-none", "b"),
        ("efektif", None, "Efektif", "st-ok", "t"),
    ],
)
def test_a_status_is_shown_under_the_word_of_its_reason(status, reason, word, css, slot):
    look = look_of(status, reason)
    assert (look.word, look.css, look.slot) == (word, css, slot)


def test_an_unknown_status_is_an_error_and_never_a_wrong_word():
    with pytest.raises(KeyError):
        look_of("entah")


def test_nothing_entered_never_looks_like_not_met():
    assert look_of("belum_mengisi").css != look_of("tidak_terpenuhi").css
    assert look_of("belum_mengisi").slot != look_of("tidak_terpenuhi").slot


def test_the_meter_is_spoken_in_the_order_of_the_criteria():
    statuses = dict(
        zip(
            CRITERIA,
            ["terpenuhi", ("tidak_terpenuhi", "nihil"), "menunggu", "belum_mengisi"],
            strict=True,
        )
    )
    assert spoken_criteria(criteria_looks(statuses)) == (
        "SK terpenuhi, rencana kerja tidak ada, indikator menunggu, anggaran belum diisi"
    )


def test_every_icon_that_is_used_is_drawn():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/ikon.svg").read_text()))
    used = {look.icon for look in [*STATUSES.values(), *REASONS.values()]}
    for template in (ROOT / "templates").rglob("*.html"):
        used |= set(re.findall(r'{% icon "([^"]+)"', template.read_text()))
    assert used - drawn == set()
