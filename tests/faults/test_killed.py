"""kill -9 in the middle of an import and of a task. (Uploads: tests/documents/test_kill.py; mails,
`kabari` and the queue's worker: tests/notices/test_kill.py.)"""

import os
import time
from datetime import timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from apps.audit.models import Entry
from apps.notices.tidying import TASK_TIME
from apps.pokja.models import Pokja
from tests.faults.forked import killed_after
from tests.faults.imports import import_pokja, pokja_file

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(os.name == "nt", reason="kill -9 ada di Unix saja"),
]
ROWS, KILLS = 200, 6


def test_an_import_killed_at_any_moment_left_nothing_or_everything(regions, tmp_path, today):
    began = time.perf_counter()
    import_pokja(pokja_file(tmp_path, "A", ROWS))
    whole, random, found = time.perf_counter() - began, Random(2026), []  # noqa: S311
    for number in range(KILLS):
        path = pokja_file(tmp_path, f"B{number}", ROWS)
        killed_after(lambda: import_pokja(path), random.uniform(0.3, 1.3) * whole)  # noqa: B023
        kept = Pokja.objects.filter(code__startswith=f"B{number}-").count()
        told = Entry.objects.filter(object_label__contains=f"Pokja B{number}-").count()
        found.append((kept, told))
    assert set(found) <= {(0, 0), (ROWS, ROWS)}


def queued(started, workers=1):
    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="apps.notices.tasks.send_mails",
        backend_name="default",
        run_after=timezone.now(),
        started_at=started,
        worker_ids=["w"] * workers,
        exception_class_path="",
        traceback="",
    )


def test_a_task_whose_worker_was_killed_is_done_after_all():
    """It stood as under way for ever."""
    now = timezone.now()
    tasks = {
        "lost": queued(now - TASK_TIME - timedelta(minutes=1)),
        "under way": queued(now),
        "deadly": queued(now - TASK_TIME - timedelta(minutes=1), workers=3),
    }
    call_command("kabari", verbosity=0)
    assert {name: DBTaskResult.objects.get(pk=task.pk).status for name, task in tasks.items()} == {
        "lost": "READY",
        "under way": "RUNNING",
        "deadly": "RUNNING",
    }
