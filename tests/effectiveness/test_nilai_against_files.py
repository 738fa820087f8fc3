"""A thousand random Pokja by file, scored by the command and by a reading of the raw file rows.

The reading below is written from spec section 5 alone and shares nothing with the portal's code.
"""

import csv
import io
import json
import random
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from apps.effectiveness.builtin import load_builtin_rubric
from apps.indicators.catalogue import load_catalogue
from apps.regions.models import Region
from apps.regions.services import load_regions

STATES = ("terverifikasi", "diajukan", "draf")
YEARS = (2025, 2026)
POKJA = 1000


# --- random files ---


def any_day(rng, first, last):
    return date(first, 1, 1) + timedelta(days=rng.randrange((last - first + 1) * 365))


def random_pokja(rng, codes):
    rows = []
    for number in range(POKJA):
        formed = rng.choice(["", any_day(rng, 2023, 2026).isoformat()])
        ended = any_day(rng, 2025, 2026).isoformat() if rng.random() < 0.1 else ""
        if formed and ended and ended < formed:
            ended = formed
        into = f"P{number - 1:04}" if ended and number and rng.random() < 0.5 else ""
        rows.append(
            {
                "kode_pokja": f"P{number:04}",
                "kode_wilayah": rng.choice(codes),
                "jenis": "gdpk",
                "nama": f"Pokja {number}",
                "dibentuk": formed,
                "bubar": ended,
                "dilebur_ke": into,
            }
        )
    return rows


def random_decrees(rng, pokja):
    """Establishing decrees, some for several Pokja of one region, and chains of changes."""
    regions, rows, numbers = {}, [], iter(range(1, 100_000))
    for item in pokja:
        regions.setdefault(item["kode_wilayah"], []).append(item["kode_pokja"])
    for codes in regions.values():
        for code in codes:
            companions = rng.sample(codes, min(len(codes), rng.choice((1, 1, 2, 3))))
            for _ in range(rng.choice((0, 1, 1, 1, 2))):
                covered = sorted({code, *companions})
                own = decree_rows(rng, next(numbers), covered, "membentuk", "")
                rows += own
                parent = own[0]["nomor"]
                while rng.random() < 0.35:
                    role = rng.choice(("mengubah", "mengubah", "mencabut"))
                    change = decree_rows(rng, next(numbers), covered, role, parent)
                    rows += change
                    if role == "mengubah" and rng.random() < 0.3:
                        parent = change[0]["nomor"]
    return rows


def decree_rows(rng, number, covered, role, parent):
    issued = any_day(rng, 2023, 2026)
    start = issued + timedelta(days=rng.choice((0, 0, 10, -20)))
    basis = rng.choice(("tertulis", "tahun_anggaran", "sampai_dicabut", ""))
    end = ""
    if role != "mencabut" and (basis == "tertulis" or rng.random() < 0.3):
        end = (start + timedelta(days=rng.randrange(900))).isoformat()
    state = rng.choice((STATES[0], STATES[0], STATES[0], *STATES))
    if role == "mencabut" and basis == "tertulis":
        basis = ""
    return [
        {
            "nomor": f"188.45/{number}/{issued.year}",
            "tanggal_ditetapkan": issued.isoformat(),
            "kode_pokja": code,
            "peran": role,
            "sk_induk": parent,
            "tentang": "Pokja",
            "berlaku_mulai": start.isoformat(),
            "berlaku_sampai": end,
            "dasar_masa_berlaku": basis,
            "state": state,
        }
        for code in covered
    ]


def random_items(rng, pokja):
    """Plans, indicator sets and budget stages, each in one state for a Pokja and year."""
    plans, sets, budgets = [], [], []
    for code in (item["kode_pokja"] for item in pokja):
        for year in YEARS:
            head = {"kode_pokja": code, "tahun": str(year)}
            if rng.random() < 0.7:
                plans += [
                    head
                    | {
                        "no": str(no),
                        "kegiatan": "Rapat",
                        "keluaran": "Notula",
                        "waktu": "TW1",
                        "penanggung_jawab": "Kabid",
                        "state": rng.choice(STATES),
                    }
                    for no in (1,)
                ]
            if rng.random() < 0.7:
                sets.append(
                    head | {"kode_indikator": "mkjp", "target": "22,5", "state": rng.choice(STATES)}
                )
            for stage in ("murni", "pergeseran", "perubahan"):
                if rng.random() < 0.4:
                    state = rng.choice(STATES)
                    budgets += [
                        head
                        | {
                            "tahap": stage,
                            "sumber_dana": source,
                            "pagu_pokja": rng.choice(("0", "Rp 1.000,50", "0")),
                            "state": state,
                        }
                        for source in rng.sample(("APBD", "CSR", "Dana Desa"), 2)
                    ]
    return plans, sets, budgets


