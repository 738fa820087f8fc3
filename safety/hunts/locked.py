"""G4: what is verified stays byte for byte as it is, by whatever way somebody writes."""

import hashlib
from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.audit.models import Refusal
from apps.audit.refusals import is_refusal
from apps.budgets.models import Budget, BudgetLine
from apps.decrees.models import Decree, DecreeCoverage
from apps.documents.models import Document, Original
from apps.indicators.models import IndicatorSet, Target
from apps.verification.models import Citation, Evidence
from apps.work_plans.models import Activity, WorkPlan
from safety.doors import forms_of
from safety.places import fresh
from safety.watching import writes
from tests.filing import pages
from tests.makers import make_budget, make_document, make_indicators, make_plan, pdf_upload

PERSONAS = ("operator_makassar", "verifikator_sulsel", "koordinator_sulsel", "staf_sulsel", "admin")
# Steps of the workflow that are allowed on a verified item, with their reason on record.
ALLOWED = ("/batalkan/",)


@pytest.fixture
def locked(scenes, cast, today):
    """{kind: verified item} of the Pokja of Makassar, decided an hour ago."""
    scene, officer = scenes["own"], cast["operator_makassar"]
    document = make_document(scene.region, officer)
    scene.evidence.decree.document = document
    scene.evidence.decree.save(update_fields=["document"])
    items = {
        "sk": scene.evidence,
        "rencana-kerja": make_plan(scene.pokja, officer),
        "indikator": make_indicators(scene.pokja, officer),
        "anggaran": make_budget(scene.pokja, officer, document=document),
    }
    keys = [item.pk for item in items.values()]
    long_ago = timezone.now() - timedelta(hours=1)
    Evidence.objects.filter(pk__in=keys).update(
        status="verified", decided_by=cast["verifikator_sulsel"], decided_at=long_ago
    )
    for item in items.values():
        item.refresh_from_db()
    return items


def digest(items, document_keys) -> str:
    """One number of all rows and file bytes that make up these items."""
    keys = [item.pk for item in items.values()]
    found = hashlib.sha256()
    for rows in (
        Evidence.objects.filter(pk__in=keys),
        Decree.objects.filter(evidence__in=keys),
        DecreeCoverage.objects.filter(decree__evidence__in=keys),
        WorkPlan.objects.filter(evidence__in=keys),
        Activity.objects.filter(plan__evidence__in=keys),
        IndicatorSet.objects.filter(evidence__in=keys),
        Target.objects.filter(indicator_set__evidence__in=keys),
        Budget.objects.filter(evidence__in=keys),
        BudgetLine.objects.filter(budget__evidence__in=keys),
        Citation.objects.filter(evidence__in=keys),
        Document.objects.filter(pk__in=document_keys),
        Original.objects.filter(document__in=document_keys),
    ):
        found.update(repr(list(rows.order_by("pk").values_list())).encode())
    for document in Document.objects.filter(pk__in=document_keys):
        with default_storage.open(document.file.name) as file:
            found.update(file.read())
    return found.hexdigest()


def steps(scene, items):
    """The four steps' forms filled in anew, aimed at the verified item with its revision."""
    rows = {
        "rencana-kerja": ("kegiatan", pages.ACTIVITY),
        "indikator": ("target", {"indicator": "1", "target": "9,9", "source": "Palsu"}),
        "anggaran": ("baris", {"fund_source": "apbd_kabkota", "ceiling": "Rp 1"}),
    }
    for step, item in items.items():
        aimed = {"bukti": str(item.pk), "revision": str(item.revision)}
        base = f"/pokja/{scene.pokja.pk}/2026/isi/{step}/"
        if step == "sk":
            data = pages.decree(scene.pokja, number="PALSU", file=pdf_upload(), **aimed)
        else:
            data = pages.rows(rows[step][0], rows[step][1], **aimed)
        for place in ("", "sementara/", "sementara/buang/", "tidak-ada/", "salin/"):
            yield base + place, data | {"alasan": "Tidak ada lagi.", "reason": "Tidak ada lagi."}
        for button in ("simpan", "draf", "hapus", "kirim"):
            yield base, {**data, button: "1"}
        yield from actions(scene, item, aimed)


def actions(scene, item, aimed):
    """The buttons and addresses that name an item, and the admin's ways to it."""
    own, judging = f"/pokja/{scene.pokja.pk}/2026", f"/verifikasi/{item.pk}"
    sending = {f"send_{item.pk}": "on", f"revision_{item.pk}": aimed["revision"], "statement": "on"}
    marks = aimed | {f"cek_{number}": "sesuai" for number in range(1, 12)} | {"catatan": "Palsu"}
    yield f"{own}/isi/periksa/", sending
    yield f"{own}/bukti/{item.pk}/tarik-kembali/", aimed
    yield f"{own}/gunakan-kembali/", aimed
    for deed in ("setujui", "kembalikan", "letak", "pin"):
        yield f"{judging}/{deed}/", marks | {"page": 1, "x": 0.5, "y": 0.5, "text": "Palsu"}
    yield "/verifikasi/urungkan/", {"langkah": f"urungkan {item.pk}.{item.revision}"}
    related = {"sk": "decree"}.get(item.kind, item.kind)
    for model in (Evidence, Document, type(_content(item, related))):
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        key = _content(item, related).pk if model not in (Evidence, Document) else item.pk
        values = {field.name: "1" for field in model._meta.concrete_fields}
        yield f"{base}{key}/change/", values
        yield f"{base}{key}/delete/", {"post": "yes"}
        yield base, {"action": "delete_selected", "_selected_action": [key], "post": "yes"}


