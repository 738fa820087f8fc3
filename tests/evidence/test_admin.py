"""The administration: own regions only, verified things read only, every change on record."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Entry
from apps.decrees.models import Decree
from apps.pokja.models import Pokja
from apps.verification.models import Evidence, ReturnReason
from apps.work_plans.models import Activity
from tests import makers
from tests.makers import make_decree, make_document, make_plan, make_pokja, verified

pytestmark = pytest.mark.django_db

MODELS = (
    "verification/evidence", "verification/history", "verification/returnreason",
    "decrees/decree", "work_plans/workplan", "indicators/indicatorset", "indicators/indicator",
    "indicators/regiontarget", "budgets/budget", "documents/document", "pokja/pokja",
    "pokja/nildeclaration",
)  # fmt: skip


@pytest.fixture
def staff(make_user, regions):
    """A verifier of the province who may enter the administration."""
    return make_user("verifier", regions.sulsel, "staf_sulsel", is_staff=True)


@pytest.fixture
def everything(pokja, people):
    """One item of each kind in Makassar, drafts all of them."""
    document = make_document(pokja.region, people.officer)
    return {
        "decrees/decree": make_decree(pokja, people.officer, document=document).decree,
        "work_plans/workplan": make_plan(pokja, people.officer).work_plan,
        "indicators/indicatorset": makers.make_indicators(pokja, people.officer).indicator_set,
        "budgets/budget": makers.make_budget(pokja, people.officer, document=document).budget,
        "documents/document": document,
        "pokja/pokja": pokja,
    }


def url(model, row=None):
    return f"/admin/{model}/" + (f"{row.pk}/change/" if row else "")


def posted(answer):
    """Everything the form on a page would send back unchanged."""
    data = {}
    html = answer.content.decode()
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", html):
        name = re.search(r'name="([^"]+)"', tag)
        if not name or 'type="submit"' in tag or "__prefix__" in tag or name[1].startswith("_"):
            continue
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        if tag.startswith("<input"):
            value = re.search(r'value="([^"]*)"', tag)
            data[name[1]] = value[1] if value else ""
        elif tag.startswith("<textarea"):
            data[name[1]] = html.split(tag, 1)[1].split("</textarea>", 1)[0].strip("\r\n")
        else:
            options = html.split(tag, 1)[1].split("</select>", 1)[0]
            chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
            data[name[1]] = chosen[1] if chosen else ""
    return data


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_for_staff_and_administrators(everything, cast, staff, client_of, model):
    for person, status in ((cast["admin"], 200), (staff, 200), (cast["operator_makassar"], 302)):
        assert client_of(person).get(url(model)).status_code == status


@pytest.mark.parametrize(
    "model",
    ["decrees/decree", "work_plans/workplan", "indicators/indicatorset", "budgets/budget",
     "documents/document", "pokja/pokja"],
)  # fmt: skip
def test_staff_see_their_own_regions_only(everything, make_user, regions, client_of, staff, model):
    foreign = make_user("verifier", regions.kalsel, is_staff=True)
    row = everything[model]
    assert client_of(staff).get(url(model, row)).status_code == 200
    assert client_of(foreign).get(url(model, row)).status_code == 404
    assert client_of(staff).get(url(model)).context["cl"].result_count == 1
    assert client_of(foreign).get(url(model)).context["cl"].result_count == 0


def test_a_permission_given_by_mistake_opens_nothing(everything, make_user, regions, client_of):
    from django.contrib.auth.models import Permission

    observer = make_user("observer", regions.makassar, is_staff=True)
    observer.user_permissions.set(Permission.objects.all())
    plan = everything["work_plans/workplan"]
    client = client_of(observer)
    assert client.get(url("work_plans/workplan", plan)).status_code == 404
    assert client.get(url("pokja/pokja", plan.pokja)).status_code == 200
    assert client.post(url("pokja/pokja", plan.pokja), {"name": "X"}).status_code == 403
    assert client.get("/admin/pokja/pokja/add/").status_code == 403


# --- content of evidence ---------------------------------------------------------------------


def test_a_draft_is_edited_with_history_and_trace(everything, admin, client_of):
    decree = everything["decrees/decree"]
    client = client_of(admin)
    data = posted(client.get(url("decrees/decree", decree)))
    answer = client.post(
        url("decrees/decree", decree), data | {"number": "188.45 / 07", "title": "Baru"}
    )
    assert answer.status_code == 302, answer.context["errors"]
    stored = Decree.objects.get()
    assert (stored.number_key, stored.title, stored.evidence.revision) == ("188/45/7", "Baru", 2)
    assert stored.evidence.history.first().action == "edit"
    entry = Entry.objects.get(action="Mengubah isian lewat admin")
    assert (entry.actor, entry.role, entry.region) == (admin, "admin", stored.evidence.region)
    assert (entry.before["title"], entry.after["title"]) == (
        "Pembentukan Pokja Bangga Kencana",
        "Baru",
    )


def test_rows_are_edited_with_their_item(everything, admin, client_of):
    plan = everything["work_plans/workplan"]
    client = client_of(admin)
    data = posted(client.get(url("work_plans/workplan", plan)))
    answer = client.post(
        url("work_plans/workplan", plan), data | {"activities-0-name": "Pelatihan"}
    )
    assert answer.status_code == 302, answer.context["errors"]
    assert Activity.objects.get().name == "Pelatihan"
    entry = Entry.objects.get(action="Mengubah isian lewat admin")
    assert entry.after == {"baris": "Kegiatan diubah untuk kegiatan “Pelatihan”."}


def test_who_edits_in_the_administration_does_not_judge(
    everything, people, staff, client_of, verifikator2_sulsel
):
    from apps.evidence.services import submit, verify
    from apps.verification.services import StepRefused

    plan = everything["work_plans/workplan"]
    client = client_of(staff)
    client.post(
        url("work_plans/workplan", plan),
        posted(client.get(url("work_plans/workplan", plan))) | {"activities-0-name": "X"},
    )
    evidence = Evidence.objects.get(pk=plan.evidence_id)
    submit(evidence, actor=people.officer, revision=evidence.revision)
    with pytest.raises(StepRefused):
        verify(evidence, actor=staff, revision=evidence.revision)


@pytest.mark.parametrize("status", ["submitted", "verified", "cancelled"])
def test_what_is_sent_or_decided_is_read_only(everything, admin, client_of, status):
    plan = everything["work_plans/workplan"]
    client = client_of(admin)
    data = posted(client.get(url("work_plans/workplan", plan)))
    Evidence.objects.filter(pk=plan.evidence_id).update(status=status)
    page = client.get(url("work_plans/workplan", plan))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    answer = client.post(
        url("work_plans/workplan", plan), data | {"activities-0-name": "Diselipkan"}
    )
    assert (answer.status_code, Activity.objects.get().name) == (403, "Rapat koordinasi")


def test_an_outdated_page_of_the_administration_is_told(everything, pokja, admin, client_of):
    plan = everything["work_plans/workplan"]
    client = client_of(admin)
    data = posted(client.get(url("work_plans/workplan", plan)))
    evidence = Evidence.objects.get(pk=plan.evidence_id)
    make_plan(pokja, admin, evidence=evidence, revision=1, rows=[makers.ACTIVITY])
    answer = client.post(url("work_plans/workplan", plan), data | {"activities-0-name": "Lama"})
    assert answer.context["adminform"].form.non_field_errors() == [
        "Isian ini sudah diubah oleh Admin. Muat ulang untuk melihat versi terbaru; "
        "tidak ada yang ditimpa."
    ]
    assert Activity.objects.get().name == "Rapat koordinasi"


@pytest.mark.parametrize("who", ["admin", "staff"])
def test_nothing_is_added_or_deleted_past_the_workflow(everything, admin, staff, client_of, who):
    client = client_of({"admin": admin, "staff": staff}[who])
    for model, row in everything.items():
        if model != "pokja/pokja":
            assert client.get(f"/admin/{model}/add/").status_code == 403
        assert client.post(f"/admin/{model}/{row.pk}/delete/").status_code == 403


def test_a_status_is_not_changed_in_the_administration(everything, admin, client_of):
    evidence = Evidence.objects.first()
    answer = client_of(admin).post(url("verification/evidence", evidence), {"status": "verified"})
    assert (answer.status_code, Evidence.objects.first().status) == (403, "draft")


# --- Pokja -----------------------------------------------------------------------------------


def test_a_pokja_is_corrected_on_record(pokja, admin, client_of):
    client = client_of(admin)
    data = posted(client.get(url("pokja/pokja", pokja)))
    answer = client.post(
        url("pokja/pokja", pokja), data | {"name": "Baru", "kind_rows-0-kind": "gdpk"}
    )
    assert answer.status_code == 302, answer.context["errors"]
    stored = Pokja.objects.get()
    assert (stored.name, stored.kinds, stored.revision) == ("Baru", ["gdpk"], 2)
    entry = Entry.objects.get()
    assert (entry.before, entry.after) == (
        {"name": "Pokja Bangga Kencana", "kinds": ["bangga_kencana"]},
        {"name": "Baru", "kinds": ["gdpk"]},
    )


def test_an_outdated_page_of_a_pokja_is_told(pokja, admin, client_of):
    client = client_of(admin)
    data = posted(client.get(url("pokja/pokja", pokja)))
    Pokja.objects.update(revision=5)
    assert client.post(url("pokja/pokja", pokja), data).status_code == 409


def test_staff_add_pokja_in_their_regions_only(regions, staff, client_of):
    client = client_of(staff)
    form = client.get("/admin/pokja/pokja/add/").context["adminform"].form
    assert set(form.fields["region"].queryset) == {
        regions.sulsel,
        regions.makassar,
        regions.bone,
    }


def test_a_pokja_is_merged_within_its_region_only(regions, pokja, admin, client_of):
    other = make_pokja(regions.makassar, "makassar-2")
    make_pokja(regions.bone, "bone")
    page = client_of(admin).get(url("pokja/pokja", pokja))
    assert list(page.context["adminform"].form.fields["merged_into"].queryset) == [other]


# --- reference data --------------------------------------------------------------------------


def test_only_administrators_edit_the_reasons(admin, staff, client_of):
    reason = ReturnReason.objects.create(code="kabur", label="Tidak terbaca")
    data = {"code": "kabur", "label": "Hasil pindai kabur", "order": "1", "is_active": "on"}
    assert client_of(staff).post(url("verification/returnreason", reason), data).status_code == 403
    client = client_of(admin)
    assert client.post(url("verification/returnreason", reason), data).status_code == 302
    assert ReturnReason.objects.get().label == "Hasil pindai kabur"
    entry = Entry.objects.get()
    assert (entry.before["label"], entry.after["label"]) == (
        "Tidak terbaca",
        "Hasil pindai kabur",
    )


def test_a_reason_that_was_used_is_not_deleted(plan, people, admin, client_of):
    from apps.evidence.services import return_with_notes, submit
    from apps.verification.services import FieldNote

    used = ReturnReason.objects.create(code="kabur", label="Tidak terbaca")
    unused = ReturnReason.objects.create(code="lain", label="Lain")
    submit(plan, actor=people.officer, revision=plan.revision)
    return_with_notes(
        plan, actor=people.judge, revision=plan.revision, notes=(FieldNote(reason=used),)
    )
    client = client_of(admin)
    for reason, status in ((used, 403), (unused, 302)):
        address = f"/admin/verification/returnreason/{reason.pk}/delete/"
        assert client.post(address, {"post": "yes"}).status_code == status
    assert list(ReturnReason.objects.all()) == [used]


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_the_same_for_one_row_and_for_three(regions, people, admin, client_of, model):
    def fill(number):
        pokja = make_pokja(regions.makassar, f"makassar-{number}")
        document = make_document(pokja.region, people.officer)
        indicator = makers.make_indicator(f"i-{number}", name=f"Indikator {number}")
        make_decree(pokja, people.officer, document=document)
        verified(make_plan(pokja, people.officer), people.officer, people.judge)
        rows = [{"indicator": indicator}]
        makers.make_indicators(pokja, people.officer, rows=rows)
        makers.make_budget(pokja, people.officer, document=document)

    client, counts = client_of(admin), []
    client.get(url(model))  # what the first page of a session alone costs
    for batch in ((1,), (2, 3)):
        for number in batch:
            fill(number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(model)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_page_to_read_names_no_revision(client_of, admin, pokja, people):
    plan = verified(make_plan(pokja, people.officer), people.officer, people.judge).work_plan
    page = client_of(admin).get(url("work_plans/workplan", plan))
    shown = [field for part in page.context["adminform"] for field in part.fields]
    assert "seen_revision" not in shown
