"""Pages for machines: is it alive, is it ready, its figures; for robots and finders of faults."""

from datetime import timedelta
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.operations import metrics
from apps.operations.probes import Probes
from apps.operations.shared_figures import backup_age, waiting_tasks

FRESH = {"Cache-Control": "no-store"}
FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
# Pages that may stand in a search engine. Everything else needs an account.
ROBOTS = """User-agent: *
Allow: /$
Allow: /publik/
Allow: /panduan/
Allow: /static/
Disallow: /
"""

probes = Probes()


@require_safe
def health(request):
    """The process answers. Asks nothing else: a database away is no reason to restart it."""
    return JsonResponse({"sehat": True}, headers=FRESH)


@require_safe
def readiness(request):
    """200 where this machine can serve, else 503. What is missing only the machine itself and
    holders of METRICS_TOKEN read.

    The queue and the age of the last backup are told of and decide nothing: taking the pages away
    would bring neither a worker nor a backup.
    """
    answers = probes.answers()
    told = {"siap": all(answers.values())}
    if is_trusted(request):
        told |= {"pemeriksaan": answers} | _queue(answers) | _backup()
    status = 200 if told["siap"] else 503
    headers = FRESH | ({} if told["siap"] else {"Retry-After": "5"})
    return JsonResponse(told, status=status, headers=headers)


def _queue(answers) -> dict:
    if not answers.get("basis_data"):
        return {}
    try:
        number, seconds = waiting_tasks()
    except DatabaseError:
        return {}
    return {"antrean": {"menunggu": number, "tertua_detik": round(seconds)}}


def _backup() -> dict:
    age = backup_age()
    if age is None:
        return {}
    is_old = age > settings.BACKUP_MAX_AGE_HOURS * 3600
    return {"cadangan": {"umur_detik": round(age), "terlalu_lama": is_old}}


@require_safe
def figures(request):
    """For Prometheus: with METRICS_TOKEN as bearer token, or from the machine itself."""
    if not is_trusted(request):
        return HttpResponse("Tidak ditemukan.\n", status=404, content_type="text/plain")
    return HttpResponse(
        metrics.page(), content_type="text/plain; version=0.0.4; charset=utf-8", headers=FRESH
    )


def is_trusted(request) -> bool:
    """Whether the caller holds METRICS_TOKEN, or is this machine and no proxy speaks for it."""
    given = request.headers.get("Authorization", "")
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    if settings.METRICS_TOKEN and compare_digest(given.encode(), wanted.encode()):
        return True
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:  # a socket: a proxy stands before it
        return False


@require_safe
def robots(request):
    kept = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8", headers=kept)


@require_safe
def security(request):
    """RFC 9116: whom to tell of a weakness. Renewed by the day, so that it never lapses."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if "://" not in contact and not contact.startswith("mailto:"):
        contact = f"mailto:{contact}"
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    until = (midnight + timedelta(days=180)).isoformat().replace("+00:00", "Z")
    text = f"Contact: {contact}\nExpires: {until}\nPreferred-Languages: id, en\n"
    kept = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=kept)


# Answered by the middleware, before the host is checked; listed as addresses all the same.
PROBES = {"/sehat/": health, "/siap/": readiness, "/metrik/": figures}
