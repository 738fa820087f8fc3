"""The deadline on the officer's pages: a line, a banner, and a lock that loses nothing."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from apps.effectiveness.builtin import load_builtin_rubric
from apps.verification.models import Evidence
from tests import makers


@pytest.fixture
def client(operator_makassar, client_of, today):
    load_builtin_rubric()
    return client_of(operator_makassar)


@pytest.fixture
def indicators(pokja, operator_makassar):
    return makers.make_indicators(pokja, operator_makassar)


def year_url(pokja, rest=""):
    return f"/pokja/{pokja.pk}/2026/{rest}"


def tick(*items):
    data = {"statement": "on"}
    for item in items:
        data |= {f"send_{item.pk}": "on", f"revision_{item.pk}": str(item.revision)}
    return data


def text_of(page):
    return page.content.decode()


PAGES = ("", "isi/rencana-kerja/", "isi/periksa/")


@pytest.mark.parametrize("rest", PAGES)
def test_the_days_left_stand_under_the_heading(client, pokja, plan, make_period, rest):
    make_period()
    page = client.get(year_url(pokja, rest))
    assert "Batas pengisian 31 Maret 2026 (19 hari lagi)" in text_of(page)
    assert page.context["deadline"].banners == ()


@pytest.mark.parametrize("rest", PAGES)
def test_without_a_deadline_nothing_is_said(client, pokja, plan, rest):
    page = client.get(year_url(pokja, rest))
    assert (page.context["deadline"].line, page.context["deadline"].banners) == ("", ())


def test_kinds_with_other_days_are_named(client, pokja, make_period):
    make_period()
    make_period(date(2026, 4, 30), kind="budget")
    assert client.get(year_url(pokja)).context["deadline"].line == (
        "Batas pengisian: SK, rencana kerja, dan indikator 31 Maret 2026 (19 hari lagi); "
        "anggaran 30 April 2026 (49 hari lagi)"
    )


BANNERS = [
    (
        {"due": date(2026, 3, 10)},
        "Batas pengisian 2026 berakhir 10 Maret 2026. Anda masih dapat mengirim; tanda terlambat "
        "akan tercatat.",
    ),
    (
        {"due": date(2026, 3, 10), "locks_on": date(2026, 3, 20)},
        "Batas pengisian 2026 berakhir 10 Maret 2026. Anda masih dapat mengirim sampai 20 Maret "
        "2026 pukul 23.59 WITA; tanda terlambat akan tercatat.",
    ),
    (
        {"due": date(2026, 3, 10), "grace_until": date(2026, 3, 14)},
        "Batas pengisian 2026 berakhir 10 Maret 2026. Kiriman sampai 14 Maret 2026 pukul 23.59 "
        "WITA tidak bertanda terlambat.",
    ),
    (
        {"due": date(2026, 3, 1), "locks_on": date(2026, 3, 10)},
        "Pengisian 2026 dikunci sejak 11 Maret 2026. Draf tetap tersimpan dan dapat diubah, "
        "tetapi belum dapat dikirim. Koordinator provinsi, Koordinator Sulsel, dapat membuka "
        "kembali.",
    ),
    (
        {"due": date(2026, 4, 30), "opens_on": date(2026, 4, 1)},
        "Pengisian 2026 dibuka 1 April 2026. Draf dapat disiapkan sekarang dan dikirim mulai hari "
        "itu.",
    ),
]


@pytest.mark.parametrize(("dates", "banner"), BANNERS)
def test_the_banner_tells_what_has_passed_and_what_can_be_done(
    client, pokja, make_period, koordinator_sulsel, dates, banner
):
    dates = dict(dates)
    make_period(dates.pop("due"), **dates)
    page = client.get(year_url(pokja))
    assert page.context["deadline"].banners == (banner,)
    assert banner in text_of(page)


def test_those_who_do_not_fill_in_get_no_banner(
    client, pokja, make_period, pengamat_makassar, client_of
):
    make_period(date(2026, 3, 1))
    page = client_of(pengamat_makassar).get(year_url(pokja))
    assert page.context["deadline"].banners == ()


# --- locked ----------------------------------------------------------------------------------


@pytest.fixture
def locked_plans(make_period):
    make_period(date(2026, 3, 1), kind="work_plan", locks_on=date(2026, 3, 10))


def test_a_locked_kind_is_not_offered_and_the_others_are(
    client, pokja, plan, indicators, locked_plans
):
    page = client.get(year_url(pokja, "isi/periksa/"))
    offered = [section.item.pk for section in page.context["sections"] if section.tick]
    assert offered == [indicators.pk]
    assert "Dikunci sejak 11 Maret 2026, jadi belum dapat dikirim." in text_of(page)


def test_what_is_locked_meanwhile_is_told_and_nothing_of_the_page_is_sent(
    client, pokja, plan, indicators, locked_plans
):
    answer = client.post(year_url(pokja, "isi/periksa/"), tick(plan, indicators), follow=True)
    told = str(next(iter(answer.context["messages"])))
    assert told.startswith(
        "Tidak ada yang terkirim. Rencana kerja 2026 untuk Kota Makassar sudah dikunci setelah "
        "10 Maret 2026 pukul 23.59 WITA"
    )
    assert set(Evidence.objects.values_list("status", flat=True)) == {"draft"}


def test_a_draft_can_still_be_written_while_locked(client, pokja, plan, locked_plans):
    page = client.get(year_url(pokja, "isi/rencana-kerja/"))
    assert page.status_code == 200
    assert page.context["editor"] is not None
    assert len(page.context["deadline"].banners) == 1


def test_a_declaration_of_nothing_keeps_to_the_same_lock(client, pokja, make_period):
    make_period(date(2026, 3, 1), kind="budget", locks_on=date(2026, 3, 10))
    answer = client.post(
        year_url(pokja, "isi/anggaran/tidak-ada/"), {"reason": "Belum dianggarkan"}
    )
    assert answer.status_code == 200
    assert "Anggaran 2026 untuk Kota Makassar sudah dikunci" in text_of(answer)
    assert "Belum dianggarkan" in text_of(answer)
    assert not Evidence.objects.exists()


def test_what_is_sent_is_not_withdrawn_into_a_locked_period(client, pokja, plan, make_period):
    client.post(year_url(pokja, "isi/periksa/"), tick(plan))
    make_period(date(2026, 3, 1), locks_on=date(2026, 3, 10))
    plan.refresh_from_db()
    answer = client.post(
        year_url(pokja, f"bukti/{plan.pk}/tarik-kembali/"),
        {"revision": plan.revision},
        follow=True,
    )
    assert "Tidak ditarik kembali" in str(next(iter(answer.context["messages"])))
    plan.refresh_from_db()
    assert plan.status == "submitted"


# --- late and waiting ------------------------------------------------------------------------


@pytest.fixture
def sent_late(client, pokja, plan, make_period):
    make_period(date(2026, 3, 9))
    return client.post(year_url(pokja, "isi/periksa/"), tick(plan))


def test_the_receipt_names_the_target_and_the_days_late(client, sent_late):
    text = text_of(client.get(sent_late.url))
    assert "memeriksa isian ini dalam 3 hari kerja" in text
    assert "Terlambat 3 hari" in text
    assert "batas 9 Maret 2026" in text


def test_the_history_and_the_verifier_see_the_days_late(
    client, pokja, plan, sent_late, verifikator_sulsel, client_of
):
    assert "dikirim oleh Operator Makassar, terlambat 3 hari" in text_of(
        client.get(year_url(pokja))
    )
    text = text_of(client_of(verifikator_sulsel).get(f"/verifikasi/{plan.pk}/"))
    assert "Terlambat 3 hari" in text
    assert "(terlambat 3 hari)" in text


@pytest.mark.parametrize("rest", ["", "isi/rencana-kerja/"])
def test_the_officer_sees_how_long_it_has_waited(
    pokja, plan, sent_late, rest, operator_makassar, client_of
):
    with time_machine.travel(datetime(2026, 3, 20, 3, tzinfo=UTC), tick=False):
        text = text_of(client_of(operator_makassar).get(year_url(pokja, rest)))
    assert "Menunggu 6 hari kerja, target 3" in text
