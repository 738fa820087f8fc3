"""The official figure: an LKIP's table, who lacks what, and the promised counts."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import login_required, require
from apps.accounts.enums import Act
from apps.attainment import papers, words
from apps.attainment.figures import YEARS, attainment, province_rows
from apps.attainment.forms import TargetForm
from apps.attainment.lacking import lacking
from apps.attainment.services import promised, promised_districts, set_target
from apps.core.errors import Conflict
from apps.core.form_parts import error_items
from apps.effectiveness.breaks import break_words
from apps.effectiveness.moment import moment_context, moment_of
from apps.regions.models import Region
from apps.regions.queries import region_for_code
from apps.regions.switch import switch_context

FIRST_YEAR = 2015
AHEAD = 2  # years after this one that can be promised
MOST_LACKING = 60  # regions of one page; the download has all


@require_safe
@login_required
def home(request):
    """The own province's page of this year; the nation for those who see all."""
    scope, year = request.user.scope, timezone.localdate().year
    post = scope.main_post
    if scope.sees_all or post is None or not post.region_code:
        return redirect("attainment:show", "nasional", year)
    return redirect("attainment:show", post.region_code[:2], year)


@require_safe
@login_required
def show(request, area, year):
    """How many regions are effective, against what was promised, over three years."""
    province, year = _area(area, request.user.scope), _year(year)
    moment = moment_of(request)
    found = attainment(province, year, moment)
    missing = lacking(found) if province else []
    return render(
        request,
        "attainment/show.html",
        {
            "heading": words.finding(found),
            "found": found,
            "area": area,
            "year": year,
            "years": _years_offered(year),
            "ikk": words.IKK,
            "formula": words.FORMULA,
            "rule_note": break_words(found.rule_years),
            "missing_heading": words.missing_heading(len(missing)),
            "missing": _rows(missing[:MOST_LACKING], request.user.scope, year),
            "left_out": max(0, len(missing) - MOST_LACKING),
            "provinces": [] if province else _provinces(found, request.user.scope),
            "may_set": province and request.user.scope.can(Act.SET_TARGETS, province),
            "per": f"?{moment.query}" if moment else "",
        }
        | moment_context(request)
        | _switch(request.user.scope, province, year, moment),
    )


@require_safe
@login_required
def download(request, area, year, form):
    """The same tables as a workbook, or who lacks what as CSV."""
    province, year = _area(area, request.user.scope), _year(year)
    found = attainment(province, year, moment_of(request))
    content, kind = papers.table_file(found, form, request.user.scope)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="capaian-{area}-{year}.{form}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def targets(request, area, year):
    """The counts promised for the years shown and the next ones."""
    province, year = _area(area, request.user.scope), _year(year)
    if province is None:
        raise Http404
    require(request.user, Act.SET_TARGETS, province)
    years = range(year - YEARS + 1, year + AHEAD + 1)
    held = promised(province, years)
    most = Region.objects.kabkota().filter(province=province).count()
    data = request.POST if request.method == "POST" else None
    forms = [_form(data, each, held[each], most) for each in years]
    errors = [item for form in forms for item in error_items(form)]
    if data is not None and not errors:
        changed = _save(province, forms, request.user)
        told = "Target tersimpan." if changed else "Tidak ada perubahan untuk disimpan."
        messages.success(request, told)
        return redirect("attainment:show", area, year)
    return render(
        request,
        "attainment/targets.html",
        {
            "province": province,
            "area": area,
            "year": year,
            "forms": forms,
            "most": most,
            "errors": errors,
            "galat": bool(errors),
        },
    )


def _form(data, year, held, most) -> TargetForm:
    values = held.values | {"seen": held.values}
    return TargetForm(data, year=year, most=most, initial=values)


def _save(province, forms, actor) -> int:
    """All years or none; Conflict tells what the person typed."""
    typed = [(name, form[key].data or "") for form in forms for key, name in _labels(form)]
    try:
        with transaction.atomic():
            return sum(
                set_target(province, form.year, form.new, seen=form.was, actor=actor)
                for form in forms
            )
    except Conflict as conflict:
        raise Conflict(conflict.message, typed=typed) from None


def _labels(form):
    return [(key, str(form.fields[key].label)) for key in ("provinces", "districts", "source")]


def _rows(missing, scope, year) -> list[dict]:
    """What the table shows: names and links only where the viewer reaches the region."""
    rows = []
    for each in missing:
        reaches = bool(scope.roles_in(each.region))
        rows.append(
            {
                "region": each.region,
                "address": _dashboard(each.region, scope, year),
                "pokja": each.pokja_text(named=reaches),
                "page": reverse("filing:pokja_year", args=(each.pokja[0].pokja_id, year))
                if reaches and len(each.pokja) == 1
                else "",
                "gaps": each.gaps,
                "is_empty": each.is_empty,
                "steps": each.steps,
            }
        )
    return rows


def _dashboard(region, scope, year) -> str:
    if not scope.may_open_dashboard(region):
        return ""
    return reverse("dashboard:region", args=(region.code, year))


def _provinces(found, scope) -> list[dict]:
    return [
        {
            "row": row,
            "address": reverse("attainment:show", args=(row.region.code, found.year))
            if scope.may_open_dashboard(row.region)
            else "",
        }
        for row in province_rows(found, promised_districts(found.year))
    ]


def _switch(scope, province, year: int, moment) -> dict:
    kept = [("per", moment.per.isoformat())] if moment else []
    return switch_context(scope, "capaian", province, year, _years_offered(year), kept)


def _years_offered(year: int) -> list[int]:
    now = timezone.localdate().year
    return sorted({year, *range(now - 3, now + 1)}, reverse=True)


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise Http404
    return year


def _area(code: str, scope) -> Region | None:
    """The province of a code whose dashboard this person may open; None for the nation."""
    if code == "nasional":
        return None
    found = region_for_code(code)
    if found is None or not found.is_province or not scope.may_open_dashboard(found):
        raise Http404
    return found
