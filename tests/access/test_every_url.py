"""Every URL of the resolver, every role, own and foreign objects."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib import admin as django_admin
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from apps.accounts.invitations import issue
from apps.accounts.models import Assignment, SignIn, User
from apps.api.tokens import create as create_token
from apps.campaign.builtin import template_for
from apps.campaign.letters import Sheet
from apps.campaign.queries import Audience, rows_for
from apps.campaign.services import make_letters
from apps.deadlines.models import Reopening
from apps.discussion.models import Comment, FollowUp, Thread
from apps.documents.models import Document, Original, Upload
from apps.effectiveness.book_rows import rules_data
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.models import Closing, Rubric
from apps.effectiveness.publishing import new_draft
from apps.effectiveness.rubrics import rules_for
from apps.examples.models import Share
from apps.notices.models import Notice
from apps.open_data.publishing import publish
from apps.papers.issuing import issue as issue_paper
from apps.papers.models import Letterhead, Signer
from apps.pokja.models import Seat
from apps.regulations.models import Agreement, Institution, Regulation
from apps.reviews.models import Objection, Sample, SampleItem
from apps.territory.models import RegionChange
from apps.verification.models import Evidence, History, Pin
from tests.access.table import ROLES, TABLE
from tests.makers import make_budget, make_decree, make_pokja, pdf_bytes

YEAR = 2026
REGEX_ROUTES = {  # patterns written as regular expressions, by name
    "national": "nasional/TAHUN",
    "national_map": "nasional/TAHUN/peta",
    "region_now": "WILAYAH",
    "region": "WILAYAH/TAHUN",
    "region_report": "LEMBAR",
    "region_report_pdf": "LEMBAR/PDF",
    "province_book": "BUKU-PROVINSI",
    "nation_tables": "nasional/TAHUN/tabel",
    "nation_tables_csv": "nasional/TAHUN/CSV",
    "nation_tables_xlsx": "nasional/TAHUN/XLSX",
    "region_tables": "WILAYAH/TAHUN/tabel",
    "region_tables_csv": "WILAYAH/TAHUN/CSV",
    "region_tables_xlsx": "WILAYAH/TAHUN/XLSX",
    "nation_maturity": "nasional/TAHUN/kematangan",
    "nation_maturity_csv": "nasional/TAHUN/KEMATANGAN",
    "nation_money": "nasional/TAHUN/UANG/",
    "nation_money_csv": "nasional/TAHUN/UANG.csv",
    "nation_money_xlsx": "nasional/TAHUN/UANG.xlsx",
    "maturity": "WILAYAH/TAHUN/kematangan",
    "maturity_csv": "WILAYAH/TAHUN/KEMATANGAN",
    "slides": "PROVINSI/TAHUN/saji",
    "public": "publik/PROVINSI/TAHUN/",
    "public_csv": "publik/PROVINSI/TAHUN/data.csv",
    "public_regions": "publik/PROVINSI/TAHUN/wilayah.csv",
    "public_json": "publik/PROVINSI/TAHUN/data.json",
    "public_xlsx": "publik/PROVINSI/TAHUN/data.xlsx",
    "public_metadata": "publik/PROVINSI/TAHUN/metadata.json",
}


def routes(resolver=None, prefix=""):
    """(route, pattern) of every pattern outside the admin's own site."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield REGEX_ROUTES.get(entry.name, route), entry


def admin_paths():
    """Every address of Django's admin that needs no object, and the change page of object 1."""
    found = ["/admin/"]
    for model in django_admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        found += [base, base + "add/", base + "1/change/", base + "1/delete/"]
        model_admin = django_admin.site._registry[model]
        found += [
            base + str(entry.pattern)
            for entry in model_admin.get_urls()
            if "<" not in str(entry.pattern) and str(entry.pattern) not in ("", "add/")
        ]
    return found


