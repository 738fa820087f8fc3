"""What is typed and not saved yet: kept, brought back, never in the way of others."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from apps.evidence import unsaved
from apps.evidence.models import UnsavedForm
from apps.verification.models import Evidence
from tests import makers
from tests.conftest import TODAY
from tests.filing import pages


def typed_url(pokja, step="sk", end=""):
    return f"{pages.step_url(pokja, step)}sementara/{end}"


@pytest.fixture
def half(officer, pokja):
    """Half an SK with a date that is none, typed and not saved."""
    data = pages.decree(pokja, file=None, issued_on="31 Februari", title="")
    return officer.client.post(typed_url(pokja), data)


def test_half_a_form_is_kept_word_for_word(half, officer, pokja):
    assert half.json() == {"pesan": "Draf tersimpan otomatis pukul 11.00 WITA"}
    kept = dict(UnsavedForm.objects.get(user=officer.user).pairs)
    assert (kept["number"], kept["issued_on"]) == ("188.45/161/II/2026", "31 Februari")
    assert {"csrfmiddlewaretoken", "bukti", "revision", "lanjut"} & kept.keys() == set()
    assert Evidence.objects.count() == 0


def test_the_step_shows_what_was_typed_with_what_is_wrong_in_it(half, officer, pokja):
    page = officer.client.get(pages.step_url(pokja, "sk"))
    html = page.content.decode()
    assert "Isian Anda dipulihkan." in html
    assert html.count('value="188.45/161/II/2026"') == 1
    assert html.count('value="31 Februari"') == 1
    assert pages.errors(page) == ["Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023"]


def test_rows_of_a_table_come_back_too(officer, pokja):
    data = pages.rows("kegiatan", pages.ACTIVITY, {"name": "Kegiatan kedua"})
    officer.client.post(typed_url(pokja, "rencana-kerja"), data)
    html = officer.client.get(pages.step_url(pokja, "rencana-kerja")).content.decode()
    assert re.findall(r'name="kegiatan-\d-name" value="([^"]*)"', html) == [
        "Rapat koordinasi",
        "Kegiatan kedua",
    ]


@pytest.mark.parametrize("begun", [False, True], ids=["one task for all four", "one for each"])
def test_the_task_says_that_something_waits_to_be_saved(officer, judge, pokja, begun):
    if begun:
        makers.verified(makers.make_indicators(pokja, officer.user), officer.user, judge.user)
    officer.client.post(typed_url(pokja, "rencana-kerja"), pages.rows("kegiatan", pages.ACTIVITY))
    told = "Isian 12 Maret 2026 yang belum disimpan akan dipulihkan"
    assert officer.client.get("/tugas/").content.decode().count(told) == 1


def test_saving_the_draft_takes_it_away(half, officer, pokja):
    officer.client.post(pages.step_url(pokja, "sk"), pages.decree(pokja, button="draf"))
    assert UnsavedForm.objects.count() == 0
    assert Evidence.objects.get().decree.number == "188.45/161/II/2026"


def test_a_refused_save_leaves_it(half, officer, pokja):
    officer.client.post(pages.step_url(pokja, "sk"), pages.decree(pokja, issued_on="kemarin"))
    assert UnsavedForm.objects.count() == 1


def test_it_can_be_thrown_away(half, officer, pokja):
    answer = officer.client.post(typed_url(pokja, end="buang/"), {"bukti": ""})
    assert answer.url == pages.step_url(pokja, "sk")
    assert UnsavedForm.objects.count() == 0


def test_nobody_else_sees_it(half, pokja, client_of, make_user, regions):
    colleague = make_user("operator", regions.makassar)
    html = client_of(colleague).get(pages.step_url(pokja, "sk")).content.decode()
    assert "Isian Anda dipulihkan" not in html
    assert "188.45/161/II/2026" not in html


def test_what_others_saved_meanwhile_is_not_overwritten(officer, judge, pokja):
    plan = makers.make_plan(pokja, officer.user)
    data = pages.rows(
        "kegiatan", pages.ACTIVITY, bukti=str(plan.pk), revision=str(plan.revision), button="draf"
    )
    officer.client.post(typed_url(pokja, "rencana-kerja"), data)
    makers.make_plan(
        pokja,
        judge.user,
        evidence=plan,
        revision=plan.revision,
        rows=[makers.ACTIVITY | {"name": "Tulisan orang lain"}],
    )
    page = officer.client.get(pages.step_url(pokja, "rencana-kerja"))
    assert "Sejak itu isian ini diubah" in pages.words(page)
    assert pages.hidden(page, "revision") == data["revision"]
    answer = officer.client.post(pages.step_url(pokja, "rencana-kerja"), data)
    assert answer.status_code == 409
    assert plan.work_plan.activities.get().name == "Tulisan orang lain"


def test_what_nobody_came_back_to_is_forgotten(half, officer, pokja):
    with time_machine.travel(TODAY + timedelta(days=91), tick=False):
        assert unsaved.found(officer.user, pokja, 2026, "sk", 0) is None
        assert unsaved.forget_old() == 1


@pytest.mark.parametrize("bukti", ["x", "999999", "-1", "1" * 30])
def test_a_version_that_is_none_is_not_found(officer, pokja, bukti):
    answer = officer.client.post(typed_url(pokja), {"bukti": bukti, "number": "1"})
    assert answer.status_code == 404
    assert UnsavedForm.objects.count() == 0


def test_a_script_without_log_in_is_told_and_not_redirected(db, pokja):
    answer = Client().post(typed_url(pokja), {"number": "1"})
    assert answer.status_code == 401
    assert answer.json()["pesan"].startswith("Sesi sudah berakhir.")


def test_a_log_in_that_ended_while_writing_loses_nothing(db, pokja):
    """Sent with an expired session: the text stands on the page and can be sent again."""
    answer = Client().post(
        pages.step_url(pokja, "sk"),
        pages.decree(pokja, file=None),
        headers={"sec-fetch-site": "same-origin"},
    )
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Sesi sudah berakhir" in html
    assert html.count('value="188.45/161/II/2026"') == 1


def test_a_form_of_another_site_is_sent_to_the_log_in(db, pokja):
    answer = Client().post(
        pages.step_url(pokja, "sk"), {"number": "1"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.url.startswith("/masuk/")
