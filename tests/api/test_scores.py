"""The list of scores is that of ``nilai --format json``, for every caller's scope."""

import io
import json
from datetime import timedelta

from django.core.management import call_command

from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.closing import close
from apps.pokja.models import Pokja
from tests.api.conftest import rows_of
from tests.conftest import CAST
from tests.effectiveness.storing import Hand

# Whose scope differs from another's in nothing that a second year could show.
BY_ONE_YEAR = {"verifikator2_sulsel", "koordinator_sulsel", "operator_bone", "admin"}


def by_command(year, **options) -> list[dict]:
    out = io.StringIO()
    call_command("nilai", tahun=str(year), format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def in_scope(rows, user) -> list[dict]:
    own = set(Pokja.objects.for_user(user).values_list("code", flat=True))
    return [row for row in rows if row["kode_pokja"] in own]


def read(api, query) -> list[dict]:
    """All pages, in order."""
    rows, page = [], 1
    while True:
        answer = api(f"penilaian/?ukuran=6&halaman={page}&{query}")
        rows += rows_of(answer)
        if answer.json()["berikut"] is None:
            return rows
        page += 1


def test_random_data_is_read_as_the_command_prints_it(regions, cast, caller, today):
    load_builtin_rubric()
    hand = Hand(12, today)
    for _ in range(60):
        hand.write()
    past = (today - timedelta(days=200)).isoformat()
    asked = {
        "tahun=2026": by_command(2026),
        "tahun=2025": by_command(2025),
        f"tahun=2026&tanggal={past}": by_command(2026, tanggal=past),
        "tahun=2030": by_command(2030),
    }
    assert any(row["jumlah_terpenuhi"] for rows in asked.values() for row in rows)
    for role in CAST:
        api = caller(cast[role])
        for query, rows in list(asked.items())[: 1 if role in BY_ONE_YEAR else None]:
            assert read(api, query) == in_scope(rows, cast[role]), (role, query)
    api = caller(cast["pusat"])
    for code in ("73", "73.08"):
        query = f"tahun=2026&wilayah={code}"
        assert read(api, query) == by_command(2026, wilayah=code)


def test_closed_years_are_read_from_their_book(country, cast, caller, koordinator_sulsel, regions):
    close(regions.sulsel, 2025, actor=koordinator_sulsel, note="Rakerda")
    Pokja.objects.filter(pk=country.bone.pk).update(dissolved_on="2025-01-01", code="lain")
    Pokja.objects.create(code="baru", name="Baru", region=regions.bone)
    rows = by_command(2025)
    assert [row["kode_pokja"] for row in rows] == ["63.71-bk", "73-bk", "73.08-bk", "73.71-bk"]
    api = caller(cast["pusat"])
    assert read(api, "tahun=2025") == rows
    assert read(api, "tahun=2025&wilayah=73.08") == by_command(2025, wilayah="73.08") != []


def test_without_a_rubric_nothing_is_said_to_be_zero(today, cast, caller, regions):
    Pokja.objects.create(code="a", name="a", region=regions.bone)
    (row,) = rows_of(caller(cast["pusat"])("penilaian/"))
    assert row == by_command(2026)[0]
    assert (row["efektif"], row["skor"], row["indeks"]) == (None, None, None)
