"""Uploads refused: each answer is JSON with a sentence; nobody else's upload is seen."""

from uuid import uuid4

import pytest
from django.test import Client

from apps.accounts.models import Assignment
from apps.documents.models import Document, Upload
from apps.documents.store import FULL, StoreUnavailable
from tests.documents.sending import CONTENT, Sender, coded, parts, refusal, stored

pytestmark = pytest.mark.django_db
# Parts are deleted once it is committed that they are needed no longer.
committed = pytest.mark.django_db(transaction=True)


# --- refused ---------------------------------------------------------------------------------


def test_an_empty_file_is_refused_before_it_is_sent(sender):
    assert refusal(sender.announce(0)) == (422, "Berkas kosong. Pilih berkas lain")


def test_a_file_over_the_limit_is_refused_before_it_is_sent(sender, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    assert sender.announce(1024 * 1024).status_code == 201
    assert refusal(sender.announce(1024 * 1024 + 1)) == (
        413,
        "Berkas berukuran 1 MB. Ukuran paling besar 1 MB",
    )


def test_more_bytes_than_announced_are_refused(sender):
    address = sender.announce()["Location"]
    answer = sender.patch(address, 0, CONTENT + b"x")
    assert refusal(answer) == (
        413,
        "Berkas lebih besar daripada yang diumumkan. Pilih berkasnya lagi.",
    )
    assert sender.client.head(address)["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": ""}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "1e9"}, 400),
        ({"Upload-Length": "9" * 400}, 400),
        ({"Upload-Length": "١٢"}, 400),
        ({"Upload-Metadata": "filename ***"}, 400),
        ({"Upload-Metadata": ""}, 404),
        ({"Upload-Metadata": f"region {coded('satu')}"}, 404),
        ({"Upload-Metadata": f"region {coded('9' * 15)}"}, 404),
        ({"Upload-Metadata": f"region {coded('-1')}"}, 404),
    ],
)
def test_an_announcement_that_makes_no_sense_is_refused(sender, headers, status):
    answer = sender.announce(**headers)
    assert answer.status_code == status
    assert answer.json()["pesan"]
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"content_type": "application/pdf"}, 415),
        ({"offset": ""}, 400),
        ({"offset": "nol"}, 400),
        ({"Content-Length": ""}, 411),
    ],
)
def test_a_part_that_makes_no_sense_is_refused(sender, change, status):
    address = sender.announce()["Location"]
    answer = sender.patch(address, **{"offset": 0, "body": b"x"} | change)
    assert answer.status_code == status
    assert sender.client.head(address)["Upload-Offset"] == "0"


def test_an_upload_that_is_not_whole_is_refused_and_stays(sender):
    address = sender.announce()["Location"]
    sender.patch(address, 0, CONTENT[:-1])
    assert refusal(sender.finish(address)) == (
        422,
        "Berkas SK belum terkirim seluruhnya. Lanjutkan unggahan, lalu simpan lagi",
    )
    assert sender.client.head(address)["Upload-Offset"] == str(len(CONTENT) - 1)


@committed
def test_a_file_refused_for_its_content_is_gone(sender, media_root):
    address = sender.sent(b"GIF89a", "sk.pdf")
    assert refusal(sender.finish(address)) == (
        422,
        "Berkas SK harus PDF atau foto (JPG, PNG)",
    )
    assert (Upload.objects.count(), stored(media_root)) == (0, [])
    assert sender.finish(address).status_code == 404


def test_two_pdfs_make_no_document(sender):
    answer = sender.finish(sender.sent(), sender.sent())
    assert refusal(answer) == (
        422,
        "Pilih satu PDF saja. Gabungkan dahulu bila Berkas SK terbagi dalam beberapa PDF",
    )


def test_more_than_twenty_files_make_no_document(sender):
    answer = sender.finish(*[sender.sent(b"x") for _ in range(21)])
    assert refusal(answer) == (
        422,
        "Paling banyak 20 foto. Pindai dokumen yang lebih panjang menjadi satu PDF",
    )


def test_uploads_for_two_regions_make_no_document(sender, operator_makassar, regions):
    Assignment.objects.create(user=operator_makassar, role="operator", region=regions.bone)
    sender.client.force_login(operator_makassar)
    first = sender.sent()
    sender.region = regions.bone
    answer = sender.finish(first, sender.sent())
    assert refusal(answer)[0] == 422
    assert Document.objects.count() == 0