def second_thoughts(rng, items):
    """Some of the items again, some with other content, in another state."""
    rows = []
    for item in items.values():
        if rng.random() < 0.4:
            state, shift = rng.choice(STATES), rng.random() < 0.7
            days = rng.randrange(400)
            rows += [
                changed(row, days) | {"state": state} if shift else row | {"state": state}
                for row in item["newest"]
            ]
    return rows


def changed(row, days):
    if "pagu_pokja" in row:
        return row | {"pagu_pokja": "0" if days % 2 else "5"}
    if "nomor" in row:
        end = day(row["berlaku_mulai"]) + timedelta(days=days)
        return row | {"berlaku_sampai": "" if row["peran"] == "mencabut" else end.isoformat()}
    return row | ({"kegiatan": "Lain"} if "kegiatan" in row else {"target": "1"})


# --- the reading of the contract ---


def take_in(items, rows):
    """What a file does to what is stored: by item its verified and its open content."""
    gathered = {}
    for row in rows:
        key = (
            (row["nomor"],)
            if "nomor" in row
            else (row["kode_pokja"], row["tahun"], row.get("tahap"))
        )
        gathered.setdefault(key, []).append(row)
    for key, new in gathered.items():
        state = new[0]["state"]
        item = items.setdefault(key, {"verified": [], "open": [], "newest": []})
        if same(item["newest"], new):
            rank = STATES[::-1].index
            state = max(state, item["newest"][0]["state"], key=rank)
        new = [row | {"state": state} for row in new]
        if state == "terverifikasi":
            item |= {"verified": new, "open": [], "newest": new}
        else:
            item |= {"open": new, "newest": new}


def same(old, new):
    return [row | {"state": ""} for row in old] == [row | {"state": ""} for row in new]


def all_rows(items):
    return [row for item in items.values() for row in (*item["verified"], *item["open"])]


def day(text):
    return date.fromisoformat(text) if text else None


def chain_reaches(row, target, rows):
    """Does a change name this decree, directly or through a changed change?"""
    seen = set()
    while row is not None and row["nomor"] not in seen:
        seen.add(row["nomor"])
        if row["sk_induk"] == target["nomor"]:
            return True
        row = next(
            (
                other
                for other in rows
                if other["nomor"] == row["sk_induk"] and other["peran"] == "mengubah"
            ),
            None,
        )
    return False


def last_day(decree, rows, on):
    """The end of a decree as it stands on a day; None is open."""
    changes = [
        row for row in rows if row["peran"] != "membentuk" and chain_reaches(row, decree, rows)
    ]
    stated = [
        row
        for row in changes
        if row["peran"] == "mengubah"
        and row["berlaku_sampai"]
        and day(row["tanggal_ditetapkan"]) <= on
    ]
    latest = max((row["tanggal_ditetapkan"] for row in stated), default=None)
    ends = [day(row["berlaku_sampai"]) for row in stated if row["tanggal_ditetapkan"] == latest]
    assert len(ends) < 2, "the generator must not leave the latest amendment open to debate"
    end = ends[0] if ends else day(decree["berlaku_sampai"])
    if end is None and decree["dasar_masa_berlaku"] == "tahun_anggaran":
        end = date(day(decree["berlaku_mulai"]).year, 12, 31)
    for row in changes:
        if row["peran"] == "mencabut":
            before = day(row["berlaku_mulai"]) - timedelta(days=1)
            end = before if end is None else min(end, before)
    return end


def in_force(rows, on):
    for row in rows:
        if row["peran"] == "membentuk" and day(row["berlaku_mulai"]) <= on:
            end = last_day(row, rows, on)
            if end is None or on <= end:
                return True
    return False


def of_state(rows, state):
    return [row for row in rows if row["state"] == state]


