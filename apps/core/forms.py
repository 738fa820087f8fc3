"""Forms as the portal shows them: tolerant dates and money, sentences that say what to do.

``class DecreeForm(BaseForm, forms.ModelForm)``: mixin first. Templates write ``{% crispy form %}``
(or ``{{ form|crispy }}``) inside their own <form novalidate>; the look of a field stands in
templates/bootstrap5/field.html.
"""

import re

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from apps.core.formats import (
    format_date,
    format_number,
    format_rupiah,
    parse_date,
    parse_number,
    parse_rupiah,
)
from apps.core.parsing import decimals_of

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)  # and their kinds: picked, not written
MAX_CHARACTERS = "{Label} paling banyak %(limit_value)d huruf, sekarang %(show_value)d"
INCOMPLETE = "Halaman ini tidak lengkap terkirim. Muat ulang, lalu coba lagi"  # a hidden field
MIN_CHARACTERS = "{Label} paling sedikit %(limit_value)d huruf, sekarang %(show_value)d"


def in_sentence(label: str) -> str:
    """A label inside a sentence: "Nomor SK" as "nomor SK", while "SK induk" keeps its capitals."""
    first, second = label[:1], label[1:2]
    return label if second.isupper() or not first else first.lower() + label[1:]


def default_messages(field: forms.Field) -> dict[str, str]:
    """Indonesian messages that name the field by its label (design: validation errors)."""
    label = re.sub(r"\s*\([^)]*\)$", "", str(field.label or ""))  # "Berkas SK (PDF)"
    name = in_sentence(label)
    verb = "Pilih" if isinstance(field, (*CHOSEN, forms.FileField)) else "Isi"
    if isinstance(field.widget, forms.CheckboxInput):
        verb = "Centang"
    texts = {
        "required": "{verb} {name}",
        "invalid_choice": "Pilih {name} dari daftar",
        "invalid_list": "Pilih {name} dari daftar",
        "invalid_pk_value": "Pilih {name} dari daftar",
        "max_length": MAX_CHARACTERS,
        "min_length": MIN_CHARACTERS,
        "min_value": "{Label} paling kecil %(limit_value)s",
        "max_value": "{Label} paling besar %(limit_value)s",
        "empty": "{Label} kosong. Pilih berkas lain",
        "missing": "Pilih {name}",
        "null_characters_not_allowed": "{Label} memuat huruf yang tidak dapat disimpan",
    }
    if isinstance(field, forms.FileField):
        texts["invalid"] = "Pilih {name}"
    elif isinstance(field, forms.IntegerField | forms.DecimalField):
        texts["invalid"] = "Isi {name} dengan angka"
    if field.widget.is_hidden:
        texts["invalid"] = INCOMPLETE
    # A per cent sign in a label must not be taken for a placeholder by Django.
    words = {"verb": verb, "name": name.replace("%", "%%"), "Label": label.replace("%", "%%")}
    return {code: text.format(**words) for code, text in texts.items()}


class BaseForm:
    """Mixin: crispy helper without <form> tag, our messages, no required attributes.

    Messages a form or model gives itself stay. ``mark_optional = False`` (filters) leaves out
    the "(opsional)" behind labels; ``unmarked`` names single fields without it.
    """

    use_required_attribute = False  # the server speaks, in full sentences
    mark_optional = True
    unmarked: frozenset[str] = frozenset()

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = name.replace("_", " ").capitalize()
            own = _own_messages(field)
            field.error_messages |= default_messages(field) | own

    @cached_property
    def helper(self):
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.attrs = {"novalidate": ""}
        helper.form_show_errors = False  # the summary above the form shows them
        return helper


def _own_messages(field):
    """Messages that differ from what the field's classes bring along."""
    defaults = {}
    for kind in reversed(type(field).__mro__):
        defaults |= getattr(kind, "default_error_messages", {})
    return {code: text for code, text in field.error_messages.items() if text != defaults.get(code)}


class _ParsedField(forms.Field):
    """A text field whose value is read by ``parse`` and written by ``show``."""

    widget = forms.TextInput
    input_attrs: dict[str, str] = {}
    width = "w-20"

    def parse(self, text):
        raise NotImplementedError

    def show(self, value) -> str:
        raise NotImplementedError

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip()
        if value in self.empty_values:
            return None
        try:
            return self.parse(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value):
        """What was typed stays as typed; a stored value is shown in Indonesian form."""
        return value if value is None or isinstance(value, str) else self.show(value)

    def widget_attrs(self, widget):
        return {"class": self.width, "autocomplete": "off", **self.input_attrs}


class IndonesianDateField(_ParsedField):
    """24 Juli 2023, 24/07/2023, 24-7-2023 or 2023-07-24; cleans to a date.

    No type="date": the phone's language would decide the order of day and month.
    """

    def parse(self, text):
        return parse_date(text)

    def show(self, value):
        return format_date(value)


class NumberFormField(_ParsedField):
    """1.234.567,89 or 1234567.89; cleans to a Decimal, with ``whole`` to an int.

    Bounds are inclusive; below zero only with a negative ``min_value`` or ``allow_negative``.
    """

    input_attrs = {"inputmode": "decimal"}
    width = "w-10"

    def __init__(
        self,
        *,
        min_value=None,
        max_value=None,
        whole=False,
        allow_negative=False,
        decimal_places=None,
        max_digits=None,  # a model's DecimalField passes it on; decimal_places is told to people
        **kwargs,
    ):
        self.min_value, self.max_value, self.whole = min_value, max_value, whole
        self.decimal_places, self.max_digits = decimal_places, max_digits
        self.allow_negative = allow_negative or (min_value is not None and min_value < 0)
        super().__init__(**kwargs)

    def parse(self, text):
        number = parse_number(text, allow_negative=self.allow_negative)
        if fault := self._fault(number):
            raise ValueError(f"Isi {in_sentence(str(self.label or 'angka'))} {fault}")
        return int(number) if self.whole else number

    def _fault(self, number):
        """What is wrong with a number that can be read: the end of the sentence, or ""."""
        low, high, places = self.min_value, self.max_value, self.decimal_places
        if self.whole and decimals_of(number):
            return "dengan angka bulat, misalnya 21"
        if places is not None and decimals_of(number) > places:
            return f"dengan paling banyak {places} angka di belakang koma"
        if self.max_digits and number.adjusted() >= self.max_digits - (places or 0):
            return f"dengan paling banyak {self.max_digits - (places or 0)} angka di depan koma"
        too_low = low is not None and number < low
        too_high = high is not None and number > high
        if (too_low or too_high) and None not in (low, high):
            return f"antara {format_number(low)} dan {format_number(high)}"
        if too_low:
            return f"paling kecil {format_number(low)}"
        return f"paling besar {format_number(high)}" if too_high else ""

    def show(self, value):
        return format_number(value)


class RupiahFormField(_ParsedField):
    """An amount of rupiah as people write it; cleans to a Decimal with two places.

    ``above_zero`` refuses 0, for amounts that must be there.
    """

    input_attrs = {"inputmode": "numeric"}

    def __init__(self, *, above_zero=False, **kwargs):
        self.above_zero = above_zero
        super().__init__(**kwargs)

    def parse(self, text):
        amount = parse_rupiah(text)
        if self.above_zero and not amount:
            raise ValueError(f"{self.label or 'Nilai'} harus lebih dari Rp 0")
        return amount

    def show(self, value):
        return format_rupiah(value)
