"""Where a newcomer opens the own account: by the link of a mail, or by a printed code."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from apps.accounts import invitations
from apps.accounts.entering import enter
from apps.accounts.enums import InvitationState, Purpose
from apps.accounts.forms import NewPasswordForm
from apps.accounts.people_forms import ActivationForm


@sensitive_post_parameters()
def by_link(request, token):
    """``/undangan/<token>/``: who is invited to what, and the own password."""
    invitation = invitations.by_token(token)
    if invitation is None:
        return render(request, "accounts/invitation_unknown.html", status=404)
    if not _usable(invitation):
        return _closed(request, invitation)
    form = NewPasswordForm(invitation.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _accept(request, invitation, form)
    return render(request, "accounts/invitation.html", {"form": form, "invitation": invitation})


@sensitive_post_parameters()
def by_code(request):
    """``/aktivasi/``: user name, code and the own password on one page."""
    form = ActivationForm(request, request.POST or None)
    is_valid = request.method == "POST" and form.is_valid()
    if form.is_bound and form.invitation and not _usable(form.invitation):
        return _closed(request, form.invitation)
    if is_valid:
        return _accept(request, form.invitation, form)
    return render(request, "accounts/activation.html", {"form": form})


def _usable(invitation) -> bool:
    """Open, and not for a new password of an account that was switched off meanwhile."""
    is_off = invitation.purpose == Purpose.PASSWORD and not invitation.user.is_active
    return invitation.state(timezone.now()) == InvitationState.OPEN and not is_off


def _accept(request, invitation, form):
    try:
        user = invitations.accept(invitation, form.cleaned_data["new_password1"])
    except invitations.Closed as late:
        return _closed(request, late.invitation)
    response = enter(request, user)
    messages.success(request, "Kata sandi tersimpan.")
    return response


def _closed(request, invitation):
    """What became of it, and whom to ask; nothing else of the account."""
    return render(
        request,
        "accounts/invitation_closed.html",
        {"invitation": invitation, "state": invitation.state(timezone.now())},
        status=410,
    )
