"""The protocol a page uploads by: parts, going on after a broken line, the last step."""

import io
import tracemalloc

import pytest
from django.test import Client

from apps.audit.models import Entry
from apps.documents.models import Chunk, Document, Upload
from tests.documents.sending import CONTENT, SIZE, Sender, stored

pytestmark = pytest.mark.django_db
# Parts are deleted once it is committed that they are needed no longer.
committed = pytest.mark.django_db(transaction=True)


# --- the way it should go --------------------------------------------------------------------


def test_a_page_learns_what_it_needs_to_upload(sender, settings):
    address = sender.announce(name="separuh.pdf")["Location"]
    sender.patch(address, 0, CONTENT[:100])
    answer = sender.client.get(f"/unggah/?wilayah={sender.region.pk}").json()
    assert len(answer.pop("token")) == 64
    assert answer == {
        "batas": settings.UPLOAD_MAX_BYTES,
        "potongan": 262144,
        "berlangsung": [
            {
                "kode": address.split("/")[2],
                "nama": "separuh.pdf",
                "ukuran": len(CONTENT),
                "diterima": 100,
            }
        ],
    }


@committed
def test_a_file_in_three_parts_becomes_a_document(sender, media_root, operator_makassar):
    announced = sender.announce()
    assert (announced.status_code, announced["Upload-Offset"]) == (201, "0")
    address = announced["Location"]
    for start, end in ((0, 200), (200, 500), (500, len(CONTENT))):
        answer = sender.patch(address, start, CONTENT[start:end])
        assert (answer.status_code, answer["Upload-Offset"]) == (204, str(end))
    answer = sender.finish(address)
    document = Document.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {
        "dokumen": str(document.uuid),
        "nama": "SK Pokja.pdf",
        "ukuran": len(CONTENT),
        "halaman": 2,
        "sha256": document.sha256,
        "alamat": f"/berkas/{document.uuid}/",
    }
    assert (document.region, document.uploaded_by) == (sender.region, operator_makassar)
    with document.file.open("rb") as file:
        assert file.read() == CONTENT
    assert (Chunk.objects.count(), len(stored(media_root))) == (0, 1)


def test_the_document_is_on_record_with_who_and_where(sender, operator_makassar):
    sender.finish(sender.sent())
    entry = Entry.objects.get(action="Mengunggah berkas")
    assert (entry.actor, entry.role, entry.region, entry.object_id) == (
        operator_makassar,
        "operator",
        sender.region,
        str(Document.objects.get().pk),
    )


def test_asked_again_after_a_lost_answer_it_is_the_same_document(sender):
    address = sender.sent()
    assert sender.finish(address).json() == sender.finish(address).json()
    assert (Document.objects.count(), Entry.objects.count()) == (1, 1)


def test_how_far_an_upload_is(sender):
    address = sender.announce()["Location"]
    sender.patch(address, 0, CONTENT[:300])
    head = sender.client.head(address)
    assert (head["Upload-Offset"], head["Upload-Length"], head["Cache-Control"]) == (
        "300",
        str(len(CONTENT)),
        "no-store",
    )
    answer = sender.client.get(address).json()
    assert len(answer.pop("token")) == 64
    assert answer == {"nama": "SK Pokja.pdf", "ukuran": len(CONTENT), "diterima": 300}


@committed
def test_an_upload_given_up_leaves_nothing(sender, media_root):
    address = sender.sent()
    assert sender.client.delete(address).status_code == 204
    assert (Upload.objects.count(), stored(media_root)) == (0, [])
    assert sender.client.head(address).status_code == 404


def test_a_proxy_without_patch_is_served(sender):
    address = sender.announce()["Location"]
    answer = sender.client.post(
        address,
        CONTENT[:50],
        "application/offset+octet-stream",
        headers={"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"},
    )
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "50")
    assert sender.client.post(address, {"a": "b"}).status_code == 405


