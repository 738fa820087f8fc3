"""TASKS: the queue in the database, for a practice room done as soon as the answer is out.

The worker reads the real queue only, so what a room left there would wait for ever.
"""

from copy import copy
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id
from django_tasks_db import DatabaseBackend

from apps.core.practice import current


class RoomBackend(DatabaseBackend):
    def __init__(self, alias, params):
        super().__init__(alias, params)
        self._at_once = ImmediateBackend(alias, params)

    def enqueue(self, task, args, kwargs):
        stay = current()
        if stay is None:
            return super().enqueue(task, args, kwargs)
        self.validate_task(task)
        if task.run_after is None:  # what waits for another hour has no worker in a room
            work = partial(self._at_once.enqueue, copy(task), args, kwargs)
            transaction.on_commit(lambda: stay.later.append(work))
        return _promised(task, args, kwargs, self.alias)


def _promised(task, args, kwargs, backend) -> TaskResult:
    return TaskResult(
        task=task,
        id=get_random_id(),
        status=TaskResultStatus.READY,
        enqueued_at=timezone.now(),
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=list(args),
        kwargs=dict(kwargs),
        backend=backend,
        errors=[],
        worker_ids=[],
    )
