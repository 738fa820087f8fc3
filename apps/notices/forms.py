from django import forms

from apps.core.forms import BaseForm
from apps.notices.enums import Group
from apps.notices.models import Preference


class PreferenceForm(BaseForm, forms.ModelForm):
    """One choice of channel for each group of events."""

    class Meta:
        model = Preference
        fields = tuple(Group.values)
        widgets = dict.fromkeys(Group.values, forms.RadioSelect)
