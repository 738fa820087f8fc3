from datetime import timedelta

import pytest
import time_machine

from tests import makers
from tests.conftest import TODAY

QUEUE = "/verifikasi/"


def titles(response):
    return [line.title for line in response.context["lines"]]


def test_the_longest_waiting_item_stands_first(
    client_of, verifikator_sulsel, pokja, operator_makassar, send
):
    for days, make in ((1, makers.make_indicators), (3, makers.make_plan)):
        with time_machine.travel(TODAY - timedelta(days=days), tick=False):
            send(make(pokja, operator_makassar))
    with time_machine.travel(TODAY, tick=False):
        response = client_of(verifikator_sulsel).get(QUEUE)
    assert response.context["heading"] == "2 berkas menunggu verifikasi"
    assert response.context["lead"] == (
        "Semua dalam target 3 hari kerja. Paling lama menunggu 3 hari kerja."
    )
    assert [(line.title, line.region, line.since) for line in response.context["lines"]] == [
        ("Rencana kerja, Pokja GDPK", "Kota Makassar", "3 hari kerja"),
        ("Indikator, Pokja GDPK", "Kota Makassar", "1 hari kerja"),
    ]


def test_drafts_and_other_provinces_are_not_in_the_queue(
    client_of, verifikator_sulsel, verifikator_kalsel, decree, pokja, operator_makassar
):
    makers.make_plan(pokja, operator_makassar)
    assert titles(client_of(verifikator_sulsel).get(QUEUE)) == ["SK penetapan, Pokja GDPK"]
    assert titles(client_of(verifikator_kalsel).get(QUEUE)) == []


def test_the_national_office_sees_the_province_level_and_admin_sees_all(
    client_of, pusat, admin, decree, regions, operator_sulsel, send
):
    own = makers.make_pokja(regions.sulsel, code="sulsel-bk", name="Pokja Sulsel")
    send(makers.make_plan(own, operator_sulsel), operator_sulsel)
    assert titles(client_of(pusat).get(QUEUE)) == ["Rencana kerja, Pokja Sulsel"]
    assert titles(client_of(admin).get(QUEUE)) == [
        "SK penetapan, Pokja GDPK",
        "Rencana kerja, Pokja Sulsel",
    ]


@pytest.mark.parametrize("name", ["operator_makassar", "operator_sulsel", "pengamat_makassar"])
def test_officers_and_observers_have_no_queue(client_of, cast, name):
    assert client_of(cast[name]).get(QUEUE).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(QUEUE).url == "/masuk/?next=/verifikasi/"


@pytest.fixture
def several(pokja, regions, operator_makassar, operator_bone, send):
    """An SK and a plan of Makassar (GDPK), a plan of Bone (stunting)."""
    bone = makers.make_pokja(regions.bone, code="bone-tpps", name="TPPS", kinds=("stunting",))
    file = makers.make_document(pokja.region, operator_makassar)
    return [
        send(makers.make_decree(pokja, operator_makassar, document=file)),
        send(makers.make_plan(pokja, operator_makassar)),
        send(makers.make_plan(bone, operator_bone), operator_bone),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("daerah=73.08", ["Rencana kerja, TPPS"]),
        ("jenis=decree", ["SK penetapan, Pokja GDPK"]),
        ("jenis_pokja=stunting", ["Rencana kerja, TPPS"]),
        ("jenis_pokja=gdpk&jenis=work_plan", ["Rencana kerja, Pokja GDPK"]),
        ("jenis_pokja=gdpk", ["SK penetapan, Pokja GDPK", "Rencana kerja, Pokja GDPK"]),
        ("status=dikembalikan", []),
        # A region of another province narrows nothing: it is not there to be chosen.
        ("daerah=63.71&jenis=decree", ["SK penetapan, Pokja GDPK"]),
    ],
)
def test_filters_narrow_the_queue(client_of, verifikator_sulsel, several, query, found):
    assert titles(client_of(verifikator_sulsel).get(f"{QUEUE}?{query}")) == found


def test_a_decree_about_two_pokja_of_one_type_is_listed_once(
    client_of, verifikator_sulsel, pokja, operator_makassar, send
):
    from apps.decrees.services import save_decree

    other = makers.make_pokja(pokja.region, code="lain", name="Pokja Lain", kinds=("gdpk",))
    file = makers.make_document(pokja.region, operator_makassar)
    pairs = [(pokja, "establish", ""), (other, "establish", "")]
    send(save_decree(None, makers.DECREE, actor=operator_makassar, pokja=pairs, document=file))
    found = client_of(verifikator_sulsel).get(f"{QUEUE}?jenis_pokja=gdpk")
    assert titles(found) == ["SK penetapan, Pokja GDPK dan 1 Pokja lain"]


def test_what_was_returned_and_what_was_finished_today_have_lists_of_their_own(
    client_of, verifikator_sulsel, several, today
):
    from apps.evidence.services import return_with_notes, verify

    first, second, _ = several
    verify(first, actor=verifikator_sulsel, revision=first.revision)
    return_with_notes(second, actor=verifikator_sulsel, revision=second.revision, note="Lengkapi")
    client = client_of(verifikator_sulsel)
    returned = client.get(f"{QUEUE}?status=dikembalikan").context
    assert returned["heading"] == "1 berkas dikembalikan kepada petugas"
    assert [(line.title, line.since) for line in returned["lines"]] == [
        ("Rencana kerja, Pokja GDPK", "Dikembalikan pukul 11.00 WITA")
    ]
    done = client.get(f"{QUEUE}?status=selesai").context
    assert sorted(line.since for line in done["lines"]) == [
        "Dikembalikan pukul 11.00 WITA",
        "Disetujui pukul 11.00 WITA",
    ]
    with time_machine.travel(TODAY + timedelta(days=1), tick=False):
        tomorrow = client_of(verifikator_sulsel)  # the session ended over night
        assert tomorrow.get(f"{QUEUE}?status=selesai").context["lines"] == []


