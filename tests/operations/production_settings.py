"""Settings of an application machine in the trial of production: those of production itself, but
for the hash of passwords (quick) and static files (not collected)."""

from pokja_portal.settings import *  # noqa: F403
from pokja_portal.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