def scene(region, officer, number):
    """A Pokja of a region with a seat and a submitted SK that has its PDF."""
    pokja = make_pokja(region, code=f"{region.code}-bk")
    seat = Seat.objects.create(
        pokja=pokja, position="Ketua", institution="Sekretariat Daerah", sector="pemerintah"
    )
    document = Document.objects.create(
        region=region,
        file=ContentFile(pdf_bytes(), "sk.pdf"),
        original_name="SK.pdf",
        sha256="0" * 64,
        size=8,
        pages=1,
        uploaded_by=officer,
    )
    Original.objects.create(
        document=document,
        number=1,
        file=ContentFile(b"foto", "1.jpg"),
        original_name="Foto.jpg",
        format="jpg",
        sha256="1" * 64,
        size=4,
    )
    upload = Upload.objects.create(user=officer, region=region, name="SK.pdf", size=8)
    reopening = Reopening.objects.create(
        region=region, year=YEAR, until="2026-12-31", reason="Uji", by=officer
    )
    notice = Notice.objects.create(user=officer, event="returned", text="Ada kabar", url="/tugas/")
    decree = make_decree(pokja, officer, document=document, number=f"188.45/{number}/2026")
    Evidence.objects.filter(pk=decree.pk).update(
        status="submitted", submitted_by=officer, submitted_at=decree.created_at
    )
    newcomer = User.objects.create(username=f"baru-{region.code}", is_active=False)
    post = Assignment.objects.create(user=newcomer, role="operator", region=region)
    invitation = issue(newcomer, channel="code", actor=officer, post=post).invitation
    sign_in = SignIn.objects.create(
        user=officer,
        session=f"lain-{region.code}",
        device="Chrome di Windows",
        began_at=timezone.now(),
        seen_at=timezone.now(),
    )
    return SimpleNamespace(
        user=officer,
        post=officer.assignments.get(),
        invitation=invitation,
        sign_in=sign_in,
        token=create_token(officer, "Uji", 30)[0],
        pokja=pokja,
        seat=seat,
        evidence=decree,
        document=document,
        upload=upload,
        region=region,
        notice=notice,
        reopening=reopening,
    )


@pytest.fixture
def scenes(cast, regions, db):
    load_builtin_rubric()
    new_draft(Rubric.objects.get(), None)  # empat-kriteria-2
    return (
        pinned(scene(regions.makassar, cast["operator_makassar"], "1"), cast["verifikator_sulsel"]),
        pinned(
            scene(regions.banjarmasin, cast["operator_banjarmasin"], "2"),
            cast["verifikator_kalsel"],
        ),
    )


def pinned(scene, judge):
    """The scene with a pin that its verifier has not sent yet."""
    scene.pin = Pin.objects.create(
        evidence=scene.evidence,
        document=scene.document,
        page=1,
        x=0.5,
        y=0.5,
        text="Cap",
        created_by=judge,
    )
    return talked(scene, judge)


def talked(scene, judge):
    """The scene with a word of its officer, and something its verifier has asked of them."""
    officer, region = scene.evidence.created_by, scene.region
    thread = Thread.objects.create(evidence=scene.evidence, opened_by=officer)
    scene.comment = Comment.objects.create(
        thread=thread, author=officer, role="operator", text="Halo"
    )
    scene.follow_up = FollowUp.objects.create(
        region=region, task="Unggah SK", owner=officer, due_on="2026-03-20", created_by=judge
    )
    return reminded(scene, judge)


def reminded(scene, judge):
    """The scene with a letter and a rapor of its region, and who signs for its province."""
    office = scene.region.province
    scene.head = Letterhead.objects.create(province=office, valid_from="2026-01-01")
    scene.signer = Signer.objects.create(province=office, position="Kepala", name="Contoh")
    scene.paper = issue_paper(
        kind="rapor_daerah", region=scene.region, year=YEAR, title="Rapor", told={"status": "Uji"}
    )
    sheet = Sheet(template_for("reminder"), date(2026, 3, 12), scene.head, scene.signer)
    rows = rows_for(judge, [scene.region], YEAR)
    scene.mailing = make_letters(Audience(office, office), rows, sheet, {}, actor=judge)
    return disputed(scene, judge)


def disputed(scene, judge):
    """The scene with a return its officer disputed, and a second look given to its verifier."""
    item = scene.evidence
    returned = History.objects.create(evidence=item, actor=judge, action="return")
    scene.reply = Objection.objects.create(
        evidence=item,
        decision=returned,
        state="open",
        reason="Sudah lengkap",
        by=item.created_by,
        at=returned.at,
    )
    scene.sample = Sample.objects.create(
        region=scene.region.province,
        since="2026-03-01",
        until="2026-03-12",
        asked=1,
        seed=1,
        drawn_by=judge,
        drawn_at=returned.at,
    )
    scene.look = SampleItem.objects.create(
        sample=scene.sample, evidence=item, decision=returned, verifier=judge, number=1
    )
    return sharing(scene)


