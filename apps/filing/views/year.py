from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.discussion.queries import open_threads_of
from apps.effectiveness.breaks import break_words, breaks_between
from apps.effectiveness.criteria_basis import grounds_of
from apps.effectiveness.frozen import book_note
from apps.effectiveness.moment import moment_context
from apps.effectiveness.queries import assess_one
from apps.examples.queries import examples_for, share_state
from apps.filing.cards import cards_for, onlooker
from apps.filing.deadlines import add_waits, shown_on_year
from apps.filing.decree_card import tell_reuse
from apps.filing.extras import extra_todo, extras_of
from apps.filing.history import events_for
from apps.filing.judged import judge
from apps.filing.ladder import ladder_for, place_of
from apps.filing.receipt import receipt_for
from apps.filing.todo import add_buttons, todos_for, upkeep_for
from apps.filing.trend import trend_ground, trend_rows
from apps.filing.views.base import (
    check_year,
    newest_year,
    page_context,
    pokja_in_scope,
    years_offered,
)
from apps.filing.words import all_criteria, score_sentence, trend_finding


@require_safe
@login_required
def pokja_newest(request, pk):
    """The Pokja without a year leads to the newest sensible one."""
    pokja = pokja_in_scope(request.user, pk)
    return redirect("filing:pokja_year", pk, newest_year(pokja, timezone.localdate()))


@require_safe
@login_required
def pokja_year(request, pk, year):
    """Is this Pokja effective this year; if not, what exactly is to be done? (design 5.4)

    ``?per=`` shows what was known on a past day, ``?coba=`` tries criteria and points.
    """
    pokja = pokja_in_scope(request.user, pk)
    check_year(year)
    today = timezone.localdate()
    context = page_context(request, pokja, year, years=years_offered(year, today))
    context |= moment_context(request)
    moment, reader = context["moment"], context["reader"]
    known = moment.known if moment else None
    ground = trend_ground(year, known)
    assessment = assess_one(pokja, year, with_index=False, known=known, ground=ground)
    context |= {
        "assessment": assessment,
        "trying": "coba" in request.GET,
        "book": book_note(pokja.region.province_id, year, pokja.region, known),
        "events": events_for(pokja, year, reader, known),
        "absorbed": list(pokja.merged_from.order_by("dissolved_on", "code")),
    }
    context["main_events"] = [event for event in context["events"] if event.is_main][:3]
    context["shows_all_events"] = not reader.verified_only
    context["is_past"] = is_past = bool(moment or (assessment and assessment.frozen))
    if is_past:
        context["reader"] = reader = onlooker(reader)
    if assessment is not None:
        context |= _scored(pokja, year, assessment, reader, known, ground)
        context |= _raised(context, pokja, year, request.GET.getlist("coba"))
        if not is_past:
            _add_examples(context, pokja, year, request.user)
    return render(request, "filing/pokja_year.html", context)


def _scored(pokja, year, assessment, reader, known, ground) -> dict:
    """The four cards, what is to be done, the trend, and the receipt.

    A closed year is told as a past day is: what its book rests on, and nothing to be done.
    """
    is_past = bool(known or assessment.frozen)
    cards = cards_for(pokja, assessment, reader, past=is_past)
    judged = judge(pokja, assessment)
    found = {"cards": cards, "judged": judged}
    if not is_past:
        found["deadline"] = _add_present(cards, pokja, year, reader)
    found["todos"] = _todos(cards, pokja, year, reader, assessment, judged)
    trend = trend_rows(pokja, year, assessment, reader, known, ground)
    grounds = grounds_of(judged.rules, assessment.extra, reader.user) if judged else {}
    return found | {
        "trend": trend,
        "trend_break": break_words(breaks_between((row["year"], row["rules"]) for row in trend)),
        "trend_heading": trend_finding(
            [(row["year"], row["met"]) for row in trend], assessment.possible
        ),
        "statuses": [(card.result.status, card.reason) for card in cards],
        "all_criteria": all_criteria(assessment.possible),
        "extras": extras_of(judged, pokja) if judged else [],
        "score_sentence": (
            score_sentence(assessment.by_rubric, judged.rules.weights) if judged else ""
        ),
        "receipt": receipt_for(pokja, judged, cards, grounds) if judged else None,
        "rubric_url": reverse("scoring:rubric", args=[judged.rubric.code]) if judged else "",
        "is_empty": not is_past and not any(card.item for card in cards),
    }


def _add_present(cards, pokja, year, reader):
    """What belongs to today alone: buttons, talk, waits, reuse; gives the deadlines."""
    add_buttons(cards, pokja, year, reader)
    _add_talk(cards, reader)
    add_waits(cards, reader)
    sk = next(card for card in cards if card.criterion == "sk")
    tell_reuse(sk, pokja, year, timezone.localdate(), reader)
    return shown_on_year(pokja, year, cards, reader)


def _todos(cards, pokja, year, reader, assessment, judged) -> list:
    if assessment.effective:
        return upkeep_for(pokja, year, cards, reader, assessment.on)
    needed = [
        extra_todo(code, judged, pokja)
        for code, result in assessment.extra.items()
        if judged and code in judged.rules.required and not result.is_met
    ]
    required = [card for card in cards if not judged or card.criterion in judged.rules.required]
    return todos_for(pokja, year, required, reader) + needed


def _raised(context, pokja, year, chosen) -> dict:
    """ "Naik kelas" and "coba": not of a closed year, nor of a past day."""
    judged = context["judged"]
    if judged is None or context["is_past"]:
        return {"ladder": None}
    place = place_of(pokja, year, context["reader"], context["cards"], context["deadline"].held)
    return {"ladder": ladder_for(judged, place, chosen)}


def _add_examples(context, pokja, year, user) -> None:
    """Regions alike that meet what this Pokja does not, and whether its own items are shared."""
    cards, extras = context["cards"], context["extras"]
    unmet = [code for code, each in context["assessment"].by_rubric.items() if not each.is_met]
    found = examples_for(pokja, unmet, year, user)
    states = share_state([card.shown for card in cards], user)
    for card in cards:
        card.examples = found.get(card.criterion, [])
        card.share = states.get(card.shown.pk) if card.shown else None
    for extra in extras:
        extra.examples = found.get(extra.code, [])


def _add_talk(cards, reader) -> None:
    """How much is talked about on each item; observers have no part in it."""
    if reader.verified_only:
        return
    counts = open_threads_of(card.item.pk for card in cards if card.item)
    for card in cards:
        card.open_threads = counts.get(card.item.pk, 0) if card.item else 0
