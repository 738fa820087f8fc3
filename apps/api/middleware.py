"""The API knows tokens only, and speaks JSON only, whatever goes wrong around it."""

import json

from django.utils.cache import patch_vary_headers

PREFIX = "/api/v1/"
SENTENCES = {
    400: "Permintaan ini tidak dapat dibaca. Periksa alamat dan parameternya.",
    403: "Permintaan ini ditolak.",
    404: "Alamat ini tidak ada. Daftar alamat tersedia di /api/.",
    405: "Antarmuka data hanya membaca: pakai GET atau HEAD.",
    412: "Syarat pada kepala permintaan tidak terpenuhi.",
    500: "Portal sedang bermasalah. Coba beberapa menit lagi.",
    503: "Portal sedang tidak dapat mengakses datanya. Coba beberapa menit lagi.",
}
OTHER = "Permintaan ini tidak dapat dilayani."


class ApiMiddleware:
    """Stands outside everything that knows people by cookies.

    Without its cookies a request has no session: no page can be made for it, no practice room
    stands in the place of the data, and no other site can make a browser read in a person's name.
    Error pages that come from inside go out as ``{"galat": …}``.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        if response.status_code >= 400 and not _is_json(response):
            _tell(response)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Authorization"])
        return response


def _is_json(response) -> bool:
    return response.get("Content-Type", "").startswith("application/json")


def _tell(response) -> None:
    """Put the sentence of its status in the place of a page; other headers stay."""
    sentence = SENTENCES.get(response.status_code, OTHER)
    response.content = json.dumps({"galat": sentence}, ensure_ascii=False)
    response["Content-Type"] = "application/json"
    if "Content-Length" in response:
        response["Content-Length"] = str(len(response.content))
