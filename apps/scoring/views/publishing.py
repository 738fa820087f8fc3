"""A draft is published: with a date, a reason, and every consequence agreed to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import login_required
from apps.accounts.reauth import recently_confirmed
from apps.core.errors import Conflict
from apps.effectiveness import publishing
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.frozen import closed_provinces
from apps.effectiveness.publishing import PublishRefused, gaps, overlaps, span_words
from apps.effectiveness.rubric_drafts import what_happened
from apps.scoring import words
from apps.scoring.forms import PublishForm
from apps.scoring.preview import outlook, years_of
from apps.scoring.views.base import REFUSED, crumbs, may_write, visible_to


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@recently_confirmed
def publish(request, rubric_code):
    """The counts of the preview once more, then the form; what lacks is listed instead of it."""
    found = visible_to(request.user).filter(code=rubric_code).first()
    if found is None and not (request.method == "POST" and may_write(request.user)):
        raise Http404
    if not may_write(request.user):
        raise PermissionDenied(REFUSED)
    if found is None:
        raise Conflict("Draf ini sudah dihapus.", url=reverse("scoring:list"))
    if found.status != RubricStatus.DRAFT:
        return _too_late(request, found)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid() and _published(request, found, form):
        messages.success(request, f"Rubrik {found} diterbitkan.")
        return redirect("scoring:rubric", found.code)
    return render(request, "scoring/publish.html", _context(request, found, form))


def _too_late(request, found):
    if request.method == "POST":
        raise Conflict(what_happened(found), url=reverse("scoring:rubric", args=[found.code]))
    messages.warning(request, "Rubrik ini sudah diterbitkan.")
    return redirect("scoring:rubric", found.code)


def _form(request, found) -> PublishForm:
    giving_way = [each for each in overlaps(found) if each.is_mendable]
    initial = {"revision": found.revision, "decided_on": timezone.localdate()}
    return PublishForm(
        request.POST or None, initial=initial, overlaps=giving_way, span=span_words(found)
    )


def _published(request, found, form) -> bool:
    """True once it is done; what refuses it becomes errors of the form."""
    cleaned = form.cleaned_data
    found.revision = cleaned["revision"]
    try:
        publishing.publish(
            found,
            actor=request.user,
            ends=form.ends,
            reason=cleaned["reason"],
            decided_on=cleaned["decided_on"],
        )
    except PublishRefused as refused:
        for gap in refused.gaps:
            name = gap.field.removeprefix("id_")
            form.add_error(name if name in form.fields else None, gap.text)
        return False
    except Conflict as conflict:
        raise Conflict(conflict.message, url=reverse("scoring:list")) from conflict
    return True


def _context(request, found, form) -> dict:
    missing = gaps(found)
    year = years_of(found)[0]
    shown = None if missing else outlook(found, year, request.user)
    edit = reverse("scoring:edit", args=[found.code])
    covered = years_of(found)
    return {
        "rubric": found,
        "form": form,
        "gaps": [(f"{edit}#{gap.field}", gap.text) for gap in missing],
        "gap_heading": words.gap_heading(len(missing)),
        "heading": words.preview_finding(shown.preview) if shown else "",
        "totals": words.totals(shown) if shown else [],
        "year": year,
        "span": span_words(found),
        "more_years": covered[1:],
        "closed": words.closed_note(closed_provinces(covered)),
        "crumbs": crumbs(found, "Terbitkan"),
    }
