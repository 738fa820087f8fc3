"""The last page before sending, the sending, and the confirmation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import login_required
from apps.accounts.queries import judges_of
from apps.core.errors import Conflict
from apps.deadlines.queries import late_marks_of, target_days
from apps.deadlines.services import PeriodClosed
from apps.effectiveness.queries import assess_one
from apps.effectiveness.rubrics import rules_for
from apps.evidence.kinds import BY_CRITERION, adapter_for
from apps.evidence.services import GapsRemain, submit
from apps.filing.cards import cards_for, reader_of
from apps.filing.deadlines import close_sections
from apps.filing.forms import SendForm
from apps.filing.items import evidence_of
from apps.filing.requirements import step_bar
from apps.filing.review import left_behind, look_for_mistakes, outlook_for, sections_for
from apps.filing.views.actions import conflict_sentence
from apps.filing.views.base import not_scored, page_context, writable, year_crumbs
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence, History
from apps.verification.services import StepConflict, StepRefused


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review(request, pk, year):
    """Everything filled in, what is missing, and one button that sends what is ready."""
    pokja = writable(request, pk, year)
    assessment = assess_one(pokja, year, with_index=False)
    if assessment is None:
        return not_scored(request, pokja, year)
    cards = cards_for(pokja, assessment, reader_of(request.user, pokja.region))
    sections = sections_for(pokja, year, cards)
    shown = close_sections(pokja, year, sections, asking=request.method != "POST")
    ready = [section for section in sections if section.ready]
    look_for_mistakes(ready, pokja.region)
    form = SendForm(request.POST or None, sections=ready)
    if form.is_bound and form.has_vanished():
        raise Conflict("Isian ini sudah berubah sejak halaman dibuka.", "Tidak ada yang terkirim.")
    if request.method == "POST" and form.is_valid():
        try:
            sent = send(form.chosen(), year=year, actor=request.user)
        except GapsRemain as error:
            messages.warning(request, f"Tidak ada yang terkirim. {error.gaps[0].message}.")
            return redirect("filing:review", pk, year)
        except PeriodClosed as closed:
            messages.warning(request, f"Tidak ada yang terkirim. {closed}")
            return redirect("filing:review", pk, year)
        query = "&".join(f"bukti={item.pk}" for item in sent)
        return redirect(f"{reverse('filing:sent', args=[pk, year])}?{query}")
    return _page(request, pokja, year, assessment, cards, sections, form, shown)


def send(chosen: list[tuple[Evidence, int, str]], *, year: int, actor) -> list[Evidence]:
    """Submit all or none; each with the revision that the person saw on the page."""
    try:
        with transaction.atomic():
            for item, revision, note in chosen:
                submit(item, actor=actor, revision=revision, year=year, note=note)
    except StepConflict as conflict:
        raise Conflict(conflict_sentence(conflict), "Tidak ada yang terkirim.") from conflict
    except StepRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    return [item for item, *_ in chosen]


def _page(request, pokja, year, assessment, cards, sections, form, shown):
    rules = rules_for(year)
    outlook = outlook_for(pokja, assessment, sections, rules.required) if rules else None
    for section in sections:
        section.tick, section.revision = form.parts_of(section)
        section.looked_tick = form.looked_of(section)
    crumbs = year_crumbs(pokja, year, "Periksa dan kirim")
    return render(
        request,
        "filing/review.html",
        page_context(
            request,
            pokja,
            year,
            crumbs=crumbs,
            sections=sections,
            form=form,
            anything_ready=any(section.ready for section in sections),
            left_behind=left_behind(sections),
            deadline=shown,
            steps=step_bar(pokja, year, cards, "periksa"),
            outlook=outlook,
        ),
    )


@require_safe
@login_required
def sent(request, pk, year):
    """Did it arrive; what next? (design 5.7) A link without sent items leads back to the year."""
    pokja = writable(request, pk, year)
    wanted = [
        value
        for value in request.GET.getlist("bukti")
        if value.isascii() and value.isdecimal() and len(value) < 19
    ]
    items = list(
        evidence_of(pokja, year)
        .for_user(request.user)
        .filter(pk__in=wanted[:8], status=Status.SUBMITTED)
        .order_by("pk")
    )
    if not items:
        return redirect("filing:pokja_year", pk, year)
    receipts = {
        row.evidence_id: row.pk
        for row in History.objects.filter(evidence__in=items, action=Action.SUBMIT).order_by("pk")
    }
    late = late_marks_of(items)
    rows = [
        {
            "label": BY_CRITERION[adapter_for(item).criterion].label,
            "at": item.submitted_at,
            "number": f"TT-{year}-{receipts[item.pk]:05d}",
            "late": late.get(item.pk),
        }
        for item in items
    ]
    crumbs = year_crumbs(pokja, year, "Terkirim")
    return render(
        request,
        "filing/sent.html",
        page_context(
            request,
            pokja,
            year,
            crumbs=crumbs,
            rows=rows,
            at=max(item.submitted_at for item in items),
            judges=judges_of(pokja.region),
            by_province=not pokja.region.is_province,
            target=target_days(pokja.region),
        ),
    )
