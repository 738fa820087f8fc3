"""Draws of verified items: which can be drawn, who is given what, closing, the result."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.audit.models import Entry
from apps.core.errors import Conflict
from apps.evidence.services import return_with_notes, submit, verify
from apps.notices.enums import Event
from apps.notices.models import Notice
from apps.reviews import drawing, results
from apps.reviews.drawing import NothingToDraw, Plan, Verdict, close, draw_sample, save_verdict
from apps.reviews.formula import Share
from apps.reviews.models import Sample, SampleItem
from apps.reviews.queries import looks_to_mark
from apps.verification.enums import Kind
from apps.verification.models import Evidence
from apps.verification.services import FieldNote
from tests import makers
from tests.conftest import TODAY
from tests.rivals import at_once, outcomes

DAY = date(2026, 3, 12)
RIGHT = (("name", "Kegiatan 1", "Kegiatan", True),)
WRONG = (("name", "Kegiatan 1", "Kegiatan", False),)
GOOD = Verdict(True, RIGHT)
BAD = Verdict(False, WRONG, text="Penanggung jawab kosong")


def made_verified(item, sender, judge=None):
    """Send an item and verify it, by a verifier who exists for nothing else unless given."""
    from apps.accounts.models import Assignment, User

    if judge is None:
        judge, _ = User.objects.get_or_create(username="pertama", defaults={"full_name": "Pertama"})
        Assignment.objects.get_or_create(
            user=judge, role="verifier", region=item.region.province, ended_on=None
        )
    submit(item, actor=sender, revision=item.revision)
    verify(item, actor=judge, revision=item.revision)
    return item


@pytest.fixture
def clock(db):
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plans(clock, regions, operator_makassar, verifikator_sulsel):
    """Six plans of Makassar verified by verifikator_sulsel."""
    made = []
    for number in range(6):
        pokja = makers.make_pokja(regions.makassar, f"p{number}", f"Pokja {number}")
        plan = makers.make_plan(pokja, operator_makassar)
        made.append(made_verified(plan, operator_makassar, verifikator_sulsel))
    return made


def plan_for(region, size=3, **more):
    return Plan(region, more.pop("since", DAY), more.pop("until", DAY), size, **more)


@pytest.fixture
def sample(plans, regions, koordinator_sulsel, verifikator2_sulsel):
    return draw_sample(plan_for(regions.sulsel), actor=koordinator_sulsel, seed=7)


def mark_all(sample, verdict=GOOD, wrong=()):
    for item in sample.items.select_related("verifier", "sample").order_by("number"):
        save_verdict(item, BAD if item.number in wrong else verdict, actor=item.verifier)


# --- drawing ---------------------------------------------------------------------------------


def test_a_draw_gives_items_to_another_verifier_and_tells_them(
    sample, plans, verifikator_sulsel, verifikator2_sulsel, koordinator_sulsel
):
    items = list(sample.items.all())
    assert [item.number for item in items] == [1, 2, 3]
    assert {item.verifier for item in items} == {verifikator2_sulsel}
    assert {item.decision.actor for item in items} == {verifikator_sulsel}
    assert sorted(sample.pool) == sorted(plan.pk for plan in plans)
    [notice] = Notice.objects.filter(event=Event.SECOND_LOOK)
    assert (notice.user, notice.url) == (verifikator2_sulsel, "/tinjauan/")
    assert notice.text == (
        "Anda diminta meninjau ulang 3 berkas terverifikasi, Provinsi Sulawesi Selatan."
    )
    entry = Entry.objects.get(action="Menarik tinjauan kedua")
    assert (entry.actor, entry.role, entry.after["benih"]) == (koordinator_sulsel, "coordinator", 7)
    assert looks_to_mark(verifikator2_sulsel) == items


def test_the_same_seed_draws_the_same_items_again(
    sample, regions, koordinator_sulsel, verifikator2_sulsel
):
    again = draw_sample(plan_for(regions.sulsel), actor=koordinator_sulsel, seed=7)
    other = draw_sample(plan_for(regions.sulsel), actor=koordinator_sulsel, seed=8)

    def drawn(sample):
        return list(sample.items.order_by("number").values_list("evidence_id", flat=True))

    assert drawn(again) == drawn(sample)
    assert drawn(other) != drawn(sample)
    assert results.repeats(again, results.items_of(again))


def test_without_a_seed_one_is_invented_and_kept(
    plans, regions, koordinator_sulsel, verifikator2_sulsel
):
    sample = draw_sample(plan_for(regions.sulsel), actor=koordinator_sulsel)
    assert 0 <= sample.seed < drawing.SEEDS
    assert results.repeats(sample, results.items_of(sample))


def test_fewer_are_drawn_where_fewer_fit(plans, regions, koordinator_sulsel, verifikator2_sulsel):
    sample = draw_sample(plan_for(regions.sulsel, size=50), actor=koordinator_sulsel)
    assert sample.items.count() == 6


@pytest.mark.parametrize(
    ("moment", "is_drawn"),
    [
        ("2026-03-11T15:59:59", False),  # 23.59.59 WITA of the day before
        ("2026-03-11T16:00:00", True),
        ("2026-03-12T15:59:59", True),
        ("2026-03-12T16:00:00", False),
    ],
)
def test_the_period_is_that_of_the_provinces_clock(plans, regions, moment, is_drawn):
    decided_at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    Evidence.objects.update(decided_at=decided_at)
    assert drawing.verified_in(plan_for(regions.sulsel)).exists() == is_drawn


def test_only_the_kind_asked_for_is_drawn(plans, regions, operator_makassar, verifikator_sulsel):
    file = makers.make_document(regions.makassar, operator_makassar)
    decree = makers.make_decree(
        makers.make_pokja(regions.makassar, "sk"), operator_makassar, document=file
    )
    made_verified(decree, operator_makassar, verifikator_sulsel)
    found = drawing.verified_in(plan_for(regions.sulsel, kind=Kind.DECREE))
    assert list(found) == [decree]


def test_items_of_another_province_or_not_verified_or_of_the_province_itself_are_not_drawn(
    clock, regions, operator_banjarmasin, verifikator_kalsel, operator_sulsel, pusat, plans
):
    foreign = makers.make_plan(makers.make_pokja(regions.banjarmasin, "bjm"), operator_banjarmasin)
    made_verified(foreign, operator_banjarmasin, verifikator_kalsel)
    own = makers.make_plan(makers.make_pokja(regions.sulsel, "prov"), operator_sulsel)
    made_verified(own, operator_sulsel, pusat)
    Evidence.objects.filter(pk=plans[0].pk).update(status="cancelled")
    found = drawing.verified_in(plan_for(regions.sulsel))
    assert set(found) == set(plans[1:])
    assert list(drawing.verified_in(plan_for(None))) == [own]


def test_what_came_verified_by_file_was_not_looked_at_so_it_is_not_drawn(plans, regions):
    plans[0].history.filter(action="verify").delete()
    assert set(drawing.verified_in(plan_for(regions.sulsel))) == set(plans[1:])


def test_nobody_is_given_what_they_decided_or_entered(
    plans, regions, koordinator_sulsel, verifikator_sulsel, verifikator2_sulsel, clock
):
    pokja = makers.make_pokja(regions.makassar, "atas-nama", "Pokja Atas Nama")
    own = makers.make_plan(pokja, verifikator2_sulsel)
    made_verified(own, verifikator2_sulsel, verifikator_sulsel)
    plan = plan_for(regions.sulsel, size=50, verifier=verifikator2_sulsel)
    sample = draw_sample(plan, actor=koordinator_sulsel)
    assert own.pk not in sample.pool
    with pytest.raises(NothingToDraw, match="Pilih pemeriksa lain"):
        draw_sample(plan_for(regions.sulsel, verifier=verifikator_sulsel), actor=koordinator_sulsel)


def test_whoever_returned_it_before_has_seen_it_too(
    clock, regions, operator_makassar, verifikator_sulsel, verifikator2_sulsel
):
    plan = makers.make_plan(makers.make_pokja(regions.makassar), operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    notes = (FieldNote(text="Lengkapi"),)
    return_with_notes(plan, actor=verifikator2_sulsel, revision=plan.revision, notes=notes)
    made_verified(plan, operator_makassar, verifikator_sulsel)
    people = [verifikator_sulsel, verifikator2_sulsel]
    assert drawing.eligible_for([plan.pk], people) == {plan.pk: set()}


def test_items_are_spread_evenly_among_the_others(
    plans, regions, koordinator_sulsel, verifikator2_sulsel, make_user
):
    third = make_user("verifier", regions.sulsel)
    sample = draw_sample(plan_for(regions.sulsel, size=6), actor=koordinator_sulsel)
    counts = {user: sample.items.filter(verifier=user).count() for user in (third,)}
    assert counts == {third: 3}
    assert sample.items.filter(verifier=verifikator2_sulsel).count() == 3


def test_a_koordinator_is_given_items_only_when_chosen(plans, regions, koordinator_sulsel):
    people = drawing.people_by_place({"73": regions.sulsel})["73"]
    assert [(user.username, user.is_verifier) for user in people] == [
        ("koordinator_sulsel", False),
        ("verifikator_sulsel", True),
    ]
    with pytest.raises(NothingToDraw):
        draw_sample(plan_for(regions.sulsel), actor=koordinator_sulsel)
    plan = plan_for(regions.sulsel, verifier=koordinator_sulsel)
    sample = draw_sample(plan, actor=koordinator_sulsel)
    assert {item.verifier for item in sample.items.all()} == {koordinator_sulsel}
    assert Notice.objects.filter(event=Event.SECOND_LOOK).count() == 0


def test_an_empty_period_says_what_to_change(plans, regions, koordinator_sulsel):
    old = plan_for(regions.sulsel, since=date(2020, 1, 1), until=date(2020, 1, 2))
    with pytest.raises(NothingToDraw, match="Perpanjang rentang tanggalnya"):
        draw_sample(old, actor=koordinator_sulsel)
    assert Sample.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("koordinator_sulsel", ["73"]),
        ("pusat", ["provinsi", "63", "73"]),
        ("verifikator_sulsel", []),
        ("admin", []),
    ],
)
def test_from_where_each_may_draw(request, regions, who, places):
    from apps.reviews.views.samples import places_of

    assert list(places_of(request.getfixturevalue(who))) == places


@pytest.mark.parametrize("place", ["kalsel", None])
def test_a_koordinator_draws_from_the_own_province_only(plans, regions, koordinator_sulsel, place):
    region = getattr(regions, place) if place else None
    with pytest.raises(PermissionDenied):
        draw_sample(plan_for(region), actor=koordinator_sulsel)


# --- marking and closing ---------------------------------------------------------------------


def test_the_last_mark_closes_the_draw_and_the_evidence_stays_as_it_was(sample):
    before = list(Evidence.objects.order_by("pk").values())
    steps = {item.evidence_id: item.evidence.history.count() for item in sample.items.all()}
    mark_all(sample, wrong={2})
    sample.refresh_from_db()
    assert (sample.closed_at, sample.closed_by) == (timezone.now(), None)
    assert list(Evidence.objects.order_by("pk").values()) == before
    assert {item.evidence_id: item.evidence.history.count() for item in sample.items.all()} == steps
    found = results.agreement_of(sample, results.items_of(sample))
    assert found.overall == Share(2, 3)
    assert found.by_kind == {"work_plan": Share(2, 3)}
    assert found.by_value == {("work_plan", "Kegiatan"): Share(2, 3)}


def test_nobody_but_the_verifier_asked_marks(sample, verifikator_sulsel, koordinator_sulsel):
    item = sample.items.select_related("sample").first()
    for person in (verifikator_sulsel, koordinator_sulsel):
        with pytest.raises(PermissionDenied):
            save_verdict(item, GOOD, actor=person)


def test_an_item_is_marked_once(sample):
    item = sample.items.select_related("verifier", "sample").first()
    save_verdict(item, BAD, actor=item.verifier)
    with pytest.raises(Conflict):
        save_verdict(item, GOOD, actor=item.verifier)
    item.refresh_from_db()
    assert (item.agrees, item.text, item.marks.count()) == (False, BAD.text, 1)


def test_a_closed_draw_counts_what_is_marked(sample, koordinator_sulsel):
    items = list(sample.items.select_related("verifier", "sample"))
    save_verdict(items[0], GOOD, actor=items[0].verifier)
    close(sample, actor=koordinator_sulsel)
    sample.refresh_from_db()
    assert (sample.closed_by, sample.is_closed) == (koordinator_sulsel, True)
    with pytest.raises(Conflict):
        save_verdict(items[1], GOOD, actor=items[1].verifier)
    found = results.agreement_of(sample, results.items_of(sample))
    assert found.overall == Share(1, 1)
    assert looks_to_mark(items[1].verifier) == []
    with pytest.raises(Conflict):
        close(sample, actor=koordinator_sulsel)


def test_verifiers_do_not_close_a_draw(sample, verifikator2_sulsel):
    with pytest.raises(PermissionDenied):
        close(sample, actor=verifikator2_sulsel)


@pytest.mark.django_db(transaction=True)
def test_two_saves_of_one_item_keep_one(sample):
    item = sample.items.select_related("verifier", "sample").first()
    results_ = at_once(
        lambda: save_verdict(item, GOOD, actor=item.verifier),
        lambda: save_verdict(item, BAD, actor=item.verifier),
    )
    assert outcomes(results_) == {"ok": 1, "Conflict": 1}
    assert item.marks.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_last_marks_at_once_close_the_draw(
    plans, regions, koordinator_sulsel, verifikator2_sulsel
):
    sample = draw_sample(plan_for(regions.sulsel, size=2), actor=koordinator_sulsel)
    first, second = sample.items.select_related("verifier", "sample")
    done = at_once(
        lambda: save_verdict(first, GOOD, actor=first.verifier),
        lambda: save_verdict(second, GOOD, actor=second.verifier),
    )
    assert outcomes(done) == {"ok": 2}
    sample.refresh_from_db()
    assert sample.is_closed


# --- pages -----------------------------------------------------------------------------------


def page_of(sample, part=""):
    return f"/tinjauan/{sample.pk}/{part}"


def test_the_result_is_hidden_until_all_is_marked(
    client_of, sample, koordinator_sulsel, verifikator2_sulsel
):
    item = sample.items.select_related("verifier", "sample").first()
    save_verdict(item, BAD, actor=item.verifier)
    for person in (koordinator_sulsel, verifikator2_sulsel):
        page = client_of(person).get(page_of(sample))
        text = page.content.decode()
        assert page.context["heading"] == "1 dari 3 berkas sudah ditinjau"
        assert page.context["found"] is None
        assert BAD.text not in text
        assert "seharusnya dikembalikan" not in text


def test_the_result_tells_counts_percent_and_disagreements(client_of, sample, koordinator_sulsel):
    mark_all(sample, wrong={2})
    page = client_of(koordinator_sulsel).get(page_of(sample))
    assert page.context["heading"] == "Kesepakatan 2 dari 3 berkas, 67%"
    assert [item.number for item in page.context["disagreements"]] == [2]
    text = page.content.decode()
    assert BAD.text in text
    assert f"/verifikasi/{page.context['disagreements'][0].evidence_id}/" in text


def test_a_verifier_who_took_part_reads_no_names_in_the_result(
    client_of, sample, verifikator2_sulsel, verifikator_sulsel
):
    mark_all(sample, wrong={2})
    page = client_of(verifikator2_sulsel).get(page_of(sample))
    assert page.context["heading"] == "Kesepakatan 2 dari 3 berkas, 67%"
    assert str(verifikator_sulsel) not in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("koordinator_sulsel", 200),
        ("pusat", 200),
        ("verifikator2_sulsel", 200),
        ("verifikator_sulsel", 403),
        ("verifikator_kalsel", 404),
        ("operator_makassar", 403),
        ("pengamat_makassar", 403),
    ],
)
def test_who_sees_a_draw(request, client_of, sample, who, status):
    user = request.getfixturevalue(who)
    assert client_of(user).get(page_of(sample)).status_code == status


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("koordinator_sulsel", True),
        ("pusat", True),
        ("verifikator2_sulsel", True),
        ("verifikator_sulsel", False),
    ],
)
def test_the_list_offers_a_draw_only_to_those_who_may_open_it(
    request, client_of, sample, who, offered
):
    page = client_of(request.getfixturevalue(who)).get("/tinjauan/").content.decode()
    assert "Provinsi Sulawesi Selatan" in page
    assert (f'href="{page_of(sample)}"' in page) is offered


def test_officers_and_observers_have_no_rows_of_it(
    sample, operator_makassar, operator_sulsel, pengamat_makassar
):
    for user in (operator_makassar, operator_sulsel, pengamat_makassar):
        assert not Sample.objects.for_user(user).exists()
        assert not SampleItem.objects.for_user(user).exists()


POSTED = {
    "tempat": "73",
    "mulai": "12 Maret 2026",
    "sampai": "12 Maret 2026",
    "jenis": "",
    "jumlah": "2",
    "pemeriksa": "",
}


def test_a_draw_from_the_form(client_of, plans, koordinator_sulsel, verifikator2_sulsel):
    response = client_of(koordinator_sulsel).post("/tinjauan/baru/", POSTED)
    sample = Sample.objects.get()
    assert (response.status_code, response["Location"]) == (302, page_of(sample))
    assert (sample.asked, sample.items.count()) == (2, 2)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"jumlah": "0"}, "Isi jumlah berkas antara 1 dan 50"),
        ({"jumlah": "51"}, "Isi jumlah berkas antara 1 dan 50"),
        ({"jumlah": ""}, "Isi jumlah berkas"),
        ({"mulai": "13 Maret 2026"}, "Tanggal akhir tidak boleh sebelum tanggal mulai"),
        ({"tempat": "63"}, "Pilih wilayah dari daftar"),
        ({"tempat": "provinsi"}, "Pilih wilayah dari daftar"),
        ({"pemeriksa": "999"}, "Pilih pemeriksa kedua dari daftar"),
        ({"jenis": "apa"}, "Pilih jenis bukti dari daftar"),
    ],
)
def test_a_draw_with_bad_input_says_what(
    client_of, plans, koordinator_sulsel, verifikator2_sulsel, fields, message
):
    page = client_of(koordinator_sulsel).post("/tinjauan/baru/", POSTED | fields)
    errors = [text for texts in page.context["form"].errors.values() for text in texts]
    assert errors == [message]
    assert Sample.objects.count() == 0


def test_a_verifier_of_another_province_cannot_be_chosen(
    client_of, plans, pusat, verifikator_kalsel
):
    data = POSTED | {"pemeriksa": str(verifikator_kalsel.pk)}
    page = client_of(pusat).post("/tinjauan/baru/", data)
    assert page.context["form"].errors["pemeriksa"] == ["Pilih pemeriksa dari wilayah yang sama"]


def test_the_parts_of_a_result_cost_three_queries(
    sample, koordinator_sulsel, django_assert_num_queries
):
    mark_all(sample, wrong={1, 2, 3})
    koordinator_sulsel.scope.posts  # noqa: B018 - read once for each request
    with django_assert_num_queries(3):
        [row] = results.samples_for(koordinator_sulsel)
        items = results.items_of(row)
        found = results.agreement_of(row, items)
        told = results.line_of(row), results.kind_lines(found), results.value_lines(found)
        assert [str(item.verifier) + item.evidence.region.label for item in items]
    assert told[0] == "Kesepakatan 0 dari 3 berkas, 0%"


def test_pages_cost_the_same_for_few_and_many(
    client_of, plans, regions, koordinator_sulsel, verifikator2_sulsel
):
    from tests.reviews.test_reply_pages import cost_of

    client, costs = client_of(koordinator_sulsel), []
    for size in (1, 6):
        sample = draw_sample(plan_for(regions.sulsel, size=size), actor=koordinator_sulsel)
        mark_all(sample, wrong=set(range(1, size + 1)))
        client.get("/tinjauan/")
        costs.append((cost_of(client, "/tinjauan/"), cost_of(client, page_of(sample))))
    assert costs[0] == costs[1]


def test_close_from_the_page(client_of, sample, koordinator_sulsel):
    client = client_of(koordinator_sulsel)
    assert client.post(page_of(sample, "tutup/")).status_code == 302
    assert client.post(page_of(sample, "tutup/")).status_code == 409
    text = client.get(page_of(sample)).content.decode()
    assert "Tinjauan ditutup sebelum ada berkas yang ditandai" in text


def test_times_pass_between_draw_and_result(sample, clock):
    clock.shift(timedelta(days=2))
    mark_all(sample)
    sample.refresh_from_db()
    assert sample.closed_at - sample.drawn_at == timedelta(days=2)
