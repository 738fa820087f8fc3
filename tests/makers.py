"""Things the tests put into the database: Pokja, files, and complete items of each kind."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile


def pdf_bytes(pages=1, change=None, **save):
    """A small sound PDF; ``change(pdf)`` may put something into it before it is written."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    if change:
        change(pdf)
    out = io.BytesIO()
    # Without an encryption nothing random goes in: the same call gives the same file.
    pdf.save(out, **{"deterministic_id": "encryption" not in save} | save)
    return out.getvalue()


def pdf_upload(name="SK Pokja.pdf", content=None, **options):
    content = pdf_bytes(**options) if content is None else content
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def make_document(region, actor=None, **options):
    from apps.documents.services import store_document

    return store_document(pdf_upload(**options), region=region, actor=actor)


def make_pokja(region, code="makassar-bk", name="Pokja Bangga Kencana", kinds=("bangga_kencana",)):
    from apps.pokja.models import Pokja, PokjaType

    pokja = Pokja.objects.create(region=region, code=code, name=name)
    PokjaType.objects.bulk_create(PokjaType(pokja=pokja, kind=kind) for kind in kinds)
    return pokja


def make_indicator(code="tfr", **fields):
    from apps.indicators.models import Indicator

    fields = {"name": "Angka Kelahiran Total (TFR)", "unit": "anak", "direction": "range"} | fields
    return Indicator.objects.create(code=code, **fields)


DECREE = {
    "number": "188.45/412/I/2026",
    "issued_on": date(2026, 1, 14),
    "title": "Pembentukan Pokja Bangga Kencana",
    "signer_position": "Wali Kota Makassar",
    "signer_status": "definitif",
    "signer_name": "Nama Contoh",
    "valid_from": date(2026, 1, 14),
    "valid_until": date(2028, 12, 31),
    "validity_basis": "tertulis",
}
ACTIVITY = {
    "name": "Rapat koordinasi",
    "output": "4 rapat",
    "target": Decimal(4),
    "unit": "rapat",
    "months": 0b001001001001,
    "person_in_charge": "Dinas PPKB",
}
LINE = {
    "fund_source": "apbd_kabkota",
    "sub_activity_code": "2.14.02.2.01.0001",
    "ceiling": Decimal("40000000.00"),
}


def make_decree(
    pokja,
    actor,
    *,
    document=None,
    role="establish",
    parent="",
    evidence=None,
    revision=None,
    **fields,
):
    """A draft SK about one Pokja, complete unless fields say otherwise."""
    from apps.decrees.services import save_decree

    return save_decree(
        evidence,
        DECREE | fields,
        actor=actor,
        pokja=[(pokja, role, parent)],
        revision=revision,
        document=document,
    )


def make_plan(pokja, actor, year=2026, rows=(ACTIVITY,), evidence=None, revision=None):
    from apps.work_plans.services import save_plan

    return save_plan(evidence, pokja, year, list(rows), actor=actor, revision=revision)


def make_indicators(pokja, actor, year=2026, rows=None, evidence=None, revision=None):
    from apps.indicators.services import save_indicators

    if rows is None:
        rows = [{"indicator": make_indicator(), "target": Decimal("2.1"), "source": "PK"}]
    return save_indicators(evidence, pokja, year, rows, actor=actor, revision=revision)


def make_budget(
    pokja,
    actor,
    year=2026,
    rows=(LINE,),
    document=None,
    stage="murni",
    evidence=None,
    revision=None,
):
    from apps.budgets.services import save_budget

    return save_budget(
        evidence,
        pokja,
        year,
        list(rows),
        actor=actor,
        revision=revision,
        stage=stage,
        document=document,
    )


def verified(evidence, sender, judge):
    """Send and accept an item."""
    from apps.evidence.services import submit, verify

    submit(evidence, actor=sender, revision=evidence.revision)
    verify(evidence, actor=judge, revision=evidence.revision)
    return evidence
