"""The portal on other data for a moment, in this process: pages, queries, files, sessions."""

import secrets
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Assignment, User
from apps.audit import checking
from apps.audit.chain import link_everything
from apps.core.practice import Stay
from apps.effectiveness.proof import prove_all
from apps.effectiveness.triggers import ensure
from apps.regions.enums import Level
from apps.regions.models import Region

HOST = "latihan.localhost"
MOST_TOLD = 5


class Trial(Stay):
    """Like a practice room, with sessions in the room, too: nothing of a trial touches the real
    data."""

    is_limited = False  # as large as the portal that was backed up

    @contextmanager
    def inside(self):
        live = connections[DEFAULT_DB_ALIAS]
        with super().inside():
            self.real = self.connection
            try:
                yield self
            finally:
                self.real = live


def trial(folder: Path, connection, store) -> Trial:
    """``store`` holds the files of that portal."""
    return Trial(key=secrets.token_hex(6), folder=folder, connection=connection, store=store)


def faults_of_portal(anchor: str | None, *, with_scores: bool = True) -> list[str]:
    """What the portal itself finds wrong with its data: the audit chain against the anchor noted
    in the backup and, ``with_scores``, which takes minutes, every stored figure against the raw
    rows. In sentences."""
    told = ["Pemicu nilai tersimpan tidak lengkap; dipasang ulang"] if ensure() else []
    if with_scores:
        differences = prove_all().differences
        told += [f"Nilai tersimpan: {difference}" for difference in differences[:MOST_TOLD]]
    # A backup holds what was committed right before it and not linked yet; on the living portal
    # `kabari` would have linked it within a minute.
    link_everything()
    found = checking.check([anchor] if anchor else [])
    return told + [f"Jejak audit: {fault}" for fault in found.faults[:MOST_TOLD]]


def faults_of_answers() -> list[str]:
    """Sign in with an account made for this, and ask for some pages; leaves its rows behind."""
    password = secrets.token_urlsafe(18)
    user = User.objects.create_user(
        f"latihan-{secrets.token_hex(4)}", password=password, full_name="Latihan pemulihan"
    )
    region = Region.objects.exclude(level=Level.PROVINSI).order_by("pk").first()
    if region is not None:
        Assignment.objects.create(user=user, role=Role.OBSERVER, region=region)
    # The data is asked, not this machine: stylesheets need not have been collected on it.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    stores = settings.STORAGES | {"staticfiles": plain}
    with override_settings(ALLOWED_HOSTS=[HOST], STORAGES=stores):
        client = Client(SERVER_NAME=HOST, raise_request_exception=False)
        secure = settings.SECURE_SSL_REDIRECT
        words = {"username": user.username, "password": password}
        answer = client.post(reverse("accounts:login"), words, secure=secure)
        if answer.status_code != 302:
            return [f"Tidak dapat masuk: jawaban {answer.status_code}"]
        answer = client.get(settings.LOGIN_REDIRECT_URL, secure=secure, follow=True)
        if answer.status_code != 200 or client.session.get(SESSION_KEY) != str(user.pk):
            return [f"Beranda tidak terbuka setelah masuk: jawaban {answer.status_code}"]
    return []
