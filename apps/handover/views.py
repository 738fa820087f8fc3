"""``/serah-terima/``: posts to hand over, the form, and the pack for the successor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from apps.accounts import delivery
from apps.accounts.access import fetch, login_required, require_role
from apps.accounts.enums import Role
from apps.accounts.invitations import NameTaken
from apps.accounts.models import Assignment
from apps.accounts.people_forms import NAME_TAKEN
from apps.accounts.reauth import recently_confirmed
from apps.core.typeset import pdf
from apps.handover import pack, rules, services
from apps.handover.forms import HandOverForm
from apps.handover.models import Handover

PER_PAGE = 25
LAST = 10
PATHS = ("post__user", "post__region", "successor__user", "successor__region", "by")


@require_safe
@login_required
def posts(request):
    """Which posts can be handed over, and which were lately?"""
    require_role(request.user, Role.OPERATOR, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)
    text = request.GET.get("cari", "").strip()[:100]
    rows = rules.posts_to_give(request.user)
    if text:
        rows = rows.filter(Q(user__full_name__icontains=text) | Q(region__name__icontains=text))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    handed = Handover.objects.for_user(request.user).select_related(*PATHS)[:LAST]
    return render(request, "handover/list.html", {"page": page, "asked": text, "handed": handed})


def _post(request, post_pk) -> Assignment:
    """The post asked for; 404 outside of one's regions. 2 queries."""
    rows = Assignment.objects.select_related(
        "user", "region__province", "handover__successor__user", "handover__by"
    )
    return fetch(rows, request.user, pk=post_pk)


@login_required
@recently_confirmed
def give(request, post_pk):
    """Hand one post over; of one that has passed on, to whom and when."""
    post = _post(request, post_pk)
    if getattr(post, "handover", None) or not rules.holds(post):
        return _passed(request, post)
    if reason := rules.refusal(post, request.user):
        raise PermissionDenied(reason)
    form = HandOverForm(
        request.POST or None,
        actor=request.user,
        candidates=rules.candidates(post, request.user),
    )
    if request.method == "POST" and form.is_valid():
        return _hand_over(request, post, form)
    return render(request, "handover/give.html", {"post": post, "form": form})


def _passed(request, post):
    if not rules.may_read_pack(post, request.user):
        raise PermissionDenied(rules.OWN_ONLY)
    if request.method == "POST":
        raise services.AlreadyHanded(services.TWICE, url=request.path)
    return render(request, "handover/passed.html", {"post": post})


def _hand_over(request, post, form):
    to = form.cleaned_data.get("successor") or form.person
    try:
        handover, issued = services.hand_over(
            post,
            to,
            form.terms,
            actor=request.user,
            channel=form.cleaned_data.get("channel") or "code",
        )
    except NameTaken:
        form.add_error("username", NAME_TAKEN)
        return render(request, "handover/give.html", {"post": post, "form": form})
    moved = f" {handover.follow_ups} tindak lanjut ikut pindah." if handover.follow_ups else ""
    messages.success(request, f"{post} diserahkan kepada {handover.successor.user}.{moved}")
    is_own = post.user_id == request.user.pk  # who gave their own post away may see no list now
    after = "accounts:home" if is_own else "handover:list"
    return delivery.hand_out(request, issued, after=after) if issued else redirect(after)


@require_safe
@login_required
def pack_pdf(request, post_pk):
    """Everything the successor must know, on paper."""
    post = _post(request, post_pk)
    if not rules.may_read_pack(post, request.user):
        raise PermissionDenied("Paket ini untuk pemegang jabatan, penggantinya, dan koordinator.")
    today = timezone.localdate()
    content = pdf("handover/pack.typ", pack.pack_of(post, today, made_by=request.user))
    name = f"serah-terima-{slugify(str(post))}-{today.isoformat()}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(False, name),
            "Cache-Control": "private, no-store",
        },
    )
