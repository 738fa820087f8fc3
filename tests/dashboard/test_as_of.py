"""``per`` on every dashboard: figures of a past day, a banner, and links that keep the day."""

import html
import re
from datetime import UTC, date, datetime

import pytest

from apps.dashboard.queries import (
    district_figures,
    nation_figures,
    province_figures,
    rule_changes,
    years_offered,
)
from apps.effectiveness.models import Rubric
from apps.effectiveness.moment import Moment
from apps.regions.models import PublishedFact, Region, RegionProfile
from apps.verification.models import Evidence, History
from tests.effectiveness.histories import moments_as_given

pytestmark = pytest.mark.django_db

NATION, PROVINCE, DISTRICT = "/dasbor/nasional/2026/", "/dasbor/73/2026/", "/dasbor/73.71/2026/"
MAP = NATION + "peta/"
PAGES = (NATION, MAP, PROVINCE, DISTRICT)
THEN = Moment(date(2026, 2, 10))
PER = "?per=10+Februari+2026"


@pytest.fixture
def past(scene):
    """What the scene's evidence went through: all but plans was verified on 1 February, plans
    on 1 March; what waits now was sent on 20 February."""
    sent, soon = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    late = datetime(2026, 3, 1, tzinfo=UTC)
    rows = []
    for evidence in Evidence.objects.order_by("pk"):
        if evidence.status == "submitted":
            rows.append((datetime(2026, 2, 20, tzinfo=UTC), evidence, "submitted"))
            continue
        rows.append((sent, evidence, "submitted"))
        rows.append((late if evidence.kind == "work_plan" else soon, evidence, "verified"))
    with moments_as_given():
        History.objects.bulk_create(
            History(at=at, evidence=evidence, action="import", to_status=status)
            for at, evidence, status in sorted(rows, key=lambda row: row[0])
        )
    return scene


def body(response) -> str:
    return html.unescape(response.content.decode())


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", body(response)).split())


def heading(response) -> str:
    return re.search(r"<h1>(.*?)</h1>", body(response), re.DOTALL)[1]


def links_to(response, start) -> set[str]:
    """Addresses of the page's own content, without the bar above it."""
    main = body(response).split("<main", 1)[1].split("</main>")[0]
    found = set(re.findall(r'href="([^"]*)"', main))
    return {link for link in found if link.startswith(start)}


# --- figures ---


def test_figures_are_those_of_the_day(past, client_of, pusat):
    client = client_of(pusat)
    assert heading(client.get(PROVINCE + PER)) == (
        "Belum satu pun dari 4 Pokja di Sulawesi Selatan efektif per 10 Februari 2026"
    )
    assert heading(client.get(PROVINCE)) == "1 dari 4 Pokja di Sulawesi Selatan sudah efektif"
    assert heading(client.get(NATION + PER)) == (
        "Belum satu pun dari 5 Pokja di 2 provinsi efektif per 10 Februari 2026"
    )
    assert heading(client.get(DISTRICT + PER)).endswith("efektif per 10 Februari 2026")


