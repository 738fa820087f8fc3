"""The second step of a log-in, and setting it up: ``/masuk/kode/`` and ``/profil/dua-langkah/``."""

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts import alerts, devices, second_factor, throttle
from apps.accounts.access import login_required
from apps.accounts.entering import enter_waiting, safe_target, waiting_of
from apps.accounts.forms import LOCKED_CODE
from apps.accounts.reauth import WRONG_CODE, recently_confirmed
from apps.core.cookies import forget_cookie
from apps.core.forms import BaseForm

FORM = ("GET", "HEAD", "POST")
COOKIE = "kode_pemulihan"  # on their way to the page that shows them once
SHOWN_FOR = 600  # seconds
STALE = "Waktu memasang habis. Pindai kode gambar yang baru di bawah ini."
LOST_KEY = "Pemasangan lama tidak dapat dibaca lagi. Minta dilepas, lalu pasang kembali."
TWICE = "Verifikasi dua langkah sudah dipasang lewat halaman lain."


class CodeForm(BaseForm, forms.Form):
    """The code of the phone, or a recovery code."""

    code = forms.CharField(
        label="Kode",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "class": "w-20"}
        ),
    )


class SecondStepForm(CodeForm):
    def __init__(self, request, user, *args, **kwargs):
        self.request, self.user = request, user
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Enam angka dari aplikasi, atau satu kode pemulihan."

    def clean_code(self):
        name = throttle.SECOND_STEP_PREFIX + self.user.username
        address = throttle.client_address(self.request)
        device = devices.known(self.request, self.user)
        if not throttle.admit(name, address, device):
            raise ValidationError(LOCKED_CODE, code="locked")
        if not second_factor.is_right(self.user, self.cleaned_data["code"]):
            raise ValidationError(WRONG_CODE, code="wrong")
        throttle.forget(name, address, device)
        return self.cleaned_data["code"]


class SetUpForm(CodeForm):
    """The first code of a phone; the secret it was made from comes along, sealed."""

    otp_secret = forms.CharField(max_length=400, widget=forms.HiddenInput)


@require_http_methods(FORM)
@sensitive_post_parameters("code")
def second_step(request):
    """``/masuk/kode/``: whose password was right gives the code; nobody is signed in before."""
    if request.user.is_authenticated:
        return redirect("accounts:home")
    waiting = waiting_of(request)
    if waiting is None:
        messages.warning(request, "Waktu untuk menulis kode habis. Masuk sekali lagi.")
        return redirect("accounts:login")
    form = SecondStepForm(request, waiting.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return enter_waiting(request, waiting)
    return render(request, "accounts/second_step.html", {"form": form})


@require_safe
@login_required
def show(request):
    """Is it set up, since when, how many recovery codes are left?"""
    user = request.user
    context = {
        "factor": second_factor.is_on(user) and user.second_factor,
        "codes_left": second_factor.codes_left(user),
        "is_required": second_factor.is_required(user),
        "crumbs": [("Profil", reverse("accounts:profile")), ("Verifikasi dua langkah", "")],
    }
    return render(request, "accounts/second_factor.html", context)


@require_http_methods(FORM)
@sensitive_post_parameters("code", "otp_secret")
@login_required
@recently_confirmed
def set_up(request):
    """Scan, write the first code; then the recovery codes are shown."""
    user = request.user
    if second_factor.is_on(user):
        messages.warning(request, TWICE)
        return redirect("accounts:second_factor")
    form = SetUpForm(request.POST or None)
    secret = second_factor.unsealed(user, form["otp_secret"].value() or "")
    if request.method == "POST" and form.is_valid():
        if secret is None:
            form.add_error(None, STALE)
        elif response := _turned_on(request, form, secret):
            return response
    return _set_up_page(request, form, secret or second_factor.new_secret())


def _turned_on(request, form, secret):
    try:
        fresh = second_factor.turn_on(
            request.user, secret, form.cleaned_data["code"], request=request
        )
    except second_factor.AlreadyOn:
        messages.warning(request, TWICE)
        return redirect("accounts:second_factor")
    if fresh is None:
        form.add_error("code", "Kode tidak cocok. Periksa jam ponsel, lalu tulis kode yang terbaru")
        return None
    alerts.second_factor_changed(request.user, "dipasang")
    return _to_codes(request, fresh)


def _set_up_page(request, form, secret):
    address = second_factor.address_for_app(request.user, secret)
    context = {
        "form": form,
        "sealed": second_factor.sealed(request.user, secret),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(
            border=2, light="#fff", omitsize=True
        ),
        "is_required": second_factor.is_required(request.user),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "accounts/second_factor_set_up.html", context)


def _to_codes(request, fresh: list[str]):
    """To the page that shows new recovery codes once; they travel in a signed cookie."""
    page, target = reverse("accounts:recovery_codes"), request.POST.get("next", "")
    query = f"?{urlencode({'next': target})}" if safe_target(request, target) else ""
    response = redirect(page + query)
    response.set_signed_cookie(
        COOKIE,
        ".".join(fresh),
        salt=str(request.user.pk),
        max_age=SHOWN_FOR,
        path=page,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


@require_safe
@login_required
def recovery_codes(request):
    """The ten codes, once; then never again."""
    carried = request.get_signed_cookie(
        COOKIE, default="", salt=str(request.user.pk), max_age=SHOWN_FOR
    )
    context = {
        "codes": [code for code in carried.split(".") if code],
        "next": safe_target(request, request.GET.get("next", "")),
    }
    response = render(request, "accounts/recovery_codes.html", context)
    forget_cookie(response, COOKIE, request.path)
    return response


@require_POST
@login_required
@recently_confirmed
def renew_codes(request):
    if not second_factor.is_on(request.user):
        messages.warning(request, "Verifikasi dua langkah belum dipasang.")
        return redirect("accounts:second_factor")
    try:
        return _to_codes(request, second_factor.renew_codes(request.user))
    except second_factor.Unreadable:
        messages.error(request, LOST_KEY)
        return redirect("accounts:second_factor")


@require_POST
@login_required
@recently_confirmed
def turn_off(request):
    user = request.user
    if second_factor.is_required(user):
        raise PermissionDenied("Peran Anda memerlukan verifikasi dua langkah.")
    if second_factor.turn_off(user, actor=user, but_of=request):
        alerts.second_factor_changed(user, "dilepas")
        messages.success(request, "Verifikasi dua langkah dilepas.")
    else:
        messages.warning(request, "Verifikasi dua langkah memang belum dipasang.")
    return redirect("accounts:second_factor")
