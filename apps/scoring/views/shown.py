"""Which rules hold for which year, and what one rubric says: read by everybody signed in."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import login_required
from apps.audit.models import Entry
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import gaps, overlaps, years_text
from apps.effectiveness.rubric_drafts import PUBLISHED
from apps.effectiveness.rubric_file import file_of
from apps.effectiveness.rubric_plain import plain_of
from apps.effectiveness.rule_words import rule_book
from apps.scoring import words
from apps.scoring.differences import differences
from apps.scoring.views.base import crumbs, fetch_rubric, may_see_drafts, may_write, visible_to

FIRST_YEAR = 2015


@require_safe
@login_required
def rubrics(request):
    """Which rubric holds for which years; every version, newest first."""
    year = timezone.localdate().year
    rows = list(visible_to(request.user).order_by("-year_from", "-id"))
    published = [each for each in rows if each.status == RubricStatus.PUBLISHED]
    first = min([FIRST_YEAR, *(each.year_from for each in published)])
    return render(
        request,
        "scoring/list.html",
        {
            "heading": words.list_finding(published, year),
            "stretches": words.stretches(published, first, year + 1),
            "year": year,
            "drafts": _listed(each for each in rows if each.status == RubricStatus.DRAFT),
            "versions": _listed(each for each in rows if each.status != RubricStatus.DRAFT),
            "sees_drafts": may_see_drafts(request.user),
            "may_write": may_write(request.user),
        },
    )


def _listed(rows):
    return [(each, years_text(each), words.STATE_LOOKS[each.status]) for each in rows]


@require_safe
@login_required
def rubric(request, rubric_code):
    """One rubric in words; a draft with all that it lacks."""
    found = fetch_rubric(request.user, rubric_code)
    is_draft = found.status == RubricStatus.DRAFT
    compared = _compared_with(found)
    decision = None if is_draft else _decision(found)
    context = rule_book(found) | {
        "years": years_text(found),
        "look": words.STATE_LOOKS[found.status],
        "is_draft": is_draft,
        "may_write": may_write(request.user),
        "compared": compared,
        "differences": differences(plain_of(compared), plain_of(found)) if compared else [],
        "weight_total": sum(row.weight for row in found.criteria.all()),
        "decision": decision,
        "decided_on": _day(decision.after.get("tanggal_keputusan")) if decision else None,
        "crumbs": crumbs(found),
    }
    if is_draft:
        context |= _open_points(found)
    return render(request, "scoring/rubric.html", context)


def _open_points(found: Rubric) -> dict:
    missing = gaps(found)
    edit = reverse("scoring:edit", args=[found.code])
    return {
        "gaps": [(f"{edit}#{gap.field}", gap.text) for gap in missing],
        "gap_heading": words.gap_heading(len(missing)),
        "overlaps": [each.text for each in overlaps(found) if each.is_mendable],
    }


def _compared_with(found: Rubric) -> Rubric | None:
    """What came before: the rubric this one was made from, else the one of the year before."""
    rows = Rubric.objects.prefetch_related("criteria", "points")
    if found.based_on_id:
        return rows.filter(pk=found.based_on_id).exclude(status=RubricStatus.DRAFT).first()
    before = rows.filter(status=RubricStatus.PUBLISHED, year_from__lt=found.year_from)
    return before.exclude(pk=found.pk).order_by("-year_from", "-id").first()


def _decision(found: Rubric) -> Entry | None:
    """The entry of the audit trail that tells why and by which decision it was published; for
    everybody who may read the rubric."""
    return Entry.objects.filter(
        object_type=found._meta.label_lower, object_id=str(found.pk), action=PUBLISHED
    ).first()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@require_GET
@login_required
def download(request, rubric_code):
    """The rubric as a file that another portal takes in."""
    found = fetch_rubric(request.user, rubric_code)
    response = HttpResponse(file_of(found), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rubrik-{found.code}.json"'
    return response
