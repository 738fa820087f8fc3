"""The portal as in production, for tests that need its sample accounts all the same.

`pokja_portal.wsgi` refuses to start over them; everything else is what it serves.
"""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
