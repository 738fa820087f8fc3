"""Before an act that is hard to undo: is it still the person who signed in?

Whoever signed in, or gave the password, within the last fifteen minutes goes on unasked. Others
get a page instead of the act. It keeps what they sent, asks for the password (and for a code
where the second step is set up), and its button sends all of it to the same address again.
"""

from datetime import timedelta
from functools import wraps

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from apps.accounts import devices, second_factor, sign_ins, throttle
from apps.accounts.forms import LOCKED_CODE
from apps.core.forms import BaseForm
from apps.core.practice import current

RECENT = timedelta(minutes=15)
PREFIX = "pastikan"  # of the fields of this page, among those of the form that waits
CSRF = "csrfmiddlewaretoken"
SECRET_WORDS = ("password", "sandi")
WRONG = "Kata sandi tidak cocok"
WRONG_CODE = "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya"


class ConfirmForm(BaseForm, forms.Form):
    password = forms.CharField(
        label="Kata sandi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label="Kode dari ponsel",
        max_length=40,
        help_text="Enam angka, atau satu kode pemulihan.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, request, *args, **kwargs):
        self.request, self.user = request, request.user
        super().__init__(*args, prefix=PREFIX, **kwargs)
        if not second_factor.is_on(self.user):
            del self.fields["code"]

    @sensitive_variables()
    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        name = throttle.CONFIRM_PREFIX + self.user.username
        address = throttle.client_address(self.request)
        device = devices.known(self.request, self.user)
        if not throttle.admit(name, address, device):
            raise ValidationError(LOCKED_CODE, code="locked")
        if not self.user.check_password(cleaned["password"]):
            self.add_error("password", WRONG)
        elif "code" in self.fields and not second_factor.is_right(self.user, cleaned["code"]):
            self.add_error("code", WRONG_CODE)
        else:
            throttle.forget(name, address, device)
        return cleaned


def recently_confirmed(view):
    """Decorator: a POST to this view needs a person who proved who they are lately.

    Put it inside ``login_required``. Pages that only show something go through; so does everything
    in practice mode, where nothing is real and nobody has a password.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method != "POST" or current() is not None:
            return view(request, *args, **kwargs)
        if sign_ins.is_confirmed(request, RECENT):
            _drop_own_fields(request)
            return view(request, *args, **kwargs)
        return _ask(request, lambda: view(request, *args, **kwargs))

    return sensitive_post_parameters(f"{PREFIX}-password", f"{PREFIX}-code")(guarded)


def confirmed_method(name: str):
    """The same for a method of a class-based view or of an admin page."""
    return method_decorator(recently_confirmed, name=name)


def _ask(request, go_on):
    is_answer = f"{PREFIX}-password" in request.POST
    form = ConfirmForm(request, request.POST if is_answer else None)
    if is_answer and form.is_valid():
        sign_ins.confirm(request)
        _drop_own_fields(request)
        return go_on()
    context = {
        "form": form,
        "kept": _kept(request),
        "path": request.get_full_path(),
        "has_files": bool(request.FILES),
    }
    # The act is refused; after that this is a form like any other, with or without mistakes.
    status = 200 if is_answer else 403
    return render(request, "accounts/confirm.html", context, status=status)


def _kept(request) -> list[tuple[str, str]]:
    """What was sent, to be sent again: the request has passed the check of its origin already.
    Passwords are not written into a page; the form then asks for them once more."""
    names = [name for name in request.POST if name != CSRF and not name.startswith(f"{PREFIX}-")]
    names = [name for name in names if not any(word in name.casefold() for word in SECRET_WORDS)]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _drop_own_fields(request) -> None:
    """The view gets its form as if nothing had been asked in between."""
    if not any(name.startswith(f"{PREFIX}-") for name in request.POST):
        return
    posted = request.POST.copy()
    for name in [name for name in posted if name.startswith(f"{PREFIX}-")]:
        del posted[name]
    posted._mutable = False
    request.POST = posted
