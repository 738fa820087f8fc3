"""The parameters of a check as fields of a form, and back."""

from django import forms

from apps.effectiveness.criteria import MOST_INDICATORS, Check
from apps.effectiveness.situation import words
from apps.regulations.codes import topic_label, topic_slug

HELP = {
    "topic": "Misalnya GDPK. Regulasi dan kesepakatan dicatat dengan topik yang sama.",
    "documents": "Pisahkan dengan titik koma, misalnya RPJMD; Renstra.",
}


def field_for(check: Check, name: str, catalogue) -> forms.Field:
    """The field of one parameter; ``catalogue`` lists (code, name) of indicators."""
    label = check.parameters[name]
    needed = {"required": name in check.needed, "label": label, "help_text": HELP.get(name, "")}
    choices = list(check.choices.get(name, {}).items())
    if choices and name in check.several:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple({"class": "rb-ticks"}), **needed
        )
    if name == "indicator":
        choices = list(catalogue)
    if choices:
        return forms.ChoiceField(choices=[("", "Pilih"), *choices], **needed)
    if name == "minimum":
        widget = forms.TextInput({"inputmode": "numeric", "class": "w-10"})
        return forms.IntegerField(min_value=1, max_value=MOST_INDICATORS, widget=widget, **needed)
    return forms.CharField(max_length=200, **needed)


def stored_value(check: Check, name: str, value):
    """What the form gave, as the rubric keeps it."""
    if name in check.several and isinstance(value, str):
        return words(value)
    if name == "topic" and value:
        try:
            return topic_slug(value)
        except ValueError:
            return value  # told as a gap of the draft
    return value


def shown_value(check: Check, name: str, value):
    """What the rubric keeps, as the form shows it."""
    if name in check.several:
        given = words(value) if isinstance(value, str | list | tuple) else []
        return given if name in check.choices else "; ".join(given)
    if name == "topic" and isinstance(value, str):
        return topic_label(value)
    return value
