from django import forms

from apps.core.forms import BaseForm
from apps.practice.roles import ROLES


class RoleForm(BaseForm, forms.Form):
    """Which role one practises."""

    peran = forms.ChoiceField(
        label="Peran yang ingin dicoba",
        choices=[(role.key, f"{role.label}: {role.tries}") for role in ROLES],
        widget=forms.RadioSelect,
    )
