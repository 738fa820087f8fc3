"""What comes before anything else: the limits of a session, an own password for whoever was given
one by somebody else, and the second step for whoever must have one."""

from django.conf import settings
from django.urls import reverse

from apps.accounts import second_factor, sign_ins
from apps.accounts.access import leave_for

STILL_OPEN = {"accounts:password_change", "accounts:logout"}
OPEN_WITHOUT_SECOND_STEP = STILL_OPEN | {"accounts:second_factor_set_up"}


class SignInMiddleware:
    """Ends a session that rested too long, and notes now and then that it is in use.

    Stands right behind the log-in and before practice mode: sessions are of the real person.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if sign_ins.is_signed_in(request):
            sign_ins.keep_time(request)
        return self.get_response(request)


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


class SecondFactorFirstMiddleware:
    """Every page, the administration too, leads whoever must have a second step (a setting names
    the roles) and has none to the page that sets it up; in practice mode as well."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.resolver_match.view_name in OPEN_WITHOUT_SECOND_STEP:
            return None
        if not settings.MFA_REQUIRED_ROLES or not sign_ins.is_signed_in(request):
            return None
        person = getattr(request, "real_user", request.user)
        if person.is_authenticated and second_factor.is_missing(request, person):
            return leave_for(request, reverse("accounts:second_factor_set_up"))
        return None
