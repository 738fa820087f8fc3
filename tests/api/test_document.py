"""The OpenAPI document is sound, tells all there is, and every answer is as it says."""

import json

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from apps.api.endpoints import ENDPOINTS
from apps.effectiveness.listing import COLUMNS
from apps.exchange.registry import IMPORTERS


@pytest.fixture
def document(db):
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return json.loads(answer.content)


def checker(document, path: str, status: int):
    given = document["paths"][path]["get"]["responses"][str(status)]
    schema = given["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": document["components"]})


def test_it_is_sound_and_describes_everything(document):
    validate(document)
    assert document["openapi"].startswith("3.")
    assert set(document["paths"]) == {f"/api/v1/{each.name}/" for each in ENDPOINTS}
    assert document["components"]["securitySchemes"]["TokenPortal"]["scheme"] == "bearer"
    for path, methods in document["paths"].items():
        assert set(methods) == {"get"}
        told = methods["get"]
        assert told["security"] == [{"TokenPortal": []}], path
        assert all(each["description"] for each in told["parameters"])
        assert set(told["responses"]) == {"200", "304", "400", "401", "404", "429"}


def test_rows_have_the_columns_of_the_files(document):
    schemas = document["components"]["schemas"]
    fields = {
        each.name: list(schemas[f"{each.schema_name}Baris"]["properties"]) for each in ENDPOINTS
    }
    assert fields["penilaian"] == list(COLUMNS)
    for kind in ("pokja", "sk", "rencana-kerja", "indikator", "anggaran"):
        columns = IMPORTERS[kind].column_names()
        assert fields[kind][: len(columns)] == columns, kind


def test_every_answer_is_as_the_document_says(document, country, caller, cast):
    for role in ("admin", "operator_makassar", "pengamat_makassar"):
        api = caller(cast[role])
        for each in ENDPOINTS:
            path = f"/api/v1/{each.name}/"
            for query, status in (("", 200), ("x=1", 400), ("wilayah=99", 404)):
                answer = api(f"{each.name}/?{query}")
                assert answer.status_code == status
                checker(document, path, status).validate(answer.json())
    refused = Client().get("/api/v1/sk/")
    checker(document, "/api/v1/sk/", 401).validate(refused.json())


def test_the_checker_would_see_a_wrong_answer(document):
    row = {each.name: each.example for each in ENDPOINTS[0].fields}
    body = {"jumlah": 1, "halaman": 1, "ukuran": 1, "berikut": None, "sebelum": None}
    check = checker(document, "/api/v1/penilaian/", 200)
    check.validate(body | {"hasil": [row]})  # the examples themselves are right
    for wrong in ({"sk": "ya"}, {"skor": "50"}, {"tambahan": 1}, {"kode_pokja": None}):
        assert not check.is_valid(body | {"hasil": [row | wrong]})


def test_examples_are_answers(document):
    for each in ENDPOINTS:
        row = {field.name: field.example for field in each.fields}
        body = {"jumlah": 1, "halaman": 1, "ukuran": 1, "berikut": None, "sebelum": None}
        checker(document, f"/api/v1/{each.name}/", 200).validate(body | {"hasil": [row]})


def test_the_page_about_it_is_open_and_names_every_field(db):
    page = Client().get("/api/")
    assert page.status_code == 200
    words = page.content.decode()
    for each in ENDPOINTS:
        assert f"GET /api/v1/{each.name}/" in words
        assert all(f"<code>{field.name}</code>" in words for field in each.fields)
