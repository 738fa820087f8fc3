"""The command nilai: columns and formats to the letter of spec section 7."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from apps.decrees.models import Decree, DecreeCoverage
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.models import Rubric
from apps.pokja.models import Pokja
from apps.verification.arrivals import imported_evidence
from apps.verification.enums import Kind

COLUMNS = (
    "kode_pokja,kode_wilayah,tahun,tanggal_acuan,sk,rencana_kerja,indikator,anggaran,"
    "jumlah_terpenuhi,efektif,skor,indeks"
)


@pytest.fixture(autouse=True)
def _rubric(db, today):
    load_builtin_rubric()


@pytest.fixture
def cast_of_pokja(regions):
    """Codes whose order differs between alphabets and between regions."""
    for code, region, formed, dissolved in (
        ("b-2", "bone", None, None),
        ("B-10", "bone", None, None),
        ("A", "makassar", None, None),
        ("Z", "sulsel", None, None),
        ("K", "banjarmasin", None, None),
        ("BARU", "bone", date(2026, 3, 13), None),
        ("TUTUP", "bone", None, date(2026, 3, 12)),
    ):
        Pokja.objects.create(
            code=code,
            name=code,
            region=getattr(regions, region),
            formed_on=formed,
            dissolved_on=dissolved,
        )


def decree(pokja, status="verified", version=1, family=None, **dates):
    values = {
        "issued_on": date(2024, 1, 1),
        "valid_from": date(2024, 1, 1),
        "valid_until": date(2026, 12, 31),
    } | dates
    evidence = imported_evidence(
        kind=Kind.DECREE,
        region=pokja[0].region,
        year=None,
        title="SK",
        actor=None,
        status=status,
        family=family,
        version=version,
    )
    evidence.save()
    item = Decree.objects.create(
        evidence=evidence, number="1", number_key="1", title="SK", **values
    )
    DecreeCoverage.objects.bulk_create(DecreeCoverage(decree=item, pokja=one) for one in pokja)
    return evidence


def nilai(*options):
    out, err = io.StringIO(), io.StringIO()
    call_command("nilai", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def codes(*options):
    return [row["kode_pokja"] for row in csv.DictReader(io.StringIO(nilai(*options)[0]))]


def test_csv_has_the_columns_of_the_contract_in_its_order(cast_of_pokja):
    decree([Pokja.objects.get(code="A")])
    lines = nilai("--tahun", "2026", "--wilayah", "73.71")[0].split("\n")
    assert lines == [
        COLUMNS,
        "A,73.71,2026,2026-03-12,terpenuhi,belum_mengisi,belum_mengisi,belum_mengisi,1,"
        "tidak,25,12.5",
        "",
    ]


def test_json_is_one_array_with_numbers_and_booleans(cast_of_pokja):
    text, _ = nilai("--tahun", "2025", "--wilayah", "63", "--format", "json")
    assert json.loads(text) == [
        {
            "kode_pokja": "K",
            "kode_wilayah": "63.71",
            "tahun": 2025,
            "tanggal_acuan": "2025-12-31",
            "sk": "belum_mengisi",
            "rencana_kerja": "belum_mengisi",
            "indikator": "belum_mengisi",
            "anggaran": "belum_mengisi",
            "jumlah_terpenuhi": 0,
            "efektif": False,
            "skor": 0,
            "indeks": 0,
        }
    ]
    assert ",".join(json.loads(text)[0]) == COLUMNS


def test_rows_are_ordered_by_region_then_pokja_and_hold_the_active_ones(cast_of_pokja):
    assert codes("--tahun", "2026") == ["K", "Z", "B-10", "b-2", "A"]
    assert codes("--tahun", "2026", "--tanggal", "13/03/2026") == [
        "K",
        "Z",
        "B-10",
        "BARU",
        "b-2",
        "A",
    ]
    assert codes("--tahun", "2026", "--tanggal", "11 Maret 2026") == [
        "K",
        "Z",
        "B-10",
        "TUTUP",
        "b-2",
        "A",
    ]


def test_province_means_the_province_and_all_below(cast_of_pokja):
    assert codes("--tahun", "2026", "--wilayah", "73") == ["Z", "B-10", "b-2", "A"]
    assert codes("--tahun", "2026", "--wilayah", "73.08") == ["B-10", "b-2"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--tahun", "2026", "--wilayah", "99"), "Kode wilayah 99 tidak dikenal"),
        (("--tahun", "besok"), "Tahun besok tidak dikenal. Tulis tahun 2000 sampai 2100"),
        (
            ("--tahun", "2026", "--tanggal", "31/02/2026"),
            "Tanggal 31/02/2026 tidak dikenal. Tulis tanggal sebagai hari, bulan, tahun, misalnya "
            "24 Juli 2023",
        ),
        (("--tahun", "2026", "--format", "xml"), "Format xml tidak dikenal. Pilihan: csv, json"),
    ],
)
def test_what_cannot_be_meant_is_told(cast_of_pokja, options, sentence):
    with pytest.raises(CommandError) as caught:
        nilai(*options)
    assert str(caught.value) == sentence


def test_year_without_a_usable_rubric_cannot_be_scored(cast_of_pokja):
    Rubric.objects.update(year_from=2027)
    text, note = nilai("--tahun", "2026", "--wilayah", "63")
    assert text.split("\n")[1] == (
        "K,63.71,2026,2026-03-12,belum_mengisi,belum_mengisi,belum_mengisi,belum_mengisi,0,,,"
    )
    assert note == (
        "Tahun 2026 tidak dapat dinilai: belum ada rubrik yang berlaku untuk tahun "
        "itu, atau bobotnya tidak berjumlah 100\n"
    )
    row = json.loads(nilai("--tahun", "2026", "--wilayah", "63", "--format", "json")[0])[0]
    assert (row["efektif"], row["skor"], row["indeks"]) == (None, None, None)


def test_output_goes_to_a_file(cast_of_pokja, tmp_path):
    target = tmp_path / "nilai.csv"
    assert nilai("--tahun", "2026", "--output", str(target)) == ("", "")
    assert target.read_text(encoding="utf-8") == nilai("--tahun", "2026")[0]


def test_decree_turns_on_the_day_it_expires_with_no_job_having_run(cast_of_pokja):
    decree([Pokja.objects.get(code="A")], valid_until=date(2026, 3, 31))

    def status(day):
        rows = json.loads(
            nilai("--tahun", "2026", "--wilayah", "73.71", "--tanggal", day, "--format", "json")[0]
        )
        return rows[0]["sk"]

    assert [status(day) for day in ("2023-12-31", "2024-01-01", "2026-03-31", "2026-04-01")] == [
        "tidak_terpenuhi",
        "terpenuhi",
        "terpenuhi",
        "tidak_terpenuhi",
    ]


def test_pokja_that_a_later_version_leaves_out_is_no_longer_established(cast_of_pokja):
    both = list(Pokja.objects.filter(code__in=("b-2", "B-10")).order_by("code"))
    first = decree(both)
    decree(both[:1], version=2, family=first.family)
    rows = csv.DictReader(io.StringIO(nilai("--tahun", "2026", "--wilayah", "73.08")[0]))
    assert [(row["kode_pokja"], row["sk"]) for row in rows] == [
        ("B-10", "terpenuhi"),
        ("b-2", "belum_mengisi"),
    ]


def test_queries_do_not_grow_with_the_pokja(cast_of_pokja, django_assert_num_queries):
    with django_assert_num_queries(17):
        nilai("--tahun", "2026")
    Pokja.objects.bulk_create(
        Pokja(code=f"X{at}", name="x", region=Pokja.objects.first().region) for at in range(30)
    )
    with django_assert_num_queries(17):
        nilai("--tahun", "2026")
