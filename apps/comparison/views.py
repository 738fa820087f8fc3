"""Comparing regions or dates, and trends. Everybody who is signed in, within what is open."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.comparison import dates, files, page
from apps.comparison import trend as trends
from apps.comparison.asking import Question, question_of
from apps.comparison.forms import compare_form, trend_form
from apps.comparison.places import offered
from apps.dashboard.links import Viewer
from apps.effectiveness.moment import moment_context, moment_of


def _viewer(request, question: Question) -> Viewer:
    return Viewer(request.user.scope, question.year, question.moment, question.selection)


@require_safe
@login_required
def compare(request):
    """``/bandingkan/?d=73.71&d=73.08&tahun=2026``, or ``?d=73.08&per=…&per=…``."""
    offer = offered(request.user.scope)
    question = question_of(request, offer)
    shown = {"galat": bool(question.complaints), **compare_form(question, offer)}
    if question.is_of_dates:
        shown |= dates.context(question, _viewer(request, question))
    elif question.is_of_regions:
        shown |= page.context(question, _viewer(request, question))
    return render(request, "comparison/compare.html", shown | {"question": question})


@require_safe
@login_required
def compare_file(request, form):
    """The same as CSV or workbook; 404 where nothing can be compared."""
    question = question_of(request, offered(request.user.scope))
    if question.is_of_dates:
        tables = files.dates_tables(question, _viewer(request, question))
    elif question.is_of_regions:
        tables = files.regions_tables(question, page.areas(question))
    else:
        raise Http404
    return files.answer(tables, form, f"Perbandingan_{question.year}")


@require_safe
@login_required
def trend(request):
    """``/tren/?d=73&jenis=gdpk&tahun=2026&rentang=5``."""
    seen = moment_context(request)
    offer = offered(request.user.scope)
    asked = trends.asked_of(request, offer, seen["moment"])
    shown = seen | trend_form(asked, offer, seen["moment_error"])
    shown["galat"] = bool(shown["complaints"])
    if asked.place:
        shown |= trends.context(asked, asked.viewer(request.user.scope))
    return render(request, "comparison/trend.html", shown)


@require_safe
@login_required
def trend_file(request, form):
    """The years of the area and of the one it is part of; 404 for a region that is not open."""
    asked = trends.asked_of(request, offered(request.user.scope), moment_of(request))
    if asked.place is None:
        raise Http404
    tables = files.trend_tables(asked, trends.area_of(asked))
    return files.answer(tables, form, f"Tren_{asked.place.code}_{asked.year}")