def _content(item, related):
    return getattr(Evidence.objects.get(pk=item.pk), related)


class Lock:
    """Sends and looks whether anything of the locked items is another now."""

    def __init__(self, people, items):
        self.people, self.items = people, items
        self.documents = [
            key
            for held in (Decree, Budget)
            for key in held.objects.filter(evidence__in=[item.pk for item in items.values()])
            .exclude(document=None)
            .values_list("document", flat=True)
        ]
        self.before = digest(items, self.documents)
        self.sent, self.refused, self.changed, self.errors = 0, 0, [], []
        self.denied, self.unnoted = 0, []

    def send(self, persona, path, data):
        if path.endswith(ALLOWED):
            return
        client = fresh(*self.people[persona])
        with writes():
            Refusal.objects.all().delete()  # those of the pages that were looked at for their forms
            response = client.post(path, data)
            after = digest(self.items, self.documents)
            rows = Refusal.objects.count()
        self.sent += 1
        self.refused += response.status_code in (400, 403, 404, 405, 409)
        told = f"{persona} {path} -> {response.status_code}"
        if after != self.before:
            self.changed.append(told)
        if response.status_code >= 500:
            self.errors.append(told)
        is_denied = is_refusal(response.wsgi_request, response)
        self.denied += is_denied
        if rows != is_denied:
            self.unnoted.append(f"{told}, {rows} catatan penolakan")


def test_locked_means_locked(figures, short, people, scenes, locked):
    lock = Lock(people, locked)
    for persona in PERSONAS[::2] if short else PERSONAS:
        for path, data in steps(scenes["own"], locked):
            lock.send(persona, path, data)
        for form in [] if short else forms_of(people, scenes["own"], persona):
            lock.send(persona, form.action, bent(form))
    figures |= {
        "sent": lock.sent,
        "refused": lock.refused,
        "changed": lock.changed,
        "errors": lock.errors,
        "denied": lock.denied,
        "unnoted": lock.unnoted,
    }


def test_control_a_refusal_that_leaves_no_row_is_noticed(figures, people, scenes, locked):
    """The control: with the writing of refusals off, every one of them is found without its row."""
    lock = Lock(people, locked)
    with patch("apps.audit.middleware.note_refusal"):
        for path, data in steps(scenes["own"], locked):
            lock.send("operator_makassar", path, data)
    figures["unnoted_control"] = len(lock.unnoted)
    assert len(lock.unnoted) == lock.denied > 0


def bent(form):
    """The form as it is shown, with every text in it written anew."""
    return {
        name: values if name in form.choices or name.isdigit() else [f"{values[0]} 7"]
        for name, values in form.values.items()
        if values and "FORMS" not in name and name not in ("revision", "bukti")
    } | {name: form.values[name] for name in form.values if "FORMS" in name or name == "revision"}


def test_imported_rows_leave_it_too(figures, scenes, locked, tmp_path):
    """A file of the administration and of the command line: same Pokja and year, other content."""
    from django.core.management import CommandError, call_command

    scene = scenes["own"]
    lock = Lock({}, locked)
    told = []
    for kind, row in files_of(scene):
        path = tmp_path / f"{kind}.csv"
        path.write_text(";".join(row) + "\n" + ";".join(row.values()) + "\n")
        with writes():
            try:
                call_command("impor", kind, str(path), stdout=StringIO())
            except CommandError:
                told.append(kind)
            if digest(lock.items, lock.documents) != lock.before:
                lock.changed.append(f"impor {kind}")
    figures["imports"], figures["import_changed"] = 4, lock.changed


def files_of(scene):
    code = scene.pokja.code
    plan = {"kode_pokja": code, "tahun": "2026"}
    yield "rencana-kerja", plan | {"no": "1", "kegiatan": "Palsu", "keluaran": "Palsu"}
    yield "indikator", plan | {"kode_indikator": "tfr", "target": "9,9"}
    yield "anggaran", plan | {"tahap": "murni", "sumber_dana": "APBD", "pagu_pokja": "1"}
    yield (
        "sk",
        {
            "nomor": scene.evidence.decree.number,
            "tanggal_ditetapkan": "2026-01-14",
            "kode_pokja": code,
            "peran": "membentuk",
            "tentang": "Palsu",
            "berlaku_mulai": "2026-01-14",
            "berlaku_sampai": "2028-12-31",
            "dasar_masa_berlaku": "tertulis",
        },
    )


def test_control_a_lock_that_is_off_is_noticed(figures, people, scenes, locked):
    """The control: with the states that may be edited widened, the same posts change something."""
    lock = Lock(people, locked)
    everything = ("draft", "returned", "submitted", "verified", "cancelled")
    with (
        patch("apps.verification.services.EDITABLE", everything),
        patch("apps.verification.models.evidence.EDITABLE", everything),
        patch("apps.filing.cards.EDITABLE", everything),
    ):
        for path, data in steps(scenes["own"], locked):
            lock.send("operator_makassar", path, data)
    figures["control"] = len(lock.changed)
