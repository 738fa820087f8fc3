"""Pins: put on a page while checking, sent with the return, read by the officer at the spot."""

import re

import pytest
from django.core.exceptions import ValidationError

from apps.audit.models import Entry
from apps.documents.models import Document
from apps.verification import pins
from apps.verification.enums import Status
from apps.verification.models import Pin
from apps.verification.pins import Spot
from apps.verification.services import StepConflict, StepRefused
from tests import makers
from tests.checking.test_decisions import approve, errors, flashes, give_back


def add_url(evidence, page=1, query=""):
    return f"/verifikasi/{evidence.pk}/pin/?hal={page}{query}"


def pin_data(evidence, **changes):
    base = {
        "hal": 1,
        "kiri": "25",
        "atas": "50,5",
        "teks": "Tanggal",
        "revision": evidence.revision,
    }
    return {name: value for name, value in (base | changes).items() if value is not None}


@pytest.fixture
def judge(client_of, verifikator_sulsel):
    return client_of(verifikator_sulsel)


@pytest.fixture
def put(verifikator_sulsel):
    """put(evidence, text, page=1): an unsent pin of the verifier."""

    def act(evidence, text="Tanggal berbeda", page=1, by=None, x=0.25, y=0.5):
        return pins.place(
            evidence,
            evidence.decree.document,
            Spot(page, x, y),
            text,
            actor=by or verifikator_sulsel,
            revision=evidence.revision,
        )

    return act


# --- putting one down ------------------------------------------------------------------------


def test_a_place_in_figures_and_a_text_make_a_pin(judge, decree, verifikator_sulsel):
    assert judge.get(add_url(decree, 2)).status_code == 200
    response = judge.post(add_url(decree, 2), pin_data(decree, hal=2))
    assert (response.status_code, response.url) == (303, f"/verifikasi/{decree.pk}/?hal=2#hal-2")
    pin = decree.pins.get()
    assert (pin.page, pin.x, pin.y, pin.text) == (2, 0.25, 0.505, "Tanggal")
    assert (pin.created_by, pin.history, pin.document) == (
        verifikator_sulsel,
        None,
        decree.decree.document,
    )
    assert Entry.objects.get(action="Menaruh pin pada halaman").after["catatan"] == "Tanggal"


