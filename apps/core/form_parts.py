"""What the templates show of a form: the parts of one field, and the list of all errors.

The order on the page is label, help, error, control; ``aria-describedby`` names help and error in
that order, and an error links to the control it speaks of.
"""

from django.forms import BaseFormSet, widgets

OPTIONAL_KINDS = ("text", "select", "group", "file")


class FieldParts:
    """A bound field taken apart for templates/bootstrap5/field.html.

    ``kind`` is "hidden", "checkbox", "group" (radios or checkboxes), "select", "file" or "text".
    """

    def __init__(self, field):
        self.field = field
        self.kind = _kind(field)
        self.help_id = f"{field.auto_id}_helptext"
        self.error_id = f"{field.auto_id}_error"

    @property
    def optional(self):
        """Whether "(opsional)" stands behind the label; forms of filters switch that off."""
        form = self.field.form
        marks = getattr(form, "mark_optional", True) and (
            self.field.name not in getattr(form, "unmarked", ())
        )
        return marks and self.kind in OPTIONAL_KINDS and not self.field.field.required

    @property
    def described_by(self):
        ids = [self.help_id] if self.field.help_text else []
        return " ".join([*ids, self.error_id] if self.field.errors else ids)

    @property
    def group_class(self):
        """How the options of a group are laid out: the class of its widget."""
        return self.field.field.widget.attrs.get("class", "")

    def control(self):
        """The input with its classes; the widget itself is left as it was."""
        base = {"select": "form-select", "checkbox": "form-check-input"}.get(
            self.kind, "form-control"
        )
        own = self.field.field.widget.attrs.get("class", "")
        # Django adds aria-invalid and required; a file input it takes for a fieldset and skips.
        attrs = {"class": f"{base} {own}".strip()}
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        return self.field.as_widget(attrs=attrs)

    def options(self):
        """The single radios or checkboxes of a group: id, label and the input itself."""
        for option in self.field.subwidgets:
            attrs = option.data["attrs"] | {"class": "form-check-input"}
            if self.field.errors:
                attrs["aria-invalid"] = "true"
            option.data["attrs"] = attrs
            yield {"id": option.id_for_label, "label": option.choice_label, "tag": option.tag()}


def _kind(field):
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, widgets.CheckboxInput):
        return "checkbox"
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, widgets.Select):
        return "select"
    if isinstance(widget, widgets.FileInput):
        return "file"
    return "text"


def error_target(field):
    """The id an error link jumps to: the control, or the first of a group."""
    name = field.field.widget.attrs.get("id") or field.auto_id
    return f"{name}_0" if _kind(field) == "group" else name


def error_items(form):
    """Yield (target id, message) for a form or formset; the id is "" where no field is meant."""
    if isinstance(form, BaseFormSet):
        if form.is_bound:
            for message in form.non_form_errors():
                yield "", message
            for each in form.forms:
                yield from error_items(each)
        return
    for message in form.non_field_errors():
        yield "", message
    for field in form:
        target = "" if field.is_hidden else error_target(field)
        for message in field.errors:
            yield target, message
