"""The administrators' page of the backups."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required, require_role
from apps.accounts.enums import Role
from apps.backup.standing import standing


@require_safe
@login_required
def backups(request):
    """Is there a good backup, how old is it, and was it tried?"""
    require_role(request.user, Role.ADMIN)
    context = admin.site.each_context(request) | {
        "title": "Cadangan terakhir",
        "standing": standing(),
    }
    return TemplateResponse(request, "backup/backups.html", context)
