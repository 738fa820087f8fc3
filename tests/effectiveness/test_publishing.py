"""A draft becomes the rubric of its years, and nothing that was published is changed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.core.errors import Conflict
from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import PublishRefused, gaps, new_draft, overlaps, publish
from apps.effectiveness.rubric_drafts import delete_draft, save_draft
from apps.effectiveness.rubric_plain import plain_of
from apps.effectiveness.rubrics import rubric_for
from tests.conftest import TODAY
from tests.effectiveness.rubrics import builtin, draft_of, plain_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(today, admin):
    """The built-in rubric, loaded a month ago."""
    rubric = builtin()
    rubric.published_at = TODAY - timedelta(days=30)
    rubric.save()
    return rubric


def publish_with(draft, admin, *, ends=(), reason="Hasil rapat"):
    return publish(draft, actor=admin, ends={each.pk for each in ends}, reason=reason)


def test_a_copy_is_a_draft_with_the_same_rules_from_this_year_on(held, admin):
    draft = new_draft(held, admin)
    assert (draft.status, draft.year_from, draft.year_to) == ("draft", 2026, None)
    assert (draft.code, draft.based_on) == ("empat-kriteria-2", held)
    same = ("kriteria", "poin", "batas_kelas", "sumber_dana")
    assert [plain_of(draft)[key] for key in same] == [plain_of(held)[key] for key in same]
    assert gaps(draft) == []


def test_a_rubric_from_nothing_lists_its_gaps(held, admin):
    texts = [gap.text for gap in gaps(new_draft(None, admin))]
    assert texts == [
        "Isi nama rubrik",
        "Tambah paling sedikit satu kriteria",
        "Beri nilai pada paling sedikit satu poin",
    ]


def test_what_is_ended_keeps_its_earlier_years(held, admin):
    draft = draft_of(held, admin, 2025)
    assert [each.text for each in overlaps(draft)] == [
        "Akhiri rubrik Empat kriteria dasar pada 2024"
    ]
    published = publish_with(draft, admin, ends=[held])
    assert (published.status, published.published_by) == ("published", admin)
    assert rubric_for(2025) == published
    assert (rubric_for(2024).year_from, rubric_for(2024).year_to) == (2015, 2024)
    assert plain_of(rubric_for(2024))["kriteria"] == plain_of(held)["kriteria"]


def test_what_was_known_before_is_still_known(held, admin):
    publish_with(draft_of(held, admin, 2025), admin, ends=[held])
    yesterday = TODAY - timedelta(days=1)
    assert rubric_for(2025, yesterday) == rubric_for(2024, yesterday) == held
    held.refresh_from_db()
    assert (held.status, held.year_from, held.year_to) == ("replaced", 2015, None)


def test_without_its_tick_an_overlap_refuses(held, admin):
    draft = draft_of(held, admin, 2025)
    with pytest.raises(PublishRefused) as refused:
        publish_with(draft, admin)
    assert [gap.field for gap in refused.value.gaps] == [f"id_ends_{held.pk}"]
    assert rubric_for(2025) == held


def test_a_hole_in_the_middle_is_a_gap_that_no_tick_mends(held, admin):
    draft = draft_of(held, admin, 2023, 2024)
    assert [(each.how, each.is_mendable) for each in overlaps(draft)] == [("hole", False)]
    assert gaps(draft)[0].text == (
        "Rubrik Empat kriteria dasar berlaku sebelum dan sesudah tahun 2023–2024, sehingga akan "
        "terpotong di tengah. Kosongkan tahun akhir, atau mulai pada 2015"
    )
    with pytest.raises(PublishRefused):
        publish_with(draft, admin, ends=[held])


def test_a_rubric_of_the_same_years_is_replaced_whole(held, admin):
    publish_with(draft_of(held, admin, 2015), admin, ends=[held])
    held.refresh_from_db()
    assert held.status == "replaced"
    assert Rubric.objects.filter(status="published").count() == 1


def test_a_later_rubric_begins_after_the_new_one(held, admin):
    later = publish_with(draft_of(held, admin, 2020), admin, ends=[held])
    draft = draft_of(held, admin, 2018, 2022)
    texts = [each.text for each in overlaps(draft)]
    assert texts[1] == f"Rubrik {later} baru berlaku sejak 2023"
    both = [each.rubric for each in overlaps(draft)]
    published = publish_with(draft, admin, ends=both)
    years = {year: rubric_for(year) for year in (2017, 2018, 2022, 2023)}
    assert years[2018] == years[2022] == published
    assert (years[2017].year_to, years[2023].year_from) == (2017, 2023)
    assert plain_of(years[2023])["kriteria"] == plain_of(later)["kriteria"]


def test_no_two_published_rubrics_share_a_year(held, admin):
    for first, last in ((2025, None), (2018, 2025), (2015, 2030)):
        draft = draft_of(held, admin, first, last)
        publish_with(draft, admin, ends=[each.rubric for each in overlaps(draft)])
    for year in range(2015, 2035):
        rows = [
            each
            for each in Rubric.objects.filter(status="published")
            if each.year_from <= year and (each.year_to is None or each.year_to >= year)
        ]
        assert len(rows) == 1, year


@pytest.mark.parametrize(
    ("weight", "text"),
    [
        (24, "Jumlah bobot 99; harus 100. Tambah 1 pada salah satu kriteria"),
        (27, "Jumlah bobot 102; harus 100. Kurangi 2 dari salah satu kriteria"),
    ],
)
def test_weights_that_do_not_sum_to_100_are_refused(held, admin, weight, text):
    draft = draft_of(held, admin, 2025, kriteria=plain_with(held, sk=weight))
    with pytest.raises(PublishRefused) as refused:
        publish_with(draft, admin, ends=[held])
    assert [gap.text for gap in refused.value.gaps] == [text]
    assert refused.value.gaps[0].field == "id_kriteria-0-weight"


def test_publishing_twice_is_told(held, admin, make_user):
    draft = draft_of(held, admin, 2025)
    other = Rubric.objects.get(pk=draft.pk)
    publish_with(draft, admin, ends=[held])
    with pytest.raises(Conflict, match="sudah diterbitkan oleh Admin pada 12 Maret 2026"):
        publish_with(other, make_user(username="admin2", is_superuser=True), ends=[held])


def test_a_draft_that_was_edited_meanwhile_is_not_published(held, admin):
    draft = draft_of(held, admin, 2025)
    save_draft(draft, plain_of(draft) | {"nama": "Lain"}, actor=admin, revision=draft.revision)
    with pytest.raises(Conflict, match="Draf ini sudah diubah oleh Admin"):
        publish_with(draft, admin, ends=[held])


def test_a_published_rubric_cannot_be_written_or_deleted(held, admin):
    with pytest.raises(Conflict, match="tidak dapat diubah lagi"):
        save_draft(held, plain_of(held), actor=admin, revision=held.revision)
    with pytest.raises(Conflict, match="tidak dapat diubah lagi"):
        delete_draft(held, actor=admin)
    assert rubric_for(2026) == held


def test_a_deleted_draft_is_told(held, admin):
    draft = new_draft(held, admin)
    stale = Rubric.objects.get(pk=draft.pk)
    delete_draft(draft, actor=admin)
    with pytest.raises(Conflict, match="sudah dihapus"):
        save_draft(stale, plain_of(held), actor=admin, revision=stale.revision)
    with pytest.raises(Conflict, match="sudah dihapus"):
        publish_with(stale, admin)
    with pytest.raises(Conflict, match="sudah dihapus"):
        delete_draft(stale, actor=admin)


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(held, admin):
    draft = new_draft(held, admin)
    first = plain_of(draft) | {"nama": "Pertama"}
    save_draft(draft, first, actor=admin, revision=draft.revision)
    with pytest.raises(Conflict, match="Draf ini sudah diubah oleh Admin"):
        save_draft(draft, first | {"nama": "Kedua"}, actor=admin, revision=draft.revision)
    assert plain_of(Rubric.objects.get(pk=draft.pk)) == first


def test_publication_leaves_who_why_and_what(held, admin):
    draft = draft_of(held, admin, 2025)
    publish(draft, actor=admin, ends={held.pk}, reason="Rakor", decided_on=date(2026, 3, 1))
    entries = {each.action: each for each in Entry.objects.all()}
    entry = entries["Menerbitkan rubrik"]
    assert (entry.actor, entry.reason) == (admin, "Rakor")
    assert (entry.before["status"], entry.after["status"]) == ("draft", "published")
    assert entry.after["tanggal_keputusan"] == "2026-03-01"
    ended = entries["Mengganti rubrik"]
    assert (ended.object_id, ended.before["status"]) == (str(held.pk), "published")
    assert ended.after["dilanjutkan_oleh"] == "empat-kriteria-3 (2015–2024)"


def test_one_rubric_follows_another_over_time(held, admin):
    with time_machine.travel(TODAY + timedelta(days=10), tick=False):
        publish_with(draft_of(held, admin, 2025), admin, ends=[held])
    with time_machine.travel(TODAY + timedelta(days=20), tick=False):
        moment = timezone.now() - timedelta(days=15)
        assert rubric_for(2026, moment) == held
        assert rubric_for(2026) != held
