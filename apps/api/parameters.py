"""What an address of the API may ask: each parameter read, and described for the document.

A parameter that is left empty counts as not given. One that is not known, or given twice, is told
and not passed over: whoever mistypes a filter must not take everything for a part.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from django.utils import timezone
from ninja.errors import HttpError

from apps.core.parsing import MAX_YEAR, MIN_YEAR, parse_date
from apps.regions.codes import CodeError, parse_kemendagri
from apps.regions.enums import Level
from apps.regions.models import Region
from apps.regions.queries import region_for_code

FIRST_YEAR, LAST_YEAR = 2000, 2100
DEFAULT_SIZE, LARGEST = 100, 500
LONGEST_SHOWN = 40
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)

UNKNOWN = "Parameter {name} tidak dikenal di alamat ini. Yang dapat dipakai: {known}."
TWICE = "Parameter {name} ditulis lebih dari satu kali. Tulis sekali saja."
MOMENT_HINT = (
    "Tulis diubah_sejak sebagai tanggal atau waktu ISO, misalnya 2026-03-01 atau "
    "2026-03-01T08:00:00+07:00"
)


@dataclass(frozen=True)
class Parameter:
    """One parameter: ``read(text, user)`` gives its value or raises ValueError with a sentence."""

    name: str
    read: Callable
    description: str
    example: object
    schema: dict = field(default_factory=lambda: {"type": "string"})
    default: Callable = lambda: None

    def documented(self) -> dict:
        return {
            "in": "query",
            "name": self.name,
            "required": False,
            "schema": self.schema,
            "description": self.description,
            "example": self.example,
        }


def asked(request, parameters: tuple[Parameter, ...]) -> dict:
    """{name: value} of every parameter of an address. Raises HttpError 400 (404: region)."""
    known = {each.name: each for each in parameters}
    for name, values in request.GET.lists():
        if name not in known:
            told = UNKNOWN.format(name=_short(name), known=", ".join(known))
            raise HttpError(400, told)
        if len(values) > 1:
            raise HttpError(400, TWICE.format(name=name))
    return {name: _value(request, each) for name, each in known.items()}


def _value(request, parameter: Parameter):
    text = request.GET.get(parameter.name, "").strip()
    if not text:
        return parameter.default()
    try:
        return parameter.read(text, request.user)
    except ValueError as error:
        raise HttpError(400, f"{str(error).rstrip('.')}.") from None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


# --- readers ---------------------------------------------------------------------------------


def read_year(text: str, user) -> int:
    if not _WHOLE.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise ValueError(f"Tulis tahun {FIRST_YEAR} sampai {LAST_YEAR}, misalnya 2026")
    return int(text)


def read_region(text: str, user) -> Region:
    """The region of a code, old or new, in the caller's scope: else 404, also for unknown ones."""
    try:
        code = parse_kemendagri(text[: 2 * LONGEST_SHOWN])
    except CodeError as error:
        raise ValueError(str(error)) from None
    region = region_for_code(code)
    if region is None or not Region.objects.for_user(user).filter(pk=region.pk).exists():
        raise HttpError(404, f"Wilayah {code} tidak ada dalam lingkup token ini.")
    return region


def read_day(text: str, user):
    return parse_date(text)


def read_moment(text: str, user) -> datetime:
    """A date (its beginning in Jakarta) or an ISO moment; without a zone it is Jakarta's."""
    try:
        return timezone.make_aware(datetime.combine(parse_date(text), time()))
    except ValueError:
        pass
    try:  # a "+" that was not escaped comes as a space
        moment = datetime.fromisoformat(text[:LONGEST_SHOWN].replace(" ", "+"))
    except ValueError:
        raise ValueError(MOMENT_HINT) from None
    if not MIN_YEAR <= moment.year <= MAX_YEAR:
        raise ValueError(MOMENT_HINT)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment.astimezone(UTC)


def read_page(text: str, user) -> int:
    if not _WHOLE.fullmatch(text) or int(text) < 1:
        raise ValueError("Tulis halaman dengan angka mulai dari 1")
    return int(text)


def read_size(text: str, user) -> int:
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= LARGEST:
        raise ValueError(f"Tulis ukuran dengan angka 1 sampai {LARGEST}")
    return int(text)


def one_of(name: str, words: dict[str, object]) -> Callable:
    """A reader of one of some words, as the value each stands for."""

    def read(text: str, user):
        if text not in words:
            raise ValueError(f"Tulis {name} dengan salah satu dari: {', '.join(words)}")
        return words[text]

    return read


# --- the parameters --------------------------------------------------------------------------

YEAR = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
REGION = Parameter(
    "wilayah",
    read_region,
    "Kode Kemendagri dengan titik; provinsi berarti provinsi dan semua di bawahnya. Kode lama "
    "dikenali. Wilayah di luar lingkup token dijawab 404.",
    "73.71",
)
CHANGED = Parameter(
    "diubah_sejak",
    read_moment,
    "Hanya yang berubah (isian atau status) sejak tanggal atau waktu ini; tanpa zona berarti WIB.",
    "2026-03-01",
)
LEVEL = Parameter(
    "tingkat",
    one_of("tingkat", {each.value: each for each in Level}),
    "Tingkat wilayah.",
    "kabupaten",
    {"type": "string", "enum": Level.values},
)
PAGE = Parameter(
    "halaman",
    read_page,
    "Halaman yang diminta, mulai dari 1.",
    1,
    {"type": "integer", "minimum": 1, "default": 1},
    lambda: 1,
)
SIZE = Parameter(
    "ukuran",
    read_size,
    f"Banyaknya baris tiap halaman, paling banyak {LARGEST}.",
    DEFAULT_SIZE,
    {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": DEFAULT_SIZE},
    lambda: DEFAULT_SIZE,
)
PAGING = (PAGE, SIZE)


def year(description: str, default: Callable = lambda: None) -> Parameter:
    return Parameter("tahun", read_year, description, 2026, YEAR, default)


def status(words: dict[str, object], description: str) -> Parameter:
    schema = {"type": "string", "enum": list(words)}
    return Parameter("status", one_of("status", words), description, next(iter(words)), schema)
