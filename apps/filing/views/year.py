from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.core.looks import look_of
from apps.discussion.queries import open_threads_of
from apps.effectiveness.queries import assess_one
from apps.effectiveness.rubrics import rubric_for, rules_for
from apps.filing.cards import cards_for
from apps.filing.deadlines import add_waits, shown_on_year
from apps.filing.decree_card import tell_reuse
from apps.filing.history import events_for
from apps.filing.receipt import receipt_for
from apps.filing.todo import add_buttons, todos_for, upkeep_for
from apps.filing.views.base import (
    check_year,
    newest_year,
    page_context,
    pokja_in_scope,
    years_offered,
)
from apps.filing.words import score_sentence, shown_reason, trend_finding


@require_safe
@login_required
def pokja_newest(request, pk):
    """The Pokja without a year leads to the newest sensible one."""
    pokja = pokja_in_scope(request.user, pk)
    return redirect("filing:pokja_year", pk, newest_year(pokja, timezone.localdate()))


@require_safe
@login_required
def pokja_year(request, pk, year):
    """Is this Pokja effective this year; if not, what exactly is to be done? (design 5.4)"""
    pokja = pokja_in_scope(request.user, pk)
    check_year(year)
    today = timezone.localdate()
    context = page_context(request, pokja, year, years=years_offered(year, today))
    assessment = assess_one(pokja, year, with_index=False)
    context |= {"assessment": assessment, "events": events_for(pokja, year, context["reader"])}
    context["main_events"] = [event for event in context["events"] if event.is_main][:3]
    if assessment is not None:
        context |= _scored(pokja, year, assessment, context["reader"])
    return render(request, "filing/pokja_year.html", context)


def _scored(pokja, year, assessment, reader) -> dict:
    cards = cards_for(pokja, assessment, reader)
    add_buttons(cards, pokja, year, reader)
    _add_talk(cards, reader)
    add_waits(cards, reader)
    sk = next(card for card in cards if card.criterion == "sk")
    tell_reuse(sk, pokja, year, timezone.localdate(), reader)
    rubric, rules = rubric_for(year), rules_for(year)
    if assessment.effective:
        todos = upkeep_for(pokja, year, cards, reader, assessment.on)
    else:
        todos = todos_for(pokja, year, cards, reader)
    trend = _trend(pokja, year, assessment, reader)
    return {
        "cards": cards,
        "deadline": shown_on_year(pokja, year, cards, reader),
        "todos": todos,
        "trend": trend,
        "trend_heading": trend_finding([(row["year"], row["met"]) for row in trend]),
        "statuses": [(card.result.status, card.reason) for card in cards],
        "score_sentence": score_sentence(assessment.results, rules.weights) if rules else "",
        "receipt": receipt_for(pokja, assessment, rubric, rules, cards) if rules else None,
        "is_empty": not any(card.item for card in cards),
    }


def _add_talk(cards, reader) -> None:
    """How much is talked about on each item; observers have no part in it."""
    if reader.verified_only:
        return
    counts = open_threads_of(card.item.pk for card in cards if card.item)
    for card in cards:
        card.open_threads = counts.get(card.item.pk, 0) if card.item else 0


def _trend(pokja, year, assessment, reader) -> list[dict]:
    """Three years of the four criteria; a year in which the Pokja was not scored is left out."""
    found = [
        (earlier, assess_one(pokja, earlier, with_index=False)) for earlier in (year - 2, year - 1)
    ]
    found.append((year, assessment))
    shown = not reader.verified_only
    return [
        {
            "year": each,
            "count": item.met,
            "met": {name for name, result in item.results.items() if result.is_met},
            "looks": [
                look_of(result.status, shown_reason(result, drafts_shown=shown))
                for result in item.statuses
            ],
        }
        for each, item in found
        if item is not None
    ]
