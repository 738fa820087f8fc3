"""Letterheads and signers of Sulawesi Selatan, by day: the old name and the new one."""

from datetime import date

import pytest

from apps.papers.models import Letterhead, Signer

NIP = "196905141995031002"


@pytest.fixture
def make_head(regions):
    """make_head("2025-01-01", "PERWAKILAN ..."): a letterhead of Sulawesi Selatan."""

    def make(day, name="PERWAKILAN BARU", **fields):
        values = {"address": "Jalan Contoh 1", "place": "Makassar", "province": regions.sulsel}
        return Letterhead.objects.create(
            valid_from=date.fromisoformat(day),
            institution=f"INSTANSI CONTOH\n{name}",
            **values | fields,
        )

    return make


@pytest.fixture
def make_signer(regions):
    """make_signer("Nama", first, last): who signs for Sulawesi Selatan from day to day."""

    def make(name, first=None, last=None, **fields):
        values = {"position": "Kepala Perwakilan", "nip": NIP, "province": regions.sulsel}
        return Signer.objects.create(name=name, valid_from=first, valid_to=last, **values | fields)

    return make