def sharing(scene):
    """The scene with a verified budget and its file, which its region shares as an example."""
    officer, region = scene.evidence.created_by, scene.region
    document = Document.objects.create(
        region=region,
        file=ContentFile(pdf_bytes(), "dpa.pdf"),
        original_name="DPA.pdf",
        sha256="2" * 64,
        size=8,
        pages=1,
        uploaded_by=officer,
    )
    pokja = make_pokja(region, code=f"{region.code}-contoh")
    budget = make_budget(pokja, officer, YEAR, document=document)
    Evidence.objects.filter(pk=budget.pk).update(status="verified")
    scene.share = Share.objects.create(
        evidence=budget,
        revision=budget.revision,
        shared_by=officer,
        shared_at=budget.created_at,
    )
    return recorded(scene)


def recorded(scene):
    """The scene with a regulation, an agreement and an office of its region."""
    region = scene.region
    scene.regulation = Regulation.objects.create(
        region=region, kind="perwali", number="7", number_key="7", year=2024, subject="GDPK"
    )
    scene.agreement = Agreement.objects.create(
        region=region, kind="mou", title="Uji", parties="A", valid_from="2026-01-01"
    )
    scene.institution = Institution.objects.create(
        region=region, name="Dinas PPKB", form="mandiri", valid_from="2020-01-01"
    )
    return shelved(scene)


def shelved(scene):
    """The scene with the last year of its province closed."""
    region, rules = scene.region, rules_for(YEAR - 1)
    book = Closing.objects.create(
        province=region.province,
        year=YEAR - 1,
        on=date(YEAR - 1, 12, 31),
        rubric_id=rules.rubric_id,
        rules=rules_data(rules),
        regions=[{"id": region.pk, "code": region.code, "name": region.name, "level": "kota"}],
    )
    if region.code == "73.71":  # own: open to everybody
        publish(book, contact="Kantor", actor=None)
    return to_be_split(scene)


def to_be_split(scene):
    """The scene with a draft that would split its region."""
    scene.change = RegionChange.objects.create(
        kind="split_district",
        region=scene.region,
        in_force_on="2026-03-01",
        basis="UU",
        new_code=f"{scene.region.province.code}.99",
        new_name="Baru",
        new_level="kota",
    )
    return scene


def address(route, scene):
    words = {
        "kesepakatan/<int:row_pk>": f"kesepakatan/{scene.agreement.pk}",
        "kelembagaan/<int:row_pk>": f"kelembagaan/{scene.institution.pk}",
        "<int:row_pk>": scene.regulation.pk,
        "<int:pk>": scene.evidence.pk
        if route.startswith(("verifikasi/", "sanggahan/"))
        else scene.pokja.pk,
        "<int:year>": YEAR - 1 if route.startswith(("buku/", "publikasi/")) else YEAR,
        "<str:code>": scene.region.province.code,
        "<str:region_code>": scene.region.code,
        "<slug:rubric_code>": "empat-kriteria"
        + "-2" * (scene.region.code == "73.71"),  # own: the draft
        "<slug:area>": scene.region.province.code,
        "<int:item_pk>": scene.evidence.pk,
        "<int:seat_pk>": scene.seat.pk,
        "<int:pin_pk>": scene.pin.pk,
        "<int:user_pk>": scene.user.pk,
        "<int:post_pk>": scene.post.pk,
        "<int:invitation_pk>": scene.invitation.pk,
        "<int:sign_in_pk>": scene.sign_in.pk,
        "<int:token_pk>": scene.token.pk,
        "<str:token>": "salah",
        "<slug:step>": "rencana-kerja",
        "<slug:role>": "petugas",
        "<int:province_pk>": scene.region.province_id,
        "<int:region_pk>": scene.region.pk,
        "<int:reopening_pk>": scene.reopening.pk,
        "<uuid:uuid>": (scene.upload if route.startswith("unggah/") else scene.document).uuid,
        "<uuid:other>": scene.document.uuid,
        "<int:notice_pk>": scene.notice.pk,
        "<int:evidence_pk>": scene.evidence.pk,
        "<int:thread_pk>": scene.comment.thread_id,
        "<int:comment_pk>": scene.comment.pk,
        "<int:follow_pk>": scene.follow_up.pk,
        "<int:mailing_pk>": scene.mailing.pk,
        "<int:reply_pk>": scene.reply.pk,
        "<int:sample_pk>": scene.sample.pk,
        "<int:look_pk>": scene.look.pk,
        "<int:head_pk>": scene.head.pk,
        "<int:share_pk>": scene.share.pk,
        "<int:change_pk>": scene.change.pk,
        "<int:signer_pk>": scene.signer.pk,
        "<str:paper_code>": scene.paper.code,
        "<slug:form>": "docx",
        "<slug:file_kind>": "anggaran",
        "<int:number>": 1,
        "<uidb64>": "MQ",
        "<token>": "salah",
        "nasional/TAHUN": f"dasbor/nasional/{YEAR}/",
        "/peta": "peta/",
        "/tabel": "tabel/",
        "/CSV": "tabel.csv",
        "/XLSX": "tabel.xlsx",
        "/kematangan": "kematangan/",
        "/KEMATANGAN": "kematangan.csv",
        "/UANG": "anggaran",
        "PROVINSI/TAHUN/saji": f"dasbor/{scene.region.province.code}/{YEAR}/saji/",
        "publik/PROVINSI/TAHUN": f"publik/{scene.region.province.code}/{YEAR - 1}",
        "WILAYAH/TAHUN": f"dasbor/{scene.region.code}/{YEAR}/",
        "LEMBAR/PDF": f"rapor/{scene.region.code}/{YEAR}/rapor.pdf",
        "LEMBAR": f"rapor/{scene.region.code}/{YEAR}/",
        "BUKU-PROVINSI": f"rapor/{scene.region.province.code}/{YEAR}/buku.pdf",
    }
    if route == "unggah/":
        return f"/unggah/?wilayah={scene.region.pk}"
    if route.startswith(("bandingkan/", "tren/")):
        return f"/{route}?d={scene.region.province.code}&d={scene.region.code}"
    if route == "WILAYAH":
        return f"/dasbor/{scene.region.code}/"
    for word, value in words.items():
        route = route.replace(word, str(value))
    return "/" + route