def first_that_applies(rows, holds):
    """``holds(rows)`` tells whether verified rows meet the criterion."""
    verified = of_state(rows, "terverifikasi")
    if holds(verified):
        return "terpenuhi"
    waiting = of_state(rows, "diajukan")
    for key in {item_key(row) for row in waiting}:
        others = [row for row in verified if item_key(row) != key]
        if holds(others + [row for row in waiting if item_key(row) == key]):
            return "menunggu"
    return "tidak_terpenuhi" if verified else "belum_mengisi"


def item_key(row):
    return row.get("nomor"), row.get("tahap")


def money_left(rows):
    for stage in ("perubahan", "pergeseran", "murni"):
        lines = [row["pagu_pokja"] for row in rows if row["tahap"] == stage]
        if lines:
            return any(line != "0" for line in lines)
    return False


def expected(files, year, on):
    pokja, decrees, plans, sets, budgets = files
    grouped = [by_pokja(rows) for rows in (decrees, plans, sets, budgets)]
    rows = []
    for item in pokja:
        formed, ended = day(item["dibentuk"]), day(item["bubar"])
        if (formed and formed > on) or (ended and ended <= on):
            continue
        own = [rows_of.get(item["kode_pokja"], []) for rows_of in grouped]
        own[1:] = [[row for row in rows if row["tahun"] == str(year)] for rows in own[1:]]
        statuses = [
            first_that_applies(own[0], lambda found: in_force(found, on)),
            first_that_applies(own[1], bool),
            first_that_applies(own[2], bool),
            first_that_applies(own[3], money_left),
        ]
        met = statuses.count("terpenuhi")
        rows.append(
            (
                item["kode_pokja"],
                item["kode_wilayah"],
                str(year),
                on.isoformat(),
                *statuses,
                str(met),
                "ya" if met == 4 else "tidak",
                str(met * 25),
            )
        )
    return sorted(rows, key=lambda row: (row[1], row[0]))


def by_pokja(rows):
    found = {}
    for row in rows:
        found.setdefault(row["kode_pokja"], []).append(row)
    return found


# --- the test ---


def write(path, rows):
    names = [name for name in rows[0] if name != "state"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore", delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def bring_in(tmp_path, kind, rows):
    for state in STATES:
        if some := [row for row in rows if row.get("state", STATES[0]) == state]:
            call_command(
                "impor",
                kind,
                write(tmp_path / f"{kind}-{state}.csv", some),
                "--status",
                state,
                stdout=io.StringIO(),
                stderr=io.StringIO(),
            )


KINDS = ("sk", "rencana-kerja", "indikator", "anggaran")


@pytest.mark.django_db
def test_command_agrees_with_a_reading_of_the_files(tmp_path, today):
    rng = random.Random(731)  # noqa: S311  the same files every time
    load_regions()
    load_catalogue()
    load_builtin_rubric()
    codes = list(Region.objects.order_by("code").values_list("code", flat=True))[:200]
    pokja = random_pokja(rng, codes)
    bring_in(tmp_path, "pokja", pokja)
    stored = {kind: {} for kind in KINDS}
    first = dict(zip(KINDS, (random_decrees(rng, pokja), *random_items(rng, pokja)), strict=True))
    for kind, rows in first.items():
        bring_in(tmp_path, kind, rows)
        take_in(stored[kind], rows)
    assert_agreement(pokja, stored, today)
    for kind in KINDS:
        rows = second_thoughts(rng, stored[kind])
        bring_in(tmp_path, kind, rows)
        take_in(stored[kind], rows)
    assert_agreement(pokja, stored, today)


def assert_agreement(pokja, stored, today):
    files = (pokja, *(all_rows(stored[kind]) for kind in KINDS))
    for year, on in (
        (2025, date(2025, 12, 31)),
        (2026, today),
        (2026, date(2026, 12, 31)),
        (2025, date(2024, 6, 30)),
    ):
        out = io.StringIO()
        call_command("nilai", "--tahun", str(year), "--tanggal", on.isoformat(), stdout=out)
        found = [tuple(row)[:-1] for row in csv.reader(io.StringIO(out.getvalue()))][1:]
        assert found == expected(files, year, on)
        assert len({row[4] for row in found}) >= 3
    out = io.StringIO()
    call_command("nilai", "--tahun", "2025", "--format", "json", stdout=out)
    assert [(row["kode_pokja"], row["efektif"]) for row in json.loads(out.getvalue())] == [
        (row[0], row[9] == "ya") for row in expected(files, 2025, date(2025, 12, 31))
    ]
