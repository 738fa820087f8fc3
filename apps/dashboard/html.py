"""Small pieces of HTML for the dashboards; what other pages use too stands in ``core.markup``."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from apps.core import markup
from apps.core.looks import look_of
from apps.core.markup import icon, link, safe, tag, text
from apps.dashboard.words import look, look_of_state

__all__ = [
    "bar",
    "chip",
    "icon",
    "legend",
    "link",
    "meter_of",
    "number",
    "safe",
    "text",
    "verdict",
]


def bar(value: float, waiting: float = 0) -> str:
    """Verified solid, waiting pale behind it; both 0–100."""
    pale = (
        f'<rect class="f-wait" x="{number(value)}" width="{number(waiting)}" height="8"/>'
        if waiting
        else ""
    )
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="f-ok" width="{number(value)}" height="8"/>{pale}</svg>'
    )


def number(value: float) -> str:
    """A coordinate: one decimal at most, with a point."""
    return f"{value:.1f}".removesuffix(".0")


def meter_of(states: tuple[tuple[str, str], ...], names: tuple[str, ...]) -> str:
    """A slot for each criterion in its fixed order, with the words for those who listen, from
    (status, reason) of each and what it is called."""
    return markup.meter(tuple(look_of_state(*each) for each in states), names)


def chip(result) -> str:
    """Status of a criterion: icon and word; bare where met, so that open work stands out."""
    return tag(look(result), bare=result.is_met)


def verdict(effective: bool | None) -> str:
    """Efektif, Belum efektif, or Tidak dapat dinilai."""
    if effective is None:
        return tag(look_of("tidak_dapat_dinilai"))
    return tag(look_of("efektif" if effective else "belum_efektif"))


def legend(entries: Iterable[tuple[str, str]]) -> str:
    """``entries``: (class of the swatch, words); class hx is the hatch of missing data."""
    items = []
    for style, words in entries:
        swatch = (
            '<span class="sw hx"></span>'
            if style == "hx"
            else '<svg class="sw" aria-hidden="true">'
            f'<rect class="{style}" width="16" height="12"/></svg>'
        )
        items.append(f"<li>{swatch}{words}</li>")
    return f'<ul class="lgd mb-2">{"".join(items)}</ul>'


def opening_row(
    name: str, *, table: str, csv: str, workbook: str, view: str, maturity: str = ""
) -> SafeString:
    """The addresses behind the figures of one panel (``dashboard.opening``). ``name``: what it
    shows, for those who listen; ``maturity``: the page of classes."""
    ways = [("Tabel", table), ("CSV", csv), ("XLSX", workbook), ("Salin alamat", view)]
    if maturity:
        ways.append(("Kelas kematangan", maturity))
    return safe(
        '<p class="open-row small2 d-print-none"><span class="muted">Buka angka'
        f'<span class="visually-hidden"> {text(name)}</span>:</span> ',
        " ".join(link(address, words) for words, address in ways),
        "</p>",
    )
