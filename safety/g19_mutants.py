"""G19: wrong versions of the code that guards: do the tests beside it notice?"""

import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from safety.mutants import places
from safety.tools import ROOT, folder

ID = "G19"
GOAL = "≥ 95 % mutan kode lingkup, izin, alur kerja, dan berkas mati"
LEAST = 0.95
# Module -> the tests nearest to it, the quickest first.
NEAREST = {
    "apps/accounts/scope.py": ["tests/access/test_rules.py", "tests/accounts/test_access.py"],
    "apps/accounts/access.py": ["tests/accounts/test_access.py", "tests/access/test_rules.py"],
    "apps/verification/steps.py": ["tests/access/test_rules.py"],
    "apps/verification/services.py": [
        *("tests/evidence/test_steps.py", "tests/evidence/test_flow.py"),
        *("tests/evidence/test_undo.py", "tests/checking/test_undo.py"),
    ],
    "apps/documents/checks.py": [
        *("tests/documents/test_intake.py", "tests/documents/test_checks.py"),
    ],
}
# Those that only these notice are noticed all the same.
WIDER = {
    "apps/accounts/scope.py": ["tests/accounts/test_people.py", "tests/evidence/test_queries.py"],
    "apps/accounts/access.py": ["tests/accounts/test_reauth.py", "tests/accounts/test_people.py"],
    "apps/verification/steps.py": ["tests/evidence/test_flow.py"],
    "apps/verification/services.py": [
        *("tests/evidence/test_versions.py", "tests/checking/test_decisions.py"),
        *("tests/decrees/test_services.py", "tests/evidence/test_admin.py"),
        *("tests/discussion/test_follow_ups.py", "tests/checking/test_item.py"),
    ],
    "apps/documents/checks.py": [
        *("tests/documents/test_upload_refusals.py", "tests/documents/test_photos.py"),
        *("tests/documents/test_photos_refused.py", "tests/documents/test_faults.py"),
    ],
}
SHORT = 12
# Nobody can tell these from the right version; each with the reason why.
EQUAL: dict[str, str] = {}
PATIENCE = 10  # times what the right version took: one that takes longer hangs, which is noticed


def measure(short: bool) -> tuple[str, bool]:
    every = [
        (module, number, line, what)
        for module in NEAREST
        for number, (line, what) in enumerate(places((ROOT / module).read_text()))
        if f"{module}:{line} {what}" not in EQUAL
    ]
    chosen = every[:: max(len(every) // SHORT, 1)] if short else every
    prepared = [_prepare(lane) for lane in range(os.cpu_count() or 1)]
    with ThreadPoolExecutor(len(prepared)) as lanes:
        limits = {}
        for limit in lanes.map(_sound, prepared):  # in every lane: this also makes its database
            limits = {ring: max(limits.get(ring, 0), seconds) for ring, seconds in limit.items()}
        if not all(limits.values()):
            return f"uji di samping kode yang benar pun gagal: {limits}", False
        lots = [(chosen[at :: len(prepared)], each) for at, each in enumerate(prepared)]
        told = [
            each
            for lot in lanes.map(lambda lot: [_try(m, lot[1], limits) for m in lot[0]], lots)
            for each in lot
        ]
    count = Counter(result for _, result in told)
    alive = sorted(name for name, result in told if result == "hidup")
    print(*alive, sep="\n")
    share = count["mati"] / max(len(told), 1)
    figure = (
        f"{count['mati']} dari {len(told)} mutan mati ({100 * share:.1f} %".replace(".", ",")
        + f"), {len(alive)} selamat; kendali: tanpa mutan semua uji lulus"
    )
    return figure, share >= LEAST


def _sound(database: str) -> dict[tuple[str, ...], float]:
    """{tests: seconds that they may take}; 0 where they fail on the right version."""
    limits = {}
    for module in NEAREST:
        for ring in (NEAREST[module], WIDER[module]):
            began = time.monotonic()
            result = _tests(ring, "", database)
            passed = result == "hidup"
            limits[tuple(ring)] = passed * (60 + PATIENCE * (time.monotonic() - began))
    return limits


def _try(each, database, limits) -> tuple[str, str]:
    module, number, line, what = each
    result, place = "hidup", f"{module}:{number}"
    for ring in (NEAREST[module], WIDER[module]):
        if result == "hidup":
            result = _tests(ring, place, database, limits[tuple(ring)])
    print(f"{result} {module}:{line} {what}", flush=True)
    return f"{module}:{line} {what}", result


def _prepare(lane: int) -> str:
    """The address of a database of its own for a lane, made by the first run."""
    return f"sqlite:///{folder()}/mutan-{lane}.sqlite3"


def _tests(tests: list[str], place: str, database: str, limit: float | None = None) -> str:
    """ "mati" when a test fails on this mutant, "hidup" when all pass."""
    plugin = ["-p", "safety.mutated"] if place else []
    program = [sys.executable, "-m", "pytest", "-q", "-x", "--reuse-db", "-p", "no:cacheprovider"]
    here = os.environ | {"DATABASE_URL": database, "MUTANT": place, "CI": "1"}
    try:
        done = subprocess.run(
            [*program, *plugin, *tests],
            cwd=ROOT,
            env=here,
            check=False,
            capture_output=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return "mati"
    return "hidup" if done.returncode == 0 else "mati"
