"""The case files, to read; the coded reasons, to edit."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from apps.verification.content_admin import ReferencePages, ScopedPages
from apps.verification.models import Evidence, History, Note, ReturnReason


class HistoryInline(admin.TabularInline):
    model = History
    extra = 0
    can_delete = False
    fields = readonly_fields = ("at", "actor", "role", "action", "from_status", "to_status", "note")

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


@admin.register(Evidence)
class EvidenceAdmin(ScopedPages, admin.ModelAdmin):
    """Read only: a status changes by the steps of the workflow alone."""

    inlines = (HistoryInline,)
    list_display = (
        "title",
        "kind",
        "region",
        "year",
        "status",
        "version",
        "submitted_at",
        "decided_at",
    )
    list_filter = ("status", "kind", "year")
    list_select_related = ("region",)
    search_fields = ("title", "region__name", "region__code")
    list_per_page = 50


@admin.register(History)
class HistoryAdmin(ScopedPages, admin.ModelAdmin):
    """Read only: what happened is never rewritten."""

    list_display = ("at", "evidence", "actor", "role", "action", "from_status", "to_status")
    list_filter = ("action", "role")
    list_select_related = ("evidence", "actor")
    search_fields = ("evidence__title", "note", "actor__full_name")
    date_hierarchy = "at"
    list_per_page = 50


@admin.register(ReturnReason)
class ReturnReasonAdmin(ReferencePages, admin.ModelAdmin):
    """A reason that was used stays, so that old notes keep their words: switch it off instead."""

    list_display = ("label", "kind", "code", "advice", "uses", "is_active", "order")
    list_filter = ("kind", "is_active")
    search_fields = ("label", "code", "advice")

    def get_queryset(self, request):
        notes = Note.objects.filter(reason=OuterRef("pk"), history__undone_at=None).order_by()
        counted = notes.values("reason").annotate(count=Count("pk")).values("count")
        return super().get_queryset(request).annotate(used=Coalesce(Subquery(counted), 0))

    @admin.display(description="dipakai berapa kali", ordering="used")
    def uses(self, obj) -> int:
        """How many notes of returns that stand say it, of all times."""
        return obj.used

    def has_delete_permission(self, request, obj=None):
        if obj is not None and Note.objects.filter(reason=obj).exists():
            return False
        return self.has_change_permission(request, obj)
