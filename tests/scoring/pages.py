"""Reading pages, and filling in the page of a draft as a browser would."""

import re

from apps.scoring.editing import editor_for


def words(response) -> str:
    """The text of a page, blanks made one."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("&amp;", "&").split())


def posted(rubric, **changed) -> dict:
    """What the page of a draft sends back when only ``changed`` was typed (None: left out)."""
    editor = editor_for(rubric)
    data = {}
    for form in (editor.form, editor.points, *editor.formset.forms, editor.formset.management_form):
        for field in form:
            data[field.html_name] = _sent(field)
    for name, value in changed.items():
        data[name] = value
    return {name: value for name, value in data.items() if value not in (None, False)}


def _sent(field):
    value = field.value()
    return "on" if value is True else value
