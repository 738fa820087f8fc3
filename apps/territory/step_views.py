"""Steps 1 to 4 of a draft."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.regions.models import Region
from apps.territory import drafts, preview, shares, steps
from apps.territory.forms import NewForm, WhatForm
from apps.territory.models import RegionChange
from apps.territory.pages import (
    CRUMB,
    FORM_METHODS,
    Typed,
    crumbs_of,
    national_only,
    open_change,
    seen_revision,
    step_page,
)
from apps.territory.plan import plan_for
from apps.territory.share_form import ShareForm


@require_http_methods(FORM_METHODS)
@national_only
def start(request):
    """Step 1 of a new draft."""
    form = WhatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = drafts.start_change(actor=request.user, **_facts(form))
        return redirect(steps.after(change, steps.WHAT))
    return _what_page(request, form, steps.bar_of_new(), [CRUMB, ("Perubahan baru", "")])


def _facts(form) -> dict:
    return {key: value for key, value in form.cleaned_data.items() if key != "revision"}


def _what_page(request, form, bar, crumbs, change=None):
    regions = Region.objects.with_pokja_level().order_by("code")
    return render(
        request,
        "territory/what.html",
        {"form": form, "steps": bar, "crumbs": crumbs, "change": change, "regions": regions},
    )


@require_http_methods(FORM_METHODS)
@national_only
def what(request, change_pk):
    """Step 1 of a draft."""
    change = open_change(request, change_pk)
    names = ("kind", "region", "target", "in_force_on", "basis", "note", "revision")
    initial = {name: getattr(change, name) for name in names}
    form = WhatForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with Typed(form):
            anew = drafts.change_what(
                change, actor=request.user, revision=seen_revision(form), **_facts(form)
            )
        if anew:
            messages.info(
                request, "Wilayah atau jenisnya berubah; langkah berikutnya dimulai lagi."
            )
        return redirect(steps.after(change, steps.WHAT))
    return _what_page(request, form, steps.bar(change, steps.WHAT), crumbs_of(change), change)


@require_http_methods(FORM_METHODS)
@national_only
def new(request, change_pk):
    """Step 2: the new region, or the new code, name and level."""
    change = _with_step(request, change_pk, steps.NEW)
    initial = {name: getattr(change, name) for name in ("new_code", "new_name", "new_level")}
    form = NewForm(
        request.POST or None, change=change, initial=initial | {"revision": change.revision}
    )
    if request.method == "POST" and form.is_valid():
        with Typed(form):
            drafts.change_new(
                change,
                actor=request.user,
                revision=seen_revision(form),
                **{name: form.cleaned_data[name] for name in initial},
            )
        return redirect(steps.after(change, steps.NEW))
    return step_page(request, "territory/new.html", change, steps.NEW, form=form)


def _with_step(request, pk: int, name: str) -> RegionChange:
    """A draft that has this step (404 else)."""
    change = open_change(request, pk)
    if name not in dict(steps.steps_of(change)):
        get_object_or_404(RegionChange.objects.none())
    return change


@require_http_methods(FORM_METHODS)
@national_only
def share(request, change_pk):
    """Step 3: what goes where."""
    change = _with_step(request, change_pk, steps.SHARE)
    if change.makes_region and not change.new_code:
        messages.info(request, "Isi dulu wilayah barunya.")
        return redirect(steps.address(change, steps.NEW))
    items = list(change.items.all())
    form = ShareForm(
        request.POST or None,
        change=change,
        choices=shares.choices_for(change),
        initial={"revision": change.revision},
    )
    form.fill(items, is_first=not items)
    if request.method == "POST" and form.is_valid():
        drafts.change_share(
            change,
            actor=request.user,
            revision=seen_revision(form),
            regions=form.regions,
            pokja=form.pokja,
            posts=form.posts,
        )
        return redirect(steps.after(change, steps.SHARE))
    return step_page(request, "territory/share.html", change, steps.SHARE, form=form)


@require_safe
@national_only
def show_preview(request, change_pk):
    """Step 4: all that would change."""
    change = open_change(request, change_pk)
    plan = plan_for(change)
    return step_page(
        request,
        "territory/preview.html",
        change,
        steps.PREVIEW,
        preview=preview.preview_of(plan),
        plan=plan,
        next=steps.after(change, steps.PREVIEW),
        today=timezone.localdate(),
    )
