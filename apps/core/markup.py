"""Small pieces of HTML built in Python: a table of 25 × 7 cells costs a template ten times more.

Whatever comes from people passes ``text`` once, where it enters; the rest are numbers and words
of this code. ``safe`` is the only place where a string is declared finished.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.templatetags.static import static
from django.utils.safestring import SafeString

from apps.core.looks import Look


def text(value) -> str:
    return escape(str(value))


def safe(*parts: str) -> SafeString:
    return SafeString("".join(parts))


@lru_cache(maxsize=512)
def icon(name: str) -> SafeString:
    """A decorative icon of the sprite. Kept: a page shows a hundred of a few dozen."""
    return safe(
        '<svg class="i" aria-hidden="true"><use href="',
        asset("ikon.svg"),
        "#",
        text(name),
        '"/></svg>',
    )


@lru_cache(maxsize=256)
def asset(path: str) -> str:
    """The address of a static file. Kept: it stands as long as this process, and every page names
    a dozen."""
    return static(path)


def link(address: str | None, inner: str, attributes: str = "") -> str:
    """A link where there is an address, otherwise what would stand in it."""
    return f'<a href="{text(address)}"{attributes}>{inner}</a>' if address else inner


def tag(look: Look, *, bare: bool = False) -> str:
    """Icon and word of a status; ``bare`` without its background."""
    style = f"{look.css} st-bare" if bare else look.css
    return f'<span class="st {style}">{icon(look.icon)}{look.short}</span>'


@lru_cache(maxsize=2048)
def meter(looks: tuple[Look, ...], names: tuple[str, ...]) -> str:
    """A slot for each criterion in its fixed order, with the words for those who listen. Kept: a
    page of 150 cells shows a few dozen different meters."""
    slots = "".join(f'<i class="{each.slot}"></i>' for each in looks)
    told = ", ".join(f"{text(name)} {each.spoken}" for name, each in zip(names, looks, strict=True))
    return f'<span class="k4" role="img" aria-label="{told}">{slots}</span>'


def options(pairs: Iterable[tuple[str, str]], chosen: str) -> str:
    """The <option> elements of a select: (value, words), the chosen one marked if any is."""
    return "".join(
        f'<option value="{text(value)}"{" selected" if chosen and value == chosen else ""}>'
        f"{text(words)}</option>"
        for value, words in pairs
    )
