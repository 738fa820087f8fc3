"""Searching in the administration with more text than the database takes."""

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse


@pytest.mark.django_db
def test_no_search_of_the_administration_fails_on_an_endless_text(client_of, admin):
    client, tried = client_of(admin), 0
    for model, pages in django_admin.site._registry.items():
        if not pages.search_fields:
            continue
        meta = model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        assert client.get(address, {"q": "a" * 60_000}).status_code == 200, address
        tried += 1
    assert tried == 42


@pytest.mark.django_db
def test_nor_does_the_choice_of_related_rows(client_of, admin):
    asked = {
        "app_label": "regions",
        "model_name": "regionprofile",
        "field_name": "region",
        "term": "a" * 60_000,
    }
    response = client_of(admin).get("/admin/autocomplete/", asked)
    assert response.json()["results"] == []


def test_pages_of_the_administration_name_their_icon(client_of, admin):
    """Or each browser asks for one that is not there, and the log tells of a page not found."""
    client = client_of(admin)
    for path in ("/admin/", "/admin/regions/region/", "/admin/accounts/user/add/"):
        assert 'rel="icon" href="/static/merek' in client.get(path).content.decode(), path


@pytest.mark.parametrize(
    "sent", ["😀", "=1+1", " ", "-1", "²", "9" * 21, "\x00", "73.08", "999999"]
)
@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("regulations/institution", "region"),
        ("regulations/agreement", "parent"),
        ("regulations/regulation", "revoked_by"),
        ("regions/regionprofile", "region"),
        ("indicators/regiontarget", "indicator"),
    ],
)
def test_what_is_no_choice_is_an_error_of_its_field(client_of, admin, page, field, sent):
    """Whoever sends the form of a page with other values gets the form again."""
    answer = client_of(admin).post(f"/admin/{page}/add/", {field: sent})
    assert answer.status_code == 200
    if sent.strip(" \x00"):
        assert field in answer.context["adminform"].form.errors


def test_a_choice_that_was_made_is_shown_again(client_of, admin, regions):
    chosen = {"region": str(regions.bone.pk)}
    answer = client_of(admin).post("/admin/regulations/institution/add/", chosen)
    text = answer.content.decode()
    assert f'<option value="{regions.bone.pk}" selected' in text