def test_the_same_upload_named_twice_makes_no_document(sender):
    address = sender.sent()
    assert sender.finish(address, address).status_code == 422
    assert sender.finish(address).status_code == 200


def test_an_upload_used_already_makes_no_second_document(sender):
    first = sender.sent()
    sender.finish(first)
    assert sender.finish(first, sender.sent()).status_code == 422
    assert Document.objects.count() == 1


@pytest.mark.parametrize("codes", [[], ["bukan-kode"], [str(uuid4())]])
def test_finishing_nothing_is_refused(sender, codes):
    answer = sender.client.post("/unggah/selesai/", {"unggahan": codes})
    assert answer.status_code == (404 if codes else 422)


def test_a_part_lost_from_the_store_is_told_and_the_upload_gone(sender, media_root):
    address = sender.sent()
    parts(media_root)[0].unlink()
    assert refusal(sender.finish(address)) == (
        422,
        "Sebagian unggahan tidak tersimpan. Unggah lagi berkasnya",
    )
    assert Upload.objects.count() == 0


# --- whose upload ----------------------------------------------------------------------------


def answers(client, address):
    """The statuses of every way to touch an upload."""
    code = address.split("/")[2]
    other = Sender(client, None)
    return {
        client.get(address).status_code,
        client.head(address).status_code,
        other.patch(address, 0, b"x").status_code,
        other.finish(code).status_code,
        client.delete(address).status_code,
    }


@pytest.mark.parametrize(
    "who", ["verifikator_sulsel", "koordinator_sulsel", "pusat", "operator_bone", "admin"]
)
def test_an_upload_is_nobody_elses_business(sender, cast, client_of, who):
    assert answers(client_of(cast[who]), sender.sent()) == {404}


def test_a_stranger_is_told_to_sign_in_without_a_redirect(sender):
    assert answers(Client(), sender.sent()) == {401}
    assert Client().get("/unggah/").status_code == 401
    assert Sender(Client(), sender.region).announce().status_code == 401


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("operator_makassar", 201),
        ("verifikator_sulsel", 201),
        ("admin", 201),
        ("pusat", 403),
        ("pengamat_makassar", 403),
        ("operator_bone", 404),
        ("verifikator_kalsel", 404),
    ],
)
def test_only_who_may_fill_in_for_a_region_uploads_for_it(cast, client_of, regions, who, status):
    other = Sender(client_of(cast[who]), regions.makassar)
    answer = other.announce()
    assert answer.status_code == status
    assert other.client.get(f"/unggah/?wilayah={regions.makassar.pk}").status_code == (
        200 if status == 201 else status
    )
    assert (status == 201) == (not answer.content)


def test_who_has_left_the_post_can_no_longer_finish(sender, operator_makassar):
    address = sender.sent()
    operator_makassar.assignments.update(role="observer")
    assert sender.finish(address).status_code == 403
    assert sender.patch(address, 0, b"x").status_code == 403
    operator_makassar.assignments.all().delete()
    assert sender.finish(address).status_code == 404


def test_the_name_shown_is_harmless(sender):
    address = sender.announce(name="../../etc/SK\u202efdp\x00.pdf\r\nX: y")["Location"]
    assert sender.client.get(address).json()["nama"] == "SKfdp.pdf X: y"


@pytest.mark.parametrize("name", ["..", ".", "", "/", "a." + "b" * 300, "ⲥ🙂中.pdf"])
def test_no_name_breaks_an_upload(sender, name):
    answer = sender.finish(sender.sent(name=name))
    assert answer.status_code == 200
    assert len(answer.json()["nama"]) <= 255


def test_the_store_in_trouble_is_told_and_the_upload_stays(sender, monkeypatch):
    address = sender.sent()

    def fail(*args, **options):
        raise StoreUnavailable(FULL)

    monkeypatch.setattr("apps.documents.folder_store.FolderStore._save", fail)
    answer = sender.finish(address)
    assert refusal(answer) == (507, FULL)
    monkeypatch.undo()
    assert sender.finish(address).status_code == 200
