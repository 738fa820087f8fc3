"""Production, tried: two machines over one PostgreSQL and one S3 server behind a real nginx, and
one whose documents lie in a folder. All by the files in deploy/."""

import logging
import os
import threading
import time

import pytest
from django.db import connection

from tests.conftest import PASSWORD
from tests.documents.sending import coded
from tests.makers import pdf_bytes
from tests.operations.production import NGINX, Browser, Front, Machine, database_url
from tests.operations.test_headers import missing_of

KEYS = {"AWS_ACCESS_KEY_ID": "kunci-uji", "AWS_SECRET_ACCESS_KEY": "rahasia-uji"}
BUCKET = "produksi-uji"
CONTENT = pdf_bytes(pages=40)
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def parts_there():
    """Only on PostgreSQL, as in production; a missing nginx is told, and fails where CI=true."""
    if connection.vendor != "postgresql":
        pytest.skip("produksi memakai PostgreSQL; tahap postgresql mencobanya")
    if not NGINX:
        told = "nginx tidak ditemukan; pasang dengan: sudo apt install nginx-light"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)


@pytest.fixture
def s3_address():
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
    ).create_bucket(Bucket=BUCKET)
    yield f"s3://{BUCKET}/berkas?endpoint={address}&region=us-east-1"
    server.stop()


@pytest.fixture
def office(parts_there, transactional_db, operator_makassar, operator_bone, s3_address, tmp_path):
    """The installation: two machines behind nginx; and nginx for documents in a folder."""
    database = database_url(connection.settings_dict)
    shared = {"FILE_STORE": s3_address} | KEYS
    machines = [
        Machine(tmp_path / "mesin-1", database, **shared),
        Machine(tmp_path / "mesin-2", database, **shared),
    ]
    fronts = [
        Front(tmp_path / "depan", machines),
        Front(tmp_path / "depan-folder", machines[1:], documents=machines[1].folder / "berkas"),
    ]
    try:
        for part in (*machines, *fronts):
            part.start()
        for part in (*fronts, *machines):
            part.wait_until_ready()
        yield *machines, *fronts
    finally:
        for part in (*fronts, *machines):
            part.stop()


def test_two_machines_behind_nginx_are_one_portal(office, operator_makassar, operator_bone):
    one, two, front, folder_front = office
    person, other = Browser(front), Browser(front)
    assert person.sign_in("operator_makassar", PASSWORD).status_code == 302
    assert other.sign_in("operator_bone", PASSWORD).status_code == 302

    region = operator_makassar.assignments.get().region_id
    address = send_in_parts(person, region)
    both = {f"127.0.0.1:{one.port}", f"127.0.0.1:{two.port}"}
    assert set(front.served_by(" PATCH /unggah/", 4)) == both
    for _ in range(4):  # whichever machine it is
        assert person.ask("GET", address).content == CONTENT
    assert set(front.served_by(f" GET {address}", 4)) == both
    assert other.ask("GET", address).status_code == 404

    nothing_private_is_kept(front, person, other)
    the_proxy_hides_what_is_for_the_machine(front, one)
    one_machine_is_enough(front, person, two)
    # It comes back as the machine of an office that keeps its documents in a folder.
    two.environment |= {"FILE_STORE": "", "ACCEL_PREFIX": "/_berkas/"}
    two.start()
    two.wait_until_ready()
    nginx_sends_documents_of_a_folder(folder_front, two, region)
    a_release_loses_no_request(front, person, one)  # the second came back a moment ago


def send_in_parts(person, region, pieces=4):
    """The address of the document: begun, sent and finished, each request on the next machine."""
    words = f"filename {coded('SK Pokja.pdf')},region {coded(region)}"
    told = TUS | {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": words}
    begun = person.ask("POST", "/unggah/", headers=told)
    assert begun.status_code == 201, begun.text[:500]
    place = begun.headers["Location"].removeprefix(person.front.url)
    size = -(-len(CONTENT) // pieces)
    for offset in range(0, len(CONTENT), size):
        kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        part = CONTENT[offset : offset + size]
        assert person.ask("PATCH", place, headers=TUS | kind, data=part).status_code == 204
    code = place.rstrip("/").rsplit("/", 1)[-1]
    done = person.ask("POST", "/unggah/selesai/", data={"unggahan": code, "apa": "Berkas SK"})
    assert done.status_code == 200, done.text[:500]
    return done.json()["alamat"]


def nothing_private_is_kept(front, person, other):
    """The front keeps everything it may: a public file, and no page of a person."""
    for _ in range(2):
        assert "Operator Makassar" in person.ask("GET", "/profil/").text
        assert "Operator Bone" in other.ask("GET", "/profil/").text
        assert Browser(front).ask("GET", "/profil/").status_code == 302
        assert Browser(front).ask("GET", "/robots.txt").status_code == 200
    assert "-" not in front.served_by(" GET /profil/", 6)
    assert front.served_by(" GET /robots.txt", 2)[1] == "-"  # the control: what may be kept is


def the_proxy_hides_what_is_for_the_machine(front, machine):
    stranger = Browser(front)
    assert stranger.ask("GET", "/metrik/").status_code == 404
    assert stranger.ask("GET", "/siap/").json() == {"siap": True}
    assert "pokja_request_seconds_bucket" in machine.ask("/metrik/").text
    too_large = stranger.ask("POST", "/masuk/", data=b"x" * (31 * 1024 * 1024))
    assert (too_large.status_code, missing_of(too_large.headers, https=True)) == (413, [])
    style = stranger.ask("GET", "/static/css/portal.css")
    assert (style.status_code, missing_of(style.headers, https=True)) == (200, [])
    assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    page = stranger.ask("GET", "/masuk/", headers={"Accept-Encoding": "gzip"})
    assert (page.headers["Content-Encoding"], missing_of(page.headers, https=True)) == ("gzip", [])
    assert "nginx/" not in page.headers["Server"]


def nginx_sends_documents_of_a_folder(front, machine, region):
    person = Browser(front)
    assert person.sign_in("operator_makassar", PASSWORD).status_code == 302
    answer = person.ask("GET", send_in_parts(person, region, pieces=1))
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["Accept-Ranges"] == "bytes"  # nginx's word, not the portal's
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "application/pdf"
    names = [name for name in missing_of(answer.headers, https=True) if "Policy" not in name]
    assert names == []
    stored = next((machine.folder / "berkas").rglob("*.pdf")).relative_to(machine.folder / "berkas")
    assert person.ask("GET", f"/_berkas/{stored}").status_code == 404


def one_machine_is_enough(front, person, machine):
    machine.kill()
    told = [person.ask("GET", "/tugas/").status_code for _ in range(10)]
    assert told == [200] * 10


def a_release_loses_no_request(front, person, machine):
    """The machine loads new code while people go on."""
    stop, told = threading.Event(), []

    def work():
        mine = Browser(front)
        mine.session.cookies.update(person.session.cookies)
        while not stop.is_set():
            told.append(mine.ask("GET", "/tugas/").status_code)
            told.append(mine.ask("POST", "/notifikasi/dibaca/").status_code)
            time.sleep(0.02)

    people = [threading.Thread(target=work) for _ in range(2)]
    for each in people:
        each.start()
    machine.load_new_code()
    machine.wait_until_ready()
    stop.set()
    for each in people:
        each.join()
    assert set(told) == {200, 302}  # pages and forms, and no 5xx
