"""``/wilayah/perubahan/``: for the national office and administrators alone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.reauth import recently_confirmed
from apps.core.errors import Conflict
from apps.core.formats import format_date
from apps.regions.models import Region
from apps.territory import applying, drafts, reversal, steps
from apps.territory.enums import ChangeStatus
from apps.territory.forms import ConfirmForm
from apps.territory.models import RegionChange
from apps.territory.pages import (
    FORM_METHODS,
    WITH,
    crumbs_of,
    found_change,
    national_only,
    open_change,
    seen_revision,
    step_page,
)
from apps.territory.plan import plan_for

PER_PAGE = 25


@require_safe
@national_only
def changes(request):
    """Drafts first, then what was decided, the latest first."""
    rows = RegionChange.objects.select_related("region", "target", "edited_by", "decided_by")
    under_way = list(rows.filter(decided_at=None))
    decided = Paginator(rows.filter(decided_at__isnull=False), PER_PAGE)
    return render(
        request,
        "territory/list.html",
        {
            "under_way": under_way,
            "page": decided.get_page(request.GET.get("halaman")),
            "today": timezone.localdate(),
        },
    )


@require_http_methods(FORM_METHODS)
@national_only
@recently_confirmed
def confirm(request, change_pk):
    """Step 5: confirm it, or mark it ready for its day."""
    change = open_change(request, change_pk)
    plan, today = plan_for(change), timezone.localdate()
    waits = change.in_force_on > today
    form = ConfirmForm(
        request.POST or None, initial={"revision": change.revision, "seen": plan.key}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _confirmed(request, change, form, waits=waits)
        except applying.ChangeRefused as refused:
            form.add_error(None, str(refused))
            plan = plan_for(found_change(change_pk))
    return step_page(
        request,
        "territory/confirm.html",
        change,
        steps.CONFIRM,
        form=form,
        plan=plan,
        waits=waits,
    )


def _confirmed(request, change, form, *, waits: bool):
    """Write it and go on to the record of it."""
    act = applying.mark_ready if waits else applying.confirm
    try:
        act(
            change, actor=request.user, revision=seen_revision(form), seen=form.cleaned_data["seen"]
        )
    except Conflict as conflict:
        conflict.url = steps.address(change, steps.PREVIEW)
        raise
    if waits:
        day = format_date(change.in_force_on)
        messages.success(request, f"Siap, berlaku mulai {day}. Sahkan pada hari itu.")
    else:
        messages.success(request, f"{change} disahkan dan sudah berlaku.")
    return redirect("territory:change", change.pk)


@require_safe
@national_only
def change(request, change_pk):
    """What was decided; a draft leads to its preview."""
    found = get_object_or_404(
        RegionChange.objects.select_related(*WITH, "created_by", "decided_by", "reverses"),
        pk=change_pk,
    )
    if found.status == ChangeStatus.DRAFT:
        return redirect("territory:preview", found.pk)
    return render(
        request,
        "territory/change.html",
        {
            "change": found,
            "crumbs": crumbs_of(found),
            "today": timezone.localdate(),
            "done": _done_rows(found),
        },
    )


def _done_rows(change: RegionChange) -> list[tuple[str, str, str]]:
    """(name now, code before, code now) of the regions that moved."""
    old = dict(change.result.get("regions", []))
    rows = Region.objects.filter(pk__in=old).order_by("code")
    return [(str(region), old[region.pk], region.code) for region in rows]


@require_POST
@national_only
def drop(request, change_pk):
    """Nothing comes of a draft."""
    change = open_change(request, change_pk)
    drafts.drop_change(change, actor=request.user, revision=_posted_revision(request))
    messages.success(request, "Draf dibatalkan. Tidak ada wilayah yang berubah.")
    return redirect("territory:list")


def _posted_revision(request) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_POST
@national_only
def reverse_change(request, change_pk):
    """Draft the change that would bring a confirmed one back."""
    found = found_change(change_pk)
    if found.status != ChangeStatus.CONFIRMED:
        raise Conflict(
            "Hanya perubahan yang sudah disahkan yang dapat dibalik.", url="/wilayah/perubahan/"
        )
    try:
        draft = reversal.draft_reversal(found, actor=request.user)
    except reversal.CannotReverse as refused:
        messages.warning(request, str(refused))
        return redirect("territory:change", found.pk)
    messages.success(request, "Draf kebalikannya dibuat. Isi dasar hukum dan tanggalnya.")
    return redirect("territory:what", draft.pk)
