"""Signing in and out, passwords, profile, and where everybody's work begins."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts import forms, second_factor, services, sign_ins
from apps.accounts.access import login_required
from apps.accounts.entering import enter, safe_target
from apps.accounts.enums import Role
from apps.accounts.queries import current_assignments


class SignInView(auth_views.LoginView):
    """``/masuk/``; the session key changes on success, ``next`` stays on this host."""

    form_class = forms.LoginForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form):
        return enter(self.request, form.get_user(), self.get_redirect_url())


class LandingView(SignInView):
    """``/``: what this is, and the same form; it posts to ``/masuk/``."""

    template_name = "accounts/landing.html"
    http_method_names = ["get", "head", "options"]
    extra_context = {
        "all_met": ["terpenuhi"] * 4,
        "three_met": ["terpenuhi"] * 3 + ["belum_mengisi"],
    }


class SignOutView(auth_views.LogoutView):
    """POST signs out. GET asks first, for those who type the address."""

    http_method_names = ["get", "post", "options"]

    def get(self, request):
        return render(request, "accounts/logout.html")

    def post(self, request, *args, **kwargs):
        if sign_ins.is_signed_in(request):
            sign_ins.end_own(request)
        return super().post(request, *args, **kwargs)


def role_home(user) -> str:
    """The page where somebody's work begins (design 3); the profile for people without a post."""
    scope, year = user.scope, timezone.localdate().year
    if scope.has_role(Role.OPERATOR):
        return reverse("inbox:tasks")
    if scope.has_role(Role.VERIFIER, Role.COORDINATOR):
        return "/verifikasi/"
    if scope.has_role(Role.NATIONAL, Role.ADMIN):
        return f"/dasbor/nasional/{year}/"
    if scope.main_post:
        return f"/dasbor/{scope.main_post.region_code}/{year}/"
    return reverse("accounts:profile")


@require_safe
@login_required
def home(request):
    return redirect(role_home(request.user))


@require_safe
@login_required
def profile(request):
    """Who am I to this portal, and what may I therefore do?"""
    context = {
        "assignments": current_assignments(request.user),
        "has_second_factor": second_factor.is_on(request.user),
    }
    return render(request, "accounts/profile.html", context)


class PasswordChangeView(auth_views.PasswordChangeView):
    """``/sandi/ganti/``; also where people land who were given their password by others."""

    form_class = forms.PasswordChangeForm
    template_name = "accounts/password_change.html"

    def dispatch(self, request, *args, **kwargs):
        return login_required(super().dispatch)(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        sign_ins.follow(self.request)  # the session's key was changed
        services.note_password_changed(form.user, request=self.request)
        messages.success(self.request, "Kata sandi diganti.")
        return response

    def get_success_url(self):
        target = safe_target(self.request, self.request.POST.get("next", ""))
        return target or reverse("accounts:profile")

    def get_context_data(self, **kwargs):
        after = self.request.POST.get("next") or self.request.GET.get("next", "")
        return super().get_context_data(next=after, **kwargs)


class PasswordResetView(auth_views.PasswordResetView):
    form_class = forms.PasswordResetForm
    template_name = "accounts/password_reset.html"
    email_template_name = "accounts/mail/password_reset.txt"
    subject_template_name = "accounts/mail/password_reset_subject.txt"
    success_url = reverse_lazy("accounts:password_reset_sent")

    def form_valid(self, form):
        """The mail leaves after the answer: how long that takes tells nothing of the account."""
        response = redirect(self.success_url)
        if form.may_send(self.request):
            response._resource_closers.append(
                lambda: super(PasswordResetView, self).form_valid(form)
            )
        return response


class PasswordResetSentView(auth_views.PasswordResetDoneView):
    template_name = "accounts/password_reset_sent.html"


class PasswordResetSetView(auth_views.PasswordResetConfirmView):
    form_class = forms.NewPasswordForm
    template_name = "accounts/password_reset_set.html"
    success_url = reverse_lazy("accounts:password_reset_done")

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        services.note_password_changed(form.user)
        return response


class PasswordResetDoneView(auth_views.PasswordResetCompleteView):
    template_name = "accounts/password_reset_done.html"


@require_safe
def admin_login(request):
    """The administration has no sign-in of its own: one form, one throttle."""
    target = request.GET.get("next", reverse("admin:index"))
    if not request.user.is_authenticated:
        return redirect_to_login(target, reverse("accounts:login"))
    if not request.user.is_staff:
        raise PermissionDenied("Administrasi tidak tersedia untuk akun Anda.")
    return redirect("admin:index")
