"""The list of Pokja: scope, filters, order, pages, and what it costs."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.effectiveness.stored import settle
from apps.verification.models import Evidence, History
from apps.work_plans.models import Activity, WorkPlan
from tests import makers
from tests.effectiveness.histories import moments_as_given


def names(response) -> list[str]:
    return [row.assessment.code for row in response.context["page"].object_list]


@pytest.fixture
def many(regions, rubric, today):
    """Three Pokja of Makassar and Bone, one of the province, one of another province."""
    return {
        "a": makers.make_pokja(regions.makassar, "mks-a", "Pokja Advokasi", ("advokasi",)),
        "b": makers.make_pokja(regions.makassar, "mks-b", "Pokja GDPK", ("gdpk", "pjpk")),
        "c": makers.make_pokja(regions.bone, "bone-c", "Pokja Kampung KB", ("kampung_kb",)),
        "d": makers.make_pokja(regions.sulsel, "sulsel-d", "Pokja Provinsi"),
        "e": makers.make_pokja(regions.banjarmasin, "bjm-e", "Pokja Banjarmasin"),
    }


@pytest.mark.parametrize(
    ("person", "codes"),
    [
        ("operator_makassar", ["mks-a", "mks-b"]),
        ("operator_bone", ["bone-c"]),
        ("operator_sulsel", ["sulsel-d"]),
        ("verifikator_sulsel", ["sulsel-d", "bone-c", "mks-a", "mks-b"]),
        ("pengamat_makassar", ["mks-a", "mks-b"]),
        ("verifikator_kalsel", ["bjm-e"]),
        ("pusat", ["bjm-e", "sulsel-d", "bone-c", "mks-a", "mks-b"]),
    ],
)
def test_everybody_sees_the_pokja_of_their_regions(request, client_of, many, person, codes):
    assert names(client_of(request.getfixturevalue(person)).get("/pokja/")) == codes


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("jenis=pjpk", ["mks-b"]),
        ("cari=kampung", ["bone-c"]),
        ("cari=MKS-A", ["mks-a"]),
        ("cari=gdpk+makassar", ["mks-b"]),
        ("wilayah=73.08", ["bone-c"]),
        ("wilayah=73", ["sulsel-d", "bone-c", "mks-a", "mks-b"]),
        ("wilayah=63.71", ["sulsel-d", "bone-c", "mks-a", "mks-b"]),
        (
            "jenis=bukan-jenis&kurang=x&status=y&tahun=abc&halaman=z&urut=q",
            ["sulsel-d", "bone-c", "mks-a", "mks-b"],
        ),
        ("urut=nama", ["mks-a", "mks-b", "bone-c", "sulsel-d"]),
        ("cari=tidak-ada-yang-begini", []),
    ],
)
def test_filters_narrow_the_list(client_of, verifikator_sulsel, many, query, codes):
    assert names(client_of(verifikator_sulsel).get(f"/pokja/?{query}")) == codes


def test_criterion_and_status_filters_follow_the_score(
    client_of, verifikator_sulsel, many, officer
):
    plan = makers.make_plan(many["a"], officer.user)
    makers.verified(plan, officer.user, verifikator_sulsel)
    client = client_of(verifikator_sulsel)
    assert names(client.get("/pokja/?kurang=rencana_kerja")) == ["sulsel-d", "bone-c", "mks-b"]
    assert names(client.get("/pokja/?status=efektif")) == []
    assert len(names(client.get("/pokja/?status=belum"))) == 4
    assert names(client.get("/pokja/?urut=terpenuhi"))[0] == "mks-a"


def test_active_filters_are_chips_that_take_themselves_away(client_of, verifikator_sulsel, many):
    response = client_of(verifikator_sulsel).get("/pokja/?kurang=anggaran&wilayah=73.08&tahun=2025")
    assert response.context["filters"].chips == [
        ("Kabupaten Bone", "tahun=2025&kurang=anggaran"),
        ("Kurang: anggaran", "tahun=2025&wilayah=73.08"),
    ]
    assert response.context["sentence"] == "Menampilkan 1 Pokja: anggaran belum terpenuhi"


def test_names_of_people_stay_text(client_of, operator_bone, regions, rubric, today):
    makers.make_pokja(regions.bone, "bone-x", 'Pokja <b>"X"</b> & Y')
    page = client_of(operator_bone).get("/pokja/").content.decode()
    assert "Pokja &lt;b&gt;&quot;X&quot;&lt;/b&gt; &amp; Y</a>" in page
    assert "<b>" not in page


def test_an_empty_result_offers_to_drop_the_filters(client_of, operator_bone, many):
    page = client_of(operator_bone).get("/pokja/?cari=zzz").content.decode()
    assert page.count("Tidak ada Pokja yang cocok") == 1
    assert page.count("Hapus saringan") == 2


def test_twenty_five_stand_on_a_page(client_of, regions, rubric, today, operator_bone):
    for number in range(27):
        makers.make_pokja(regions.bone, f"p-{number:02d}", f"Pokja {number}")
    client = client_of(operator_bone)
    assert len(names(client.get("/pokja/"))) == 25
    assert names(client.get("/pokja/?halaman=2")) == ["p-25", "p-26"]
    assert names(client.get("/pokja/?urut=nama&halaman=2")) == ["p-08", "p-09"]


def test_pages_go_on_from_region_to_region(client_of, regions, rubric, today, verifikator_sulsel):
    """60 Pokja in three regions, written in another order than that of their codes."""
    for number in range(60, 0, -1):
        region = (regions.sulsel, regions.bone, regions.makassar)[number % 3]
        makers.make_pokja(region, f"p-{number:02}", f"Pokja {number:02}")
    client = client_of(verifikator_sulsel)
    seen = [
        (row.assessment.region_code, row.assessment.code)
        for page in (1, 2, 3)
        for row in client.get(f"/pokja/?halaman={page}").context["page"].object_list
    ]
    assert len(seen) == 60
    assert seen == sorted(seen)
    assert client.get("/pokja/?halaman=2").context["page"].paginator.count == 60


def test_the_numbers_of_each_region_are_counted_once_for_the_same_data(
    client_of, many, regions, operator_makassar, verifikator_sulsel
):
    client = client_of(operator_makassar)
    first = client.get("/pokja/?jenis=pjpk")
    with CaptureQueriesContext(connection) as seen:
        assert names(client.get("/pokja/?jenis=pjpk")) == names(first) == ["mks-b"]
    assert not [each for each in seen if "GROUP BY" in each["sql"] and "many" in each["sql"]]
    assert names(client_of(verifikator_sulsel).get("/pokja/?jenis=pjpk")) == ["mks-b"]
    assert names(client.get("/pokja/?jenis=gdpk")) == ["mks-b"]
    assert names(client.get("/pokja/?jenis=advokasi")) == ["mks-a"]
    makers.make_pokja(regions.makassar, "mks-0", "Pokja baru", ("pjpk",))
    again = client.get("/pokja/?jenis=pjpk")
    assert names(again) == ["mks-0", "mks-b"]
    assert again.context["page"].paginator.count == 2


@pytest.mark.parametrize(
    ("query", "settled", "queries"),
    [
        ("", False, 39),
        ("", True, 32),
        ("?kurang=anggaran", False, 35),
        ("?kurang=anggaran", True, 28),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(
    client_of, officer, pokja, django_assert_num_queries, rows, query, settled, queries
):
    for number in range(rows - 1):
        other = makers.make_pokja(pokja.region, f"lain-{number}", f"Pokja {number}")
        makers.make_plan(other, officer.user)
    if settled:
        settle()
    with django_assert_num_queries(queries):
        response = officer.client.get(f"/pokja/{query}")
    assert len(names(response)) == rows


def test_an_observer_is_not_offered_to_add(client_of, pengamat_makassar, officer, many):
    assert client_of(pengamat_makassar).get("/pokja/").context["may_add"] is False
    assert officer.client.get("/pokja/").context["may_add"] is True


def test_the_list_asks_visitors_to_sign_in(client, db):
    assert client.get("/pokja/").url == "/masuk/?next=/pokja/"


# --- ``per``: the list of a past day ---


@pytest.fixture
def verified_in_february(many, regions):
    """The plan of the first Pokja: sent on 1 February 2026, verified on 20 February."""
    evidence = Evidence.objects.create(
        kind="work_plan", region=regions.makassar, year=2026, title="Rencana", status="verified"
    )
    plan = WorkPlan.objects.create(evidence=evidence, pokja=many["a"], year=2026)
    Activity.objects.create(plan=plan, no=1, name="Rapat")
    with moments_as_given():
        for day, action, status in ((1, "submit", "submitted"), (20, "verify", "verified")):
            History.objects.create(
                evidence=evidence,
                action=action,
                to_status=status,
                at=datetime(2026, 2, day, 3, tzinfo=UTC),
            )
    return many


def plan_of(response, code) -> str:
    """The status of the plan in the row of a Pokja."""
    [row] = [each for each in response.context["page"].object_list if each.assessment.code == code]
    return row.statuses[1][0]


def test_a_past_day_shows_the_list_as_it_was(client_of, verifikator_sulsel, verified_in_february):
    client = client_of(verifikator_sulsel)
    assert plan_of(client.get("/pokja/"), "mks-a") == "terpenuhi"
    page = client.get("/pokja/?per=10+Februari+2026")
    assert plan_of(page, "mks-a") == "menunggu"
    assert plan_of(client.get("/pokja/?per=2026-01-31"), "mks-a") == "belum_mengisi"
    assert page.context["sentence"] == "Menampilkan 4 Pokja per 10 Februari 2026"
    assert "Keadaan per 10 Februari 2026:" in page.content.decode()


def test_filters_orders_and_pokja_keep_the_day(client_of, operator_makassar, verified_in_february):
    page = client_of(operator_makassar).get("/pokja/?per=2026-02-10&kurang=rencana_kerja&urut=nama")
    assert names(page) == ["mks-a", "mks-b"]
    body = page.content.decode()
    assert f'href="/pokja/{verified_in_february["a"].pk}/2026/?per=2026-02-10"' in body
    assert '<input type="hidden" name="per" value="2026-02-10">' in body
    assert all("per=2026-02-10" in head["query"] for head in page.context["heads"] if head["query"])
    assert "?tahun=2026&amp;per=2026-02-10" in body


def test_the_last_change_is_that_of_the_day(client_of, operator_makassar, verified_in_february):
    client = client_of(operator_makassar)
    changed = {}
    for query in ("?per=2026-01-31", "?per=2026-02-10"):
        rows = client.get(f"/pokja/{query}").context["page"].object_list
        changed[query] = str(rows[0].changed and rows[0].changed.date())
    assert changed == {"?per=2026-01-31": "None", "?per=2026-02-10": "2026-02-01"}


def test_the_years_to_choose_are_those_up_to_the_day(client_of, operator_makassar, many):
    page = client_of(operator_makassar).get("/pokja/?per=2024-06-30")
    assert page.context["years"][0] == page.context["filters"].year == 2024
    late = client_of(operator_makassar).get("/pokja/?per=2026-06-30")
    assert late.context["moment"] is None
    assert "belum lewat; menampilkan keadaan sekarang" in late.content.decode()


@pytest.mark.parametrize("query", ["", "&kurang=anggaran"])
def test_a_past_day_costs_the_list_no_query_more(
    client_of, operator_makassar, verified_in_february, django_assert_max_num_queries, query
):
    client = client_of(operator_makassar)
    client.get(f"/pokja/?{query}")  # both with the numbers of the regions counted already
    client.get(f"/pokja/?per=2026-02-10{query}")
    with CaptureQueriesContext(connection) as now:
        client.get(f"/pokja/?{query}")
    with django_assert_max_num_queries(len(now)):
        client.get(f"/pokja/?per=2026-02-10{query}")
