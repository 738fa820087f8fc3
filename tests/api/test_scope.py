"""Every list, every role: what a token reads is what its owner may see, and nothing of others."""

from django.test import Client
from django.urls import reverse

from apps.accounts.models import Assignment
from apps.api.endpoints import ENDPOINTS
from apps.exchange.registry import IMPORTERS
from tests.api.conftest import ask, rows_of
from tests.conftest import CAST

ALL = {"73", "73.71", "73.08", "63", "63.71"}
SULSEL = {"73", "73.71", "73.08"}
REACH = {
    "operator_makassar": {"73.71"},
    "operator_bone": {"73.08"},
    "operator_sulsel": {"73"},
    "verifikator_sulsel": SULSEL,
    "verifikator2_sulsel": SULSEL,
    "koordinator_sulsel": SULSEL,
    "pusat": ALL,
    "pengamat_makassar": {"73.71"},
    "verifikator_kalsel": {"63", "63.71"},
    "operator_banjarmasin": {"63.71"},
    "admin": ALL,
}
WITH_POKJA = {"73.71", "73.08", "73", "63.71"}
FILLED = {"73.71", "63.71"}
# Regions whose rows there are to see, by list; of the observer only what is verified.
THERE = {
    "wilayah": ALL,
    "pokja": WITH_POKJA,
    "penilaian": WITH_POKJA,
    **dict.fromkeys(("sk", "rencana-kerja", "indikator", "anggaran"), FILLED),
}


def test_lists_of_every_role(country, caller, cast):
    assert {each.name for each in ENDPOINTS} == set(THERE)
    for role in CAST:
        api = caller(cast[role])
        for name, there in THERE.items():
            expected = there & REACH[role]
            if (role, name) == ("pengamat_makassar", "anggaran"):
                expected = set()  # it waits for verification
            rows = rows_of(api(f"{name}/"))
            assert {row["kode_wilayah"] for row in rows} == expected, (role, name)
            if importer := IMPORTERS.get(name):
                keys = sorted(next(zip(*importer().export_rows(cast[role]), strict=True), ()))
                assert sorted(row[importer.column_names()[0]] for row in rows) == keys


def test_foreign_regions_are_not_there(country, caller, cast):
    """Asked for by code: 404 in every list, in the words of a code that does not exist."""
    for role in CAST:
        api = caller(cast[role])
        for name in THERE:
            codes = (min(REACH[role]), *sorted(ALL - REACH[role])[:1])
            told = [api(f"{name}/?wilayah={code}").status_code for code in codes]
            assert told == [200, 404][: len(codes)], (role, name)
    api = caller(cast["operator_bone"])
    foreign, unknown = (api(f"pokja/?wilayah={code}").json()["galat"] for code in ("63.71", "99"))
    assert foreign.replace("63.71", "99") == unknown


def test_observers_read_the_verified_version_only(country, caller, cast):
    (plan,) = rows_of(caller(cast["pengamat_makassar"])("rencana-kerja/"))
    assert (plan["versi"], plan["status"]) == (1, "terverifikasi")
    (plan,) = rows_of(caller(cast["operator_makassar"])("rencana-kerja/"))
    assert (plan["versi"], plan["status"]) == (2, "draf")
    for status in ("draf", "diajukan", "dikembalikan"):
        api = caller(cast["pengamat_makassar"])
        assert rows_of(api(f"rencana-kerja/?status={status}")) == []


def test_a_post_that_ends_closes_its_region_at_once(country, caller, cast, regions):
    user = cast["operator_makassar"]
    Assignment.objects.create(user=user, role="operator", region=regions.bone)
    api = caller(user)
    assert len(rows_of(api("pokja/"))) == 2
    user.assignments.filter(region=regions.makassar).update(ended_on="2026-03-11")
    assert [row["kode_wilayah"] for row in rows_of(api("pokja/"))] == ["73.08"]


def test_a_session_opens_nothing(cast, client_of):
    client = client_of(cast["admin"])
    for name in THERE:
        answer = client.get(f"/api/v1/{name}/")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert Client().get(f"/api/v1/{name}/").status_code == 401


def test_the_cookie_of_another_person_changes_nothing(country, cast, client_of, token_of):
    """Of somebody who must change the password first: the answer is the token's, no redirect."""
    other = cast["operator_banjarmasin"]
    type(other).objects.filter(pk=other.pk).update(must_change_password=True)
    headers = {"Authorization": f"Bearer {token_of(cast['operator_makassar'])}"}
    answer = client_of(other).get("/api/v1/pokja/", headers=headers)
    assert [row["kode_wilayah"] for row in rows_of(answer)] == ["73.71"]
    assert client_of(other).get(reverse("api:v1:openapi-json")).status_code == 200


def test_no_token_no_answer(db):
    for header in ("", "Bearer", "Bearer ", "Basic dTpw", "Bearer a\x00b", "Bearer x", "x" * 9000):
        answer = Client().get("/api/v1/pokja/", headers={"Authorization": header})
        assert answer.status_code == 401
        assert set(answer.json()) == {"galat"}


def test_the_token_may_be_written_in_any_case_of_its_scheme(token_of, cast):
    secret = token_of(cast["pusat"])
    assert ask("pokja/", secret, Authorization=f"bearer {secret}").status_code == 200
