"""Settings of workers that share their database with the test that kills them."""

import json
import os

from environ import Env

from pokja_portal.env import mail_config
from pokja_portal.settings_test import *  # noqa: F403

DATABASES = {"default": json.loads(os.environ["KILLED_DATABASE"])}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
vars().update(mail_config(os.environ["KILLED_MAIL"], "", Env.email_url_config))
REAL_EMAIL_BACKEND = vars()["EMAIL_BACKEND"]
EMAIL_TIMEOUT = 10
