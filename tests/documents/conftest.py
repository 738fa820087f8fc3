"""The two kinds of store, for tests that must show the same on both."""

import logging
import os
import uuid

import pytest

from pokja_portal.stores import file_store

BUCKET = "dokumen-uji"
KEYS = {"access_key": "kunci-uji", "secret_key": "rahasia-uji"}


@pytest.fixture(scope="session")
def s3_server():
    """The address of a local S3 server that holds one empty bucket."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    keys = {"aws_access_key_id": KEYS["access_key"], "aws_secret_access_key": KEYS["secret_key"]}
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **keys)
    client.create_bucket(Bucket=BUCKET)
    yield address
    server.stop()


@pytest.fixture
def s3_address(s3_server):
    """FILE_STORE for a place of this test's own on the local S3 server."""
    return f"s3://{BUCKET}/{uuid.uuid4().hex}?endpoint={s3_server}&region=us-east-1"


@pytest.fixture
def use_store(settings):
    """use_store("s3://…"): documents lie there from now on, as FILE_STORE would say."""

    def use(address):
        settings.STORAGES = settings.STORAGES | {"default": file_store(address, **KEYS)}

    return use


@pytest.fixture(params=["folder", "s3"])
def store(request, use_store):
    """The store of this test, once as a folder and once as S3; gives it."""
    from django.core.files.storage import default_storage

    use_store("" if request.param == "folder" else request.getfixturevalue("s3_address"))
    return default_storage


@pytest.fixture
def aged(store, monkeypatch):
    """aged(name, seconds): the stored file was written so long ago. (S3 keeps its own time.)"""
    from datetime import timedelta

    ages, listed = {}, store.list_entries

    def list_entries(prefix):
        for entry in listed(prefix):
            age = timedelta(seconds=ages.get(entry.name, 0))
            yield entry._replace(modified=entry.modified - age)

    def set_age(name, seconds):
        if store.is_folder:
            then = os.stat(store.path(name)).st_mtime - seconds
            os.utime(store.path(name), (then, then))
        else:
            ages[name] = seconds

    monkeypatch.setattr(store._wrapped, "list_entries", list_entries)
    return set_age


@pytest.fixture
def sender(client_of, operator_makassar, regions):
    from tests.documents.sending import Sender

    return Sender(client_of(operator_makassar), regions.makassar)