def test_what_the_server_speaks(sender, settings):
    answer = sender.client.options("/unggah/")
    assert (answer.status_code, answer["Tus-Version"], answer["Tus-Extension"]) == (
        204,
        "1.0.0",
        "creation,termination",
    )
    assert answer["Tus-Max-Size"] == str(settings.UPLOAD_MAX_BYTES)
    assert sender.announce(**{"Tus-Resumable": "2.0.0"}).status_code == 412


# --- a line that breaks ----------------------------------------------------------------------


class BreakingBody(io.BytesIO):
    """Gives what it has and then breaks, as a socket does."""

    def read(self, *size):
        if piece := super().read(*size):
            return piece
        raise ConnectionResetError


class Zeros(io.BytesIO):
    """Never ends and takes no memory."""

    def read(self, most=-1):
        return bytes(most)


def streamed(client, address, body, length):
    """PATCH from the first byte on, with a body that is read while it comes."""
    return client.generic(
        "PATCH",
        address,
        headers={"Upload-Offset": "0"},
        CONTENT_TYPE="application/offset+octet-stream",
        CONTENT_LENGTH=str(length),
        **{"wsgi.input": body},
    )


@pytest.mark.parametrize("body", [BreakingBody, io.BytesIO], ids=["reset", "silence"])
def test_what_arrived_before_the_line_broke_is_kept(sender, body):
    address = sender.announce()["Location"]
    streamed(sender.client, address, body(CONTENT[:321]), SIZE)
    assert sender.client.head(address)["Upload-Offset"] == "321"
    assert sender.patch(address, 321, CONTENT[321:]).status_code == 204
    assert sender.finish(address).status_code == 200
    with Document.objects.get().file.open("rb") as file:
        assert file.read() == CONTENT


@pytest.mark.parametrize("offset", [0, 99, 101, 10**14])
def test_a_part_that_does_not_follow_is_told_where_to_go_on(sender, offset):
    address = sender.announce()["Location"]
    sender.patch(address, 0, CONTENT[:100])
    answer = sender.patch(address, offset, b"x")
    assert (answer.status_code, answer["Upload-Offset"]) == (409, "100")
    assert answer.json() == {
        "pesan": "Bagian ini tidak menyambung bagian sebelumnya. Lanjutkan dari byte 100."
    }


def test_after_the_log_in_ran_out_the_upload_goes_on(sender, operator_makassar):
    address = sender.announce()["Location"]
    sender.patch(address, 0, CONTENT[:100])
    sender.client.logout()
    answer = sender.patch(address, 100, CONTENT[100:])
    assert (answer.status_code, answer.json()) == (
        401,
        {
            "pesan": "Sesi sudah berakhir. Masuk lagi, lalu unggahan dilanjutkan.",
            "masuk": "/masuk/",
        },
    )
    sender.client.force_login(operator_makassar)
    assert sender.patch(address, 100, CONTENT[100:]).status_code == 204
    assert sender.finish(address).status_code == 200


def test_without_the_token_of_the_page_nothing_is_taken(operator_makassar, regions):
    client = Client(enforce_csrf_checks=True)
    client.force_login(operator_makassar)
    sender = Sender(client, regions.makassar)
    assert sender.announce().status_code == 403
    token = client.get(f"/unggah/?wilayah={regions.makassar.pk}").json()["token"]
    announced = sender.announce(**{"X-CSRFToken": token})
    assert announced.status_code == 201
    assert sender.patch(announced["Location"], 0, b"x").status_code == 403
    answer = sender.patch(announced["Location"], 0, b"x", **{"X-CSRFToken": token})
    assert answer.status_code == 204


def test_an_upload_of_a_large_file_needs_little_memory(sender):
    size = 8 * 1024 * 1024
    address = sender.announce(size)["Location"]
    tracemalloc.start()
    answer = streamed(sender.client, address, Zeros(), size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.status_code, answer["Upload-Offset"]) == (204, str(size))
    assert peak < 4 * 1024 * 1024
