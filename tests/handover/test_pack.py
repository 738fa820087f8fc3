"""What stands in the pack, and what it costs."""

import io
from datetime import date

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import Assignment
from apps.core.typeset import pdf
from apps.documents.models import Upload
from apps.effectiveness.builtin import load_builtin_rubric
from apps.evidence.services import return_with_notes, submit
from apps.handover import pack
from apps.handover.services import Terms, hand_over
from apps.verification.models import Evidence
from tests.makers import make_decree, make_document, make_plan, make_pokja, verified

DAY = date(2026, 3, 12)


@pytest.fixture
def rubric(db, today):
    load_builtin_rubric()


def sections(post, actor):
    fresh = Assignment.objects.select_related("user", "region__province").get(pk=post.pk)
    found = pack.pack_of(fresh, DAY, made_by=actor)["sections"]
    return {part["title"].split(" (")[0]: part for part in found}


def test_an_officers_pack_tells_what_is_open_and_what_holds(
    rubric, post, regions, koordinator_sulsel, verifikator_sulsel, ask
):
    group = make_pokja(regions.bone, name="Pokja Kampung KB")
    document = make_document(regions.bone, post.user)
    verified(make_decree(group, post.user, document=document), post.user, verifikator_sulsel)
    plan = make_plan(group, post.user)
    submit(plan, actor=post.user, revision=plan.revision)
    return_with_notes(
        plan,
        actor=verifikator_sulsel,
        revision=plan.revision,
        note="Lengkapi penanggung jawab",
        notes=[],
    )
    draft = make_plan(group, post.user, year=2025)
    ask(post.user, regions.bone, due_on=date(2026, 3, 1))
    Upload.objects.create(user=post.user, region=regions.bone, name="DPA.pdf", size=2048)
    found = sections(post, koordinator_sulsel)
    (returned,) = found["Dikembalikan, perlu diperbaiki"]["rows"]
    assert returned[1] == "Lengkapi penanggung jawab"
    assert found["Draf"]["rows"][0][0] == Evidence.objects.get(pk=draft.pk).title
    assert found["SK yang berlaku"]["rows"] == [
        ["Pokja Kampung KB", "188.45/412/I/2026", "31 Desember 2028"]
    ]
    assert found["Tindak lanjut yang belum selesai"]["rows"][0][2] == "1 Maret 2026 (lewat)"
    assert found["Dokumen"]["title"] == "Dokumen (1)"
    assert found["Unggahan pejabat lama yang belum selesai"]["rows"][0][0] == "DPA.pdf"
    assert len(found["Keputusan terakhir"]["rows"]) == 2
    assert {row[1] for row in found["Orang yang dihubungi"]["rows"]} == {
        "Verifikator Sulsel",
        "Koordinator Sulsel",
    }


def test_a_verifiers_pack_tells_what_waits_for_the_province(
    rubric, regions, operator_bone, verifikator_sulsel, koordinator_sulsel
):
    plan = make_plan(make_pokja(regions.bone), operator_bone)
    submit(plan, actor=operator_bone, revision=plan.revision)
    found = sections(verifikator_sulsel.assignments.get(), koordinator_sulsel)
    assert found["Menunggu diperiksa"]["rows"][0][1:] == [
        "Bone",
        "12 Maret 2026",
        "0 hari kerja",
    ]


def test_nothing_of_other_regions_stands_in_it(
    rubric, post, regions, operator_makassar, koordinator_sulsel, ask
):
    make_plan(make_pokja(regions.makassar, name="Pokja Rahasia"), operator_makassar)
    ask(operator_makassar, regions.makassar, task="Rahasia")
    make_document(regions.makassar, operator_makassar, name="Rahasia.pdf")
    # the holder's other post shows as a post to close, and nothing else of it
    Assignment.objects.create(user=post.user, role="operator", region=regions.makassar)
    found = sections(post, koordinator_sulsel)
    assert "Rahasia" not in str(found)
    assert found["Akun yang ditutup"]["rows"] == [
        ["Operator Kota Makassar", "serahkan atau akhiri"]
    ]


def test_after_the_hand_over_both_names_and_the_reason_stand_in_it(
    rubric, post, successor, koordinator_sulsel
):
    hand_over(post, successor, Terms("Mutasi"), actor=koordinator_sulsel)
    data = pack.pack_of(Assignment.objects.get(pk=post.pk), DAY, made_by=successor)
    assert (data["old"], data["new"]) == ("Operator Bone", "Pengganti")
    assert ["Alasan", "Mutasi"] in [list(fact) for fact in data["facts"]]


def test_empty_sections_say_so(rubric, post, koordinator_sulsel):
    found = sections(post, koordinator_sulsel)
    assert found["Draf"]["empty"] == "Tidak ada draf."
    assert found["SK yang berlaku"]["rows"] == []


def fill(post, regions, ask, start, end):
    for at in range(start, end):
        group = make_pokja(regions.bone, f"bone-{at}", f"Pokja {at}")
        make_plan(group, post.user)
        make_decree(group, post.user, number=f"188.45/{at}/2026")
        sent = make_plan(group, post.user, year=2025)
        Evidence.objects.filter(pk=sent.pk).update(
            status="submitted", submitted_by=post.user, submitted_at=timezone.now()
        )
        ask(post.user, regions.bone, task=f"Tugas {at}")
        make_document(regions.bone, post.user, name=f"Berkas {at}.pdf")


def cost_of(post, actor):
    fresh = Assignment.objects.select_related("user", "region__province", "handover")
    with CaptureQueriesContext(connection) as queries:
        data = pack.pack_of(fresh.get(pk=post.pk), DAY, made_by=actor)
    return len(queries), data


def test_many_rows_cost_no_more_queries_and_stay_within_four_pages(
    rubric, post, regions, koordinator_sulsel, ask
):
    fill(post, regions, ask, 0, 16)
    few, _ = cost_of(post, koordinator_sulsel)
    fill(post, regions, ask, 16, 40)
    many, data = cost_of(post, koordinator_sulsel)
    assert few == many <= 38  # most of them are those of Tugas saya
    assert len(pikepdf.open(io.BytesIO(pdf("handover/pack.typ", data))).pages) <= 4


def test_words_of_people_cannot_become_typesetting(rubric, post, regions, koordinator_sulsel, ask):
    ask(post.user, regions.bone, task='#import "x" $1/0$ \\ *tebal* `kode` <a> @b ~ [')
    fresh = Assignment.objects.select_related("user", "region__province").get(pk=post.pk)
    data = pack.pack_of(fresh, DAY, made_by=koordinator_sulsel)
    assert pdf("handover/pack.typ", data)[:5] == b"%PDF-"
