"""Packages: pinned by hash, asked for known weaknesses, listed as parts."""

import json
import re
import subprocess
import sys

import pytest

from tests.operations.starting import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import audit_packages
import sbom

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
HOLED = {
    "name": "pillow",
    "version": "13.0.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["13.0.1"]}],
}
UNKNOWN = {"name": "typst", "skip_reason": "Dependency not found on PyPI"}


def locked():
    return sbom.packages((ROOT / "requirements.lock").read_text())


def test_what_is_required_is_locked_with_hashes():
    """After a change of requirements.txt: make lock."""
    exact = {
        re.sub(r"[-_.]+", "-", each.name).lower(): str(each.specifier).removeprefix("==")
        for each, hashes in locked().items()
        if hashes
    }
    required = {}
    for name in ("requirements.txt", "requirements-s3.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if found := re.match(r"([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", line):
                required[re.sub(r"[-_.]+", "-", found[1]).lower()] = found[2]
    assert {name: exact.get(name) for name in required} == required


def test_the_list_of_parts_names_each_with_version_and_hashes():
    parts = list(sbom.bom().components)
    django = next(part for part in parts if part.name == "django")
    assert len(parts) == len(locked())
    assert str(django.purl) == f"pkg:pypi/django@{django.version}"
    assert django.hashes


@pytest.mark.parametrize(
    ("packages", "status", "told", "warned"),
    [
        ([CLEAN], 0, "1 diperiksa, 0 kelemahan", ""),
        ([CLEAN, HOLED], 1, "pillow 13.0.0: PYSEC-2026-1, diperbaiki di 13.0.1", ""),
        ([CLEAN, UNKNOWN], 0, "1 diperiksa, 0 kelemahan", "TIDAK LENGKAP: 1 dari 2"),
    ],
)
def test_a_weakness_fails_and_ignorance_is_told_loudly(capsys, packages, status, told, warned):
    assert audit_packages.tell(packages) == status
    said = capsys.readouterr()
    assert (told in said.out, warned in said.err) == (True, True)


@pytest.mark.parametrize("trouble", ["no answer", "no json"])
def test_an_audit_out_of_reach_fails_nobody_and_is_told_loudly(capsys, monkeypatch, trouble):
    def run(program, **words):
        if trouble == "no answer":
            raise subprocess.TimeoutExpired(program, 1)
        return subprocess.CompletedProcess(program, 1, "", "ConnectionError: pypi.org\n")

    monkeypatch.setattr(audit_packages.subprocess, "run", run)
    assert audit_packages.main() == 0
    assert "!!! AUDIT PAKET TIDAK DIJALANKAN" in capsys.readouterr().err


def test_the_answer_of_pip_audit_is_read(monkeypatch):
    told = json.dumps({"dependencies": [CLEAN], "fixes": []})
    done = subprocess.CompletedProcess([], 0, told, "")
    monkeypatch.setattr(audit_packages.subprocess, "run", lambda program, **words: done)
    assert audit_packages.audited() == [CLEAN]
