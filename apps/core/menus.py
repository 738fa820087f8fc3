"""Menus and foot of the frame as finished HTML: they stand on every page, and a template takes ten
times as long for them."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.safestring import SafeString

from apps.core.markup import icon, link, safe, text


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


def person_menu(desk: SafeString, *, has_profile: bool, token: str) -> SafeString:
    """The menu behind the person's name; ``token`` of the form that signs out, "" without one."""
    profile = f'<a href="/profil/">{icon("gear")}Profil dan kata sandi</a>' if has_profile else ""
    hidden = (
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{text(token)}">' if token else ""
    )
    leave = f'<button type="submit">{icon("box-arrow-right")}Keluar</button>'
    return safe(desk, profile, f'<form method="post" action="/keluar/">{hidden}{leave}</form>')


@lru_cache(maxsize=128)
def foot(
    *,
    data_date: str,
    contact: str,
    path: str,
    phone: str,
    call: str,
    email: str,
    pages: tuple[tuple[str, str], ...],
    credits: str,
    today: str,
    address: str,
) -> SafeString:
    """Help, sources and, on paper, when and where the page was opened. ``data_date``: how fresh
    the figures are, with zone; "" on pages without. Kept: most pages of a day have the same."""
    told = [_words(data_date)] if data_date else []
    told.append(link(path, f"Bantuan: {text(contact)}") if path else _words(f"Bantuan: {contact}"))
    if call:
        told.append(link(f"tel:{call}", f"Telepon {text(phone)}"))
    if email:
        told.append(link(f"mailto:{email}", text(email)))
    told += [link(where, text(label)) for label, where in pages]
    told.append(f'<span class="w-100">{text(credits)}</span>')
    opened = f"Halaman ini dibuka {today}" + (f" di {address}" if address else "")
    printed = f"{data_date}. {opened}" if data_date else opened
    return safe(
        '<footer class="pk-wrap"><div class="pk-foot">',
        "\n".join(told),
        f'</div><p class="pk-cetak">{text(printed)}</p></footer>',
    )


def _words(told: str) -> str:
    return f"<span>{text(told)}</span>"
