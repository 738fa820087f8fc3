import pytest

from apps.audit.models import Entry
from apps.evidence.services import cancel
from tests.makers import make_budget, make_decree, make_document, make_pokja, pdf_bytes, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(regions, operator_makassar):
    return make_document(regions.makassar, operator_makassar, name="SK Pokja “Baru”.pdf")


def address(document):
    return f"/berkas/{document.uuid}/"


def test_the_file_arrives_byte_for_byte_with_safe_headers(document, operator_makassar, client_of):
    answer = client_of(operator_makassar).get(address(document))
    assert answer.status_code == 200
    with document.file.open("rb") as file:
        assert answer.getvalue() == file.read()
    assert {name: answer[name] for name in SAFE} == SAFE


SAFE = {
    "Content-Type": "application/pdf",
    "Content-Disposition": "inline; filename*=utf-8''SK%20Pokja%20%E2%80%9CBaru%E2%80%9D.pdf",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


def test_nginx_is_told_which_bytes_to_send(document, operator_makassar, client_of, settings):
    settings.ACCEL_PREFIX = "/_berkas/"
    answer = client_of(operator_makassar).get(address(document))
    assert (answer["X-Accel-Redirect"], answer.content) == (
        f"/_berkas/{document.file.name}",
        b"",
    )
    assert {name: answer[name] for name in SAFE} == SAFE


def test_a_name_without_the_ending_gets_it(regions, operator_makassar, client_of):
    document = make_document(regions.makassar, operator_makassar, name="sk.html")
    answer = client_of(operator_makassar).get(address(document))
    assert answer["Content-Disposition"] == 'inline; filename="sk.html.pdf"'


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("operator_makassar", 200),
        ("verifikator_sulsel", 200),
        ("koordinator_sulsel", 200),
        ("pusat", 200),
        ("admin", 200),
        ("operator_bone", 404),
        ("operator_sulsel", 404),
        ("verifikator_kalsel", 404),
        ("operator_banjarmasin", 404),
        ("pengamat_makassar", 404),
    ],
)
def test_a_file_is_reached_only_within_ones_regions(document, cast, client_of, who, status):
    assert client_of(cast[who]).get(address(document)).status_code == status


def test_a_stranger_is_sent_to_sign_in(document, client):
    answer = client.get(address(document))
    assert (answer.status_code, answer["Location"]) == (302, f"/masuk/?next={address(document)}")


def test_an_unknown_file_is_not_found(operator_makassar, client_of):
    answer = client_of(operator_makassar).get("/berkas/7d3f0c86-53b5-4a7c-8a3f-0242ac120002/")
    assert answer.status_code == 404


def test_a_file_cannot_be_posted_to(document, operator_makassar, client_of):
    assert client_of(operator_makassar).post(address(document)).status_code == 405


def test_a_file_lost_from_the_disk_is_not_found(document, operator_makassar, client_of):
    document.file.storage.delete(document.file.name)
    assert client_of(operator_makassar).get(address(document)).status_code == 404


def test_every_reading_is_on_record(document, verifikator_sulsel, client_of):
    client_of(verifikator_sulsel).get(address(document))
    entry = Entry.objects.get(object_type="documents.document")
    assert (entry.actor, entry.role, entry.region, entry.action, entry.object_id) == (
        verifikator_sulsel,
        "verifier",
        document.region,
        "Membuka berkas",
        str(document.pk),
    )


# --- observers -------------------------------------------------------------------------------


def test_a_second_look_at_the_first_page_is_on_record_though_nothing_is_sent_again(
    document, verifikator_sulsel, client_of
):
    client, page = client_of(verifikator_sulsel), f"{address(document)}hal-1.webp"
    first = client.get(page)
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get(page, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Entry.objects.filter(action="Membuka berkas", actor=verifikator_sulsel).count() == 2


@pytest.mark.parametrize("make", [make_decree, make_budget])
def test_an_observer_sees_a_file_once_a_verified_item_uses_it(
    make, regions, document, operator_makassar, verifikator_sulsel, pengamat_makassar, client_of
):
    client = client_of(pengamat_makassar)
    item = make(make_pokja(regions.makassar), operator_makassar, document=document)
    assert client.get(address(document)).status_code == 404
    verified(item, operator_makassar, verifikator_sulsel)
    assert client.get(address(document)).status_code == 200


def test_an_observer_loses_sight_of_a_file_when_its_verification_is_cancelled(
    regions, document, cast, client_of
):
    pokja = make_pokja(regions.makassar)
    decree = make_decree(pokja, cast["operator_makassar"], document=document)
    verified(decree, cast["operator_makassar"], cast["verifikator_sulsel"])
    cancel(decree, actor=cast["koordinator_sulsel"], revision=decree.revision, note="Keliru")
    client = client_of(cast["pengamat_makassar"])
    assert client.get(address(document)).status_code == 404


def test_somebody_who_is_operator_too_sees_drafts_of_that_region_only(
    regions, document, pengamat_makassar, operator_bone, client_of
):
    from apps.accounts.models import Assignment

    Assignment.objects.create(user=operator_bone, role="observer", region=regions.makassar)
    own = make_document(regions.bone, operator_bone, content=pdf_bytes(pages=2))
    client = client_of(operator_bone)
    assert client.get(address(own)).status_code == 200
    assert client.get(address(document)).status_code == 404
