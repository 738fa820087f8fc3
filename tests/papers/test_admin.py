"""In the administration: the kop of the own office, its emblem, and issued papers to read."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.audit.models import Entry
from apps.papers.emblems import NO_IMAGE, TOO_HEAVY
from apps.papers.issuing import issue
from apps.papers.models import Letterhead, Signer
from tests.papers.test_emblem import image_bytes

BASE = "/admin/papers/"


def head_fields(head, **more):
    names = ("valid_from", "institution", "address", "phone", "website", "email", "place")
    return {name: getattr(head, name) for name in names} | more


def file_of(content, name="lambang.png"):
    return SimpleUploadedFile(name, content, "image/png")


@pytest.fixture
def head(make_head):
    return make_head("2025-01-01")


def test_an_emblem_is_uploaded_shown_and_taken_away(head, admin, client_of):
    client, address = client_of(admin), f"{BASE}letterhead/{head.pk}/change/"
    answer = client.post(address, head_fields(head, emblem_file=file_of(image_bytes())))
    head.refresh_from_db()
    assert (answer.status_code, head.revision) == (302, 2)
    assert f'src="data:image/png;base64,{head.emblem}"' in client.get(address).text
    entry = Entry.objects.get(action="Menyimpan kop surat lewat admin")
    assert entry.after == {"lambang": f"{len(head.emblem)} huruf"}
    client.post(address, head_fields(head))
    assert Letterhead.objects.get().emblem == head.emblem  # left as it was
    client.post(address, head_fields(head, emblem_away="on"))
    assert Letterhead.objects.get().emblem == ""


@pytest.mark.parametrize(
    ("content", "told"), [(b"bukan gambar", NO_IMAGE), (b"x" * (2 * 1024 * 1024 + 1), TOO_HEAVY)]
)
def test_what_is_no_emblem_is_told_and_nothing_is_saved(head, admin, client_of, content, told):
    address = f"{BASE}letterhead/{head.pk}/change/"
    answer = client_of(admin).post(
        address, head_fields(head, place="Maros", emblem_file=file_of(content))
    )
    assert answer.context["adminform"].form.errors["emblem_file"] == [told]
    assert Letterhead.objects.get().place == "Makassar"


def test_a_second_kop_of_the_same_day_is_told(head, admin, client_of, regions):
    answer = client_of(admin).post(
        f"{BASE}letterhead/add/", head_fields(head, province=regions.sulsel.pk)
    )
    assert "Kop surat yang berlaku mulai tanggal itu sudah ada." in answer.text


def test_the_admin_checks_a_nip(admin, client_of, regions):
    answer = client_of(admin).post(
        f"{BASE}signer/add/",
        {"province": regions.sulsel.pk, "position": "Kepala", "name": "Contoh", "nip": "1" * 17},
    )
    assert answer.context["adminform"].form.errors["nip"] == [
        "NIP terdiri atas 18 angka, sekarang 17"
    ]


def test_the_admin_checks_the_days_in_office(admin, client_of, regions):
    fields = {"province": regions.sulsel.pk, "position": "Kepala", "name": "Contoh"}
    days = {"valid_from": "2026-03-12", "valid_to": "2026-03-11"}
    answer = client_of(admin).post(f"{BASE}signer/add/", fields | days)
    assert "Tanggal akhir tidak boleh sebelum tanggal mulai" in answer.text
    client_of(admin).post(f"{BASE}signer/add/", fields | days | {"valid_to": "2026-03-12"})
    assert Signer.objects.get().valid_to == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [("coordinator", "sulsel", 200), ("coordinator", "kalsel", 404), ("national", None, 404)],
)
@pytest.mark.parametrize("kind", ["signer", "letterhead"])
def test_staff_reach_the_rows_of_their_own_office(
    head, make_signer, make_user, regions, client_of, role, place, status, kind
):
    row = head if kind == "letterhead" else make_signer("Nama")
    staff = make_user(role, place and getattr(regions, place), is_staff=True)
    answer = client_of(staff).get(f"{BASE}{kind}/{row.pk}/change/")
    assert answer.status_code == status


def test_who_may_only_read_a_kop_has_no_file_to_choose(head, make_user, regions, client_of):
    staff = make_user("verifier", regions.sulsel, is_staff=True)
    address = f"{BASE}letterhead/{head.pk}/change/"
    page = client_of(staff).get(address)
    assert page.status_code == 200
    assert "Belum ada lambang" in page.text
    assert 'type="file"' not in page.text
    assert client_of(staff).post(address, head_fields(head)).status_code == 403


@pytest.mark.parametrize(("place", "status"), [("sulsel", 200), ("kalsel", 404)])
def test_issued_papers_are_read_in_scope_and_changed_by_nobody(
    admin, make_user, regions, client_of, place, status
):
    paper = issue(
        kind="rapor_daerah", region=regions.bone, year=2026, title="Rapor", told={"status": "Uji"}
    )
    staff = make_user("coordinator", getattr(regions, place), is_staff=True)
    address = f"{BASE}issuedpaper/{paper.pk}/"
    assert client_of(staff).get(f"{address}change/").status_code == status
    for client in (client_of(staff), client_of(admin)):
        assert client.post(f"{address}change/", {"title": "Lain"}).status_code in (403, 404)
        assert client.post(f"{address}delete/", {"post": "yes"}).status_code in (403, 404)
        assert client.get(f"{BASE}issuedpaper/add/").status_code == 403
    paper.refresh_from_db()
    assert paper.title == "Rapor"
