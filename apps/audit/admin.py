from django.contrib import admin

from apps.audit.models import Entry
from apps.core.admin_search import ShortSearch


@admin.register(Entry)
class EntryAdmin(ShortSearch, admin.ModelAdmin):
    """Read only: the trail is never edited, not even by an administrator."""

    list_display = ("at", "actor", "role", "action", "object_label", "region")
    list_select_related = ("actor", "region")
    list_filter = ("action", "role")
    search_fields = ("object_label", "reason", "actor__full_name")
    date_hierarchy = "at"

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
