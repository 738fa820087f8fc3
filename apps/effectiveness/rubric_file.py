"""A rubric as a file, carried from one installation to another: one rubric, one JSON file."""

import json
import re

from django.utils.text import slugify

from apps.effectiveness.enums import RegionRule
from apps.effectiveness.models import Rubric
from apps.effectiveness.rubric_plain import plain_of

KIND = "rubrik-pokja-bangga-kencana"  # marks the file as one of ours
MAX_BYTES = 256 * 1024
FIRST_YEAR, LAST_YEAR = 1990, 2200
MAX_WEIGHT = 1000  # a sum above 100 is told as a gap; this only keeps nonsense out
MAX_ROWS = 60
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)


class RubricFileError(ValueError):
    """The file is no rubric; the text is an Indonesian sentence that says where."""


def file_of(rubric: Rubric) -> bytes:
    """One rubric as a JSON file that ``read_file`` takes back, here or on another portal."""
    data = {"jenis": KIND, "versi": 1, "kode": rubric.code} | plain_of(rubric)
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def read_file(data: bytes) -> tuple[str, dict]:
    """The code and the plain data of a rubric file. Weights, years and checks that do not fit
    come through: they are gaps of the draft. Raises RubricFileError for what no draft can hold.
    """
    if len(data) > MAX_BYTES:
        raise RubricFileError("Berkas rubrik terlalu besar. Ukuran paling besar 256 KB")
    found = _parsed(data)
    if not isinstance(found, dict) or found.get("jenis") != KIND:
        raise RubricFileError(
            f"Berkas ini bukan berkas rubrik. Unduh rubrik dari portal; isinya dimulai dengan "
            f"“jenis”: “{KIND}”"
        )
    return slugify(str(found.get("kode", "")))[:40] or "rubrik", _checked(found)


def _parsed(data: bytes):
    try:
        found = json.loads(data.decode("utf-8-sig"))
        text = json.dumps(found, ensure_ascii=False, allow_nan=False)
        text.encode()  # halves of letters cannot be stored
    except json.JSONDecodeError as error:
        raise RubricFileError(
            f"Berkas rubrik tidak dapat dibaca sebagai JSON: lihat baris {error.lineno}, "
            f"huruf {error.colno}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise RubricFileError("Berkas rubrik tidak dapat dibaca sebagai teks JSON") from error
    if "\\u0000" in text:
        raise RubricFileError("Berkas rubrik memuat huruf yang tidak dapat disimpan")
    return found


def _checked(found: dict) -> dict:
    first = _whole(found, "tahun_mulai", "", FIRST_YEAR, LAST_YEAR)
    last = found.get("tahun_selesai")
    if last is not None:
        last = _whole(found, "tahun_selesai", "", FIRST_YEAR, LAST_YEAR)
        if last < first:
            raise RubricFileError(f"tahun_selesai {last} tidak boleh sebelum tahun_mulai {first}")
    rule = found.get("aturan_wilayah", RegionRule.ANY.value)
    if rule not in RegionRule.values:
        raise RubricFileError(f"aturan_wilayah harus salah satu dari {', '.join(RegionRule)}")
    criteria = [_criterion(row, n) for n, row in enumerate(_rows(found, "kriteria"), start=1)]
    points = [_point(row, n) for n, row in enumerate(_rows(found, "poin"), start=1)]
    _refuse_doubles([row["kode"] for row in criteria], "kriteria", "kode")
    _refuse_doubles([row["pemeriksaan"] for row in points], "poin", "pemeriksaan")
    return {
        "nama": _text(found, "nama", "", 160),
        "tahun_mulai": first,
        "tahun_selesai": last,
        "aturan_wilayah": rule,
        "sumber_dana": _words(found, "sumber_dana"),
        "batas_kelas": _limits(found),
        "jenis_diharapkan": _words(found, "jenis_diharapkan"),
        "sumber": _text(found, "sumber", "", 255),
        "penjelasan": _text(found, "penjelasan", "", 10_000),
        "kriteria": criteria,
        "poin": points,
    }


def _criterion(row: dict, number: int) -> dict:
    where = f"kriteria {number}, "
    parameters = row.get("parameter", {})
    if not isinstance(parameters, dict):
        raise RubricFileError(f"{where}parameter harus berupa pasangan nama dan nilai")
    code = _text(row, "kode", where, 40)
    if not SLUG.fullmatch(code):
        raise RubricFileError(f"{where}kode harus huruf kecil, angka, “-” atau “_”")
    required = row.get("wajib", False)
    if not isinstance(required, bool):
        raise RubricFileError(f"{where}wajib harus true atau false")
    return {
        "kode": code,
        "nama": _text(row, "nama", where, 160),
        "pemeriksaan": _text(row, "pemeriksaan", where, 40) or code,
        "parameter": parameters,
        "bobot": _whole(row, "bobot", where, 0, MAX_WEIGHT),
        "wajib": required,
        "aturan": _text(row, "aturan", where, 2000),
    }


def _point(row: dict, number: int) -> dict:
    where = f"poin {number}, "
    return {
        "pemeriksaan": _text(row, "pemeriksaan", where, 40),
        "poin": _whole(row, "poin", where, 0, MAX_WEIGHT),
        "bunyi": _text(row, "bunyi", where, 255),
    }


def _text(row, key, where, longest) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise RubricFileError(f"{where}{key} harus berupa teks")
    if len(value) > longest:
        raise RubricFileError(f"{where}{key} paling banyak {longest} huruf")
    return value.strip()


def _whole(row, key, where, low, high) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise RubricFileError(f"{where}{key} harus bilangan bulat antara {low} dan {high}")
    return value


def _limits(found) -> list[int]:
    values = found.get("batas_kelas", [])
    if not isinstance(values, list) or not all(
        isinstance(each, int) and not isinstance(each, bool) and 0 <= each <= 1000
        for each in values
    ):
        raise RubricFileError("batas_kelas harus berupa daftar bilangan bulat")
    return values


def _words(found, key) -> list[str]:
    values = found.get(key, [])
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise RubricFileError(f"{key} harus berupa daftar teks")
    return values


def _rows(found, key) -> list[dict]:
    rows = found.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RubricFileError(f"{key} harus berupa daftar")
    if len(rows) > MAX_ROWS:
        raise RubricFileError(f"{key} paling banyak {MAX_ROWS}")
    return rows


def _refuse_doubles(codes, rows, key) -> None:
    twice = next((each for each in codes if codes.count(each) > 1), None)
    if twice is not None:
        raise RubricFileError(f"{rows}: {key} “{twice}” disebut dua kali")
