"""What somebody was told, and how they want to be told: one's own, whatever the role."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import login_required
from apps.audit.services import record
from apps.notices import services
from apps.notices.enums import Group, MailState
from apps.notices.forms import PreferenceForm
from apps.notices.models import Mail, Notice, Preference
from apps.notices.queries import grouped, zone_of

PER_PAGE = 30


@require_safe
@login_required
def notices(request):
    """The list, the newest first."""
    rows = Notice.objects.of(request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    zone = zone_of(request.user)
    return render(
        request,
        "notices/list.html",
        {"page": page, "groups": grouped(list(page.object_list), zone), "zone": zone},
    )


@require_safe
@login_required
def follow(request, notice_pk):
    """To the page a notice leads to; from then on it counts as read."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=notice_pk)
    if request.method == "GET":
        services.mark_read(notice)
    return redirect(notice.url or "notices:list")


@require_POST
@login_required
def read_all(request):
    if count := services.mark_all_read(request.user):
        messages.success(request, f"{count} pemberitahuan ditandai sudah dibaca.")
    return redirect("notices:list")


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request):
    """By mail at once, once a day, or not at all."""
    held = Preference.objects.filter(user=request.user).first()
    before = {name: getattr(held or Preference(), name) for name in Group.values}
    form = PreferenceForm(request.POST or None, instance=held or Preference(user=request.user))
    if form.is_valid():
        with transaction.atomic():
            chosen, _ = Preference.objects.update_or_create(
                user=request.user, defaults=form.cleaned_data
            )
            record(
                "Mengubah pilihan surel",
                chosen,
                actor=request.user,
                before=before,
                after=form.cleaned_data,
            )
        messages.success(request, "Pilihan surel tersimpan.")
        return redirect("notices:preferences")
    failed = Mail.objects.filter(user=request.user).exclude(state=MailState.WAITING).first()
    return render(
        request,
        "notices/preferences.html",
        {"form": form, "failed": failed and failed.state == MailState.FAILED},
    )
