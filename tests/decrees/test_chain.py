"""SK on their way, SK used again, and who signed, in words."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from apps.decrees.chain import days_left, process_sentence
from apps.decrees.codes import at_legal_office
from apps.decrees.models import Decree, DecreeReuse
from apps.decrees.queries import chain_of, last_verified, processes_of, reuses_of
from apps.decrees.services import reuse_decree
from apps.decrees.signers import in_words
from apps.evidence.services import open_version
from tests.makers import make_decree, make_document, make_pokja, verified

SINCE = date(2026, 3, 3)


@pytest.fixture
def pokja(regions, today):
    return make_pokja(regions.makassar)


# --- proses di Bagian Hukum ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "number", "has_file", "status", "is_there"),
    [
        (SINCE, "", False, "draft", True),
        (SINCE, "188.45/412", False, "draft", True),
        (SINCE, "188.45/    /HK/2026", True, "draft", True),
        (SINCE, "", False, "returned", True),
        (SINCE, "188.45/412", True, "draft", False),
        (SINCE, "", False, "submitted", False),
        (SINCE, "", False, "verified", False),
        (None, "", False, "draft", False),
    ],
)
def test_an_sk_is_at_bagian_hukum_until_number_and_file_are_there(
    since, number, has_file, status, is_there
):
    assert at_legal_office(since, number, has_file, status) is is_there


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 12), "sejak 3 Maret 2026 (9 hari)"),
        (date(2026, 3, 4), "sejak 3 Maret 2026 (1 hari)"),
        (SINCE, "sejak 3 Maret 2026 (hari ini)"),
    ],
)
def test_how_long_it_has_been_there_is_told_in_days(day, words):
    assert process_sentence(SINCE, day) == f"SK pengganti diproses di Bagian Hukum {words}"
    assert process_sentence(SINCE, day, replaces=False).startswith("SK diproses")


def test_days_left_end_with_today():
    assert days_left(date(2026, 12, 31), date(2026, 11, 25)) == "36 hari lagi"
    assert days_left(SINCE, SINCE) == "hari ini"


@pytest.mark.parametrize("number", [1, 3])
def test_processes_of_many_pokja_cost_one_query(
    regions, today, operator_bone, django_assert_num_queries, number
):
    pokja = [make_pokja(regions.bone, f"b-{place}") for place in range(number)]
    for each in pokja:
        make_decree(each, operator_bone, number="", in_process_since=SINCE)
    with django_assert_num_queries(1):
        found = processes_of([each.pk for each in pokja])
    assert set(found) == {each.pk for each in pokja}


def test_drafts_are_told_to_those_alone_who_may_see_them(
    pokja, cast, operator_makassar, verifikator_sulsel
):
    make_decree(pokja, operator_makassar, number="", in_process_since=SINCE)
    told = {name for name, user in cast.items() if processes_of([pokja.pk], user)}
    assert told == {
        "operator_makassar",
        "verifikator_sulsel",
        "verifikator2_sulsel",
        "koordinator_sulsel",
        "pusat",
        "admin",
    }


def test_of_two_drafts_the_one_begun_last_is_told(pokja, operator_makassar):
    for day in (date(2026, 3, 5), date(2026, 2, 1)):
        make_decree(pokja, operator_makassar, number="", in_process_since=day)
    assert processes_of([pokja.pk])[pokja.pk].since == date(2026, 3, 5)


def test_a_new_version_keeps_the_nota_dinas(pokja, operator_makassar, verifikator_sulsel):
    document = make_document(pokja.region)
    note = make_document(pokja.region, name="ND.pdf")
    evidence = make_decree(pokja, operator_makassar, document=document, in_process_since=SINCE)
    Decree.objects.update(process_document=note)
    evidence.refresh_from_db()
    verified(evidence, operator_makassar, verifikator_sulsel)
    draft = open_version(evidence, actor=operator_makassar)
    copy = Decree.objects.get(evidence=draft)
    assert (copy.process_document, copy.in_process_since) == (note, SINCE)
    assert processes_of([pokja.pk]) == {}  # it has its number and file


# --- the chain -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_the_chain_is_read_with_two_queries(
    pokja, operator_makassar, django_assert_num_queries, number
):
    for place in range(number):
        make_decree(pokja, operator_makassar, number=str(place + 1))
    assert operator_makassar.scope.operator_ids
    with django_assert_num_queries(2):
        rows = chain_of(pokja, operator_makassar)
        assert [row.decree.evidence.region.name for row in rows] == ["Kota Makassar"] * number
        assert [len(row.decree.coverage.all()) for row in rows] == [1] * number


def test_an_sk_without_a_date_comes_last(pokja, operator_makassar):
    make_decree(pokja, operator_makassar, number="", issued_on=None)
    make_decree(pokja, operator_makassar, number="188.45/2")
    numbers = [row.decree.number for row in chain_of(pokja, operator_makassar)]
    assert numbers == ["188.45/2", ""]


# --- gunakan kembali -----------------------------------------------------------------------------


@pytest.fixture
def held(pokja, operator_makassar, verifikator_sulsel):
    document = make_document(pokja.region)
    evidence = make_decree(pokja, operator_makassar, document=document)
    return verified(evidence, operator_makassar, verifikator_sulsel)


def test_a_reuse_is_recorded_once_a_year_and_pokja(pokja, held, operator_makassar):
    first, is_new = reuse_decree(pokja, 2026, held, actor=operator_makassar)
    again, again_new = reuse_decree(pokja, 2026, held, actor=operator_makassar)
    assert (is_new, again_new, first) == (True, False, again)
    assert reuse_decree(pokja, 2027, held, actor=operator_makassar)[1] is True
    assert reuses_of([pokja.pk], 2026) == {pokja.pk: first}
    with pytest.raises(IntegrityError), transaction.atomic():
        DecreeReuse.objects.create(
            pokja=pokja, year=2026, evidence=held, confirmed_by=operator_makassar
        )


@pytest.mark.parametrize("who", ["operator_bone", "pusat", "pengamat_makassar"])
def test_nobody_else_uses_it_again(pokja, held, cast, who):
    with pytest.raises(PermissionDenied):
        reuse_decree(pokja, 2026, held, actor=cast[who])
    assert DecreeReuse.objects.count() == 0


def test_when_an_sk_was_last_verified_is_known_by_pokja(pokja, held):
    assert last_verified([pokja.pk]) == {pokja.pk: held.decided_at}


# --- who signed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "status", "words"),
    [
        ("Wali Kota Makassar", "definitif", "Wali Kota Makassar, Nama"),
        ("Wali Kota Makassar", "pj", "Penjabat (Pj.) Wali Kota Makassar, Nama"),
        ("Wali Kota Makassar", "pjs", "Penjabat sementara (Pjs.) Wali Kota Makassar, Nama"),
        ("Wali Kota Makassar", "plt", "Pelaksana tugas (Plt.) Wali Kota Makassar, Nama"),
        ("Wali Kota Makassar", "plh", "Pelaksana harian (Plh.) Wali Kota Makassar, Nama"),
        ("Pj. Wali Kota Makassar", "pj", "Pj. Wali Kota Makassar, Nama"),
        ("Sekretaris Daerah", "an", "Sekretaris Daerah atas nama (a.n.) Wali Kota, Nama"),
        ("a.n. Wali Kota Sekretaris", "an", "a.n. Wali Kota Sekretaris, Nama"),
        ("", "pj", "Nama"),
    ],
)
def test_the_signer_is_named_in_words(regions, position, status, words):
    assert in_words(position, status, "Nama", regions.makassar) == words