def test_an_item_open_at_another_verifier_says_so_for_twenty_minutes(
    client_of, verifikator_sulsel, verifikator2_sulsel, decree
):
    second = client_of(verifikator2_sulsel)
    with time_machine.travel(TODAY, tick=False):
        client_of(verifikator_sulsel).get(f"{QUEUE}{decree.pk}/")
    with time_machine.travel(TODAY + timedelta(minutes=19), tick=False):
        page = second.get(QUEUE).context
        assert page["lines"][0].holder == "Verifikator Sulsel sejak pukul 11.00 WITA"
        assert page["start"] is None
        assert client_of(verifikator_sulsel).get(QUEUE).context["lines"][0].holder == ""
    with time_machine.travel(TODAY + timedelta(minutes=21), tick=False):
        page = second.get(QUEUE).context
        assert (page["lines"][0].holder, page["start"]) == ("", decree.pk)


def test_the_button_leads_past_the_persons_own_entries(
    client_of, verifikator_sulsel, pokja, operator_makassar, send
):
    own = send(makers.make_plan(pokja, verifikator_sulsel), verifikator_sulsel)
    other = send(makers.make_indicators(pokja, operator_makassar))
    page = client_of(verifikator_sulsel).get(QUEUE).context
    assert [(line.pk, line.is_own) for line in page["lines"]] == [(own.pk, True), (other.pk, False)]
    assert page["start"] == other.pk


def test_rows_count_what_the_portal_found_odd(client_of, verifikator_sulsel, decree, budget):
    from apps.decrees.models import Decree

    Decree.objects.filter(evidence=decree).update(signer_position="Kepala Dinas")
    lines = client_of(verifikator_sulsel).get(QUEUE).context["lines"]
    assert [line.concerns for line in lines] == [1, 0]


def test_the_second_page_begins_after_25_rows(
    client_of, verifikator_sulsel, regions, operator_makassar, send
):
    for number in range(26):
        pokja = makers.make_pokja(regions.makassar, code=f"p-{number}", name=f"Pokja {number}")
        send(makers.make_plan(pokja, operator_makassar))
    client = client_of(verifikator_sulsel)
    assert titles(client.get(f"{QUEUE}?halaman=2")) == ["Rencana kerja, Pokja 25"]
    assert len(titles(client.get(QUEUE))) == 25


def test_an_empty_queue_is_told_by_its_heading(client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(QUEUE)
    assert page.context["heading"] == "Tidak ada berkas yang menunggu"
    assert page.context["empty_line"] == "Belum ada berkas yang diperiksa."


@pytest.fixture
def add_one_of_each(regions, operator_makassar, send):
    """add(number): an SK, a plan, indicators and a budget of a new Pokja, all sent."""

    def add(number):
        pokja = makers.make_pokja(regions.makassar, code=f"p-{number}", name=f"Pokja {number}")
        files = [makers.make_document(pokja.region, operator_makassar) for _ in range(2)]
        tfr = makers.make_indicator(f"tfr-{number}")
        send(
            makers.make_decree(
                pokja, operator_makassar, document=files[0], number=f"188.45/{number}/2026"
            )
        )
        send(makers.make_plan(pokja, operator_makassar))
        send(
            makers.make_indicators(
                pokja, operator_makassar, rows=[{"indicator": tfr, "target": 2, "source": "PK"}]
            )
        )
        send(makers.make_budget(pokja, operator_makassar, document=files[1]))

    return add


def test_the_queue_costs_the_same_for_one_of_each_kind_and_three(
    client_of, verifikator_sulsel, add_one_of_each, django_assert_num_queries
):
    client = client_of(verifikator_sulsel)
    add_one_of_each(1)
    client.get(QUEUE)  # the first answer also writes the session
    with django_assert_num_queries(31):
        client.get(QUEUE)
    add_one_of_each(2)
    add_one_of_each(3)
    with django_assert_num_queries(31):
        client.get(QUEUE)


def test_what_waited_longer_than_the_target_is_red_with_a_clock(
    client_of, verifikator_sulsel, plan, decree, regions
):
    from apps.deadlines.models import Holiday
    from apps.verification.models import Evidence

    Evidence.objects.update(submitted_at=TODAY - timedelta(days=9))  # Tuesday of the week before
    Holiday.objects.all().delete()
    with time_machine.travel(TODAY, tick=False):
        page = client_of(verifikator_sulsel).get(QUEUE)
    assert page.context["lead"] == (
        "2 berkas melewati target 3 hari kerja. Paling lama menunggu 7 hari kerja."
    )
    assert [(line.since, line.is_over) for line in page.context["lines"]] == [
        ("7 hari kerja", True)
    ] * 2
    assert page.content.decode().count("Melewati target:") == 2


def test_the_most_frequent_mistakes_stand_beside_the_queue(
    client_of, verifikator_sulsel, decree, plan
):
    from apps.evidence.services import return_with_notes
    from apps.verification.models import ReturnReason
    from apps.verification.services import FieldNote

    reason = ReturnReason.objects.create(code="uji", kind="decree", label="Lampiran belum ada")
    notes = (FieldNote(reason=reason),)
    client = client_of(verifikator_sulsel)
    assert client.get(QUEUE).context["top"] == []
    return_with_notes(decree, actor=verifikator_sulsel, revision=decree.revision, notes=notes)
    page = client.get(QUEUE)
    assert [(name, [row.label for row in rows]) for name, rows in page.context["top"]] == [
        ("SK", ["Lampiran belum ada"])
    ]
    assert client.get(f"{QUEUE}?jenis=budget").context["top"] == []
