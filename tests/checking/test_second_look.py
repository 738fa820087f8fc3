"""The second look: what the page shows and hides, what may be marked, and that nothing changes."""

import re
from datetime import timedelta

import pytest

from apps.evidence.services import return_with_notes, verify
from apps.reviews.drawing import Plan, close, draw_sample
from apps.reviews.models import SampleItem, SampleMark
from apps.verification.citations import Place, note_places
from apps.verification.models import Evidence
from apps.verification.pins import Spot, place
from apps.verification.services import FieldNote
from tests import makers

NOTE = "Tanda tangan kepala daerah tidak terlihat jelas"
PIN = "Cap dinas menutupi nomor"
QUOTE = "NOMOR 188.45 pada kepala surat"


@pytest.fixture
def look(decree, pokja, send, today, operator_makassar, verifikator_sulsel, verifikator2_sulsel):
    """The SK of Makassar: returned once with a note and a pin, sent again, verified with a
    quote, and drawn for verifikator2_sulsel."""
    document = decree.decree.document
    place(
        decree,
        document,
        Spot(1, 0.4, 0.4),
        PIN,
        actor=verifikator_sulsel,
        revision=decree.revision,
    )
    notes = (FieldNote(field="number", text=NOTE),)
    return_with_notes(decree, actor=verifikator_sulsel, revision=decree.revision, notes=notes)
    send(decree)
    note_places(
        decree,
        {"number": Place(1, QUOTE)},
        actor=verifikator_sulsel,
        revision=decree.revision,
    )
    verify(decree, actor=verifikator_sulsel, revision=decree.revision, note="Sudah diperbaiki")
    return drawn(pokja.region.province, today, verifikator2_sulsel)


def drawn(province, today, verifier):
    from apps.accounts.models import Assignment, User

    koordinator = User.objects.create_user("penarik", full_name="Penarik")
    Assignment.objects.create(user=koordinator, role="coordinator", region=province)
    plan = Plan(province, today - timedelta(days=1), today, 50, verifier=verifier)
    sample = draw_sample(plan, actor=koordinator, seed=1)
    return sample.items.select_related("sample", "evidence").first()


def address(look):
    return f"/tinjauan/berkas/{look.pk}/"


def filled(look, **more):
    from apps.checking.second_look import blind_screen

    points = blind_screen(Evidence.objects.get(pk=look.evidence_id)).points
    marks = {f"cek_{point.number}": "sesuai" for point in points}
    fields = marks | {"putusan": "setuju", "alasan": "", "catatan": ""} | more
    return {name: value for name, value in fields.items() if value is not None}


def test_the_page_tells_nothing_of_the_first_decision(
    client_of, verifikator2_sulsel, verifikator_sulsel, look
):
    text = client_of(verifikator2_sulsel).get(address(look)).content.decode()
    hidden = (
        str(verifikator_sulsel),
        NOTE,
        PIN,
        QUOTE,
        "Sudah diperbaiki",
        "Disetujui",
        "Terverifikasi",
        "Riwayat",
        "pengembalian terakhir",
        f"/verifikasi/{look.evidence_id}/",
    )
    assert [words for words in hidden if words in text] == []
    assert " checked" not in text


def test_the_page_shows_values_pages_and_automatic_checks(client_of, verifikator2_sulsel, look):
    page = client_of(verifikator2_sulsel).get(address(look))
    text = page.content.decode()
    document = look.evidence.decree.document
    assert "188.45/412/I/2026" in text
    assert f"/berkas/{document.uuid}/hal-1.webp" in text
    assert "Pemeriksaan otomatis" in text
    assert page.context["rows"][0][0].label == "Nomor SK"


