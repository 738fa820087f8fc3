"""Parts of the dashboards' templates that stand on a page several times."""

from django import template

from apps.dashboard.html import opening_row

register = template.Library()


@register.simple_tag
def opening(addresses, name, maturity=""):
    """The row "Buka angka" under a panel: {% opening open.tren "tren" %}."""
    return opening_row(name, **addresses, maturity=maturity) if addresses else ""
