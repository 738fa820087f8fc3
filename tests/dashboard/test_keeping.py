"""Dashboards that are kept: never an old figure, never another person's page."""

import random
import re
from decimal import Decimal
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.budgets.models import BudgetLine
from apps.core.kept import Kept
from apps.dashboard import keeping
from apps.effectiveness import stamps, stored, triggers
from apps.notices.enums import Event
from apps.notices.models import Notice
from apps.pokja.models import Pokja
from apps.regions.models import PublishedFact, Region
from apps.regions.services import mark_sample_installation
from apps.verification.enums import Status
from apps.verification.models import Evidence
from apps.work_plans.models import Activity
from tests.pokja.seats import make_seat

pytestmark = pytest.mark.django_db

NATION, PROVINCE = "/dasbor/nasional/2026/", "/dasbor/73/2026/"
# Of everything that stands behind them, anew only when it changed.
OTHERS = (f"{NATION}kematangan/", f"{PROVINCE}kematangan/", f"{NATION}anggaran/")
VARIANTS = ("", "?jenis=gdpk", "?kriteria=sk", "?sebaya=kota", "?urut=naik", "?belum=1")
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[A-Za-z0-9]{64}')


@pytest.fixture(autouse=True)
def nothing_kept():
    keeping.KEPT.clear()
    yield
    keeping.KEPT.clear()


def page_of(client, address):
    """The page without its CSRF tokens, which differ every time."""
    return TOKEN.sub(r"\1", client.get(address).content.decode())


def both_of(client, address):
    """As it is given, and as it is drawn anew."""
    given = page_of(client, address)
    keeping.KEPT.clear()
    return given, page_of(client, address)


@pytest.mark.parametrize("address", [NATION, PROVINCE, *OTHERS])
def test_the_second_request_draws_nothing(
    address, scene, client_of, verifikator_sulsel, monkeypatch
):
    client = client_of(verifikator_sulsel)
    first = page_of(client, address)
    monkeypatch.setattr(keeping, "_parts", None)  # would not answer a call
    assert page_of(client, address) == first


def changes(scene, regions):
    """Ways in which something a dashboard shows is written, past every model's save()."""
    verified = Evidence.objects.filter(status=Status.VERIFIED)
    return [
        lambda: verified.filter(kind="budget").update(status=Status.RETURNED),
        lambda: Evidence.objects.filter(kind="budget").update(status=Status.VERIFIED),
        lambda: BudgetLine.objects.update(ceiling=Decimal("123456789")),
        lambda: Pokja.objects.filter(pk=scene["bone"].pk).update(name="<b>Pokja & Baru</b>"),
        lambda: Pokja.objects.filter(pk=scene["waiting"].pk).update(dissolved_on="2026-01-02"),
        lambda: Region.objects.filter(pk=regions.bone.pk).update(short_name="Bone <i>Baru"),
        lambda: PublishedFact.objects.create(
            region=regions.sulsel,
            **{"year": 2025, "subject": "Fakta & <angka>", "value": 5, "unit": "Pokja"},
            source="Sumber",
        ),
        lambda: stored.settle(),
        lambda: make_seat(scene["bone"]),
        lambda: Activity.objects.all().delete(),
    ]


def test_after_any_write_the_page_is_as_drawn_anew(scene, regions, client_of, verifikator_sulsel):
    client, dice = client_of(verifikator_sulsel), random.Random(7)  # noqa: S311 - not a secret
    steps = changes(scene, regions)
    dice.shuffle(steps)
    for step in steps:
        for address in (NATION, PROVINCE, *OTHERS):
            page_of(client, address)  # so that something is kept
        before = stamps.version()
        step()
        assert stamps.version() != before
        given, anew = both_of(client, dice.choice((NATION, PROVINCE, *OTHERS)))
        assert given == anew
        assert "<b>Pokja" not in given
        assert "<i>Baru" not in given


def test_a_page_whose_triggers_are_gone_is_never_kept(scene, client_of, verifikator_sulsel):
    """The control: without the triggers nothing tells of a write, so nothing may be kept."""
    client = client_of(verifikator_sulsel)
    page_of(client, PROVINCE)
    triggers.remove()
    Pokja.objects.filter(pk=scene["bone"].pk).update(dissolved_on="2026-01-02")
    assert stamps.version() is None
    assert "ETag" not in client.get(PROVINCE)
    given, anew = both_of(client, PROVINCE)
    assert given == anew
    triggers.ensure()
    assert stamps.version() is not None


def test_every_table_behind_a_dashboard_moves_the_stamp(
    scene, client_of, verifikator_sulsel, monkeypatch
):
    client, drawn, read = client_of(verifikator_sulsel), keeping._parts, set()

    def watched(*asked):
        with CaptureQueriesContext(connection) as seen:
            found = drawn(*asked)
        for query in seen:
            read.update(re.findall(r'(?:FROM|JOIN) "?([a-z_]+)"?', query["sql"]))
        return found

    monkeypatch.setattr(keeping, "_parts", watched)
    for address in (NATION, PROVINCE, *OTHERS):
        for variant in VARIANTS:
            client.get(address + variant)
    figures = {"effectiveness_storedscore", "effectiveness_storedtally"}  # moved by ``settle``
    assert read - figures - {"effectiveness_regiontally"} <= set(stamps.TABLES)
    assert len(read & set(stamps.TABLES)) > 10


