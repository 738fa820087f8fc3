"""Links and forms of a page, as a browser would find them."""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import lxml.html

ASKED = ("href", "hx-get", "src")
SKIPPED = {"submit", "button", "image", "reset"}


@dataclass
class Form:
    """A form: where it goes, how, and what it would send untouched ({name: [values]})."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [*self.values, *self.files]


def read(content: bytes, address: str) -> tuple[list[str], list[Form]]:
    """(addresses of this host, forms) of a page; nothing when it is no page."""
    if not content.strip():
        return [], []
    page = lxml.html.fromstring(content.decode("utf-8", "replace"))
    found = [element.get(name) for name in ASKED for element in page.xpath(f"//*[@{name}]")]
    links = [link for each in found if (link := _own(address, each))]
    return list(dict.fromkeys(links)), [_form(each, address) for each in page.iter("form")]


def _own(address: str, link: str) -> str:
    """The link's path and query when it stays on this host."""
    try:
        parts = urlsplit(urljoin(address, link))
    except ValueError:
        return ""
    if parts.netloc or parts.scheme not in ("", "http") or parts.path.startswith("/static/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _form(element, address: str) -> Form:
    action = _own(address, element.get("action") or address) or address
    form = Form(action, (element.get("method") or "get").lower())
    outside = element.getroottree().xpath("//*[@form=$id]", id=element.get("id") or " ")
    for control in [*element.xpath(".//input|.//select|.//textarea|.//button"), *outside]:
        if name := control.get("name"):
            _add(form, name, control)
    return form


def _add(form: Form, name: str, control) -> None:
    kind = control.get("type", "").lower()
    if kind == "file":
        form.files.append(name)
    elif control.tag == "select":
        options = control.xpath(".//option")
        form.choices[name] = [option.get("value", "") for option in options]
        chosen = [each.get("value", "") for each in options if each.get("selected") is not None]
        form.values.setdefault(name, chosen or form.choices[name][:1])
    elif kind in ("radio", "checkbox"):
        form.choices.setdefault(name, []).append(control.get("value", "on"))
        chosen = [control.get("value", "on")] if control.get("checked") is not None else []
        form.values[name] = form.values.get(name, []) + chosen
    elif kind not in SKIPPED and control.tag != "button":
        text = control.text or "" if control.tag == "textarea" else control.get("value", "")
        form.values.setdefault(name, []).append(text)
    elif control.get("value"):
        form.choices.setdefault(name, []).append(control.get("value"))
        form.values.setdefault(name, [])
