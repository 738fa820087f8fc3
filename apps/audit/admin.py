from django.contrib import admin

from apps.audit.models import Entry, Refusal
from apps.core.admin_search import ShortSearch


class ReadOnlyAdmin(ShortSearch, admin.ModelAdmin):
    """Never edited, not even by an administrator."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor", "role", "action", "object_label", "region")
    list_select_related = ("actor", "region")
    list_filter = ("action", "role")
    search_fields = ("object_label", "reason", "actor__full_name")
    date_hierarchy = "at"

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    """For administrators: who asks for what they may not is nobody else's matter."""

    list_display = ("at", "actor", "role", "method", "address", "status", "reason", "count")
    list_select_related = ("actor",)
    list_filter = ("status", "method", "role")
    search_fields = ("address", "actor__full_name", "actor__username")
    date_hierarchy = "at"

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_module_permission = has_view_permission
