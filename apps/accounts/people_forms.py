"""Forms about other people's accounts, and the one by which a newcomer opens the own account."""

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from apps.accounts import invitations, services, throttle
from apps.accounts.enums import Channel, Role
from apps.accounts.forms import LOCKED_CODE, NewPasswordForm
from apps.core.forms import BaseForm
from apps.regions.models import Region

CODE_PREFIX = "kode:"  # guesses of codes are counted beside the sign-ins
NO_MATCH = "Nama pengguna atau kode tidak cocok. Periksa kembali keduanya"
NAME_TAKEN = "Nama pengguna ini sudah dipakai. Kosongkan agar dibuat otomatis"
NEW_ACCOUNT = "baru"


class PersonForm(BaseForm, forms.Form):
    """Who a newcomer is, and how the invitation travels."""

    full_name = forms.CharField(label="Nama lengkap", max_length=150)
    office = forms.CharField(label="Kantor", max_length=150, required=False)
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        required=False,
        help_text="Boleh alamat bersama kantor. Tanpa e-mail, pakai kode cetak.",
        error_messages={"invalid": "Tulis e-mail lengkap, misalnya nama@instansi.go.id"},
    )
    username = forms.CharField(
        label="Nama pengguna",
        max_length=150,
        required=False,
        help_text="Kosongkan agar dibuat otomatis, misalnya operator.bone2.",
        validators=[
            UnicodeUsernameValidator(
                message="Nama pengguna hanya huruf, angka, dan tanda @ . + - _"
            )
        ],
    )
    channel = forms.ChoiceField(
        label="Cara mengundang",
        choices=Channel.choices,
        initial=Channel.CODE,
        widget=forms.RadioSelect,
        help_text="Tautan berlaku 7 hari, kode cetak 14 hari; masing-masing untuk satu kali.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("full_name", "email", "username"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_username(self):
        return self.cleaned_data["username"].lower()

    def clean(self):
        cleaned = super().clean()
        by_mail = cleaned.get("channel") == Channel.MAIL and "email" not in self.errors
        if by_mail and not cleaned["email"]:
            self.add_error("email", "Isi e-mail, atau pilih kode cetak")
        return cleaned

    @property
    def person(self) -> invitations.Person:
        """The cleaned answers about the person."""
        names = ("full_name", "office", "email", "username")
        return invitations.Person(**{name: self.cleaned_data[name] for name in names})


class ResetReasonForm(BaseForm, forms.Form):
    """Why somebody's second step is taken away."""

    alasan = forms.CharField(label="Alasan", max_length=300)


class InviteForm(PersonForm):
    """A new person with a post: only roles and regions that are the actor's to give."""

    role = forms.ChoiceField(label="Peran")
    region = forms.ModelChoiceField(Region.objects.none(), label="Wilayah", required=False)
    decision = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    field_order = ("full_name", "office", "role", "region", "email", "channel", "username")
    unmarked = frozenset({"region"})

    def __init__(self, *args, actor, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)
        roles = services.grantable_roles(actor)
        self.fields["role"].choices = [
            ("", "Pilih peran"),
            *((role.value, role.label) for role in roles),
        ]
        region = self.fields["region"]
        region.queryset = Region.objects.for_user(actor).with_pokja_level().order_by("code")
        region.empty_label = "Pilih wilayah"

    @property
    def cleaned_for_resend(self) -> list[tuple[str, str]]:
        """What was entered, for the page that asks once more: (name, value) pairs."""
        return [(name, self[name].value() or "") for name in self.fields if name != "decision"]

    def clean(self):
        cleaned = super().clean()
        role, region = cleaned.get("role"), cleaned.get("region")
        if not role or "region" in self.errors:
            return cleaned
        if role != Role.NATIONAL and region is None:
            self.add_error("region", "Pilih wilayah")
        elif reason := services.assignment_refusal(role, region, actor=self.actor):
            self.add_error("region", reason)
        return cleaned


class ActivationForm(NewPasswordForm):
    """User name, printed code, and the own password. Guesses are throttled as sign-ins are.

    ``invitation`` is what the code belongs to, in whatever state; None where nothing fits.
    """

    username = forms.CharField(label="Nama pengguna", max_length=254)
    code = forms.CharField(
        label="Kode",
        max_length=40,
        help_text="Seperti tertulis pada lembar, misalnya K7QF-2M9D-XT4P.",
    )

    field_order = ("username", "code", "new_password1", "new_password2")

    def __init__(self, request, *args, **kwargs):
        self.request, self.invitation = request, None
        super().__init__(None, *args, **kwargs)
        for name in ("username", "code"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self):
        name, code = self.cleaned_data.get("username"), self.cleaned_data.get("code")
        if name and code:
            self._look_up(name, code)
        return super().clean()

    def _look_up(self, name, code):
        address = throttle.client_address(self.request)
        if not throttle.admit(CODE_PREFIX + name, address):
            raise ValidationError(LOCKED_CODE, code="locked")
        self.invitation = invitations.by_code(name, code)
        if self.invitation is None:
            raise ValidationError(NO_MATCH, code="no_match")
        throttle.forget(CODE_PREFIX + name, address)
        self.user = self.invitation.user
