"""A few pages of nothing, to try the frame, the errors and the headers on."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.cache import cache_control

from apps.core.errors import Conflict

PAGE = """{% extends "base.html" %}{% block title %}Contoh{% endblock %}
{% block heading %}Contoh{% endblock %}{% block content %}<p>Isi</p>{% endblock %}"""


def page(request):
    crumbs = [("Nasional", "/dasbor/"), ("Sulawesi Selatan", "")]
    context = {"crumbs": crumbs, "data_date": "Data diperbarui 12 Maret 2026"}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def conflict(request):
    raise Conflict(
        "SK sudah diubah oleh Andi pada 10.12 WITA.", url="/sk/1/", typed=[("Nomor", "5")]
    )


def forbidden(request):
    raise PermissionDenied("Peran Anda tidak dapat memeriksa berkas ini.")


def missing(request):
    raise Http404("SK rahasia Kabupaten Bone")


def suspicious(request):
    raise SuspiciousOperation("alamat aneh")


def broken(request):
    raise RuntimeError("rusak")


def download(request):
    return HttpResponse("x", headers={"Content-Security-Policy": "sandbox; default-src 'none'"})


@cache_control(public=True, max_age=60)
def shared(request):
    return HttpResponse(request.session.get("x", ""))


def private(request):
    return HttpResponse(request.session.get("x", ""))


def form(request):
    return HttpResponse("tersimpan")


urlpatterns = [
    path("halaman/", page),
    path("bentrok/", conflict),
    path("terlarang/", forbidden),
    path("tiada/", missing),
    path("aneh/", suspicious),
    path("rusak/", broken),
    path("unduh/", download),
    path("bersama/", shared),
    path("pribadi/", private),
    path("isian/", form),
    path("tugas/", page),
    path("dasbor/", page),
    path("pokja/", page),
    path("verifikasi/", page),
    path("profil/", page),
]
handler400 = "apps.core.views.bad_request"
handler403 = "apps.core.views.permission_denied"
handler404 = "apps.core.views.page_not_found"
handler500 = "apps.core.views.server_error"
