"""Many items approved at once: what stands is approved, what changed is named and left alone."""

from decimal import Decimal

import pytest

from apps.evidence.services import return_with_notes, verify, withdraw
from apps.verification.enums import Status
from apps.verification.models import History, ReturnReason
from apps.verification.services import FieldNote, mark_opened
from tests import makers
from tests.checking.test_decisions import flashes

BULK = "/verifikasi/bersama/"


@pytest.fixture
def judge(client_of, verifikator_sulsel):
    return client_of(verifikator_sulsel)


@pytest.fixture
def bone_plan(regions, operator_bone, send):
    pokja = makers.make_pokja(regions.bone, code="bone-tpps", name="TPPS", kinds=("stunting",))
    return send(makers.make_plan(pokja, operator_bone), operator_bone)


@pytest.fixture
def two(plan, bone_plan):
    return [plan, bone_plan]


def posted(items, ticked=None, **more):
    ticked = items if ticked is None else ticked
    seen = {f"revisi_{item.pk}": item.revision for item in items}
    return {
        "berkas": [item.pk for item in items],
        "setuju": [item.pk for item in ticked],
        **seen,
        **more,
    }


def ask(client, items):
    return client.get(BULK, {"berkas": [item.pk for item in items]})


def statuses(items):
    for item in items:
        item.refresh_from_db()
    return [item.status for item in items]


def test_the_queue_offers_what_can_be_ticked(judge, two, verifikator2_sulsel):
    mark_opened(two[1], actor=verifikator2_sulsel)
    page = judge.get("/verifikasi/")
    assert [line.can_tick for line in page.context["lines"]] == [True, False]
    assert page.content.decode().count('type="checkbox" name="berkas"') == 1
    ticked = judge.get("/verifikasi/?centang=semua").content.decode()
    assert f'name="berkas" value="{two[0].pk}" checked' in ticked


def test_the_check_page_shows_values_and_concerns(judge, decree, plan):
    page = ask(judge, [decree, plan])
    shown = {item.evidence.pk: item for item in page.context["ready"]}
    assert "188.45/412/I/2026" in [point.value for point in shown[decree.pk].points]
    assert "188.45/412/I/2026" in page.content.decode()
    assert shown[plan.pk].is_ticked == (not shown[plan.pk].concerns)
    for text in shown[decree.pk].concerns:
        assert text in page.content.decode()


def test_all_ticked_are_approved_and_can_be_undone_together(judge, two):
    response = judge.post(f"{BULK}?jenis=work_plan", posted(two))
    assert (response.status_code, response.url) == (303, "/verifikasi/?jenis=work_plan")
    assert flashes(response) == ["2 berkas disetujui."]
    assert statuses(two) == [Status.VERIFIED] * 2
    assert {row.note for row in History.objects.filter(action="verify")} == {
        "Disetujui pada pemeriksaan bersama."
    }
    queue = judge.get(response.url).content.decode()
    key = " ".join(f"{item.pk}.{item.revision}" for item in two)
    assert f'name="langkah" value="urungkan {key}"' in queue
    undone = judge.post("/verifikasi/urungkan/", {"langkah": f"urungkan {key}"})
    assert flashes(undone)[-1] == "2 keputusan diurungkan."
    assert undone.url == "/verifikasi/"
    assert statuses(two) == [Status.SUBMITTED] * 2


def test_what_changed_meanwhile_is_named_and_left_alone(judge, two, operator_makassar):
    form = posted(two)
    withdraw(two[0], actor=operator_makassar, revision=two[0].revision)
    response = judge.post(BULK, form)
    approved, told = flashes(response)
    assert approved == "Rencana kerja TPPS Kabupaten Bone disetujui."
    assert told.startswith("Rencana kerja Pokja GDPK Kota Makassar tidak disetujui")
    assert "Operator Makassar menarik kembali berkas ini" in told
    assert statuses(two) == [Status.DRAFT, Status.VERIFIED]


def test_one_a_colleague_decided_first_is_named(judge, two, verifikator2_sulsel):
    form = posted(two)
    verify(two[0], actor=verifikator2_sulsel, revision=two[0].revision)
    told = flashes(judge.post(BULK, form))[-1]
    assert "Verifikator2 Sulsel menyetujui berkas ini" in told
    assert two[0].history.filter(action="verify").count() == 1


@pytest.mark.parametrize("revision", ["", "0", "99", "-1", "abc", "1" * 30])
def test_a_forged_revision_approves_nothing(judge, plan, revision):
    response = judge.post(BULK, posted([plan]) | {f"revisi_{plan.pk}": revision})
    assert len(flashes(response)) == 1
    assert statuses([plan]) == [Status.SUBMITTED]


