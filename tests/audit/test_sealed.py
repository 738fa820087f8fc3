"""Closed years as sealed files: the same bytes each time, and every change of them is found."""

import gzip
import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.audit.chain import link_everything
from apps.audit.models import Entry, Link
from apps.audit.sealed import SealBroken, check_sealed, digest_of, seal_year


@pytest.fixture
def years(regions):
    """Three entries of 2024 and two of 2025, by the clock of Jakarta."""
    moments = [(2024, 1, 1, 0), (2024, 6, 1, 0), (2024, 12, 31, 16), (2024, 12, 31, 17)]
    for moment in [*moments, (2025, 3, 1, 0)]:
        Entry.objects.create(
            at=datetime(*moment, tzinfo=UTC),
            region=regions.bone,
            action="Uji",
            object_type="x.y",
            object_label=f"Tahun {moment[0]} →",
            after={"nilai": moment[1]},
        )
    link_everything()


def seal(year, folder, **options):
    out = StringIO()
    call_command("arsipkan_log", tahun=year, ke=folder, stdout=out, **options)
    return folder / f"jejak-{year}.jsonl.gz", out.getvalue()


def test_a_year_is_written_whole_and_fits_the_chain(years, tmp_path, today):
    path, told = seal(2024, tmp_path)
    assert "3 catatan" in told
    assert check_sealed(path) == str(Link.objects.get(seq=3))
    later, told = seal(2025, tmp_path)
    assert "2 catatan" in told
    assert check_sealed(later) == str(Link.objects.get(seq=5))
    assert path.with_suffix(".gz.sha256").read_text() == f"{digest_of(path)}  {path.name}\n"
    out = StringIO()
    call_command("periksa_log", arsip=[path, later], stdout=out)
    assert out.getvalue().count("utuh") == 3
    assert Entry.objects.count() == 5


def test_writing_it_again_changes_nothing_and_another_file_is_not_overwritten(
    years, tmp_path, today
):
    path, _ = seal(2024, tmp_path)
    held = path.read_bytes()
    seal(2024, tmp_path)
    assert path.read_bytes() == held
    path.write_bytes(b"lain")
    with pytest.raises(CommandError, match="tidak ditimpa"):
        seal(2024, tmp_path)
    assert path.read_bytes() == b"lain"
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "jejak-2024.jsonl.gz",
        "jejak-2024.jsonl.gz.sha256",
    ]


@pytest.mark.parametrize("year", [2026, 2027, 1999])
def test_only_years_that_are_over_are_sealed(years, tmp_path, today, year):
    with pytest.raises(CommandError, match="sudah lewat"):
        seal(year, tmp_path)


def test_a_year_without_entries_is_an_empty_file(years, tmp_path):
    path, count = seal_year(2020, tmp_path)
    assert count == 0
    assert check_sealed(path).startswith("0:")


def changed(lines):
    lines[1] = lines[1].replace("Uji", "Lain")
    return lines


def rewritten(lines):
    """With a content that fits, as somebody would who knows how it is made."""
    from apps.audit.chain import link_digest, sha256

    head, one = json.loads(lines[0]), json.loads(lines[1])
    text = one["catatan"].replace("Uji", "Lain")
    seq, entry_id, *_ = one["rantai"]
    content = sha256(text)
    digest = link_digest(head["sebelum"], seq, entry_id, content)
    return [
        lines[0],
        json.dumps({"rantai": [seq, entry_id, content, digest], "catatan": text}),
        json.dumps({"jumlah": 1, "akhir": digest}),
    ]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (changed, "mata rantai 1 berubah"),
        (rewritten, "tidak cocok dengan mata rantai 1"),
        (lambda lines: [lines[0], *lines[2:]], "mata rantai 1 berubah"),
        (lambda lines: lines[:-1], "terpotong"),
        (lambda lines: [*lines[:2], lines[-1]], "kurang catatan"),
        (lambda lines: ["[]"], "rusak atau bukan berkas jejak"),
        (lambda lines: [], "rusak atau bukan berkas jejak"),
    ],
)
def test_a_changed_file_is_found(years, tmp_path, spoil, sentence):
    path, _ = seal_year(2024, tmp_path)
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    path.write_bytes(gzip.compress("\n".join(spoil(lines)).encode()))
    with pytest.raises(SealBroken, match=sentence):
        check_sealed(path)
    with pytest.raises(CommandError, match="1 temuan"):
        call_command("periksa_log", arsip=[path], stdout=StringIO())


@pytest.mark.parametrize("content", [b"", b"bukan gzip", b"\x1f\x8b\x08\x00"])
def test_a_file_that_is_none_is_told(years, tmp_path, content):
    path = tmp_path / "jejak.gz"
    path.write_bytes(content)
    with pytest.raises(SealBroken, match="rusak"):
        check_sealed(path)


def test_a_file_that_is_not_there_is_a_finding(years, tmp_path):
    out = StringIO()
    with pytest.raises(CommandError, match="1 temuan"):
        call_command("periksa_log", arsip=[tmp_path / "tidak-ada.gz"], stdout=out)
    assert "tidak dapat dibaca" in out.getvalue()