def test_all_of_the_page_is_of_the_day(past, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(PROVINCE + PER)
    assert page.context["sub"] == (
        "Tahun 2026, data terverifikasi s.d. 10 Februari 2026. Efektif = empat kriteria terpenuhi."
    )
    assert page.context["official"]["figure"] == "0 Prov & 0 dari 2 Kab/Kota"
    assert page.context["data_date"] == "Data per 10 Februari 2026"
    assert [cell["value"] for cell in page.context["criteria"]] == [
        "3 dari 4",
        "0 dari 4",
        "3 dari 4",
        "1 dari 4",
    ]
    # The plans waited then; the budget that waits now had not been sent.
    assert page.context["effective"]["waiting"] == "3 kriteria menunggu verifikasi"
    assert "0 dari 2 Pokja efektif" in page.context["map"]


def test_a_past_year_tells_its_day_and_when_it_was_known(past, give, client_of, pusat):
    page = client_of(pusat).get("/dasbor/73/2025/" + PER)
    assert page.context["sub"].startswith(
        "Tahun 2025, keadaan 31 Desember 2025 menurut data per 10 Februari 2026."
    )


@pytest.mark.parametrize("path", PAGES)
def test_the_banner_says_so_and_leads_back(past, client_of, pusat, path):
    page = client_of(pusat).get(path + PER + "&belum=1&halaman=2")
    assert re.search(r'<p class="note note-fix[^>]* role="status">', body(page))
    assert "Keadaan per 10 Februari 2026: yang diketahui pada akhir hari itu." in text_of(page)
    assert f'href="{path}?belum=1">Kembali ke hari ini' in body(page)
    assert '<input type="hidden" name="belum" value="1">' in body(page)
    assert 'name="per" value="10 Februari 2026"' in body(page)


@pytest.mark.parametrize("path", PAGES)
def test_without_a_day_there_is_no_banner(past, client_of, pusat, path):
    page = client_of(pusat).get(path)
    assert "Keadaan per" not in text_of(page)
    assert "Lihat keadaan pada tanggal lain" in text_of(page)
    assert not any("per=" in link for link in links_to(page, "/"))


# --- links ---


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", ["pusat", "verifikator_sulsel", "operator_makassar"])
def test_every_way_on_keeps_the_day(past, client_of, cast, path, name):
    page = client_of(cast[name]).get(path + PER)
    back = {path}  # "Kembali ke hari ini" alone leaves it
    ways = links_to(page, "/dasbor/") | links_to(page, "/pokja/")
    kept = {link for link in ways if "per=2026-02-10" in link}
    assert kept
    assert ways - kept == {f"{link}?" for link in back}


def test_filters_and_years_keep_the_day(past, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(PROVINCE + PER + "&belum=1")
    assert [each["address"] for each in page.context["orders"]] == [
        "?belum=1&per=2026-02-10#peringkat",
        "?belum=1&urut=terendah&per=2026-02-10#peringkat",
        "?belum=1&urut=perubahan&per=2026-02-10#peringkat",
        "?belum=1&urut=perubahan-turun&per=2026-02-10#peringkat",
    ]
    assert page.context["filter_address"] == "?per=2026-02-10#kriteria"
    assert [each["address"] for each in page.context["years"]][:2] == [
        "/dasbor/73/2026/?per=2026-02-10",
        "/dasbor/73/2025/?per=2026-02-10",
    ]


def test_what_can_be_done_today_is_not_offered_on_a_past_day(
    past, client_of, operator_makassar, verifikator_sulsel
):
    assert "Kerjakan tugas" in text_of(client_of(operator_makassar).get(DISTRICT))
    assert "Kerjakan tugas" not in text_of(client_of(operator_makassar).get(DISTRICT + PER))
    assert links_to(client_of(verifikator_sulsel).get(PROVINCE), "/verifikasi/")
    assert not links_to(client_of(verifikator_sulsel).get(PROVINCE + PER), "/verifikasi/")


def test_a_dashboard_without_a_year_takes_that_of_the_day(past, client_of, pusat):
    client = client_of(pusat)
    assert client.get("/dasbor/73/?per=2025-06-30").url == "/dasbor/73/2025/?per=2025-06-30"
    assert client.get("/dasbor/nasional/").url == "/dasbor/nasional/2026/"
    assert client.get("/dasbor/73/?per=1990-01-01").status_code == 404


def test_years_are_those_up_to_the_day():
    assert years_offered(2023, Moment(date(2024, 5, 1)))[:3] == [2024, 2023, 2022]


# --- nothing yet ---


@pytest.mark.parametrize("path", [NATION, PROVINCE, DISTRICT])
def test_a_day_before_all_data_says_so(past, client_of, pusat, path):
    page = client_of(pusat).get(path + "?per=2026-01-04")
    assert "Belum ada data pada tanggal itu" in text_of(page)
    assert "Sampai 4 Januari 2026 belum ada isian yang dikirim." in text_of(page)
    assert "Prov &" not in text_of(page)


# --- bad input ---


@pytest.mark.parametrize(
    "typed", ["31 Februari 2026", "0001-01-01", "9999-12-31", "kemarin", "%00", "2099-01-01"]
)
@pytest.mark.parametrize("path", PAGES)
def test_what_cannot_be_shown_shows_the_present_and_says_why(past, client_of, pusat, path, typed):
    client = client_of(pusat)
    page, now = client.get(f"{path}?per={typed}"), client.get(path)
    assert (page.status_code, heading(page)) == (200, heading(now))
    assert "enampilkan keadaan sekarang" in text_of(page)
    assert "<details" in body(page).split("Lihat keadaan pada tanggal lain")[0]


def test_what_was_typed_stays_and_is_never_markup(past, client_of, pusat):
    page = client_of(pusat).get(PROVINCE, {"per": '"><script>x</script>', "belum": '"><u>x'})
    assert "<script>x" not in page.content.decode()
    assert '"><u>x' not in page.content.decode()
    assert "&quot;&gt;&lt;script&gt;x&lt;/script&gt;" in page.content.decode()


def test_hundreds_of_parameters_do_no_harm(past, client_of, pusat):
    many = "&".join(f"a{number}={number}&per=2026-02-{number % 28 + 1}" for number in range(400))
    page = client_of(pusat).get(f"{PROVINCE}?{many}&per=2026-02-10")
    assert page.context["moment"] == THEN


def test_the_day_opens_no_foreign_dashboard(past, client_of, operator_bone):
    client = client_of(operator_bone)
    assert client.get(DISTRICT + PER).status_code == 404
    assert client.get("/dasbor/63/2026/" + PER).status_code == 404
    assert client.get(PROVINCE + PER).status_code == 200


# --- rules of then ---


def test_the_rubric_is_that_of_the_day(past, client_of, pusat):
    changed = datetime(2026, 2, 20, tzinfo=UTC)
    old = Rubric.objects.get()
    Rubric.objects.filter(pk=old.pk).update(status="replaced", replaced_at=changed)
    Rubric.objects.create(
        code="baru", name="Baru", year_from=2026, status="published", published_at=changed
    )
    assert nation_figures(2026, moment=THEN).rules.rubric_id == old.pk
    assert nation_figures(2026).rules is None  # the new one has no criteria yet
    assert rule_changes([2025, 2026], THEN) == []
    assert rule_changes([2025, 2026]) == [2026]
    assert "tidak dapat dinilai" not in text_of(client_of(pusat).get(PROVINCE + PER))


def test_facts_and_profiles_are_those_up_to_the_day(past, regions, client_of, pusat):
    for year, day, subject in (
        (2026, date(2026, 2, 10), "Rakerda"),
        (2026, date(2026, 2, 11), "Forum"),
        (2027, None, "Sensus"),
    ):
        PublishedFact.objects.create(
            region=regions.sulsel, year=year, date_from=day, subject=subject, source="uji"
        )
    RegionProfile.objects.create(region=regions.sulsel, year=2026, pkb=5)
    RegionProfile.objects.create(region=regions.sulsel, year=2027, pkb=6)
    page = client_of(pusat).get(PROVINCE + PER)
    assert [fact.subject for fact in page.context["facts"]] == ["Rakerda"]
    assert [each["year"] for each in page.context["profiles"]] == ["2026"]


# --- money of then ---


def test_the_budget_table_is_that_of_the_day(past, give, client_of, pusat):
    page = client_of(pusat).get(DISTRICT + PER)
    assert page.context["budget"]["heading"] == "Anggaran operasional Rp\u00a040.000.000"
    before = client_of(pusat).get(DISTRICT + "?per=2026-01-20")
    assert before.context["budget"]["heading"] == "Belum ada anggaran terverifikasi"


# --- cost ---


@pytest.fixture
def cost(past, make_pokja, give, regions, django_assert_num_queries):
    def measure(number, rows, call, *args):
        for _ in range(rows - 1):
            for region in (regions.makassar, regions.bone, regions.banjarmasin):
                for evidence in give(make_pokja(region, "gdpk"), "sk", "rencana_kerja"):
                    History.objects.create(evidence=evidence, action="verify", to_status="verified")
        with django_assert_num_queries(number):
            call(*args)

    return measure


@pytest.mark.parametrize("rows", [1, 3])
def test_a_past_day_costs_the_same_for_few_and_many(cost, regions, rows):
    region = Region.objects.select_related("province").get(pk=regions.makassar.pk)
    cost(72, rows, lambda: nation_figures(2026, moment=THEN))
    cost(81, 1, lambda: province_figures(regions.sulsel, 2026, THEN))
    cost(56, 1, lambda: district_figures(region, 2026, THEN))
