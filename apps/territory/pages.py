"""What every page of a change begins with: who may, which draft, the bar of steps."""

from functools import wraps

from django.shortcuts import get_object_or_404, render

from apps.accounts.access import login_required, require_role
from apps.accounts.enums import Role
from apps.core.errors import Conflict
from apps.territory import drafts, steps
from apps.territory.models import RegionChange

FORM_METHODS = ("GET", "HEAD", "POST")
CRUMB = ("Perubahan wilayah", "/wilayah/perubahan/")
WITH = ("region__province", "region__parent", "target__province", "target__parent")


def national_only(view):
    """Signed in, and of the national office or an administrator (403)."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        require_role(request.user, Role.NATIONAL, Role.ADMIN)
        return view(request, *args, **kwargs)

    return guarded


def found_change(pk: int) -> RegionChange:
    return get_object_or_404(RegionChange.objects.select_related(*WITH), pk=pk)


def open_change(request, pk: int) -> RegionChange:
    """A draft; one that was decided meanwhile tells so (409)."""
    change = found_change(pk)
    if not change.is_open:
        raise Conflict(drafts.STALE, url=steps.address(change, "change"))
    return change


def crumbs_of(change: RegionChange) -> list:
    return [CRUMB, (str(change), "")]


def seen_revision(form) -> int:
    """Without a revision nobody knows what the person saw, so none is current."""
    return form.cleaned_data.get("revision") or 0


class Typed:
    """What was typed goes on the page that tells of somebody faster."""

    def __init__(self, form):
        self.form = form

    def __enter__(self):
        return self

    def __exit__(self, kind, conflict, trace):
        if isinstance(conflict, Conflict):
            conflict.typed = tuple(
                (field.label, str(self.form.cleaned_data.get(field.name) or ""))
                for field in self.form.visible_fields()
            )
        return False


def step_page(request, template, change, name, **context):
    return render(
        request,
        template,
        {
            "change": change,
            "steps": steps.bar(change, name),
            "crumbs": crumbs_of(change),
            "back": steps.before(change, name),
            **context,
        },
    )
