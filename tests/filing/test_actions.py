"""Buttons with an address of their own: withdraw, new version, copy, "tidak ada"."""

import pytest

from apps.evidence.services import open_version, submit
from apps.verification.models import Evidence
from apps.verification.services import mark_opened
from tests import makers
from tests.filing import pages


def item_url(pokja, item, action):
    return f"/pokja/{pokja.pk}/2026/bukti/{item.pk}/{action}/"


@pytest.fixture
def sent(pokja, officer):
    plan = makers.make_plan(pokja, officer.user)
    submit(plan, actor=officer.user, revision=plan.revision)
    return plan


def withdraw(client, pokja, item, revision=None):
    revision = item.revision if revision is None else revision
    return client.post(item_url(pokja, item, "tarik-kembali"), {"revision": revision}, follow=True)


def test_what_was_sent_is_withdrawn(pokja, officer, sent):
    page = pages.words(withdraw(officer.client, pokja, sent))
    assert page.count("Ditarik kembali. Isian dapat diubah lagi.") == 1
    assert Evidence.objects.get().status == "draft"


def test_an_opened_item_cannot_be_withdrawn(pokja, officer, judge, sent):
    mark_opened(sent, actor=judge.user)
    page = pages.words(withdraw(officer.client, pokja, sent))
    assert page.count("Verifikator sudah membuka berkas ini") == 1
    assert Evidence.objects.get().status == "submitted"


def test_a_stale_withdrawal_is_a_conflict(pokja, officer, sent):
    assert withdraw(officer.client, pokja, sent, revision=1).status_code == 409


@pytest.mark.parametrize(
    ("person", "status"), [("pengamat_makassar", 403), ("pusat", 403), ("operator_bone", 404)]
)
def test_others_cannot_withdraw(request, client_of, pokja, sent, person, status):
    client = client_of(request.getfixturevalue(person))
    assert withdraw(client, pokja, sent).status_code == status


def test_a_draft_needs_no_new_version(pokja, officer, complete):
    url = item_url(pokja, complete["sk"], "versi-baru")
    assert officer.client.post(url).status_code == 409


def test_plan_and_indicators_are_copied_from_last_year(pokja, officer):
    makers.make_plan(pokja, officer.user, 2025)
    makers.make_indicators(pokja, officer.user, 2025)
    response = officer.client.post(f"/pokja/{pokja.pk}/2026/salin/", follow=True)
    assert (
        pages.words(response).count(
            "Tersalin dari tahun 2025 sebagai draf: rencana kerja dan indikator."
        )
        == 1
    )
    drafts = Evidence.objects.filter(year=2026).values_list("kind", "status").order_by("kind")
    assert list(drafts) == [("indicator_set", "draft"), ("work_plan", "draft")]


def test_copying_nothing_says_so(pokja, officer):
    response = officer.client.post(f"{pages.step_url(pokja, 'indikator')}salin/", follow=True)
    assert pages.words(response).count("Tidak ada isian tahun 2025 yang dapat disalin.") == 1
    assert officer.client.post(f"{pages.step_url(pokja, 'sk')}salin/").status_code == 404


def test_nothing_is_declared_with_a_reason_and_sent(pokja, officer):
    url = f"{pages.step_url(pokja, 'anggaran')}tidak-ada/"
    assert pages.errors(officer.client.post(url, {"reason": " "})) == [
        "Tulis alasan mengapa tidak ada"
    ]
    response = officer.client.post(url, {"reason": "Tidak dialokasikan pada APBD"})
    assert response.url == f"/pokja/{pokja.pk}/2026/"
    item = Evidence.objects.get()
    assert (item.kind, item.status, item.nil.reason) == (
        "nil",
        "submitted",
        "Tidak dialokasikan pada APBD",
    )
    assert officer.client.post(url, {"reason": "Sekali lagi"}).status_code == 409


def test_a_declaration_shows_on_the_step_and_can_be_withdrawn(pokja, officer):
    officer.client.post(f"{pages.step_url(pokja, 'anggaran')}tidak-ada/", {"reason": "Tidak ada"})
    item = Evidence.objects.get()
    page = pages.words(officer.client.get(pages.step_url(pokja, "anggaran")))
    assert page.count("Tarik kembali pernyataan") == 1
    withdraw(officer.client, pokja, item)
    again = officer.client.get(f"{pages.step_url(pokja, 'anggaran')}tidak-ada/")
    assert again.context["form"].initial == {"reason": "Tidak ada"}


@pytest.mark.parametrize("path", ["salin/", "isi/indikator/salin/"])
def test_buttons_take_post_alone(pokja, officer, path):
    assert officer.client.get(f"/pokja/{pokja.pk}/2026/{path}").status_code == 405


def test_a_new_version_that_somebody_sent_meanwhile_is_told(pokja, officer, judge, complete):
    """Two open the next version of a verified plan; one of them has sent it already."""
    plan = makers.verified(complete["rencana_kerja"], officer.user, judge.user)
    draft = open_version(plan, actor=officer.user)
    submit(draft, actor=officer.user, revision=draft.revision)
    response = officer.client.post(item_url(pokja, plan, "versi-baru"))
    assert response.status_code == 409
