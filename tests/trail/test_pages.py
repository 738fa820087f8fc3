"""/jejak/: who changed what, for those whose data it is, and for nobody else."""

import csv
import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from apps.audit.chain import link_everything
from apps.audit.checking import check
from apps.audit.checking import note as note_check
from apps.audit.models import Entry, Head
from apps.evidence.services import return_with_notes, submit
from apps.verification import pins
from apps.verification.services import mark_opened
from tests.makers import make_document, make_plan, make_pokja

HIDDEN = "rahasiakah"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def officer(client_of, operator_makassar):
    return client_of(operator_makassar)


# --- what a page says ------------------------------------------------------------------------


def test_an_entry_tells_who_when_what_from_what_to_what_and_why(officer, note, pokja, today):
    note(
        "Mengubah Pokja",
        pokja,
        before={"name": "Pokja Lama", "formed_on": None},
        after={"name": "Pokja Baru", "formed_on": "2026-01-14"},
        reason="Sesuai SK",
    )
    page = text_of(officer.get("/jejak/"))
    for words in (
        "1 catatan perubahan",
        "12 Maret 2026 pukul 11.00 WITA",
        "Operator Makassar",
        "Kota Makassar",
        "Mengubah Pokja",
        "Pokja Lama",
        "<strong>Pokja Baru</strong>",
        "kosong",
        "<strong>14 Januari 2026</strong>",
        "Alasan: Sesuai SK",
    ):
        assert words in page, words


