"""Known vulnerabilities of the packages that are installed, by pip-audit.

    python scripts/audit_packages.py

Asked is what runs in production, by requirements.lock. Where the advisory service cannot be
reached, or does not know a package, nothing is proven: that is told loudly and fails nobody. A
vulnerability that was found fails: exit status 1.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
PATIENCE = 120  # seconds for the whole question
# Advisories that were read and do not concern the portal, each with its reason and date.
ACCEPTED: dict[str, str] = {}


class Unreachable(Exception):
    """The advisory service gave no answer; the text says why."""


def main() -> int:
    try:
        packages = audited()
    except Unreachable as trouble:
        print(f"\n!!! AUDIT PAKET TIDAK DIJALANKAN: {trouble}", file=sys.stderr, flush=True)
        return 0
    return tell(packages)


def audited() -> list[dict]:
    """What pip-audit says of each package of the lock file: name, version, vulns or skip_reason."""
    program = [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--format=json"]
    program += ["--disable-pip", "--timeout=15", "-r", str(LOCK)]
    try:
        done = subprocess.run(
            program, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        raise Unreachable(f"layanan peringatan tidak menjawab dalam {PATIENCE} detik") from None
    except (ValueError, KeyError):
        told = (done.stderr.strip().splitlines() or ["tanpa keterangan"])[-1]
        raise Unreachable(told[:300]) from None


def tell(packages: list[dict]) -> int:
    """Print what was found; 1 where a vulnerability is known."""
    found = [
        f"{package['name']} {package['version']}: {each['id']}, "
        f"diperbaiki di {', '.join(each['fix_versions']) or '(belum ada)'}"
        for package in packages
        for each in package.get("vulns", [])
        if each["id"] not in ACCEPTED
    ]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    known = len(packages) - len(unknown)
    if unknown:
        print(
            f"\n!!! AUDIT PAKET TIDAK LENGKAP: {known} dari {len(packages)} paket diperiksa; "
            f"layanan peringatan tidak mengenal {', '.join(unknown[:8])}"
            f"{' …' if len(unknown) > 8 else ''}",
            file=sys.stderr,
            flush=True,
        )
    print(f"Audit paket: {known} diperiksa, {len(found)} kelemahan diketahui", *found, sep="\n  ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
