import os

import pytest
from django.test import Client


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory):
    """Where the tests of this run keep the templates: making one takes seconds."""
    return tmp_path_factory.mktemp("cetakan-latihan")


@pytest.fixture(autouse=True)
def practice_root(settings, tmp_path, practice_template):
    """Rooms of their own for every test."""
    root = tmp_path / "latihan"
    root.mkdir()
    (root / "cetakan").symlink_to(practice_template)
    settings.PRACTICE_ROOT = root
    return root


@pytest.fixture
def practising(client_of):
    """practising(user, "petugas"): that person's client, inside; works on a client, too."""

    def begin(who, role="petugas"):
        client = who if isinstance(who, Client) else client_of(who)
        response = client.post("/latihan/masuk/", {"peran": role})
        assert response.status_code == 302, response.content.decode()
        return client

    return begin


@pytest.fixture
def inside_room():
    """inside_room(user): a context in which queries go to that person's room."""
    from contextlib import contextmanager

    from apps.practice.rooms import kept_room, open_stay

    @contextmanager
    def enter(user):
        stay = open_stay(kept_room(user.pk))
        try:
            with stay.inside():
                yield stay
        finally:
            stay.connection.close()

    return enter


@pytest.fixture
def room_tasks(settings):
    """The queue as in production: in a room, work is done when the answer is out."""
    settings.TASKS = {"default": {"BACKEND": "apps.practice.tasks.RoomBackend", "QUEUES": []}}


@pytest.fixture
def open_files(practice_root):
    """open_files(): how many files of rooms this process holds open just now."""
    from pathlib import Path

    def count():
        links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
        return sum(str(practice_root) in os.path.realpath(link) for link in links)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("hanya Linux yang menunjukkan berkas terbuka")
    return count
