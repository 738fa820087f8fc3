"""G20: settings that are refused, source read by four readers, packages pinned by hash."""

import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import Distribution
from pathlib import Path

from safety.tools import ROOT, folder

ID = "G20"
GOAL = (
    "check --deploy, semgrep (aturan sendiri), bandit, detect-secrets: 0 temuan; 12 dari 12 "
    "pengaturan keliru ditolak; paket terkunci dengan hash; SBOM"
)
READ = ("apps", "pokja_portal", "scripts", "deploy", "manage.py")
READERS = ROOT / ".venv-safety"
BIN = READERS / "bin"
OWN_RULES = ROOT / "safety" / "rules" / "portal.yaml"
# Long names and numbers are no secrets here; of words like "password" ruff's S105 to S107 ask, and
# each has its reason in the source.
NOT_ASKED = ("Base64HighEntropyString", "HexHighEntropyString", "KeywordDetector")
DATA = r"(\.(pyc|gz|csv|json|po)|/data/.*)$"  # regions and maps: no place for a key, megabytes
# (file, rule of bandit or semgrep) -> why it is none.
ACCEPTED = {
    ("apps/core/markup.py", "B703"): "pieces that `text` has escaped, put together",
    ("apps/effectiveness/marks_postgresql.py", "B608"): "names of our own tables and columns",
    ("apps/effectiveness/marks_sqlite.py", "B608"): "names of our own tables and columns",
    ("apps/effectiveness/triggers.py", "B608"): "the name of the one table of marks",
    ("apps/effectiveness/stamps.py", "B608"): "the name of the one table of the file itself",
    ("apps/backup/rows.py", "raw-sql"): "names by quote_name, no value",
}
EXAMPLES = ("user:password@", "portal:x@", "pengguna:…@", "pokja:…@", "pokja:rahasia@surel.go.id")
# A control for each reader: what it must find. Made of pieces, so that this file holds no key.
BAIT = f'''import hashlib, subprocess
KEY = "{"AKIA" + "2E0A8F3B244C9986"}"
def f(request, cursor):
    cursor.execute("SELECT '" + request.GET["q"])
    subprocess.run(request.GET["q"], shell=True)
    return eval(request.GET["q"]), hashlib.md5(b"x")
'''


def measure(short: bool) -> tuple[str, bool]:
    bait = folder() / "umpan" / "umpan.py"
    bait.parent.mkdir(exist_ok=True)
    bait.write_text(BAIT)
    lines = [
        deployment_check(),
        wrong_settings(),
        reader("semgrep", semgrep, bait),
        reader("bandit", bandit, bait),
        reader("detect-secrets", partial(secrets, with_history=not short), bait),
        pinned(),
        sbom(),
    ]
    return "; ".join(told for told, _ in lines), all(reached for _, reached in lines)


def deployment_check() -> tuple[str, bool]:
    from tests.operations.starting import PRODUCTION, run

    arguments = ("manage.py", "check", "--deploy", "--fail-level=WARNING")
    status, told = run(*arguments, **PRODUCTION)
    loose, _ = run(*arguments, **PRODUCTION, HTTPS="0", ALLOW_HTTP="1")
    print(told)
    return (
        f"check --deploy {'bersih' if status == 0 else 'ada temuan'} (kendali tanpa HTTPS: "
        f"{'ketahuan' if loose else 'TIDAK ketahuan'})",
        status == 0 and loose != 0,
    )


def wrong_settings() -> tuple[str, bool]:
    """Real starts of the web application, each with one wrong setting; and one with none."""
    from tests.operations.starting import LOADED, PRODUCTION, run

    wrong = wrong_environments(PRODUCTION["SECRET_KEY"])
    with ThreadPoolExecutor(2) as pool:
        starts = pool.map(lambda each: run("-c", LOADED, **PRODUCTION | each), wrong.values())
    refused = [name for name, start in zip(wrong, starts, strict=True) if _is_refusal(*start)]
    status, told = run("-c", LOADED, **PRODUCTION)
    print(*(f"TIDAK DITOLAK: {name}" for name in wrong if name not in refused), sep="\n")
    return (
        f"{len(refused)} dari {len(wrong)} pengaturan keliru ditolak dengan kalimat (kendali: yang "
        f"benar {'menyala' if status == 0 else 'DITOLAK: ' + told[-200:]})",
        len(refused) == len(wrong) and status == 0,
    )


def wrong_environments(key: str) -> dict[str, dict[str, str]]:
    import django

    django.setup()
    from pokja_portal.unsafe import DEVELOPMENT_KEY
    from tests.operations.starting import database_of_one_sample_account

    sample = folder() / "contoh.sqlite3"
    database_of_one_sample_account(sample)
    return {
        "tanpa kunci": {"SECRET_KEY": ""},
        "kunci pengembangan": {"SECRET_KEY": DEVELOPMENT_KEY},
        "kunci pendek": {"SECRET_KEY": key[:31]},
        "kunci satu huruf": {"SECRET_KEY": "k" * 60},
        "kunci lama yang diketahui": {"SECRET_KEY_FALLBACKS": DEVELOPMENT_KEY},
        "berkas kunci tidak ada": {"SECRET_KEY": "", "SECRET_KEY_FILE": "/tidak/ada"},
        "tanpa nama host": {"ALLOWED_HOSTS": ""},
        "nama host apa saja": {"ALLOWED_HOSTS": "*"},
        "DEBUG untuk umum": {"DEBUG": "1"},
        "tanpa HTTPS": {"HTTPS": "0"},
        "tautan tanpa HTTPS": {"PORTAL_URL": "http://pokja.contoh.go.id"},
        "formulir dari mana saja": {"CSRF_TRUSTED_ORIGINS": "https://*.go.id"},
        "surel ke log": {"EMAIL_URL": "consolemail://"},
        "kata kunci pendek": {"METRICS_TOKEN": "rahasia"},
        "dokumen di folder umum": {"MEDIA_ROOT": str(ROOT / "static" / "berkas")},
        "akun contoh": {"DATABASE_URL": f"sqlite:///{sample}"},
    }


