"""A Pokja's page and rapor of a closed year tell what its book holds."""

import pytest

from apps.effectiveness import closing
from tests.books.conftest import YEAR, rubric, world  # noqa: F401
from tests.filing.pages import words
from tests.filing.test_rapor import pdf_text


@pytest.fixture
def closed(world, regions, cast):  # noqa: F811
    """2025 of Sulawesi Selatan closed; afterwards the plan of the effective Pokja is cancelled."""
    from apps.verification.models import Evidence

    closing.close(regions.sulsel, YEAR, actor=cast["koordinator_sulsel"])
    Evidence.objects.filter(work_plan__pokja=world.makassar).update(status="cancelled")
    return world


def test_the_receipt_tells_frozen_values_and_says_so(closed, client_of, cast):
    response = client_of(cast["operator_makassar"]).get(f"/pokja/{closed.makassar.pk}/{YEAR}/")
    receipt = response.context["receipt"]
    assert response.context["assessment"].frozen is not None
    assert (receipt.score, [line.got for line in receipt.lines]) == (100, [25] * 4)
    assert receipt.frozen.startswith("Tahun ini sudah ditutup: nilai dibekukan 12 Maret 2026")
    assert [line.basis.version for line in receipt.lines] == [1, 1, 1, 1]
    assert response.context["ladder"] is None
    page = words(response)
    assert page.count("Tahun ini sudah ditutup") == 1
    assert page.count("Hitung percobaan") == 0


def test_nothing_is_to_be_done_in_a_closed_year(closed, client_of, cast):
    response = client_of(cast["operator_bone"]).get(f"/pokja/{closed.bone.pk}/{YEAR}/")
    assert {card.url for card in response.context["cards"]} == {""}
    assert {todo.url for todo in response.context["todos"]} == {""}
    assert words(response).count("Yang masih kurang saat tahun ini ditutup") == 1


def test_points_not_given_then_still_say_what_brings_them(closed, client_of, cast):
    response = client_of(cast["operator_makassar"]).get(f"/pokja/{closed.makassar.pk}/{YEAR}/")
    points = [point for line in response.context["receipt"].lines for point in line.points]
    assert sum(point.got for point in points) == response.context["receipt"].got
    missing = {point.code: point.gap.fix for point in points if not point.is_given}
    assert missing["sk_lintas_sektor"] == (
        "Masukkan anggota dari unsur pemerintah dan dari luar pemerintah"
    )


def test_the_rapor_carries_the_frozen_figures(closed, client_of, cast):
    client = client_of(cast["operator_makassar"])
    text = pdf_text(client.get(f"/pokja/{closed.makassar.pk}/{YEAR}/rapor.pdf"))
    assert "EFEKTIF" in text
    assert "Skor terverifikasi 100 dari 100" in text
    assert "Tahun ini sudah ditutup" in text
    assert "Naik kelas" not in text


def test_a_reopened_region_is_told_as_it_is_now(closed, client_of, cast, regions, today):
    from datetime import timedelta

    from apps.effectiveness.models import Closing

    closing.reopen(
        Closing.objects.get(),
        regions.makassar,
        reason="Rencana kerja keliru",
        until=today + timedelta(days=10),
        actor=cast["koordinator_sulsel"],
    )
    response = client_of(cast["operator_makassar"]).get(f"/pokja/{closed.makassar.pk}/{YEAR}/")
    assert response.context["receipt"].frozen == ""
    assert response.context["receipt"].score == 75
    assert response.context["ladder"].steps[0].rung.code == "rencana_kerja"
