from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory


@pytest.fixture
def own_pages(settings):
    """tests/core/pages.py as the whole site, without sample data and higher apps in the frame."""
    settings.ROOT_URLCONF = "tests.core.pages"
    settings.SAMPLE_FLAG = ""
    engine, own = settings.TEMPLATES[0], ("django.", "apps.core.")
    processors = engine["OPTIONS"]["context_processors"]
    options = {"context_processors": [path for path in processors if path.startswith(own)]}
    settings.TEMPLATES = [engine | {"OPTIONS": options}]
    return settings


@pytest.fixture
def visitor(own_pages, db):
    """Somebody who is not signed in; errors come back as pages."""
    return Client(raise_request_exception=False)


@pytest.fixture
def request_of(own_pages):
    """request_of("operator", path="/tugas/"): a request of somebody with these roles, no query."""

    def make(*roles, path="/halaman/", **attributes):
        request = RequestFactory().get(path)
        if roles:
            scope = SimpleNamespace(
                has_role=lambda *wanted: bool({*roles} & {*wanted}), label="Operator Kabupaten Bone"
            )
            request.user = SimpleNamespace(
                is_authenticated=True, scope=scope, full_name="Andi Rahmawati"
            )
        for name, value in attributes.items():
            setattr(request, name, value)
        return request

    return make


class _Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html, tag):
    """The attributes of every element of one kind, in the order of the page."""
    parser = _Elements()
    parser.feed(html)
    return [attrs for name, attrs in parser.found if name == tag]
