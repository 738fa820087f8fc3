"""The list of follow-ups, its file, and the reads others build upon."""

import csv
import io
from datetime import date

import pytest

from apps.discussion import follow_ups, queries
from apps.discussion.models import FollowUp
from tests import makers

LIST = "/tindak-lanjut/"


def test_mine_to_do_comes_first_and_late_ones_are_told(client_of, operator_makassar, ask):
    ask("Nanti")
    ask("Lewat", due_on=date(2026, 3, 9))
    response = client_of(operator_makassar).get(LIST)
    assert response.context["heading"] == ("2 tindak lanjut harus Anda selesaikan, 1 lewat tenggat")
    found = [(each.task, words, late) for each, words, late in response.context["rows"]]
    assert found == [("Lewat", "Lewat 3 hari", True), ("Nanti", "8 hari lagi", False)]
    assert "Lewat 3 hari" in response.content.decode()


def test_without_anything_to_do_the_page_opens_with_what_is_to_be_judged(
    client_of, verifikator_sulsel, operator_makassar, ask
):
    made = ask()
    follow_ups.finish(made, "Sudah", actor=operator_makassar, revision=1)
    context = client_of(verifikator_sulsel).get(LIST).context
    assert context["filters"].view == "nilai"
    assert context["heading"] == "1 tindak lanjut menunggu penilaian Anda"


def test_nothing_at_all_says_so(client_of, operator_makassar):
    content = client_of(operator_makassar).get(LIST).content.decode()
    assert "Tidak ada tindak lanjut yang harus Anda selesaikan" in content
    assert "Belum ada tindak lanjut di sini" in content


def test_all_in_scope_can_be_narrowed(
    client_of, verifikator_sulsel, operator_bone, regions, ask, today
):
    ask("Makassar")
    ask("Bone", owner=operator_bone, region=regions.bone, due_on=date(2026, 3, 1))
    client = client_of(verifikator_sulsel)

    def shown(query):
        rows = client.get(f"{LIST}?lihat=semua&{query}").context["rows"]
        return [each.task for each, _, _ in rows]

    assert shown("") == ["Bone", "Makassar"]
    assert shown("keadaan=lewat") == ["Bone"]
    assert shown("wilayah=73.71") == ["Makassar"]
    assert shown("wilayah=73") == ["Bone", "Makassar"]
    assert shown("keadaan=memadai") == []
    # what does not exist is left out
    assert shown("keadaan=xyz&wilayah=99&halaman=abc") == ["Bone", "Makassar"]


def test_a_filter_without_a_hit_offers_the_way_back(client_of, verifikator_sulsel, ask):
    ask()
    content = client_of(verifikator_sulsel).get(f"{LIST}?lihat=semua&keadaan=memadai").content
    assert "Tidak ada tindak lanjut yang cocok" in content.decode()


def test_other_regions_do_not_show(client_of, operator_bone, verifikator_kalsel, ask):
    ask("Rahasia Makassar")
    for user in (operator_bone, verifikator_kalsel):
        content = client_of(user).get(f"{LIST}?lihat=semua").content.decode()
        assert "Rahasia Makassar" not in content


def test_the_file_holds_what_the_list_shows(client_of, verifikator_sulsel, ask, item):
    from apps.audit.models import Entry

    ask("=1+1", evidence=item, pokja=item.work_plan.pokja)
    ask("Lewat", due_on=date(2026, 3, 9))
    response = client_of(verifikator_sulsel).get(f"{LIST}unduh.csv?lihat=semua")
    assert response["Content-Disposition"].endswith('"tindak-lanjut-2026-03-12.csv"')
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["yang_perlu_dilakukan"] for row in rows] == ["Lewat", "'=1+1"]
    assert [row["lewat_hari"] for row in rows] == ["3", ""]
    assert rows[1]["bukti"] == item.title
    assert rows[1]["kode_wilayah"] == "73.71"
    assert Entry.objects.filter(action="Mengunduh tindak lanjut").count() == 1


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_many(
    client_of, admin, ask, item, count, django_assert_num_queries
):
    for _ in range(count):
        ask(evidence=item, pokja=item.work_plan.pokja)
    client = client_of(admin)
    with django_assert_num_queries(14):
        assert client.get(f"{LIST}?lihat=semua").status_code == 200


# --- reads for the tasks of everybody --------------------------------------------------------


def test_to_judge_leaves_out_ones_own_and_other_regions(cast, ask):
    made = ask()
    follow_ups.finish(made, "Sudah", actor=cast["operator_makassar"], revision=1)
    waiting = {name for name, user in cast.items() if made in queries.to_judge_by(user)}
    assert waiting == {"verifikator_sulsel", "verifikator2_sulsel", "koordinator_sulsel"}


def test_of_a_province_level_item_the_national_office_judges(cast, regions, ask):
    officer = cast["operator_sulsel"]
    made = ask(owner=officer, by=officer, region=regions.sulsel)
    follow_ups.finish(made, "Sudah", actor=officer, revision=1)
    waiting = {name for name, user in cast.items() if made in queries.to_judge_by(user)}
    assert waiting == {"pusat"}


def test_open_follow_ups_are_the_owners(cast, ask):
    made = ask()
    owners = {name for name, user in cast.items() if made in queries.open_follow_ups_of(user)}
    assert owners == {"operator_makassar"}


def test_mentions_leave_out_what_is_settled(begin, verifikator_sulsel, operator_makassar):
    from apps.discussion.services import resolve

    kept = begin("Satu", mentioned=[verifikator_sulsel])
    settled = begin("Dua", mentioned=[verifikator_sulsel])
    resolve(settled, actor=operator_makassar, seen=settled.comments.last().pk)
    found = queries.mentions_of(verifikator_sulsel)
    assert [mention.comment.thread for mention in found] == [kept]


def test_open_threads_are_counted_for_many_items_at_once(
    begin, item, operator_makassar, regions, django_assert_num_queries
):
    begin()
    begin()
    other = makers.make_plan(makers.make_pokja(regions.makassar, code="lain"), operator_makassar)
    with django_assert_num_queries(1):
        assert queries.open_threads_of([item.pk, other.pk]) == {item.pk: 2}
    assert (queries.open_threads_for(item), queries.open_threads_for(other)) == (2, 0)


def test_somebody_whose_post_has_ended_has_nothing_more_to_do(ask, operator_makassar):
    from apps.accounts.models import Assignment, User

    ask()
    Assignment.objects.filter(user=operator_makassar).update(ended_on=date(2026, 3, 1))
    assert not queries.open_follow_ups_of(User.objects.get(pk=operator_makassar.pk)).exists()
    assert FollowUp.objects.count() == 1
