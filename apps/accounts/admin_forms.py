"""Forms of the administration: the same checks as the services, said before saving."""

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from apps.accounts.models import Assignment, User
from apps.accounts.services import assignment_refusal


class NewAccountForm(UserCreationForm):
    """A new account; its password is for the first sign-in, then the person chooses an own one."""

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "office")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "password1"
        ].help_text = "Kata sandi awal. Pemilik akun diminta menggantinya saat pertama kali masuk."


class AccountForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes = UserChangeForm.Meta.field_classes


class AssignmentForm(forms.ModelForm):
    """One new post. The page sets ``actor``: on a subclass for each request, or on the form."""

    actor = None

    class Meta:
        model = Assignment
        fields = ("user", "role", "region")

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        post = {name: cleaned.get(name) for name in ("user", "role", "region")}
        if reason := assignment_refusal(
            post["role"], post["region"], actor=self.actor, user=post["user"]
        ):
            raise ValidationError(reason)
        if post["user"].pk and Assignment.objects.filter(ended_on=None, **post).exists():
            raise ValidationError("Penugasan ini sudah ada.")
        return cleaned


class AssignmentFormSet(BaseInlineFormSet):
    actor = None

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.actor = self.actor
        return form

    def clean(self):
        super().clean()
        posts = [
            (form.cleaned_data["role"], form.cleaned_data.get("region"))
            for form in self.forms
            if form.cleaned_data.get("role")
        ]
        if len(posts) != len(set(posts)):
            raise ValidationError("Penugasan yang sama ditulis dua kali.")
