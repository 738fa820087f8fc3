from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from apps.accounts.access import login_required
from apps.core.typeset import pdf
from apps.effectiveness.criteria_basis import grounds_of
from apps.effectiveness.moment import moment_of
from apps.effectiveness.queries import assess_one
from apps.filing.cards import cards_for, onlooker, reader_of
from apps.filing.deadlines import shown_on_year
from apps.filing.history import events_for
from apps.filing.judged import judge
from apps.filing.ladder import ladder_for, place_of
from apps.filing.rapor import Office, Year, file_name
from apps.filing.rapor_issue import issued_rapor
from apps.filing.receipt import receipt_for
from apps.filing.trend import trend_ground, trend_rows
from apps.filing.views.base import check_year, pokja_in_scope, year_crumbs
from apps.regulations.models import Institution

PAPERS = ("a4", "f4")


@require_GET
@login_required
def rapor(request, pk, year):
    """The rapor of a Pokja's year as PDF: as its page tells it to this person, and of the same
    past day (``?per=``); on A4, or F4 (``?kertas=f4``)."""
    told = _year(request, pk, year)
    data, issued_at = issued_rapor(told, request.user, request.build_absolute_uri("/"))
    paper = _paper(request)
    name = file_name(told.pokja, year, paper)
    return HttpResponse(
        pdf("filing/rapor.typ", data | {"paper": paper}, made_at=issued_at),
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(False, name),
            "Cache-Control": "private, no-store",
        },
    )


@require_GET
@login_required
def rapor_page(request, pk, year):
    """The same on the screen, to be read on a phone, printed, or fetched as PDF."""
    told = _year(request, pk, year)
    data, _ = issued_rapor(told, request.user, request.build_absolute_uri("/"))
    context = {
        "pokja": told.pokja,
        "region": told.pokja.region,
        "year": year,
        "moment": told.moment,
        "crumbs": year_crumbs(told.pokja, year, "Rapor"),
        "rapor": data,
        "annexes": [_with_cells(annex) for annex in data["annexes"]],
    }
    return render(request, "filing/rapor.html", context)


def _with_cells(annex: dict) -> dict:
    """On a phone every value stands beside the head of its column."""
    cells = [list(zip(annex["heads"], row, strict=True)) for row in annex["rows"]]
    return annex | {"cells": cells}


def _paper(request) -> str:
    """A4 unless the address asks for F4; what is neither is A4, too."""
    asked = request.GET.get("kertas", "").strip().lower()
    return asked if asked in PAPERS else PAPERS[0]


def _year(request, pk, year) -> Year:
    """Everything the rapor is told from; 404 out of scope, and for a year without a score."""
    pokja = pokja_in_scope(request.user, pk)
    check_year(year)
    moment = moment_of(request)
    known = moment.known if moment else None
    ground = trend_ground(year, known)
    assessment = assess_one(pokja, year, with_index=False, known=known, ground=ground)
    if assessment is None:
        raise Http404("Pokja ini tidak dinilai untuk tahun tersebut.")
    reader = reader_of(request.user, pokja.region)
    events = events_for(pokja, year, reader, known)
    is_past = bool(moment or assessment.frozen)
    if is_past:
        reader = onlooker(reader)
    cards = cards_for(pokja, assessment, reader, past=is_past)
    judged = judge(pokja, assessment)
    grounds = grounds_of(judged.rules, assessment.extra, reader.user) if judged else {}
    held = {} if is_past else shown_on_year(pokja, year, cards, reader).held
    ladder = None
    if judged and not is_past:
        ladder = ladder_for(judged, place_of(pokja, year, reader, cards, held), ())
    return Year(
        pokja=pokja,
        assessment=assessment,
        cards=cards,
        judged=judged,
        receipt=receipt_for(pokja, judged, cards, grounds) if judged else None,
        ladder=ladder,
        reader=reader,
        due={kind: deadline.due_on for kind, deadline in held.items()},
        trend=trend_rows(pokja, year, assessment, reader, known, ground),
        events=events,
        office=_office(pokja.region, request.user, assessment.on),
        moment=moment,
    )


def _office(region, user, day) -> Office:
    """The office of the region that the register names for a day; one query."""
    found = Institution.objects.for_user(user).filter(region=region).in_force_on(day)
    row = found.order_by("-valid_from", "-id").values_list("name", "short_name").first()
    return Office(*row) if row else Office()