def test_what_falls_into_the_drawing_is_shown_but_not_kept(
    scene, client_of, verifikator_sulsel, monkeypatch
):
    client, drawn = client_of(verifikator_sulsel), keeping._parts

    def meanwhile(*asked):
        found = drawn(*asked)
        Pokja.objects.filter(pk=scene["bone"].pk).update(dissolved_on="2026-01-02")
        return found

    monkeypatch.setattr(keeping, "_parts", meanwhile)
    answer = client.get(PROVINCE)
    assert answer.status_code == 200
    assert "ETag" not in answer
    monkeypatch.setattr(keeping, "_parts", drawn)
    given, anew = both_of(client, PROVINCE)
    assert given == anew


def test_the_frame_is_that_of_the_person(scene, client_of, verifikator_sulsel, verifikator2_sulsel):
    first, second = client_of(verifikator_sulsel), client_of(verifikator2_sulsel)
    mine = page_of(first, PROVINCE)
    theirs = page_of(second, PROVINCE)
    assert verifikator_sulsel.full_name in mine
    assert verifikator2_sulsel.full_name in theirs
    assert verifikator_sulsel.full_name not in theirs
    type(verifikator_sulsel).objects.filter(pk=verifikator_sulsel.pk).update(full_name="Nama Lain")
    assert "Nama Lain" in page_of(first, PROVINCE)


def test_the_frame_outlives_a_change_of_figures(
    scene, regions, client_of, verifikator_sulsel, monkeypatch
):
    client = client_of(verifikator_sulsel)
    page_of(client, PROVINCE)
    monkeypatch.setattr(keeping, "_frame", None)  # would not answer a call
    Region.objects.filter(pk=regions.bone.pk).update(short_name="Bone Baru")
    page = page_of(client, PROVINCE)
    assert "Bone Baru" in page
    assert verifikator_sulsel.full_name in page


def test_the_mark_of_sample_data_is_never_old(scene, client_of, verifikator_sulsel):
    client, mark = client_of(verifikator_sulsel), 'aria-label="Data contoh"'
    assert mark not in page_of(client, PROVINCE)
    mark_sample_installation()
    assert mark in page_of(client, PROVINCE)


def test_the_bell_is_never_old(scene, client_of, verifikator_sulsel):
    client = client_of(verifikator_sulsel)
    assert "tidak ada belum dibaca" in page_of(client, PROVINCE)
    Notice.objects.create(user=verifikator_sulsel, event=Event.values[0], text="Kabar", url="/")
    assert "1 belum dibaca" in page_of(client, PROVINCE)


def test_other_posts_see_other_links(scene, client_of, verifikator_sulsel, operator_makassar):
    page_of(client_of(verifikator_sulsel), PROVINCE)
    given, anew = both_of(client_of(operator_makassar), PROVINCE)
    assert given == anew
    assert f"/pokja/{scene['bone'].pk}/" not in given


def test_unchanged_is_answered_before_anything_is_drawn(scene, client_of, verifikator_sulsel):
    client = client_of(verifikator_sulsel)
    tag = client.get(PROVINCE)["ETag"]
    same = client.get(PROVINCE, HTTP_IF_NONE_MATCH=tag)
    assert (same.status_code, same.content) == (304, b"")
    assert same["Cache-Control"] == "private, no-store"
    Pokja.objects.filter(pk=scene["bone"].pk).update(dissolved_on="2026-01-02")
    changed = client.get(PROVINCE, HTTP_IF_NONE_MATCH=tag)
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_who_lost_the_secret_of_the_forms_gets_the_page_with_another(
    scene, client_of, verifikator_sulsel
):
    client = client_of(verifikator_sulsel)
    tag = client.get(PROVINCE)["ETag"]
    assert settings.CSRF_COOKIE_NAME not in client.get(PROVINCE, HTTP_IF_NONE_MATCH=tag).cookies
    del client.cookies[settings.CSRF_COOKIE_NAME]
    anew = client.get(PROVINCE, HTTP_IF_NONE_MATCH=tag)
    assert anew.status_code == 200
    assert anew["ETag"] != tag
    assert settings.CSRF_COOKIE_NAME in anew.cookies


def test_a_tag_is_worth_nothing_to_anybody_else(
    scene, client_of, verifikator_sulsel, verifikator_kalsel, client
):
    tag = client_of(verifikator_sulsel).get(PROVINCE)["ETag"]
    assert client_of(verifikator_kalsel).get(PROVINCE, HTTP_IF_NONE_MATCH=tag).status_code == 404
    assert client.get(PROVINCE, HTTP_IF_NONE_MATCH=tag).status_code == 302


def test_forms_of_a_kept_page_carry_the_token_of_the_caller(scene, client_of, verifikator_sulsel):
    client = client_of(verifikator_sulsel)
    first = set(TOKEN.findall(client.get(PROVINCE).content.decode()))
    assert first
    assert "\x1e" not in client.get(PROVINCE).content.decode()


def test_the_memory_is_bounded_and_rooms_are_apart():
    kept = Kept(most=100)
    for number in range(30):
        kept.put((number,), "1", ("x" * 20,))
    assert kept.held <= 100
    assert kept.get((0,), "1") is None
    assert kept.get((29,), "1") == ("x" * 20,)
    assert kept.get((29,), "2") is None


@pytest.mark.django_db(transaction=True)
def test_a_write_of_another_process_is_seen_once_it_is_committed(scene):
    """By another connection; nothing is told from process to process."""
    before = stamps.version()

    def elsewhere():
        with transaction.atomic():
            Pokja.objects.filter(pk=scene["bone"].pk).update(name="Nama lain")
        connection.close()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    after = stamps.version()
    assert after != before
    stamps.gather()
    assert stamps.version() == after