def test_a_click_on_the_image_is_measured_on_its_size(judge, decree):
    page = judge.get(add_url(decree)).content.decode()
    width, height = map(
        int, re.search(r'name="titik".* width="(\d+)" height="(\d+)"', page).groups()
    )
    click = {"titik.x": str(width // 4), "titik.y": str(height // 2), "kiri": None, "atas": None}
    judge.post(add_url(decree), pin_data(decree, **click))
    pin = decree.pins.get()
    assert (round(pin.x, 2), round(pin.y, 2)) == (0.25, 0.5)


def test_enter_on_the_image_is_no_place(judge, decree):
    click = {"titik.x": "0", "titik.y": "0", "kiri": None, "atas": None}
    response = judge.post(add_url(decree), pin_data(decree, **click))
    told = "Klik tempatnya pada halaman, atau isi letaknya dalam persen"
    assert errors(response) == {"kiri": [told], "atas": [told]}


def test_a_click_without_a_text_keeps_its_place(judge, decree):
    response = judge.post(
        add_url(decree), pin_data(decree, teks="", **{"titik.x": "320", "titik.y": "100"})
    )
    assert errors(response) == {"teks": ["Tulis catatan untuk pin ini"]}
    assert response.context["form"]["kiri"].value() == "50,00"


@pytest.mark.parametrize(
    "bad",
    [
        {"kiri": "NaN"},
        {"kiri": "1e309"},
        {"kiri": "-1"},
        {"atas": "200"},
        {"atas": ""},
        {"titik.x": "NaN", "titik.y": "5"},
        {"titik.x": "1e309", "titik.y": "5"},
        {"titik.x": "-1", "titik.y": "5"},
        {"titik.x": "99999", "titik.y": "5"},
        {"titik.x": "x" * 500, "titik.y": "5"},
        {"teks": ""},
        {"teks": "   "},
        {"teks": "a" * 5000},
        {"teks": "a\x00b"},
    ],
)
def test_what_is_wrong_with_a_pin_is_told_and_nothing_is_kept(judge, decree, bad):
    response = judge.post(add_url(decree), pin_data(decree, **bad))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Pin.objects.exists()


@pytest.mark.parametrize("page", ["0", "3", "999", "-1", "satu", "01", "9" * 30])
def test_a_page_the_file_does_not_have_is_404(judge, decree, page):
    assert judge.get(add_url(decree, page)).status_code == 404
    assert judge.post(add_url(decree), pin_data(decree, hal=page)).status_code == 404


@pytest.mark.parametrize(
    "spot",
    [
        Spot(0, 0.5, 0.5),
        Spot(3, 0.5, 0.5),
        Spot(1, -0.1, 0.5),
        Spot(1, 0.5, 2),
        Spot(1, float("nan"), 0.5),
        Spot(1, 0.5, float("inf")),
    ],
)
def test_the_service_refuses_places_off_the_page(decree, verifikator_sulsel, spot):
    with pytest.raises(ValidationError):
        pins.place(decree, decree.decree.document, spot, "x", actor=verifikator_sulsel, revision=2)


def test_a_pin_goes_on_the_file_being_judged_only(
    decree, verifikator_sulsel, regions, operator_makassar
):
    other = makers.make_document(regions.makassar, operator_makassar, pages=3)
    for document in (other, None):
        with pytest.raises(ValidationError):
            pins.place(decree, document, Spot(1, 0, 0), "x", actor=verifikator_sulsel, revision=2)


def test_the_same_pin_sent_twice_stays_one(judge, decree):
    for _ in range(2):
        assert judge.post(add_url(decree), pin_data(decree)).status_code == 303
    assert decree.pins.count() == 1


def test_an_item_without_a_file_has_no_pages_to_pin(judge, plan):
    assert judge.get(add_url(plan)).status_code == 404


def test_a_page_that_cannot_be_drawn_is_pinned_by_figures(judge, decree):
    storage, name = decree.decree.document.file.storage, decree.decree.document.file.name
    with storage.open(name, "wb") as file:
        file.write(b"%PDF-1.7 rusak")
    page = judge.get(add_url(decree)).content.decode()
    assert 'type="image"' not in page
    assert "Halaman ini tidak dapat digambar" in page
    assert judge.post(add_url(decree), pin_data(decree)).status_code == 303


# --- who may ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("koordinator_sulsel", 303),
        ("operator_makassar", 403),
        ("pusat", 403),
        ("admin", 403),
        ("operator_bone", 404),
        ("pengamat_makassar", 404),
        ("verifikator_kalsel", 404),
    ],
)
def test_who_may_pin(client_of, cast, decree, name, status):
    response = client_of(cast[name]).post(add_url(decree), pin_data(decree))
    assert (response.status_code, decree.pins.count()) == (status, status == 303)


def test_nobody_pins_on_an_entry_of_their_own(
    client_of, verifikator_sulsel, pokja, send, operator_makassar
):
    file = makers.make_document(pokja.region, operator_makassar)
    own = send(makers.make_decree(pokja, verifikator_sulsel, document=file), verifikator_sulsel)
    assert client_of(verifikator_sulsel).post(add_url(own), pin_data(own)).status_code == 403
    with pytest.raises(StepRefused):
        pins.place(own, file, Spot(1, 0, 0), "x", actor=verifikator_sulsel, revision=own.revision)


def test_a_pin_is_changed_and_removed_by_its_writer_only(
    judge, client_of, verifikator2_sulsel, decree, put
):
    pin = put(decree)
    url = f"/verifikasi/{decree.pk}/pin/{pin.pk}/"
    other = client_of(verifikator2_sulsel)
    assert other.post(url, pin_data(decree)).status_code == 403
    assert other.post(f"{url}hapus/", pin_data(decree)).status_code == 403
    assert judge.get(url).context["form"]["kiri"].value() == "25,00"
    assert judge.post(url, pin_data(decree, teks="Baru", kiri="10")).status_code == 303
    pin.refresh_from_db()
    assert (pin.text, pin.x) == ("Baru", 0.1)
    assert judge.post(f"{url}hapus/", pin_data(decree)).status_code == 303
    assert not decree.pins.exists()
    actions = Entry.objects.filter(action__contains="pin").values_list("action", flat=True)
    assert set(actions) == {
        "Menaruh pin pada halaman",
        "Mengubah pin pada halaman",
        "Menghapus pin pada halaman",
    }


def test_a_pin_of_another_item_is_404(judge, decree, budget, put):
    pin = put(decree)
    assert judge.get(f"/verifikasi/{budget.pk}/pin/{pin.pk}/").status_code == 404


