from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.core.typeset import pdf
from apps.effectiveness.criteria_basis import grounds_of
from apps.effectiveness.moment import moment_of
from apps.effectiveness.queries import assess_one
from apps.filing.cards import cards_for, onlooker, reader_of
from apps.filing.deadlines import shown_on_year
from apps.filing.judged import judge
from apps.filing.ladder import ladder_for, place_of
from apps.filing.rapor import file_name, rapor_of
from apps.filing.receipt import receipt_for
from apps.filing.views.base import check_year, pokja_in_scope


@require_safe
@login_required
def rapor(request, pk, year):
    """The rapor of a Pokja's year as PDF: as its page tells it to this person, and of the same
    past day (``?per=``)."""
    pokja = pokja_in_scope(request.user, pk)
    check_year(year)
    moment = moment_of(request)
    known = moment.known if moment else None
    assessment = assess_one(pokja, year, with_index=False, known=known)
    if assessment is None:
        raise Http404("Pokja ini tidak dinilai untuk tahun tersebut.")
    reader = reader_of(request.user, pokja.region)
    if moment or assessment.frozen:
        reader = onlooker(reader)
    data = _data(pokja, assessment, reader, moment)
    return HttpResponse(
        pdf("filing/rapor.typ", data),
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(False, file_name(pokja, year)),
            "Cache-Control": "private, no-store",
        },
    )


def _data(pokja, assessment, reader, moment) -> dict:
    is_past = bool(moment or assessment.frozen)
    cards = cards_for(pokja, assessment, reader, past=is_past)
    judged = judge(pokja, assessment)
    grounds = grounds_of(judged.rules, assessment.extra, reader.user) if judged else {}
    receipt = receipt_for(pokja, judged, cards, grounds) if judged else None
    ladder = None
    if judged and not is_past:
        held = shown_on_year(pokja, assessment.year, cards, reader).held
        ladder = ladder_for(judged, place_of(pokja, assessment.year, reader, cards, held), ())
    return rapor_of(
        pokja, assessment, cards, receipt, ladder, made_at=timezone.now(), moment=moment
    )