def _is_refusal(status: int, told: str) -> bool:
    return status != 0 and "ImproperlyConfigured" in told


def reader(name: str, read, bait: Path) -> tuple[str, bool]:
    """What a reader of source finds in the project, and whether it finds the bait."""
    told = _version(name)
    if not told:
        return f"{name} belum terpasang (make safety memasangnya)", False
    found, control = read([ROOT / each for each in READ]), read([bait])
    print(*(f"{name}: {each}" for each in found), sep="\n")
    word = "ketahuan" if control else "TIDAK ketahuan"
    return f"{name} {told}: {len(found)} temuan (umpan {word})", not found and bool(control)


def _version(name: str) -> str:
    """Of a reader in its own environment, or an empty string."""
    places = [str(path) for path in READERS.glob("lib/python*/site-packages")]
    return next((each.version for each in Distribution.discover(name=name, path=places)), "")


def semgrep(paths) -> list[str]:
    program = [BIN / "semgrep", "scan", "--quiet", "--json", "--metrics=off", "--no-git-ignore"]
    program += ["--disable-version-check", "--include=*.py", "--exclude=migrations"]
    program += ["--config", OWN_RULES, *paths]
    # It keeps settings of its own in the home folder.
    here = os.environ | {"HOME": str(folder()), "SEMGREP_SEND_METRICS": "off"}
    told = json.loads(_output(program, here))
    found = [(each["path"], each["start"]["line"], each["check_id"]) for each in told["results"]]
    return [
        f"{path}:{number} {rule}"
        for path, number, rule in found
        if not _is_accepted(path, rule.rpartition(".")[2])
    ] + [str(each.get("message", each))[:200] for each in told["errors"]]


def bandit(paths) -> list[str]:
    """Findings of middle weight and more. Where ruff's rule of the same number has a reason in
    the source, it stands for bandit too."""
    told = json.loads(_output([BIN / "bandit", "-r", "-q", "-ll", "-f", "json", *paths]))
    return [
        f"{each['filename']}:{each['line_number']} {each['test_id']} {each['issue_text']}"
        for each in told["results"]
        if not _has_reason(each) and not _is_accepted(each["filename"], each["test_id"])
    ]


def _has_reason(finding: dict) -> bool:
    number = finding["test_id"].removeprefix("B")
    lines = Path(finding["filename"]).read_text().splitlines()
    first, last = finding["line_number"] - 1, max(finding["line_range"])
    return any(re.search(rf"# noqa: .*S{number}", line) for line in lines[first:last])


def _is_accepted(path: str, rule: str) -> bool:
    return any(path.endswith(name) and rule == known for name, known in ACCEPTED)


def secrets(paths, *, with_history: bool) -> list[str]:
    """In the files, and in every line that ever was in the history where there is one."""
    found = []
    for path in paths:
        found += _secrets_in(path.parent, path.name)
    if with_history and paths[0].is_relative_to(ROOT) and (ROOT / ".git").exists():
        found += _secrets_in(history().parent, history().name)
    return found


def _secrets_in(place: Path, name: str) -> list[str]:
    program = [BIN / "detect-secrets", "scan", "--all-files", "--exclude-files", DATA]
    for plugin in NOT_ASKED:
        program += ["--disable-plugin", plugin]
    told = json.loads(_output([*program, name], place=place))
    return [
        f"{file}:{each['line_number']} {each['type']}"
        for file, found in told["results"].items()
        for each in found
        if not _is_example(place / file, each["line_number"])
    ]


def _is_example(path: Path, number: int) -> bool:
    """An address that shows where a password would stand."""
    line = path.read_text(errors="replace").splitlines()[number - 1]
    return any(word in line for word in EXAMPLES)


def history() -> Path:
    """Every line that was ever added, in one file; made once."""
    path = folder() / "riwayat" / "riwayat.txt"
    if not path.exists():
        path.parent.mkdir()
        program = ["git", "log", "-p", "--all", "-U0", "--no-color", "--no-textconv"]
        told = subprocess.run(program, cwd=ROOT, capture_output=True, check=True).stdout
        added = (line for line in told.split(b"\n") if line.startswith(b"+"))
        path.write_bytes(b"\n".join(line[:400] for line in added))
    return path


def _output(program, environment=None, place=ROOT) -> str:
    done = subprocess.run(
        [str(each) for each in program],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout.strip():
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def pinned() -> tuple[str, bool]:
    """Every package of requirements.txt is in the lock file as it is named, with hashes."""
    from scripts.sbom import packages

    locked = packages((ROOT / "requirements.lock").read_text())
    without = [each.name for each, hashes in locked.items() if not hashes]
    return f"{len(locked)} paket terkunci, {len(without)} tanpa hash", bool(locked) and not without


def sbom() -> tuple[str, bool]:
    from scripts.sbom import bom

    parts = list(bom().components)
    unlicensed = [part.name for part in parts if not list(part.licenses)]
    told = f"SBOM {len(parts)} komponen, {len(unlicensed)} tanpa lisensi tercatat"
    return told, bool(parts)