def test_another_verifier_reads_an_unsent_pin_and_cannot_change_it(
    client_of, verifikator2_sulsel, decree, put
):
    put(decree, "Cap kurang jelas")
    page = client_of(verifikator2_sulsel).get(f"/verifikasi/{decree.pk}/").content.decode()
    assert "belum dikirim, oleh Verifikator Sulsel" in page
    assert "Ubah atau hapus" not in page


# --- decisions -------------------------------------------------------------------------------


def test_a_return_with_pins_needs_no_other_note(judge, decree, put, marks, verifikator_sulsel):
    put(decree, "Cap kurang jelas", page=2)
    put(decree, "Tanggal berbeda")
    response = give_back(judge, decree, marks(decree))
    assert response.status_code == 303
    assert flashes(response)[0].endswith(
        "dikembalikan kepada petugas Kota Makassar dengan 2 pin pada halaman."
    )
    returned = decree.history.first()
    assert returned.note == "Lihat 2 catatan yang ditandai pada halaman berkas."
    assert list(returned.pins.values_list("page", "text")) == [
        (1, "Tanggal berbeda"),
        (2, "Cap kurang jelas"),
    ]


def test_the_words_of_a_return_stay_as_they_are(judge, decree, put, marks):
    put(decree)
    give_back(judge, decree, marks(decree, catatan="Perbaiki tanggal"))
    assert decree.history.first().note == "Perbaiki tanggal"


def test_a_return_takes_only_the_pins_of_its_verifier(
    judge, decree, put, marks, verifikator2_sulsel
):
    theirs = put(decree, "Milik lain", by=verifikator2_sulsel)
    assert give_back(judge, decree, marks(decree)).status_code == 200  # nothing of one's own
    put(decree)
    assert give_back(judge, decree, marks(decree)).status_code == 303
    theirs.refresh_from_db()
    assert theirs.history is None


def test_an_approval_clears_what_was_not_sent_and_says_so(judge, decree, put, marks):
    put(decree, "Satu")
    put(decree, "Dua")
    response = approve(judge, decree, marks(decree))
    assert flashes(response) == [
        "SK Pokja GDPK Kota Makassar disetujui. 2 pin yang belum dikirim dihapus."
    ]
    assert not decree.pins.exists()
    cleared = Entry.objects.filter(action="Menghapus pin yang tidak dikirim")
    assert {entry.before["catatan"] for entry in cleared} == {"Satu", "Dua"}


def test_a_pin_after_the_decision_is_a_conflict_that_keeps_the_text(
    judge, decree, put, marks, verifikator2_sulsel
):
    from apps.evidence.services import verify

    before = pin_data(decree, teks="Sudah ditulis")
    verify(decree, actor=verifikator2_sulsel, revision=decree.revision)
    response = judge.post(add_url(decree), before)
    assert response.status_code == 409
    assert response.context["conflict"].typed == (("Catatan pada pin", "Sudah ditulis"),)
    assert "Pin Anda tidak disimpan" in response.content.decode()
    assert not decree.pins.exists()


def test_a_pin_on_a_version_that_changed_is_a_conflict(judge, decree):
    response = judge.post(add_url(decree), pin_data(decree, revision=1))
    assert response.status_code == 409
    assert judge.post(add_url(decree), pin_data(decree, revision="")).status_code == 409


def test_a_sent_pin_cannot_be_changed(judge, decree, put, marks, verifikator_sulsel):
    pin = put(decree)
    give_back(judge, decree, marks(decree))
    url = f"/verifikasi/{decree.pk}/pin/{pin.pk}/"
    assert judge.post(url, pin_data(decree)).status_code == 409
    pin.refresh_from_db()
    with pytest.raises(StepRefused):
        pins.remove(pin, actor=verifikator_sulsel, revision=decree.revision)


def test_a_pin_that_loses_the_race_inside_the_database_is_a_conflict(
    decree, verifikator_sulsel, verifikator2_sulsel
):
    from apps.evidence.services import verify
    from apps.verification.models import Evidence

    stale = Evidence.objects.select_related("region", "decree__document").get(pk=decree.pk)
    verify(decree, actor=verifikator2_sulsel, revision=decree.revision)
    with pytest.raises(StepConflict):
        pins.place(
            stale,
            stale.decree.document,
            Spot(1, 0, 0),
            "x",
            actor=verifikator_sulsel,
            revision=stale.revision,
        )


# --- the whole way, without JavaScript -------------------------------------------------------


@pytest.fixture
def officer(client_of, operator_makassar):
    return client_of(operator_makassar)


def step_url(pokja, evidence):
    return f"/pokja/{pokja.pk}/2026/isi/sk/?bukti={evidence.pk}"


