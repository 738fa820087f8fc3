"""``/profil/masuk/``: where is my account in use, and how do I end that?"""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts import sign_ins
from apps.accounts.access import login_required
from apps.accounts.enums import Ending
from apps.accounts.reauth import recently_confirmed


@require_safe
@login_required
def running(request):
    """The log-ins that are open now; one's own first is marked."""
    context = {
        "rows": sign_ins.running_of(request.user),
        "own": sign_ins.own_row(request),
        "idle": settings.SESSION_IDLE_SECONDS // 60,
        "crumbs": [("Profil", reverse("accounts:profile")), ("Masuk aktif", "")],
    }
    return render(request, "accounts/sign_ins.html", context)


@require_POST
@login_required
@recently_confirmed
def end(request, sign_in_pk):
    row = get_object_or_404(request.user.sign_ins, pk=sign_in_pk)
    if row.pk == sign_ins.own_row(request):
        return redirect("accounts:logout")
    if sign_ins.end_one(request.user, row.pk):
        messages.success(request, f"Masuk dari {row.device} diakhiri.")
    else:
        messages.warning(request, "Masuk itu sudah berakhir lebih dahulu.")
    return redirect("accounts:sign_ins")


@require_POST
@login_required
@recently_confirmed
def end_others(request):
    ended = sign_ins.end_all(request.user, Ending.BY_OWNER, but_of=request)
    if ended:
        messages.success(request, f"{ended} masuk lain diakhiri.")
    else:
        messages.warning(request, "Tidak ada masuk lain yang perlu diakhiri.")
    return redirect("accounts:sign_ins")
