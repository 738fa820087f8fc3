"""Entry point of the web server: `gunicorn pokja_portal.wsgi`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokja_portal.settings")

application = get_wsgi_application()

if not settings.DEBUG:
    from apps.operations.sample_accounts import refuse_sample_accounts

    refuse_sample_accounts()