def test_from_pin_to_return_to_a_new_file_to_approval(
    judge, officer, decree, pokja, marks, today, send, operator_makassar, verifikator_sulsel
):
    from apps.effectiveness.builtin import load_builtin_rubric

    load_builtin_rubric()
    old = decree.decree.document
    judge.post(add_url(decree, 2), pin_data(decree, hal=2, teks="Cap kurang jelas"))
    give_back(judge, decree, marks(decree))

    page = officer.get(step_url(pokja, decree)).content.decode()
    assert '<a href="#pin-hal-2">Halaman 2, pin 1: Cap kurang jelas</a>' in page
    assert f'<img src="/berkas/{old.uuid}/hal-2.webp"' in page
    assert '<circle cx="25.00%" cy="50.50%" r="13"/>' in page
    assert "Pada berkas versi lama" not in page

    decree.refresh_from_db()
    new = makers.make_document(pokja.region, operator_makassar, name="SK baru.pdf", pages=5)
    fixed = makers.make_decree(
        pokja, operator_makassar, evidence=decree, document=new, revision=decree.revision
    )
    page = officer.get(step_url(pokja, decree)).content.decode()
    assert "Pada berkas versi lama: " in page
    assert f'<img src="/berkas/{old.uuid}/hal-2.webp"' in page

    send(fixed)
    assert "pin-hal-2" in officer.get(step_url(pokja, decree)).content.decode()
    page = judge.get(f"/verifikasi/{decree.pk}/").content.decode()
    assert "Catatan terdahulu pada berkas versi lama" in page
    assert f'href="/berkas/{old.uuid}/hal-2.webp"' in page
    assert "Hal. 2: Cap kurang jelas" in page  # the history
    fixed.refresh_from_db()
    approve(judge, fixed, marks(fixed))
    fixed.refresh_from_db()
    assert fixed.status == Status.VERIFIED
    assert fixed.pins.get().document == old


def test_earlier_pins_on_the_same_file_stand_on_its_pages(
    judge, decree, put, marks, send, pokja, operator_makassar
):
    put(decree, "Cap kurang jelas")
    give_back(judge, decree, marks(decree))
    decree.refresh_from_db()
    again = send(
        makers.make_decree(
            pokja, operator_makassar, evidence=decree, revision=decree.revision, title="Lain"
        )
    )
    page = judge.get(f"/verifikasi/{again.pk}/")
    assert [mark.label for mark in page.context["sheets"].first.marks] == ["L1"]
    put(again, "Masih kurang jelas")
    page = judge.get(f"/verifikasi/{again.pk}/")
    assert [mark.label for mark in page.context["sheets"].first.marks] == ["1", "L1"]
    assert "dari pengembalian terakhir" in page.content.decode()


def test_markup_in_a_pin_is_shown_as_text(judge, decree, put):
    put(decree, "<script>alert(1)</script>\nbaris dua")
    page = judge.get(f"/verifikasi/{decree.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>baris dua" in page


def test_observers_and_other_regions_read_no_pin(decree, put, cast):
    put(decree)
    seen = {name: Pin.objects.for_user(cast[name]).count() for name in cast}
    assert {name for name, count in seen.items() if count} == {
        "operator_makassar",
        "verifikator_sulsel",
        "verifikator2_sulsel",
        "koordinator_sulsel",
        "pusat",
        "admin",
    }


def test_the_item_page_costs_the_same_for_one_pin_and_many(
    judge, decree, put, django_assert_num_queries
):
    put(decree, "Satu")
    judge.get(f"/verifikasi/{decree.pk}/")
    with django_assert_num_queries(41):
        judge.get(f"/verifikasi/{decree.pk}/")
    for number in range(12):
        put(decree, f"Pin {number}", page=1 + number % 2)
    with django_assert_num_queries(41):
        judge.get(f"/verifikasi/{decree.pk}/")


def test_there_is_an_end_to_pins(decree, put, monkeypatch):
    monkeypatch.setattr(pins, "MOST", 2)
    put(decree, "1")
    put(decree, "2")
    with pytest.raises(ValidationError, match="Paling banyak 2 pin"):
        put(decree, "3")


def test_a_lost_file_leaves_the_item_readable(judge, decree):
    Document.objects.filter(pk=decree.decree.document_id).update(file="tidak/ada.pdf")
    assert judge.get(f"/verifikasi/{decree.pk}/").status_code == 200
    assert judge.get(add_url(decree)).status_code == 200
