from types import SimpleNamespace

import pytest

from apps.campaign.builtin import load_letter_templates
from apps.effectiveness.builtin import load_builtin_rubric
from apps.papers.models import Letterhead, Signer
from tests import makers

NIP = "196905141995031002"
HEAD = "KEMENTERIAN CONTOH\nPERWAKILAN SULAWESI SELATAN"


@pytest.fixture
def texts(db):
    load_builtin_rubric()
    load_letter_templates()


@pytest.fixture
def pokja(regions, texts, today):
    """One Pokja in Makassar; Bone has none."""
    return makers.make_pokja(regions.makassar)


@pytest.fixture
def sender(verifikator_sulsel, client_of):
    return SimpleNamespace(user=verifikator_sulsel, client=client_of(verifikator_sulsel))


@pytest.fixture
def coordinator(koordinator_sulsel, client_of):
    return SimpleNamespace(user=koordinator_sulsel, client=client_of(koordinator_sulsel))


@pytest.fixture
def letterhead(regions):
    return Letterhead.objects.create(
        province=regions.sulsel,
        valid_from="2025-01-01",
        institution=HEAD,
        address="Jalan Contoh 1",
        phone="(0411) 000",
        place="Makassar",
    )


@pytest.fixture
def signer(regions):
    return Signer.objects.create(
        province=regions.sulsel,
        position="Kepala Perwakilan",
        name="Nama Contoh",
        rank="Pembina",
        nip=NIP,
    )


@pytest.fixture
def make_period(db):
    """make_period(date): everything of 2026 is due on that day, in the whole country."""
    from datetime import date

    from apps.deadlines.models import Period

    def make(due_on, kind=""):
        return Period.objects.create(year=2026, kind=kind, opens_on=date(2026, 1, 1), due_on=due_on)

    return make


TYPED = {
    "number": "400.13/12/2026",
    "letter_date": "12 Maret 2026",
    "signer": "",
    "addressee": "office",
    "finish_by": "",
    "nature": "Segera",
    "attachment": "",
    "copies": "",
    "paper": "a4",
}
MAKASSAR = "/kampanye/siapkan/?tahun=2026&provinsi=73&jenis=pengingat&wilayah=73.71"
BOTH = f"{MAKASSAR}&wilayah=73.08"


def chosen(*codes, **more):
    """The hidden fields of a form over these regions."""
    return {"tahun": "2026", "provinsi": "73", "jenis": "pengingat", "wilayah": codes} | more
