"""The links of the frame as finished HTML: they stand on every page, in two menus, and a template
takes ten times as long for them."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.safestring import SafeString

from apps.core.markup import icon, safe, text


def nav_links(items: Iterable[dict], *, with_icons: bool = False) -> SafeString:
    """The words of the navigation, as ``Chrome.nav`` gives them."""
    return safe(*(_nav_link(item, with_icons) for item in items))


def _nav_link(item: dict, with_icon: bool) -> str:
    current = ' aria-current="page"' if item["current"] else ""
    drawn = icon(item["icon"]) if with_icon else ""
    count = ""
    if item["count"]:
        count = (
            f' <span class="pk-count">{text(item["count"])}'
            '<span class="visually-hidden"> menunggu</span></span>'
        )
    return f'<a href="{text(item["path"])}"{current}>{drawn}{text(item["label"])}{count}</a>'


@lru_cache(maxsize=64)
def desk_links(entries: tuple) -> SafeString:
    """Entries of the desk; one text for all who have the same."""
    return safe(
        *(
            f'<a href="{text(each.path)}">{icon(each.icon)}{text(each.label)}</a>'
            for each in entries
        )
    )