def test_an_item_out_of_scope_stops_everything(judge, plan, regions, operator_banjarmasin, send):
    pokja = makers.make_pokja(regions.banjarmasin, code="bjm", name="Pokja BJM")
    foreign = send(makers.make_plan(pokja, operator_banjarmasin), operator_banjarmasin)
    assert judge.post(BULK, posted([plan, foreign])).status_code == 404
    assert ask(judge, [plan, foreign]).status_code == 404
    assert judge.post(BULK, posted([plan]) | {"berkas": [plan.pk, 987654]}).status_code == 404
    assert statuses([plan, foreign]) == [Status.SUBMITTED] * 2


def test_a_tick_for_what_was_not_listed_does_nothing(judge, two):
    judge.post(BULK, posted(two[:1], ticked=two))
    assert statuses(two) == [Status.VERIFIED, Status.SUBMITTED]


def test_none_ticked_in_the_queue_leads_back(judge, plan):
    response = judge.get(BULK)
    assert (response.url, flashes(response)) == (
        "/verifikasi/",
        ["Centang paling sedikit satu berkas."],
    )


def test_none_ticked_on_the_check_page_is_an_error_there(judge, plan):
    page = judge.post(BULK, posted([plan], ticked=[]))
    assert page.status_code == 200
    assert "<title>Galat: " in page.content.decode()
    assert statuses([plan]) == [Status.SUBMITTED]


def test_more_than_fifty_at_once_are_refused(judge, plan):
    response = judge.get(BULK, {"berkas": range(1, 52)})
    assert flashes(response) == ["Paling banyak 50 berkas sekaligus. Kurangi centangnya."]


def test_what_is_left_unticked_stays_and_is_told(judge, two):
    response = judge.post(BULK, posted(two, ticked=two[:1]))
    assert flashes(response)[-1] == "1 berkas tidak dicentang dan tetap menunggu."
    assert statuses(two) == [Status.VERIFIED, Status.SUBMITTED]


def test_concerns_need_a_tick_of_their_own(
    judge, verifikator_sulsel, operator_makassar, plan, send
):
    reason = ReturnReason.objects.create(code="uji", kind="work_plan", label="Uji")
    return_with_notes(
        plan, actor=verifikator_sulsel, revision=plan.revision, notes=(FieldNote(reason=reason),)
    )
    send(plan)
    page = ask(judge, [plan])
    item = page.context["ready"][0]
    assert "Pernah dikembalikan; buka berkasnya untuk melihat perubahannya" in item.concerns
    assert not item.is_ticked
    assert f'name="setuju" value="{plan.pk}">' in page.content.decode()


def test_own_entries_and_those_held_by_another_are_listed_apart(
    client_of, koordinator_sulsel, pokja, send, plan, verifikator_sulsel
):
    own = send(makers.make_indicators(pokja, koordinator_sulsel), koordinator_sulsel)
    mark_opened(plan, actor=verifikator_sulsel)
    client = client_of(koordinator_sulsel)
    page = ask(client, [own, plan])
    assert page.context["ready"] == []
    told = [item.obstacle for item in page.context["blocked"]]
    assert any("ikut mengisi" in text for text in told)
    assert any("Sedang diperiksa oleh Verifikator Sulsel" in text for text in told)
    assert len(flashes(client.post(BULK, posted([own, plan])))) == 2
    assert statuses([own, plan]) == [Status.SUBMITTED] * 2


def test_officers_have_no_check_page(client_of, operator_makassar, plan):
    assert ask(client_of(operator_makassar), [plan]).status_code == 403


def test_the_check_page_costs_the_same_for_two_and_six(
    judge, django_assert_num_queries, pokja, operator_makassar, send
):
    def more(code):
        other = makers.make_pokja(pokja.region, code=code, name=f"Pokja {code}", kinds=("gdpk",))
        file = makers.make_document(pokja.region, operator_makassar)
        indicator = makers.make_indicator(code=code)
        rows = [{"indicator": indicator, "target": Decimal(2), "source": "PK"}]
        found = [
            send(makers.make_plan(other, operator_makassar)),
            send(makers.make_indicators(other, operator_makassar, rows=rows)),
            send(makers.make_decree(other, operator_makassar, document=file, number=f"{code}/1")),
        ]
        found.append(send(makers.make_budget(other, operator_makassar, document=file)))
        return found

    items = more("satu")
    ask(judge, items)
    with django_assert_num_queries(CHECK_PAGE):
        ask(judge, items)
    items += more("dua") + more("tiga")
    with django_assert_num_queries(CHECK_PAGE):
        assert ask(judge, items).status_code == 200


CHECK_PAGE = 27
