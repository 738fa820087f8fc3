"""Texts of letters to edit; what was sent to read."""

from django.contrib import admin

from apps.campaign.models import CampaignMessage, LetterTemplate
from apps.verification.content_admin import ReferencePages, ScopedPages


@admin.register(LetterTemplate)
class LetterTemplateAdmin(ReferencePages, admin.ModelAdmin):
    """One text for each kind; names in braces are filled in, unknown ones refused."""

    list_display = ("kind", "subject", "nature")

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(CampaignMessage)
class CampaignMessageAdmin(ScopedPages, admin.ModelAdmin):
    """Who was reminded by what: to read. The letter itself, with its NIP, is not shown."""

    list_display = ("region", "year", "channel", "kind", "number", "day", "missing")
    list_filter = ("channel", "kind", "year")
    list_select_related = ("region", "mailing")
    search_fields = ("region__name", "region__code", "number")
    exclude = ("content",)
    list_per_page = 50
