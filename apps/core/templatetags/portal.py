"""Template filters and tags of the portal: formats, icons, statuses, form parts."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.forms import BaseFormSet
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

from apps.core import formats, looks, markup
from apps.core.context import Chrome
from apps.core.form_parts import FieldParts, error_items

register = template.Library()


def _shown(value, how, *rest):
    """``how(value)``, or "belum diisi" where there is nothing: never None, "-" or a zero."""
    return formats.EMPTY if value in (None, "") else how(value, *rest)


@register.filter
def tanggal(value):
    """24 Juli 2023."""
    return _shown(value, formats.format_date)


@register.filter
def tanggal_hari(value):
    """Senin, 24 Juli 2023."""
    return _shown(value, formats.format_date_day)


@register.filter
def waktu(value, zone="WIB"):
    """12 Maret 2026 pukul 08.00 WITA: {{ saat|waktu:"WITA" }}."""
    return _shown(value, formats.format_datetime, zone or "WIB")


@register.filter
def jam(value, zone="WIB"):
    """pukul 14.05 WITA."""
    return _shown(value, formats.format_time, zone or "WIB")


@register.filter
def iso(value):
    """The machine's form of a day or moment, for <time datetime="">."""
    return value.isoformat() if isinstance(value, date | datetime) else ""


@register.filter
def rupiah(value):
    """Rp 1.250.000.000."""
    return _shown(value, formats.format_rupiah)


@register.filter
def rupiah_pendek(value):
    """Rp 1,25 miliar."""
    return _shown(value, formats.format_rupiah_short)


@register.filter
def angka(value, places=None):
    """2.511; with places rounded: {{ n|angka:1 }}."""
    return _shown(value, formats.format_number, places)


@register.filter
def persen(numerator, denominator):
    """51%: {{ jumlah|persen:dari }}."""
    return _shown(numerator, formats.format_percent, denominator)


@register.filter
def bagian(part, whole):
    """51% of twenty or more, else "3 dari 5": {{ jumlah|bagian:dari }}."""
    return _shown(part, formats.format_share, whole)


@register.filter
def ukuran(value):
    """1,8 MB."""
    return _shown(value, formats.format_size)


@register.filter
def terbilang(value):
    """satu miliar dua ratus lima puluh juta."""
    return _shown(value, formats.terbilang)


@register.filter
def terbilang_rupiah(value):
    """delapan puluh lima juta rupiah."""
    return _shown(value, formats.terbilang_rupiah)


@register.filter
def triwulan(value):
    """Triwulan I."""
    return _shown(value, formats.quarter_label)


@register.filter
def polos(value):
    """A number as a machine reads it: years, ids, SVG lengths. 2026, not 2.026."""
    return "" if value is None else str(value)


@register.simple_tag
def asset(path):
    """As {% static %}, for what stands on every page."""
    return markup.asset(path)


@register.simple_tag
def fixed(name, **words):
    """As {% include name with … only %}, for a part that shows nothing of request or person: drawn
    once in each process (in development each time)."""
    draw = _draw_fixed.__wrapped__ if settings.DEBUG else _draw_fixed
    return draw(name, *words.items())


@lru_cache(maxsize=64)
def _draw_fixed(name, *words):
    return render_to_string(name, dict(words))


@register.simple_tag(takes_context=True)
def person_menu(context):
    """The menu behind the person's name, with the form that signs out."""
    return context["chrome"].person_menu(str(context.get("csrf_token") or ""))


@register.simple_tag(takes_context=True)
def foot(context):
    """The foot of the page; ``data_date`` of its context: how fresh its figures are. The page of an
    error may know neither request nor frame."""
    chrome = context.get("chrome") or Chrome(context.get("request"))
    return chrome.foot(str(context.get("data_date") or ""))


@register.simple_tag
def icon(name, label=""):
    """An icon of the sprite; decorative unless it has a label of its own."""
    if not label:
        return markup.icon(name)
    template_ = '<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>'
    return format_html(template_, label, f"{markup.asset('ikon.svg')}#{name}")


@register.simple_tag
def status_tag(status, reason=None, text="", short=False, bare=False):
    """The word and icon of a status: {% status_tag s.status s.reason %}.

    ``text`` replaces the word, ``short`` takes the short one, ``bare`` drops the background
    (dense tables show "Terpenuhi" bare, so that open work stands out).
    """
    look = looks.look_of(status, reason)
    return format_html(
        '<span class="st {}{}">{}{}</span>',
        look.css,
        " st-bare" if bare else "",
        icon(look.icon),
        text or (look.short if short else look.word),
    )


@register.simple_tag
def k4(statuses, size="", hidden=False):
    """The four-slot meter SK-RK-IN-AN; ``size="lg"`` for the large one.

    ``hidden`` takes it away from screen readers where a text beside it says the same.
    """
    found = looks.criteria_looks(statuses)
    slots = format_html_join("", '<i class="{}"></i>', ((look.slot,) for look in found))
    css = "k4 k4-lg" if size == "lg" else "k4"
    if hidden:
        return format_html('<span class="{}" aria-hidden="true">{}</span>', css, slots)
    return format_html(
        '<span class="{}" role="img" aria-label="{}">{}</span>',
        css,
        looks.spoken_criteria(found),
        slots,
    )


@register.simple_tag
def k4_parts(statuses):
    """The four criteria as dictionaries (name, word, slot) for the meter with words under it."""
    found = looks.criteria_looks(statuses)
    return [
        {"name": name, "word": look.short, "slot": look.slot}
        for name, look in zip(looks.CRITERION_SHORT, found, strict=True)
    ]


@register.simple_tag
def field_parts(bound_field):
    """What templates/bootstrap5/field.html needs to know of a field."""
    return FieldParts(bound_field)


@register.simple_tag
def error_list(*forms):
    """(target id, message) of every error of forms and formsets, in the order of the page."""
    return [item for form in forms if form for item in error_items(form)]


@register.filter
def has_errors(form):
    """Whether a form, formset or anything else in a page's context carries errors."""
    if isinstance(form, BaseFormSet):
        return form.is_bound and not form.is_valid()
    return bool(getattr(form, "errors", None))
