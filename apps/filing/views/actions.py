"""Buttons of the officer: each is one address that takes POST alone, and works without script."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import fetch, login_required
from apps.core.errors import Conflict
from apps.core.formats import format_time
from apps.deadlines.services import PeriodClosed
from apps.evidence.kinds import BY_STEP
from apps.evidence.services import GapsRemain, declare_nil, open_version, withdraw
from apps.filing.deadlines import keeps_withdrawal
from apps.filing.forms import NilForm
from apps.filing.items import evidence_of
from apps.filing.views.base import page_context, writable, year_crumbs
from apps.indicators.services import copy_from_last_year as copy_indicators
from apps.verification.enums import Kind
from apps.verification.models import Evidence
from apps.verification.services import StepConflict, StepRefused
from apps.work_plans.services import copy_from_last_year as copy_plan

COPIES = {"rencana-kerja": copy_plan, "indikator": copy_indicators}


def item_of(request, pokja, year: int, pk: int) -> Evidence:
    """A piece of evidence of this Pokja and year, in scope, or 404."""
    return fetch(evidence_of(pokja, year), request.user, pk=pk)


def revision_of(request) -> int:
    """The revision the person saw; one that is missing or no number matches nothing."""
    posted = request.POST.get("revision", "")
    return int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 10 else 0


def stale(conflict: StepConflict, url: str = "", typed=()) -> Conflict:
    """The 409 page: who was faster, and when."""
    return Conflict(conflict_sentence(conflict), url=url, typed=typed)


def conflict_sentence(conflict: StepConflict) -> str:
    """ "Isian ini sudah diubah oleh Andi pada pukul 10.12 WITA. Muat ulang …"."""
    last = conflict.last
    if last is None:
        return str(conflict)
    who = last.actor or "sistem"
    zone = conflict.evidence.region.timezone_label
    return (
        f"Isian ini sudah diubah oleh {who} pada {format_time(last.at, zone)}. "
        "Muat ulang agar perubahan tidak hilang; tidak ada yang ditimpa."
    )


@require_POST
@login_required
def withdraw_item(request, pk, year, item_pk):
    """Take back what was sent, as long as no verifier has opened it."""
    pokja = writable(request, pk, year)
    item = item_of(request, pokja, year, item_pk)
    if stuck := keeps_withdrawal(item, year):
        messages.warning(request, stuck)
        return redirect("filing:pokja_year", pk, year)
    try:
        withdraw(item, actor=request.user, revision=revision_of(request))
    except StepConflict as conflict:
        raise stale(conflict, _year_url(pk, year)) from conflict
    except StepRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "Ditarik kembali. Isian dapat diubah lagi.")
    return redirect("filing:pokja_year", pk, year)


@require_POST
@login_required
def new_version(request, pk, year, item_pk):
    """Open a draft beside a verified version, which keeps counting meanwhile."""
    pokja = writable(request, pk, year)
    item = item_of(request, pokja, year, item_pk)
    if item.kind == Kind.NIL or item.status not in ("verified", "cancelled"):
        raise Conflict(url=_year_url(pk, year))
    draft = open_version(item, actor=request.user)
    if not draft.is_editable:  # somebody sent the next version, or took the decision back
        raise Conflict(url=_year_url(pk, year))
    step = next(slug for slug, adapter in BY_STEP.items() if adapter.kind == item.kind)
    kept = " Versi yang terverifikasi tetap dihitung sampai versi baru disetujui."
    messages.success(request, f"Versi baru dibuka.{kept if item.status == 'verified' else ''}")
    return redirect(f"{step_url_of(pokja, year, step)}?bukti={draft.pk}")


@require_POST
@login_required
def copy_step(request, pk, year, step):
    """Begin the plan or the indicators from those of the year before."""
    pokja = writable(request, pk, year)
    if step not in COPIES:
        raise Http404("Langkah ini tidak dapat disalin")
    _copy(request, pokja, year, [step])
    return redirect("filing:step", pk, year, step)


@require_POST
@login_required
def copy_all(request, pk, year):
    """Plan and indicators of the year before as drafts; never the SK, budget or achievements."""
    pokja = writable(request, pk, year)
    _copy(request, pokja, year, list(COPIES))
    return redirect("filing:pokja_year", pk, year)


def _copy(request, pokja, year, steps) -> None:
    copied = []
    for step in steps:
        try:
            found = COPIES[step](pokja, year, request.user)
        except StepConflict as conflict:
            raise stale(conflict, _year_url(pokja.pk, year)) from conflict
        if found is not None:
            copied.append(BY_STEP[step].label.lower())
    if copied:
        messages.success(
            request,
            f"Tersalin dari tahun {year - 1} sebagai draf: "
            f"{' dan '.join(copied)}. Periksa isinya sebelum dikirim.",
        )
    else:
        messages.warning(request, f"Tidak ada isian tahun {year - 1} yang dapat disalin.")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def nil(request, pk, year, step):
    """Declare with a reason that there is nothing: not the same as not having filled in."""
    pokja = writable(request, pk, year)
    if step not in BY_STEP:
        raise Http404("Langkah tidak dikenal")
    adapter = BY_STEP[step]
    form = NilForm(request.POST or None, initial={"reason": _returned_reason(pokja, year, adapter)})
    if request.method == "POST" and form.is_valid():
        try:
            declare_nil(
                pokja, year, adapter.criterion, form.cleaned_data["reason"], actor=request.user
            )
        except GapsRemain as gaps:
            form.add_error("reason", gaps.gaps[0].message)
        except PeriodClosed as closed:
            form.add_error(None, str(closed))
        except StepConflict as conflict:
            raise stale(
                conflict, _year_url(pk, year), typed=[("Alasan", form.cleaned_data["reason"])]
            ) from conflict
        except StepRefused as refused:
            raise PermissionDenied(str(refused)) from refused
        else:
            messages.success(request, "Pernyataan tidak ada terkirim untuk diverifikasi.")
            return redirect("filing:pokja_year", pk, year)
    crumbs = year_crumbs(pokja, year, "Tidak ada")
    return render(
        request,
        "filing/nil.html",
        page_context(request, pokja, year, form=form, adapter=adapter, crumbs=crumbs, step=step),
    )


def _returned_reason(pokja, year, adapter) -> str:
    """What was declared before, where a declaration was returned or withdrawn."""
    held = pokja.nil_declarations.filter(
        year=year, criterion=adapter.criterion, evidence__status__in=("draft", "returned")
    ).first()
    return held.reason if held else ""


def _year_url(pk, year) -> str:
    return f"/pokja/{pk}/{year}/"


def step_url_of(pokja, year, step) -> str:
    return f"{_year_url(pokja.pk, year)}isi/{step}/"
