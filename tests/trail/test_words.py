"""Entries in words: kinds, fields, choices, names; nothing as it is stored."""

import pytest

from apps.audit.models import Entry
from apps.effectiveness.models import Rubric
from apps.notices.models import Preference
from apps.trail.words import changes_of, key_words, kind_words, label_words, value_words
from tests.trail.rawness import raw_told


def test_words_are_those_of_the_field_and_of_its_choices():
    assert kind_words("verification.evidence") == "Bukti"
    assert kind_words("gone.model") == "Gone.model"
    assert key_words("verification.evidence", "status") == "Status"
    assert key_words("verification.evidence", "region_id") == "Wilayah"
    assert key_words("pokja.pokja", "berlaku_sampai") == "Berlaku sampai"
    assert value_words("verification.evidence", "status", "submitted") == "Diajukan"
    assert value_words("pokja.pokja", "x", True) == "ya"
    assert value_words("pokja.pokja", "x", 2026) == "2026"
    assert value_words("pokja.pokja", "x", 40_000_000) == "40.000.000"
    assert value_words("pokja.pokja", "x", [1, "dua"]) == "1; dua"
    assert value_words("pokja.pokja", "x", {"a": None}) == "a: kosong"
    assert value_words("pokja.pokja", "x", "2026-13-45") == "2026-13-45"
    assert value_words("accounts.user", "email", "nama@uji.test") == "…@uji.test"
    assert value_words("discussion.followup", "keadaan", "adequate") == "Memadai"
    assert value_words("campaign.mailing", "jenis", "reminder") == "Surat pengingat"
    assert value_words("accounts.assignment", "peran", "operator") == "Operator"
    assert value_words("regulations.regulation", "region_id", 4) == "nomor 4"
    assert value_words("examples.share", "bukti", 1195) == "nomor 1195"
    assert value_words("reviews.sample", "berkas", [7, 1207]) == "nomor 7; nomor 1207"
    assert value_words("regions.region", "berkas", 12) == "12"
    assert value_words("pokja.pokja", "kinds", ["gdpk", "stunting"]) == "GDPK; Stunting (TPPS)"
    assert value_words("effectiveness.rubric", "aturan_wilayah", "all") == "Semua Pokja efektif"
    assert value_words("effectiveness.rubric", "kriteria", [{"nama": ""}]) == "nama: kosong"
    assert value_words("accounts.user", "saringan", "lihat=pokja&x=a") == "lihat: pokja; x: a"
    assert value_words("accounts.user", "saringan", "semua") == "semua"
    assert key_words("decrees.decree", "number_key") == "Nomor baku"
    assert key_words("regulations.regulation", "revision") == "Revisi"


def test_what_has_no_name_yet_or_none_to_show_is_told_in_words(operator_makassar):
    Entry.objects.create(action="Uji", object_type="effectiveness.rubric", object_id="9")
    assert raw_told() == []
    assert label_words(Entry.objects.get()) == "nomor 9"
    assert str(Rubric(code="draf-1")) == "Rubrik draf-1"
    assert str(Preference(user=operator_makassar)) == "Operator Makassar"


@pytest.mark.django_db
def test_a_stored_key_that_would_be_shown_is_found():
    """The control of ``raw_told``."""
    Entry.objects.create(
        action="Uji", object_type="campaign.mailing", object_id="1", after={"lain": "reminder"}
    )
    assert raw_told() == [("Pengiriman pengingat", "Lain", "reminder")]


def test_cells_stand_in_the_order_of_their_numbers():
    entry = Entry(
        object_type="verification.evidence",
        before={"Kegiatan 10: Target": "1", "Kegiatan 2: Target": "1"},
        after={"Kegiatan 10: Target": "2", "Kegiatan 2: Target": "3"},
    )
    assert [label for label, _, _ in changes_of(entry)] == [
        "Kegiatan 2: Target",
        "Kegiatan 10: Target",
    ]