def test_markup_in_a_value_is_shown_as_text(officer, note):
    note("Uji", before={"nama": "a"}, after={"nama": "<script>alert(1)</script>"})
    page = text_of(officer.get("/jejak/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_without_any_entry_says_what_will_stand_here(officer):
    assert "Belum ada catatan perubahan" in text_of(officer.get("/jejak/"))


# --- scope -----------------------------------------------------------------------------------

READERS = {
    "operator_makassar",
    "verifikator_sulsel",
    "verifikator2_sulsel",
    "koordinator_sulsel",
    "pusat",
    "admin",
}


def test_entries_reach_their_region_and_those_above_it_only(cast, client_of, note):
    note("Uji", after={"nama": HIDDEN})
    seen = set()
    for name, user in cast.items():
        client = client_of(user)
        answers = [client.get(f"/jejak/{rest}") for rest in ("", "?wilayah=73.71", "unduh/")]
        bodies = b"".join(answer.getvalue() for answer in answers)
        if HIDDEN.encode() in bodies:
            seen.add(name)
    assert seen == READERS


def test_what_a_verifier_has_not_sent_stays_with_the_province(
    client_of, operator_makassar, verifikator_sulsel, regions, pokja
):
    from tests.makers import make_decree

    document = make_document(regions.makassar, operator_makassar)
    decree = make_decree(pokja, operator_makassar, document=document)
    submit(decree, actor=operator_makassar, revision=decree.revision)
    pins.place(
        decree,
        document,
        pins.Spot(1, 0.5, 0.5),
        HIDDEN,
        actor=verifikator_sulsel,
        revision=decree.revision,
    )
    assert HIDDEN not in text_of(client_of(operator_makassar).get("/jejak/"))
    assert HIDDEN not in text_of(client_of(operator_makassar).get(f"/jejak/pokja/{pokja.pk}/"))
    assert HIDDEN in text_of(client_of(verifikator_sulsel).get("/jejak/"))


@pytest.mark.parametrize(
    ("kind", "readers"),
    [
        ("accounts.assignment", {"koordinator_sulsel", "pusat", "admin"}),
        ("reviews.sampleitem", READERS - {"operator_makassar"}),
        ("campaign.mailing", READERS - {"operator_makassar"}),
    ],
)
def test_what_is_for_others_in_a_region_is_not_for_its_officers(cast, regions, kind, readers):
    Entry.objects.create(
        action="Uji", object_type=kind, object_id="1", object_label="X", region=regions.makassar
    )
    assert {name for name, user in cast.items() if Entry.objects.for_user(user)} == readers


def test_the_trail_of_a_pokja_has_its_evidence_and_seats_and_nobody_elses(
    client_of, operator_makassar, verifikator_sulsel, regions, pokja, note, cast
):
    other = make_pokja(regions.makassar, code="lain", name="Pokja Lain")
    plan = make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    note("Mengubah Pokja", pokja, after={"name": "Nama sendiri"})
    note("Mengubah Pokja", other, after={"name": "Nama lain"})
    page = text_of(client_of(operator_makassar).get(f"/jejak/pokja/{pokja.pk}/"))
    for words in ("Memulai isian", "Mengirim untuk diverifikasi", "Nama sendiri"):
        assert words in page, words
    assert "Nama lain" not in page
    assert client_of(cast["operator_bone"]).get(f"/jejak/pokja/{pokja.pk}/").status_code == 404
    assert client_of(cast["pengamat_makassar"]).get(f"/jejak/pokja/{pokja.pk}/").status_code == 403


def test_only_administrators_see_the_chain(client_of, admin, operator_makassar, note):
    note("Uji")
    link_everything()
    page = text_of(client_of(admin).get("/jejak/"))
    assert "Rantai belum pernah diperiksa" in page
    assert str(Head.objects.get()) in page
    note_check(check())
    assert "Rantai utuh sampai catatan ke-1" in text_of(client_of(admin).get("/jejak/"))
    Head.objects.update(faults=2)
    assert "2 temuan pada pemeriksaan rantai" in text_of(client_of(admin).get("/jejak/"))
    assert "Jangkar" not in text_of(client_of(operator_makassar).get("/jejak/"))


# --- filters ---------------------------------------------------------------------------------


@pytest.fixture
def three(regions, operator_makassar, verifikator_sulsel):
    """Three entries of three days, people, regions, deeds and kinds."""
    rows = (
        (datetime(2025, 12, 31, 16, 59, tzinfo=UTC), operator_makassar, "makassar", "Satu"),
        (datetime(2025, 12, 31, 17, 0, tzinfo=UTC), verifikator_sulsel, "bone", "Dua"),
        (datetime(2026, 1, 2, 3, 0, tzinfo=UTC), operator_makassar, "sulsel", "Tiga"),
    )
    for at, actor, region, action in rows:
        Entry.objects.create(
            at=at,
            actor=actor,
            region=getattr(regions, region),
            action=action,
            object_type=f"uji.{action.lower()}",
            object_id="7",
            object_label=action,
        )


@pytest.mark.parametrize(
    ("query", "deeds"),
    [
        ("", ["Tiga", "Dua", "Satu"]),
        ("tahun=2025", ["Satu"]),  # by the clock of Jakarta
        ("tahun=2026", ["Tiga", "Dua"]),
        ("dari=2026-01-01&sampai=2026-01-01", ["Dua"]),
        ("sampai=1 Januari 2026", ["Dua", "Satu"]),
        ("wilayah=73", ["Tiga", "Dua", "Satu"]),
        ("wilayah=73.08", ["Dua"]),
        ("wilayah=63", ["Tiga", "Dua", "Satu"]),  # not theirs: no filter
        ("pelaku=verifikator", ["Dua"]),
        ("pelaku=tidak ada", []),
        ("tindakan=Satu", ["Satu"]),
        ("jenis=uji.tiga", ["Tiga"]),
        ("jenis=uji.tiga&nomor=7", ["Tiga"]),
        ("jenis=uji.tiga&nomor=8", []),
        ("nomor=8", ["Tiga", "Dua", "Satu"]),
        ("dari=kapan&sampai=99&tahun=satu", ["Tiga", "Dua", "Satu"]),
        ("pelaku=%00", []),
        ("sebelum=abc", ["Tiga", "Dua", "Satu"]),
        ("sebelum=99999999999999999999", ["Tiga", "Dua", "Satu"]),
    ],
)
def test_the_address_narrows_the_list(client_of, koordinator_sulsel, three, query, deeds):
    response = client_of(koordinator_sulsel).get(f"/jejak/?{query}")
    assert [line.entry.action for line in response.context["page"].lines] == deeds


def test_every_entry_comes_once_on_the_pages(officer, regions, operator_makassar):
    at = datetime(2026, 1, 1, tzinfo=UTC)  # all at one moment: the number decides
    Entry.objects.bulk_create(
        Entry(at=at, region=regions.makassar, action=f"Uji {n}", object_type="x.y", object_id="1")
        for n in range(120)
    )
    seen, address, pages = [], "/jejak/", 0
    while address:
        page = officer.get(address).context["page"]
        seen += [line.entry.action for line in page.lines]
        address = page.older and f"/jejak/?sebelum={page.older}"
        pages += 1
    assert (pages, seen) == (3, [f"Uji {n}" for n in range(119, -1, -1)])


# --- costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 60])
def test_queries_do_not_grow(officer, note, pokja, django_assert_num_queries, rows):
    for number in range(rows):
        note("Uji", pokja, after={"nilai": number})
    officer.get("/jejak/")
    with django_assert_num_queries(LIST_QUERIES):
        officer.get("/jejak/")
    with django_assert_num_queries(POKJA_QUERIES):
        officer.get(f"/jejak/pokja/{pokja.pk}/")


LIST_QUERIES = 24
POKJA_QUERIES = 24


# --- files -----------------------------------------------------------------------------------


def test_the_file_has_the_rows_of_the_filter_and_is_itself_recorded(officer, note, regions):
    note("Uji", before={"nama": "=1+1"}, after={"nama": "b"}, reason="=HYPERLINK(1)")
    note("Lain")
    response = officer.get("/jejak/unduh/?tindakan=Uji&bentuk=csv")
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 2
    row = dict(zip(*rows, strict=True))
    assert row["perubahan"] == "Nama: =1+1 → b"
    assert (row["zona"], row["kode_wilayah"], row["peran"]) == ("WITA", "73.71", "Operator")
    assert row["alasan"] == "'=HYPERLINK(1)"
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.action, entry.region) == ("Mengunduh jejak perubahan", regions.makassar)
    assert entry.after == {"bentuk": "csv", "saringan": "Uji"}


def test_the_workbook_has_the_same(officer, note):
    note("Uji", reason="+62")
    response = officer.get("/jejak/unduh/?bentuk=xlsx&tindakan=Uji")
    page = load_workbook(io.BytesIO(response.getvalue())).active
    header, row = list(page.values)
    assert dict(zip(header, row, strict=True))["alasan"] == "'+62"


def test_a_workbook_that_would_be_too_large_is_not_begun(officer, note, monkeypatch):
    monkeypatch.setattr("apps.trail.files.MOST_IN_WORKBOOK", 1)
    note("Uji")
    note("Uji")
    response = officer.get("/jejak/unduh/?bentuk=xlsx&tindakan=Uji")
    assert (response.status_code, response["Location"]) == (302, "/jejak/?tindakan=Uji")
    assert Entry.objects.count() == 2
    assert len(officer.get("/jejak/unduh/?tindakan=Uji").getvalue().splitlines()) == 3


def test_the_file_is_read_in_parts(officer, regions, monkeypatch):
    monkeypatch.setattr("apps.trail.pages.AT_ONCE", 7)
    Entry.objects.bulk_create(
        Entry(region=regions.makassar, action="Uji", object_type="x.y", object_id=str(n))
        for n in range(20)
    )
    lines = officer.get("/jejak/unduh/?tindakan=Uji").getvalue().decode().splitlines()
    assert len(lines) == 21


# --- returned with a note --------------------------------------------------------------------


def test_a_return_tells_the_officer_why(officer, operator_makassar, verifikator_sulsel, pokja):
    plan = make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    mark_opened(plan, actor=verifikator_sulsel)
    return_with_notes(
        plan, actor=verifikator_sulsel, revision=plan.revision, note="Lengkapi target"
    )
    page = text_of(officer.get("/jejak/"))
    assert "Membuka untuk diperiksa" in page
    assert "Alasan: Lengkapi target" in page
    assert "Diajukan" in page
    assert "<strong>Dikembalikan</strong>" in page
