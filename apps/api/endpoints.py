"""The addresses of the API and its OpenAPI document."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.http import Http404
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled

from apps.api import fields, parameters
from apps.api.auth import PER_MINUTE, PerToken, TokenPortal
from apps.api.evidence_lists import SOURCES, EvidenceList
from apps.api.lists import POKJA_STATES, PokjaList, RegionList, ScoreList
from apps.api.middleware import SENTENCES
from apps.api.paging import paged
from apps.api.parameters import CHANGED, LEVEL, PAGING, REGION, Parameter
from apps.api.schemas import Galat, answer_of

ABOUT = (
    "Data Portal Pokja Bangga Kencana untuk dibaca program lain. Token membaca sebatas lingkup "
    "pemiliknya; wilayah lain dijawab 404. Kode, tanggal (ISO 8601), uang, dan besaran desimal "
    "berupa teks; yang kosong null. Setiap daftar terbagi dalam halaman dan memakai ETag: kirim "
    "If-None-Match untuk jawaban 304 tanpa isi bila tidak ada yang berubah."
)
TOO_OFTEN = f"Terlalu sering: paling banyak {PER_MINUTE} permintaan tiap menit untuk satu token."
ANSWERS = {
    200: "Satu halaman dari daftar",
    304: "Tidak berubah sejak ETag pada If-None-Match; tanpa isi",
    400: "Parameter keliru, tidak dikenal, atau ditulis dua kali",
    401: "Token tidak disertakan, tidak dikenal, atau tidak berlaku lagi",
    404: "Wilayah di luar lingkup token, atau halaman sesudah yang terakhir",
    429: f"{TOO_OFTEN} Retry-After memberi tahu berapa detik lagi",
}
YEAR_OF_ROW = "Hanya baris tahun ini."
STATUS = parameters.status(
    fields.STATUS_WORDS,
    "Versi terbaru yang berstatus ini. Tanpa parameter: versi terbaru yang boleh dilihat, kecuali "
    "yang dibatalkan, sama dengan berkas ekspor. Pengamat hanya melihat yang terverifikasi.",
)


@dataclass(frozen=True)
class Endpoint:
    """One list: its name in the address, what it is, what may be asked, how it is made."""

    name: str
    title: str
    description: str
    fields: tuple[fields.Field, ...]
    parameters: tuple[Parameter, ...]
    make: Callable  # (user, asked) -> list

    @property
    def path(self) -> str:
        return f"/{self.name}/"

    @property
    def schema_name(self) -> str:
        return "".join(part.title() for part in self.name.split("-"))


def _evidence(name: str, title: str, description: str, shown, year: str = YEAR_OF_ROW) -> Endpoint:
    asked = (REGION, parameters.year(year), STATUS, CHANGED, *PAGING)
    return Endpoint(name, title, description, shown, asked, partial(EvidenceList, SOURCES[name]))


ENDPOINTS = (
    Endpoint(
        "penilaian",
        "Penilaian Pokja",
        "Satu baris tiap Pokja yang dinilai, sama dengan perintah nilai --format json: status "
        "keempat kriteria, efektif, skor, dan indeks; urut kode wilayah lalu kode Pokja.",
        fields.SCORES,
        (
            parameters.year(
                "Tahun penilaian; tanpa parameter: tahun berjalan.",
                lambda: timezone.localdate().year,
            ),
            REGION,
            Parameter(
                "tanggal",
                parameters.read_day,
                "Pengganti tanggal acuan: dinilai menurut keadaan hari itu.",
                "2026-06-30",
            ),
            *PAGING,
        ),
        ScoreList,
    ),
    Endpoint(
        "wilayah",
        "Wilayah",
        "Wilayah dalam lingkup token, urut kode.",
        fields.REGIONS,
        (REGION, LEVEL, *PAGING),
        RegionList,
    ),
    Endpoint(
        "pokja",
        "Pokja",
        "Pokja dalam lingkup token, termasuk yang sudah bubar atau dilebur.",
        fields.POKJA,
        (
            REGION,
            parameters.year("Hanya Pokja yang dinilai untuk tahun ini."),
            parameters.status(POKJA_STATES, "Keadaan Pokja hari ini."),
            *PAGING,
        ),
        PokjaList,
    ),
    _evidence(
        "sk",
        "SK",
        "Satu baris tiap Pokja yang dicakup sebuah SK.",
        fields.DECREES,
        "Hanya SK yang ditetapkan tahun ini.",
    ),
    _evidence("rencana-kerja", "Rencana kerja", "Satu baris tiap kegiatan.", fields.PLANS),
    _evidence("indikator", "Indikator", "Satu baris tiap indikator Pokja.", fields.INDICATORS),
    _evidence("anggaran", "Anggaran", "Satu baris tiap baris anggaran.", fields.BUDGETS),
)

api = NinjaAPI(
    title="Portal Pokja Bangga Kencana: antarmuka data",
    version="1.0",
    description=ABOUT,
    docs_url=None,
    urls_namespace="api:v1",
    auth=TokenPortal(),
    throttle=[PerToken()],
    openapi_extra={"tags": [{"name": "data", "description": "Daftar yang hanya dapat dibaca"}]},
)


def _serve(endpoint: Endpoint) -> None:
    def answer(request):
        asked = parameters.asked(request, endpoint.parameters)
        return paged(request, asked, endpoint.make(request.user, asked))

    schema = answer_of(endpoint.schema_name, endpoint.fields)
    api.get(
        endpoint.path,
        response={200: schema, 304: None, 400: Galat, 401: Galat, 404: Galat, 429: Galat},
        operation_id=endpoint.name,
        summary=endpoint.title,
        description=endpoint.description,
        tags=["data"],
        url_name=endpoint.name,
        openapi_extra={
            "parameters": [each.documented() for each in endpoint.parameters],
            "responses": _documented_answers(),
        },
    )(answer)
    api.api_operation(
        ["HEAD"], endpoint.path, operation_id=f"{endpoint.name}-head", include_in_schema=False
    )(answer)


def _documented_answers() -> dict:
    told = {status: {"description": words} for status, words in ANSWERS.items()}
    told[200]["headers"] = {
        "ETag": _header("Sidik isi halaman ini"),
        "Link": _header("Halaman berikutnya (next) dan sebelumnya (prev)"),
    }
    told[401]["headers"] = {"WWW-Authenticate": _header("Bearer")}
    told[429]["headers"] = {"Retry-After": _header("Detik sampai boleh bertanya lagi")}
    return told


def _header(words: str) -> dict:
    return {"description": words, "schema": {"type": "string"}}


for each in ENDPOINTS:
    _serve(each)


# --- what goes wrong -------------------------------------------------------------------------


def _told(request, error: HttpError):
    response = api.create_response(request, {"galat": str(error)}, status=error.status_code)
    if isinstance(error, AuthenticationError):
        response["WWW-Authenticate"] = 'Bearer realm="Portal Pokja"'
    return response


api.add_exception_handler(HttpError, _told)
api.add_exception_handler(
    Throttled, lambda request, error: _told(request, HttpError(429, TOO_OFTEN))
)
api.add_exception_handler(
    Http404, lambda request, error: _told(request, HttpError(404, SENTENCES[404]))
)


def _left_to_the_portal(request, error: Exception):
    """What nobody foresaw is logged and answered as on every page, a database that is away too."""
    raise error


api.add_exception_handler(Exception, _left_to_the_portal)
