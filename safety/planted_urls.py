"""The portal's addresses with two failing ones and a link to none: what a hunt for failures must
notice."""

from django.http import HttpResponse
from django.urls import path

from pokja_portal import urls
from pokja_portal.urls import handler400, handler403, handler404, handler500  # noqa: F401


def failing(request):
    raise RuntimeError("sengaja")


def telling(request):
    links = "<a href='/rusak/'>x</a> <a href='/buntu/'>y</a>"
    return HttpResponse(f"{links} Traceback (most recent call last): sengaja")


def unescaped(request):
    return HttpResponse(
        "<!doctype html><title>x</title><img src=x onerror=document.title='xssqx'>"
        "<script>document.title='xssqx'</script>"
    )


urlpatterns = [
    path("rusak/", failing),
    path("jejak/", telling),
    path("penanda/", unescaped),
    *urls.urlpatterns,
]
