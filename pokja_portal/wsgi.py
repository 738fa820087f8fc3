"""Entry point of the web server: `gunicorn pokja_portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokja_portal.settings")

application = get_wsgi_application()
