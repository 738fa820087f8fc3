"""Settings of the test run: those of production, with what only slows tests down taken away.

A module of its own because pytest-django reads the settings before any conftest runs.
"""

import os
from pathlib import Path

os.environ["DEBUG"] = "0"
os.environ["SECRET_KEY"] = "kunci-untuk-pengujian-" + "x" * 40
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["HTTPS"] = "0"  # the test client and the live server speak plain HTTP
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["MFA_REQUIRED_ROLES"] = ""  # tests of the second step ask for it themselves
os.environ["FILE_STORE"] = ""  # tests that want S3 bring their own

from pokja_portal.settings import *  # noqa: F403  the environment comes first
from pokja_portal.settings import DATABASES, STORAGES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# A rolled-back test would leave figures behind under the version another test comes to.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# What is done off the request is left undone, unless a test asks for it (fixture tasks_at_once).
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
STATIC_ROOT = None  # nothing is collected: the live server finds files where they lie
MEDIA_ROOT = VAR_DIR / "berkas-uji"  # conftest gives each test a folder of its own
PRACTICE_ROOT = VAR_DIR / "latihan-uji"

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, never memory: two connections to one memory database do not race as files do.
    _file = Path(_database["NAME"])
    _database["TEST"] = {"NAME": str(_file.with_name(f"test_{_file.name}"))}
    # Nobody's data: no need to wait for the disk. Locking stays as it is in production.
    _init = _database["OPTIONS"]["init_command"].replace("synchronous=NORMAL", "synchronous=OFF")
    _database["OPTIONS"] = _database["OPTIONS"] | {"init_command": _init}
else:
    _database["CONN_MAX_AGE"] = 0  # threads of race tests would keep theirs beyond the test