def test_links_of_the_pages_stay_on_the_blind_page(client_of, verifikator2_sulsel, look):
    text = client_of(verifikator2_sulsel).get(address(look) + "?perbesar=150").content.decode()
    zooms = re.findall(r'id="perkecil"[^>]* href="([^"#]*)', text)
    assert zooms == [f"{address(look)}?hal=1"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("verifikator2_sulsel", 200),
        ("verifikator_sulsel", 403),
        ("koordinator_sulsel", 403),
        ("pusat", 403),
        ("admin", 403),
        ("verifikator_kalsel", 404),
        ("operator_makassar", 404),
        ("pengamat_makassar", 404),
    ],
)
def test_only_the_verifier_asked_opens_it(request, client_of, look, who, status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(address(look)).status_code == status
    if status != 200:
        assert client.post(address(look), filled(look)).status_code == status
        look.refresh_from_db()
        assert look.marked_at is None


def test_agreeing_saves_a_mark_for_every_value_and_changes_nothing_else(
    client_of, verifikator2_sulsel, look
):
    before = Evidence.objects.values().get(pk=look.evidence_id)
    response = client_of(verifikator2_sulsel).post(address(look), filled(look))
    assert (response.status_code, response["Location"]) == (302, "/tinjauan/")
    look.refresh_from_db()
    assert (look.agrees, look.reason, look.text) == (True, None, "")
    marks = SampleMark.objects.filter(item=look)
    assert marks.count() == len(filled(look)) - 3
    assert set(marks.values_list("is_right", flat=True)) == {True}
    assert Evidence.objects.values().get(pk=look.evidence_id) == before


def test_disagreeing_needs_a_reason_or_words(client_of, verifikator2_sulsel, look, reason):
    data = filled(look, putusan="kembalikan", cek_1="tidak")
    page = client_of(verifikator2_sulsel).post(address(look), data)
    assert page.context["form"].errors == {
        "catatan": ["Pilih alasan atau tulis catatan mengapa seharusnya dikembalikan"]
    }
    client_of(verifikator2_sulsel).post(address(look), data | {"alasan": reason.code})
    look.refresh_from_db()
    assert (look.agrees, look.reason, look.finding) == (False, reason, "Lampiran belum ada")
    assert list(look.marks.filter(is_right=False).values_list("field", flat=True)) == ["number"]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"cek_2": None}, {"cek_2": ["Tandai Tanggal ditetapkan"]}),
        ({"cek_2": "mungkin"}, {"cek_2": ["Pilih tanggal ditetapkan dari daftar"]}),
        (
            {"putusan": None},
            {"putusan": ["Pilih Setuju diverifikasi atau Seharusnya dikembalikan"]},
        ),
        (
            {"cek_3": "tidak"},
            {
                "cek_3": [
                    "Ada isian bertanda Tidak. Pilih Seharusnya dikembalikan atau ubah tandanya"
                ]
            },
        ),
        (
            {"alasan": "tidak-dikenal"},
            {"alasan": ["Pilih alasan bila seharusnya dikembalikan dari daftar"]},
        ),
        ({"catatan": "x" * 4001}, {"catatan": ["Catatan paling banyak 4000 huruf, sekarang 4001"]}),
    ],
)
def test_what_is_missing_or_odd_is_told_and_nothing_is_saved(
    client_of, verifikator2_sulsel, look, fields, errors
):
    page = client_of(verifikator2_sulsel).post(address(look), filled(look, **fields))
    assert page.status_code == 200
    assert page.context["form"].errors == errors
    look.refresh_from_db()
    assert (look.marked_at, look.marks.count()) == (None, 0)


def test_a_marked_item_is_not_opened_again(client_of, verifikator2_sulsel, look):
    client = client_of(verifikator2_sulsel)
    client.post(address(look), filled(look))
    assert client.get(address(look)).status_code == 302
    again = client.post(address(look), filled(look, putusan="kembalikan", catatan="Berubah"))
    assert again.status_code == 409
    assert "Berubah" in again.content.decode()
    look.refresh_from_db()
    assert look.agrees is True


def test_a_draw_closed_meanwhile_is_told_and_what_was_typed_stays(
    client_of, verifikator2_sulsel, look
):
    close(look.sample, actor=look.sample.drawn_by)
    data = filled(look, putusan="kembalikan", catatan="Cap tidak ada")
    page = client_of(verifikator2_sulsel).post(address(look), data)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Tinjauan ini sudah ditutup" in text
    assert "Cap tidak ada" in text


def test_rows_of_a_table_are_counted_together(
    client_of, plan, pokja, today, verifikator_sulsel, verifikator2_sulsel
):
    verify(plan, actor=verifikator_sulsel, revision=plan.revision)
    look = drawn(pokja.region.province, today, verifikator2_sulsel)
    client_of(verifikator2_sulsel).post(address(look), filled(look))
    assert list(look.marks.values_list("label", "topic")) == [("Kegiatan 1", "Kegiatan")]


@pytest.mark.parametrize(("kind", "count"), [("decree", 7), ("plan", 4), ("budget", 9)])
def test_what_the_page_reads_of_an_item(
    request,
    kind,
    count,
    pokja,
    today,
    verifikator_sulsel,
    verifikator2_sulsel,
    django_assert_num_queries,
):
    from apps.checking.queries import with_content
    from apps.checking.second_look import blind_screen

    item = request.getfixturevalue(kind)
    verify(item, actor=verifikator_sulsel, revision=item.revision)
    verifikator2_sulsel.scope.posts  # noqa: B018 - read once for each request
    with django_assert_num_queries(count):
        blind_screen(with_content(Evidence.objects.all(), verifikator2_sulsel).get(pk=item.pk))


def test_the_next_of_ones_own_items_follows(
    client_of, pokja, today, operator_makassar, send, verifikator_sulsel, verifikator2_sulsel
):
    for year in (2025, 2026):
        plan = send(makers.make_plan(pokja, operator_makassar, year=year))
        verify(plan, actor=verifikator_sulsel, revision=plan.revision)
    drawn(pokja.region.province, today, verifikator2_sulsel)
    first, second = SampleItem.objects.order_by("number")
    response = client_of(verifikator2_sulsel).post(address(first), filled(first))
    assert response["Location"] == address(second)


def test_the_page_of_the_first_decision_stays_shut_until_the_look_is_marked(
    client_of, verifikator_sulsel, verifikator2_sulsel, look
):
    page = f"/verifikasi/{look.evidence_id}/"
    client = client_of(verifikator2_sulsel)
    assert client.get(page).url == address(look)
    assert client_of(verifikator_sulsel).get(page).status_code == 200
    client.post(address(look), filled(look))
    assert client.get(page).status_code == 200
