"""Small pieces of HTML built in Python: a table of 25 × 7 cells costs a template ten times more.

Whatever comes from people passes ``text`` once, where it enters; the rest are numbers and words
of this code. ``safe`` is the only place where a string is declared finished.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from django.templatetags.static import static
from django.utils.safestring import SafeString

from apps.core.looks import look_of
from apps.dashboard.words import CRITERION_WORDS, look


def text(value) -> str:
    return escape(str(value))


def safe(*parts: str) -> SafeString:
    return SafeString("".join(parts))


def icon(name: str) -> str:
    return f'<svg class="i" aria-hidden="true"><use href="{_sprite()}#{name}"/></svg>'


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("ikon.svg")


def link(address: str | None, inner: str, attributes: str = "") -> str:
    """A link where there is an address, otherwise what would stand in it."""
    return f'<a href="{text(address)}"{attributes}>{inner}</a>' if address else inner


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


def meter(results: dict, names: Mapping[str, str] = CRITERION_WORDS) -> str:
    """A slot for each criterion in its fixed order, with the words for those who listen;
    ``names``: code -> what it is called."""
    return _meter(
        tuple(map(look, results.values())), tuple(names.get(code, code) for code in results)
    )


@lru_cache(maxsize=2048)
def _meter(looks, names) -> str:
    """Kept: a page of 150 cells shows a few dozen different meters."""
    slots = "".join(f'<i class="{each.slot}"></i>' for each in looks)
    told = ", ".join(f"{text(name)} {each.spoken}" for name, each in zip(names, looks, strict=True))
    return f'<span class="k4" role="img" aria-label="{told}">{slots}</span>'


def _tag(shown, *, bare: bool = False) -> str:
    style = f"{shown.css} st-bare" if bare else shown.css
    return f'<span class="st {style}">{icon(shown.icon)}{shown.short}</span>'


def chip(result) -> str:
    """Status of a criterion: icon and word; bare where met, so that open work stands out."""
    return _tag(look(result), bare=result.is_met)


def verdict(effective: bool | None) -> str:
    """Efektif, Belum efektif, or Tidak dapat dinilai."""
    if effective is None:
        return _tag(look_of("tidak_dapat_dinilai"))
    return _tag(look_of("efektif" if effective else "belum_efektif"))


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
