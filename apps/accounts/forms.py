"""Signing in and passwords. Words as in design 5.1 and 13.5."""

from django.conf import settings
from django.contrib.auth import forms as auth_forms
from django.core.exceptions import ValidationError

from apps.accounts import devices, throttle
from apps.accounts.passwords import MIN_LENGTH
from apps.accounts.queries import account_named
from apps.core.forms import BaseForm

LOCKED = "Coba lagi dalam 15 menit atau atur ulang kata sandi"
LOCKED_CODE = "Terlalu banyak percobaan. Coba lagi dalam 15 menit"  # a new password would not help


class LoginForm(BaseForm, auth_forms.AuthenticationForm):
    """User name (any case) or e-mail, and the password. One message for either being wrong."""

    error_messages = {
        "invalid_login": "Nama pengguna atau kata sandi tidak cocok",
        "inactive": "Nama pengguna atau kata sandi tidak cocok",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        username, password = self.fields["username"], self.fields["password"]
        username.label, password.label = "Nama pengguna", "Kata sandi"
        username.error_messages["required"] = "Isi nama pengguna"
        password.error_messages["required"] = "Isi kata sandi"
        username.widget.attrs |= {"maxlength": 254, "spellcheck": "false"}
        username.widget.attrs.pop("autofocus", None)  # on a phone it would hide the heading

    def clean(self):
        entered = self.cleaned_data.get("username")
        if not entered or not self.cleaned_data.get("password"):
            return self.cleaned_data
        account = account_named(entered)
        name = account.username if account else entered
        address = throttle.client_address(self.request)
        device = devices.known(self.request, account)
        if not throttle.admit(name, address, device):
            raise ValidationError(LOCKED, code="locked")
        self.cleaned_data["username"] = name
        cleaned = super().clean()
        throttle.forget(name, address, device)
        return cleaned


class PasswordResetForm(BaseForm, auth_forms.PasswordResetForm):
    """Asks for a mail; what the page answers does not depend on whether there is an account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = "Alamat e-mail"
        email.help_text = "Alamat yang tercatat pada akun Anda."
        email.error_messages |= {
            "required": "Isi alamat e-mail",
            "invalid": "Tulis alamat e-mail lengkap, misalnya nama@instansi.go.id",
        }

    def may_send(self, request) -> bool:
        """False when this address was asked for too often (mail bombs)."""
        asked_for = throttle.RESET_PREFIX + self.cleaned_data["email"]
        return throttle.admit(asked_for, throttle.client_address(request))


def rules_in_words() -> str:
    """What is asked of a password here, in one sentence or two."""
    asked = " Huruf besar, huruf kecil, angka, dan tanda." if settings.SPBE_PASSWORDS else ""
    return (
        f"Paling sedikit {MIN_LENGTH} karakter, misalnya tiga kata yang tidak berhubungan.{asked} "
        "Bukan nama, tanggal lahir, NIP, atau kata yang umum."
    )


class NewPasswordForm(BaseForm, auth_forms.SetPasswordForm):
    """A new password, twice."""

    error_messages = {"password_mismatch": "Kedua kata sandi tidak sama. Tulis ulang keduanya"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = "Kata sandi baru", "Ulangi kata sandi baru"
        first.help_text = rules_in_words()
        second.help_text = ""
        first.error_messages["required"] = "Isi kata sandi baru"
        second.error_messages["required"] = "Ulangi kata sandi baru"


class PasswordChangeForm(NewPasswordForm, auth_forms.PasswordChangeForm):
    """The present password first, then a new one."""

    error_messages = NewPasswordForm.error_messages | {
        "password_incorrect": "Kata sandi sekarang tidak cocok"
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        present = self.fields["old_password"]
        present.label = "Kata sandi sekarang"
        present.error_messages["required"] = "Isi kata sandi sekarang"
        present.widget.attrs.pop("autofocus", None)

    def clean_new_password1(self):
        chosen = self.cleaned_data["new_password1"]
        if self.user.check_password(chosen):
            raise ValidationError("Pilih kata sandi yang berbeda dari yang sekarang")
        return chosen
