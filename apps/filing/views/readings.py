"""What was read from a document, as a part of the page that waits for it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.access import fetch, login_required, require
from apps.accounts.enums import Act
from apps.documents.models import Document
from apps.evidence.kinds import BY_STEP
from apps.filing.readings import MOST_LOOKS, panel_of


@require_GET
@login_required
def reading(request, uuid):
    """ "Terbaca dari berkas" for the step ``?isian=``: 404 out of scope, 403 for the wrong role."""
    document = fetch(Document.objects.select_related("region"), request.user, uuid=uuid)
    require(request.user, Act.EDIT, document.region)
    step = request.GET.get("isian", "sk")
    if step not in BY_STEP:
        raise Http404("Langkah tidak dikenal")
    look = request.GET.get("ke", "0")
    is_count = look.isascii() and look.isdecimal() and len(look) <= 3
    look = min(int(look), MOST_LOOKS) if is_count else 0
    panel = panel_of(document, document.region, step, look=look + 1)
    response = render(request, "filing/_reading.html", {"panel": panel})
    response["Cache-Control"] = "private, no-store"
    return response
