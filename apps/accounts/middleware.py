"""Whoever was given a password by somebody else chooses an own one before anything else."""

from django.urls import reverse

from apps.accounts.access import leave_for

STILL_OPEN = {"accounts:password_change", "accounts:logout"}


class PasswordChangeFirstMiddleware:
    """Every page, the administration too: a check in one log-in view could be walked around."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.resolver_match.view_name in STILL_OPEN:
            return None
        if getattr(request.user, "must_change_password", False):
            return leave_for(request, reverse("accounts:password_change"))
        return None
