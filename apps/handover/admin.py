"""Which post passed from whom to whom: to read."""

from django.contrib import admin

from apps.handover.models import Handover
from apps.verification.content_admin import ScopedPages


@admin.register(Handover)
class HandoverAdmin(ScopedPages, admin.ModelAdmin):
    list_display = ("post", "successor", "region", "handed_on", "by")
    list_select_related = (
        "post__region",
        "post__user",
        "successor__region",
        "successor__user",
        "region",
        "by",
    )
    search_fields = ("post__user__full_name", "successor__user__full_name", "region__name")
    list_per_page = 50
