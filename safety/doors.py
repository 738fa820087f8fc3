"""Every form that people meet on the pages of a scene, and every address that takes a POST."""

from collections.abc import Iterator

from django.contrib import admin

from safety.pages import Form, read
from safety.places import fresh
from safety.unpacking import body_of
from tests.access.table import TABLE
from tests.access.test_every_url import address, admin_paths

# Not about the portal's records: ways in and out, and one's own password.
ASIDE = {"/keluar/", "/masuk/", "/sandi/ganti/", "/lupa-sandi/", "/aktivasi/", "/admin/login/"}


def paths(scene, persona: str) -> list[str]:
    """The pages of a scene; of Django's admin too for those who may enter it."""
    pages = [address(route, scene) for route, (method, *_) in TABLE.items() if method == "GET"]
    if persona not in ("admin", "staf_sulsel"):
        return pages
    changes = []
    for model in admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        keys = model.objects.order_by("pk").values_list("pk", flat=True)[:2]
        changes += [f"{base}{key}/change/" for key in keys]
    return [*pages, *admin_paths(), *changes]


def forms_of(people, scene, persona: str) -> Iterator[Form]:
    """The posting forms of these pages, each once, and the bare addresses of actions."""
    known = set()
    for path in paths(scene, persona):
        client = fresh(*people[persona])
        response = client.get(path)
        content = body_of(response)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            for form in read(content, path)[1]:
                place = form.action, tuple(sorted(form.names))
                if form.method == "post" and place[0].partition("?")[0] not in ASIDE:
                    if place not in known:
                        yield form
                    known.add(place)
    if persona != "staf_sulsel":
        for route, (method, *_) in TABLE.items():
            path = address(route, scene)
            if method == "POST" and path not in ASIDE and (path, ()) not in known:
                yield Form(path, "post")
