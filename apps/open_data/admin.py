"""What was opened to the public, to read: it is opened and closed on its page."""

from django.contrib import admin

from apps.open_data.models import Publication
from apps.verification.content_admin import ScopedPages


@admin.register(Publication)
class PublicationAdmin(ScopedPages, admin.ModelAdmin):
    list_display = (
        "province",
        "year",
        "published_at",
        "published_by",
        "withdrawn_at",
        "withdrawn_by",
    )
    list_filter = ("year", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("province", "published_by", "withdrawn_by")
    search_fields = ("province__name", "note", "withdrawal_reason")
    list_per_page = 50
