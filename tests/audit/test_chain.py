"""Entries are only added, and the chain over them shows whatever was done to them."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.audit import triggers
from apps.audit.chain import (
    anchor,
    link_digest,
    link_everything,
    link_some,
    sha256,
    text_of,
)
from apps.audit.checking import check, keep_chain
from apps.audit.models import Entry, Head, Link
from apps.audit.services import record


@pytest.fixture
def trail(regions, operator_bone):
    """Six linked entries."""
    for number in range(6):
        record(f"Uji {number}", regions.bone, actor=operator_bone, after={"nilai": number})
    assert link_everything() == 6
    return list(Entry.objects.order_by("pk"))


@pytest.fixture
def unguarded(db):
    """What somebody who owns the database can do."""

    def do(statement, *values):
        with connection.cursor() as cursor:
            for removal in triggers.removal():
                cursor.execute(removal)
            cursor.execute(statement, values)
        triggers.ensure()

    return do


def faults():
    found = check()
    assert found.count == len(found.faults)
    return found.faults


# --- append-only -----------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Entry, Link])
def test_the_database_refuses_to_change_an_entry_or_a_link(trail, model):
    name = "reason" if model is Entry else "digest"
    with pytest.raises(IntegrityError, match="hanya bertambah"), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk).update(**{name: "lain"})
    assert faults() == []


@pytest.mark.parametrize("table", ["audit_link", "audit_head", "audit_entry"])
def test_the_database_refuses_to_remove_any_of_it(trail, table):
    with (
        pytest.raises(IntegrityError, match="hanya bertambah"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of the list above
    assert (Entry.objects.count(), Link.objects.count(), Head.objects.count()) == (6, 6, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_empty_it(trail):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or it refuses for what is pending
    with (
        pytest.raises(IntegrityError, match="hanya bertambah"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_entry, audit_link")
    assert Entry.objects.count() == 6


def test_a_trigger_that_was_taken_away_is_a_finding_and_comes_back_with_migrate(trail):
    with connection.cursor() as cursor:
        cursor.execute(triggers.removal()[0])
    (told,) = faults()
    assert re.fullmatch(r"Pengaman basis data audit_tetap_\w+ tidak terpasang; .*", told)
    triggers.after_migrate(using="default")
    assert faults() == []


# --- the chain -------------------------------------------------------------------------------


def test_the_chain_is_sha256_over_the_entry_and_the_link_before(trail):
    first, second = Link.objects.order_by("seq")[:2]
    row = Entry.objects.filter(pk=second.entry_id).values_list(
        *("id", "at", "zone", "actor_id", "role", "region_id", "action"),
        *("object_type", "object_id", "object_label", "before", "after", "reason"),
    )[0]
    assert second.content == sha256(text_of(row))
    assert second.digest == link_digest(first.digest, 2, second.entry_id, second.content)
    assert anchor() == f"6:{Head.objects.get().digest}"


def test_linking_again_links_nothing(trail):
    assert link_everything() == 0
    assert Link.objects.count() == 6


def test_an_entry_has_the_same_text_however_a_database_gives_its_numbers_back(trail):
    one = (1, trail[0].at, "WIB", None, "", None, "a", "b", "1", "c", {}, {"x": [2.0, 0.5]}, "")
    two = (*one[:11], {"x": [2, 0.5]}, "")
    assert text_of(one) == text_of(two)
    assert '"after":{"x":[2,0.5]}' in text_of(one)


def test_a_commit_links_what_it_wrote(regions, operator_bone, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as asked:
        record("Satu", regions.bone, actor=operator_bone)
        record("Dua", regions.bone, actor=operator_bone)
    assert len(asked) == 1
    assert list(Link.objects.values_list("seq", "entry__action")) == [(1, "Satu"), (2, "Dua")]


def test_what_was_rolled_back_to_a_savepoint_is_not_forgotten_by_what_follows(
    regions, operator_bone, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                record("Gagal", regions.bone, actor=operator_bone)
                raise ValueError
        except ValueError:
            record("Jadi", regions.bone, actor=operator_bone)
    assert [link.entry.action for link in Link.objects.all()] == ["Jadi"]


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_cannot_be_lengthened_fails_nobody_and_is_mended_later(
    regions, operator_bone, monkeypatch, caplog
):
    """As when the database ends between the commit and the link: what was saved is saved."""

    def broken(rows):
        raise RuntimeError("rusak")

    monkeypatch.setattr("apps.audit.chain.link_some", broken)
    with transaction.atomic():
        record("Satu", regions.bone, actor=operator_bone)
    assert "_link_committed" in caplog.text
    assert (Entry.objects.count(), Link.objects.count()) == (1, 0)
    monkeypatch.undo()
    assert keep_chain(timezone.now())
    assert Link.objects.count() == 1


# --- what a check finds ----------------------------------------------------------------------

TAMPERED = {
    "isi": ("UPDATE audit_entry SET reason = 'lain' WHERE id = %s", "berubah sesudah dicatat"),
    "pelaku": ("UPDATE audit_entry SET actor_id = NULL WHERE id = %s", "berubah sesudah dicatat"),
    "zona": ("UPDATE audit_entry SET zone = 'WIT' WHERE id = %s", "berubah sesudah dicatat"),
    "nilai": (
        """UPDATE audit_entry SET after = '{"nilai": 9}' WHERE id = %s""",
        "berubah sesudah dicatat",
    ),
    "sidik": (
        "UPDATE audit_link SET digest = 'f' || substr(digest, 2) || 'x' WHERE entry_id = %s",
        "tidak sambung",
    ),
    "rantai": ("DELETE FROM audit_link WHERE entry_id = %s", "Mata rantai 3 hilang."),
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_whatever_is_changed_behind_the_portal_is_found(trail, unguarded, kind):
    statement, sentence = TAMPERED[kind]
    if kind == "sidik":  # within the length of the column
        statement = statement.replace(" || 'x'", "").replace("'f'", "'g'")
    unguarded(statement, trail[2].pk)
    told = faults()
    assert any(sentence in each for each in told), told
    with pytest.raises(CommandError, match="temuan"):
        call_command("periksa_log", stdout=StringIO())


def test_a_sound_chain_has_no_finding(trail):
    out = StringIO()
    call_command("periksa_log", stdout=out)
    lines = out.getvalue().splitlines()
    assert re.fullmatch(r"Diperiksa: 6 catatan, \d+(,\d)? detik", lines[0])
    assert lines[1:] == [f"Jangkar: {anchor()}", "Jejak audit utuh"]
    assert (Head.objects.get().faults, Head.objects.get().checked_seq) == (0, 6)


def test_links_in_another_order_are_found(trail, unguarded):
    one, two = Link.objects.order_by("seq")[1:3]
    unguarded("DELETE FROM audit_link WHERE seq IN (%s, %s)", 2, 3)
    for seq, link in ((2, two), (3, one)):
        Link.objects.create(
            seq=seq, entry_id=link.entry_id, content=link.content, digest=link.digest
        )
    assert faults() == [
        "Mata rantai 2 tidak sambung dengan yang sebelumnya.",
        "Mata rantai 3 tidak sambung dengan yang sebelumnya.",
        "Mata rantai 4 tidak sambung dengan yang sebelumnya.",
    ]


def test_a_missing_entry_is_named(trail, unguarded, transactional_foreign_keys_off):
    transactional_foreign_keys_off(trail[2].pk)
    assert faults() == [f"Catatan nomor {trail[2].pk} (mata rantai 3) hilang."]


@pytest.fixture
def transactional_foreign_keys_off(trail, monkeypatch):
    """Take an entry away from under its link. The database would refuse that at the commit, which
    never comes here: the row is hidden from the reader instead."""

    def hide(pk):
        whole = Entry.objects.filter

        def without(*args, **kwargs):
            return whole(*args, **kwargs).exclude(pk=pk)

        monkeypatch.setattr(Entry.objects, "filter", without)

    return hide


def test_a_tail_cut_off_is_found_by_the_head(trail, unguarded):
    unguarded("DELETE FROM audit_link WHERE seq > %s", 4)
    assert "Ekor rantai terpotong: mata rantai 5 sampai 6 hilang." in faults()


def test_a_tail_cut_off_with_the_head_is_found_by_a_noted_anchor(trail, unguarded):
    noted = anchor()
    shorter = Link.objects.get(seq=4)
    unguarded("DELETE FROM audit_link WHERE seq > %s", 4)
    Head.objects.update(seq=4, digest=shorter.digest)
    unguarded("DELETE FROM audit_entry WHERE id > %s", trail[3].pk)
    assert faults() == []  # nothing inside the database tells
    assert check([noted]).faults == ["Ekor rantai terpotong: jangkar 6, mata rantai terakhir 4."]


def test_a_chain_written_anew_is_found_by_a_noted_anchor(trail, unguarded):
    noted = anchor()
    unguarded("UPDATE audit_entry SET reason = 'lain' WHERE id = %s", trail[2].pk)
    unguarded("DELETE FROM audit_link")
    Head.objects.update(seq=0, digest="0" * 64)
    assert link_everything() == 6
    assert faults() == []
    assert check([noted]).faults == ["Jangkar 6 tidak cocok: isi rantai sampai di sana lain."]


@pytest.mark.parametrize("text", ["", "6", "6:abc", "x:" + "0" * 64, "-1:" + "0" * 64, "6:" * 40])
def test_an_anchor_that_cannot_be_read_is_refused(db, text):
    with pytest.raises(CommandError, match="tidak terbaca"):
        call_command("periksa_log", jangkar=[text], stdout=StringIO())


def test_an_entry_without_a_link_is_waiting_at_first_and_a_finding_later(
    trail, regions, operator_bone
):
    record("Baru", regions.bone, actor=operator_bone)
    assert (check().waiting, faults()) == (1, [])
    Entry.objects.create(
        action="Lama", object_type="x.y", at=timezone.now() - timedelta(minutes=11)
    )
    (told,) = faults()
    assert told.endswith("belum dirantai; jalankan `kabari`.")


def test_kabari_checks_once_a_day_and_tells_what_it_found(trail, unguarded):
    assert keep_chain(timezone.now())
    unguarded("UPDATE audit_entry SET reason = 'lain' WHERE id = %s", trail[2].pk)
    assert keep_chain(timezone.now())  # not again today
    assert not keep_chain(timezone.now() + timedelta(days=1))
    assert Head.objects.get().faults == 1


def test_an_empty_chain_is_sound(db):
    assert link_some(Entry.objects.all()) == []
    assert faults() == []
    assert anchor() == f"0:{'0' * 64}"


# --- what an entry says ----------------------------------------------------------------------


def test_the_zone_is_that_of_the_actor(regions, operator_bone, verifikator_kalsel, make_region):
    papua = make_region("94", "Papua")
    assert operator_bone.scope.main_post  # known, as in every request
    zones = [
        record("Uji", papua, actor=operator_bone, region=papua).zone,
        record("Uji", papua, actor=verifikator_kalsel, region=papua).zone,
        record("Uji", papua, actor=None).zone,
    ]
    assert zones == ["WITA", "WIT", "WIB"]
    assert "scope" not in verifikator_kalsel.__dict__