def letter(response):
    """The letter of the table for a response."""
    if response.status_code == 401:
        return "l"
    if response.status_code == 403:
        return "f"
    if response.status_code == 404:
        return "n"
    if response.status_code in (301, 302, 303):
        return "l" if response["Location"].startswith("/masuk/") else "-"
    return "o"


def ask(client_of, cast, role, method, path):
    client = Client() if role == "anonymous" else client_of(cast[role])
    return client.get(path) if method == "GET" else client.post(path)


def test_every_pattern_has_a_line_and_no_line_is_left_over():
    assert sorted({route for route, _ in routes()}) == sorted(TABLE)


@pytest.mark.parametrize("route", sorted(TABLE))
def test_every_role_gets_what_the_table_says(route, scenes, cast, client_of, today):
    method, own, foreign = TABLE[route]
    lines = [own] if foreign is None else [own, foreign]
    for line, place in zip(lines, scenes, strict=False):
        path = address(route, place)
        got = {role: letter(ask(client_of, cast, role, method, path)) for role in ROLES}
        if "-" not in line:  # an action done, then a page to see
            got = {role: "o" if answer == "-" else answer for role, answer in got.items()}
        assert got == dict(zip(ROLES, line.split(), strict=True)), path


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_admin_pages_are_closed_to_everybody_but_staff(role, cast, client_of, scenes):
    opened = [
        path
        for path in admin_paths()
        if letter(ask(client_of, cast, role, "GET", path)) not in "lfn-"
    ]
    assert opened == []


def test_admin_pages_answer_the_administrator_without_error(cast, client_of, scenes):
    client = client_of(cast["admin"])
    failed = [
        path
        for path in admin_paths()
        if client.get(path).status_code not in (200, 302, 403, 404, 405)
    ]
    assert failed == []


def admin_objects():
    """Addresses of Django's admin that name an object: up to four of each kind, and none."""
    for model in django_admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for key in [*model.objects.order_by("pk").values_list("pk", flat=True)[:4], 987654321]:
            yield from (f"{base}{key}/{page}/" for page in ("change", "delete", "history"))


def test_admin_pages_of_objects_answer_the_administrator_without_error(cast, client_of, scenes):
    client = client_of(cast["admin"])
    answers = {path: client.get(path).status_code for path in admin_objects()}
    assert {path: code for path, code in answers.items() if code not in (200, 302, 403, 404)} == {}
    assert list(answers.values()).count(200) > 100


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "route",
    sorted(
        route for route, (method, _, _) in TABLE.items() if method == "POST" and route != "keluar/"
    ),
)  # whose GET asks "Keluar?"
def test_actions_take_posts_only(route, method, scenes, cast, client_of):
    path = address(route, scenes[0])
    response = client_of(cast["koordinator_sulsel"]).generic(method, path)
    assert response.status_code == 405
