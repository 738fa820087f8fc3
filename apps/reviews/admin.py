"""For how long regions may reply, to edit; replies and second looks, to read."""

from django.contrib import admin

from apps.reviews.models import Objection, ReplyRule, Sample, SampleItem
from apps.verification.content_admin import ReferencePages, ScopedPages


@admin.register(ReplyRule)
class ReplyRuleAdmin(ReferencePages, admin.ModelAdmin):
    """One row for each province that differs; the row without a province is for all others."""

    list_display = ("place", "days")
    list_select_related = ("province",)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    @admin.display(description="provinsi", ordering="province__code")
    def place(self, obj):
        return obj.province or "Bawaan"


@admin.register(Objection)
class ObjectionAdmin(ScopedPages, admin.ModelAdmin):
    """Read only: what was said stays as it was said."""

    list_display = ("at", "evidence", "state", "by", "answered_by", "answered_at")
    list_filter = ("state", "outcome")
    list_select_related = ("evidence", "by", "answered_by")
    search_fields = ("evidence__title", "reason", "answer")
    list_per_page = 50


class SampleItemInline(admin.TabularInline):
    """Who was given what; no marks while the draw is open, so that it stays blind."""

    model = SampleItem
    extra = 0
    can_delete = False
    fields = readonly_fields = ("number", "evidence", "verifier", "marked_at")

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("evidence", "verifier")


@admin.register(Sample)
class SampleAdmin(ScopedPages, admin.ModelAdmin):
    """Read only: a draw is made and closed on its page."""

    inlines = (SampleItemInline,)
    list_display = ("drawn_at", "place", "kind", "since", "until", "asked", "drawn_by", "closed_at")
    list_filter = ("kind",)
    list_select_related = ("region", "drawn_by")
    list_per_page = 50
