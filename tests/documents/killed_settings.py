"""Settings of a server that shares its database with the test that kills it."""

import json
import os

from pokja_portal.settings_test import *  # noqa: F403

DATABASES = {"default": json.loads(os.environ["KILLED_DATABASE"])}
MEDIA_ROOT = os.environ["KILLED_FILES"]
# What is queued goes into the database with the record, as in production.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
