"""One page of a list as an answer: envelope, links, ETag."""

import hashlib
import json

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from ninja.errors import HttpError


def paged(request, asked: dict, rows) -> HttpResponse:
    """The asked page of a list (``count()``, ``page(start, stop)``), or 304 to who has it.

    Raises HttpError 404 behind the last page. The ETag is strong and taken from the body, so that
    whatever changes it, by whichever way, is seen. (Compression on the way makes it a weak one.)
    """
    page, size, count = asked["halaman"], asked["ukuran"], rows.count()
    last = max(1, -(-count // size))
    if page > last:
        raise HttpError(404, f"Halaman {page} tidak ada; yang terakhir halaman {last}.")
    links = {
        "berikut": _address(request, page + 1) if page < last else None,
        "sebelum": _address(request, page - 1) if page > 1 else None,
    }
    found = rows.page((page - 1) * size, page * size)
    body = {"jumlah": count, "halaman": page, "ukuran": size, **links, "hasil": found}
    return _answer(request, json.dumps(body, ensure_ascii=False).encode(), links)


def _answer(request, body: bytes, links: dict) -> HttpResponse:
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    relations = {"next": links["berikut"], "prev": links["sebelum"]}
    if told := [f'<{url}>; rel="{name}"' for name, url in relations.items() if url]:
        response["Link"] = ", ".join(told)
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _address(request, page: int) -> str:
    query = request.GET.copy()
    query["halaman"] = page
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
