"""``/akun/``: the people of one's regions, inviting them, new codes, ends of posts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts import alerts, delivery, invitations, second_factor, services
from apps.accounts.access import login_required, require_role
from apps.accounts.enums import Channel, Role
from apps.accounts.models import Invitation
from apps.accounts.people import STATES, people_of, rows_of
from apps.accounts.people_forms import NAME_TAKEN, NEW_ACCOUNT, InviteForm, ResetReasonForm
from apps.accounts.queries import visible_users
from apps.accounts.reauth import recently_confirmed
from apps.core.errors import Conflict

PER_PAGE = 25
MANAGERS = (Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)


@require_safe
@login_required
def people(request):
    """Who works here, who never signed in, who can be reached how?"""
    require_role(request.user, *MANAGERS)
    asked = {key: request.GET.get(key, "").strip() for key in ("cari", "keadaan", "peran")}
    found = people_of(request.user, text=asked["cari"], state=asked["keadaan"], role=asked["peran"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "rows": rows_of(page.object_list, request.user),
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "states": STATES.items(),
        "roles": [choice for choice in Role.choices if choice[0] != Role.ADMIN],
    }
    return render(request, "accounts/people.html", context)


def _managed(request, user_pk):
    """The account asked for: 404 out of sight, 403 for roles that manage no accounts."""
    user = get_object_or_404(visible_users(request.user), pk=user_pk)
    require_role(request.user, *MANAGERS)
    return user


@require_safe
@login_required
def person(request, user_pk):
    return _person_page(request, _managed(request, user_pk), ResetReasonForm())


def _person_page(request, user, form):
    (row,) = rows_of(visible_users(request.user).filter(pk=user.pk), request.user)
    is_own = user.pk == request.user.pk
    return render(
        request,
        "accounts/person.html",
        {
            "form": form,
            "row": row,
            "person": user,
            "may_manage": not is_own and services.may_manage(user, actor=request.user),
            "is_own": is_own,
            "endable": _endable(row.now, request.user),
            "has_second_factor": second_factor.is_on(user),
        },
    )


def _endable(posts, actor) -> set[int]:
    return {
        post.pk
        for post in posts
        if not services.assignment_refusal(post.role, post.region, actor=actor, user=post.user)
    }


@login_required
@recently_confirmed
def invite(request):
    """The form; then, where the person may have an account already, which of both it shall be."""
    require_role(request.user, *MANAGERS)
    form = InviteForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        same = invitations.same_people(form.person, actor=request.user)
        chosen = form.cleaned_data["decision"]
        account = next((user for user in same if str(user.pk) == chosen), None)
        if account:
            return _add_to(request, form, account)
        if not same or chosen == NEW_ACCOUNT:
            return _invite_new(request, form, same)
        found = visible_users(request.user).filter(pk__in=[user.pk for user in same])
        rows = rows_of(found.order_by("username"), request.user)
        return render(request, "accounts/invite_same.html", {"form": form, "rows": rows})
    return render(request, "accounts/invite.html", {"form": form})


def _invite_new(request, form, same):
    person, answers = form.person, form.cleaned_data
    if any(user.username.casefold() == person.username for user in same):
        person = invitations.Person(person.full_name, person.office, person.email)
    try:
        issued = invitations.invite(
            person,
            answers["role"],
            answers["region"],
            channel=answers["channel"],
            actor=request.user,
        )
    except invitations.NameTaken:
        form.add_error("username", NAME_TAKEN)
        return render(request, "accounts/invite.html", {"form": form})
    return delivery.hand_out(request, issued)


def _add_to(request, form, account):
    answers = form.cleaned_data
    try:
        issued = invitations.add_to(
            account,
            answers["role"],
            answers["region"],
            channel=_channel_for(account, answers["channel"]),
            actor=request.user,
        )
    except IntegrityError:
        messages.warning(request, f"{account} sudah memegang penugasan itu. Tidak ada yang diubah.")
        return redirect("accounts:person", account.pk)
    if issued:
        return delivery.hand_out(request, issued)
    messages.success(request, f"Penugasan diberikan kepada {account}; kata sandinya tetap.")
    return redirect("accounts:person", account.pk)


def _channel_for(account, wanted: str) -> str:
    return wanted if account.email else Channel.CODE


@require_POST
@login_required
@recently_confirmed
def renew(request, user_pk):
    """A new code or link: for a newcomer, or for a new password. The old one dies."""
    user = _managed(request, user_pk)
    wanted = Channel.MAIL if request.POST.get("cara") == Channel.MAIL else Channel.CODE
    issued = invitations.reissue(user, channel=_channel_for(user, wanted), actor=request.user)
    return delivery.hand_out(request, issued)


@require_POST
@login_required
@recently_confirmed
def withdraw(request, invitation_pk):
    rows = Invitation.objects.select_related("user", "assignment__region", "region")
    invitation = get_object_or_404(
        rows.filter(user__in=visible_users(request.user)), pk=invitation_pk
    )
    require_role(request.user, *MANAGERS)
    if invitations.withdraw(invitation, actor=request.user):
        messages.success(request, f"Undangan {invitation.user} dicabut. Kode atau tautannya mati.")
    else:
        messages.warning(request, "Undangan ini sudah dipakai atau dicabut lebih dahulu.")
    return redirect("accounts:person", invitation.user_id)


@require_POST
@login_required
@recently_confirmed
def end_post(request, user_pk, post_pk):
    user = _managed(request, user_pk)
    posts = user.assignments.for_user(request.user).select_related("region", "user")
    post = get_object_or_404(posts, pk=post_pk)
    was_held = post.ended_on is None
    services.end_assignment(post, actor=request.user)
    if was_held:
        messages.success(request, f"Penugasan {post} diakhiri. Namanya tetap pada catatan lama.")
    else:
        messages.warning(request, f"Penugasan {post} sudah berakhir lebih dahulu.")
    return redirect("accounts:person", user_pk)


@require_POST
@login_required
@recently_confirmed
def deactivate(request, user_pk):
    user = _managed(request, user_pk)
    if user.pk == request.user.pk:
        raise Conflict("Akun sendiri tidak dapat dinonaktifkan.", url=request.path)
    if services.deactivate(user, actor=request.user):
        messages.success(request, f"Akun {user} dinonaktifkan. Catatan lama tetap memuat namanya.")
    else:
        messages.warning(
            request, "Akun tidak dinonaktifkan: masih memegang penugasan, atau sudah tidak aktif."
        )
    return redirect("accounts:person", user_pk)


@require_POST
@login_required
@recently_confirmed
def reset_second_factor(request, user_pk):
    """For somebody who lost phone and recovery codes: with a reason, and told to that person."""
    user, form = _managed(request, user_pk), ResetReasonForm(request.POST)
    if user.pk == request.user.pk or not services.may_manage(user, actor=request.user):
        raise PermissionDenied(invitations.NOT_YOURS)
    if not form.is_valid() and second_factor.is_on(user):
        return _person_page(request, user, form)
    reason, region = form.cleaned_data.get("alasan", ""), services.region_of(user)
    if reason and second_factor.turn_off(
        user,
        actor=request.user,
        reason=reason,
        role=services.acting_role(request.user, region),
        region=region,
    ):
        alerts.second_factor_changed(user, "dilepas", actor=request.user, reason=reason)
        messages.success(
            request, f"Verifikasi dua langkah {user} dilepas. Semua masuknya berakhir."
        )
    else:
        messages.warning(request, "Akun ini tidak memakai verifikasi dua langkah.")
    return redirect("accounts:person", user_pk)


@require_safe
@login_required
def code(request, invitation_pk):
    """The printed sheet: the code is there once, for whoever made it, and then never again."""
    invitation = _own_invitation(request, invitation_pk)
    secret = delivery.take_secret(request, invitation)
    context = {"invitation": invitation, "code": secret, "address": delivery.address_of(request)}
    response = render(request, "accounts/code.html", context)
    delivery.forget_secret(response, invitation)
    return response


@require_POST
@login_required
def code_pdf(request, invitation_pk):
    """The same sheet as PDF; the page sends the code along, since nothing here keeps it."""
    invitation = _own_invitation(request, invitation_pk)
    secret = request.POST.get("kode", "")
    if invitations.hash_of(secret, Channel.CODE) != invitation.secret_hash:
        raise Conflict("Kode ini bukan kode undangan tersebut. Buat kode baru.")
    content = delivery.sheet_pdf(invitation, secret, delivery.address_of(request))
    name = f"kode-{invitation.user.username}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _own_invitation(request, invitation_pk) -> Invitation:
    rows = Invitation.objects.select_related("user", "region", "assignment__region", "created_by")
    return get_object_or_404(rows, pk=invitation_pk, created_by=request.user, channel=Channel.CODE)
