from django.contrib import admin

from apps.indicators.models import Indicator, IndicatorSet, RegionTarget, Target
from apps.verification.content_admin import (
    ContentAdmin,
    ContentInline,
    ReferencePages,
    ScopedPages,
)


@admin.register(Indicator)
class IndicatorAdmin(ReferencePages, admin.ModelAdmin):
    """The catalogue. An indicator in use is switched off, not deleted."""

    list_display = ("name", "code", "unit", "direction", "pillar", "is_active", "order")
    list_filter = ("is_active", "direction", "pillar")
    search_fields = ("name", "short_name", "code")
    list_per_page = 100


class TargetInline(ContentInline):
    model = Target


@admin.register(IndicatorSet)
class IndicatorSetAdmin(ContentAdmin):
    inlines = (TargetInline,)
    list_display = ("pokja", "year", "region", "status", "version")
    list_filter = ("evidence__status", "year")
    list_select_related = ("evidence__region", "pokja")
    search_fields = ("pokja__name", "pokja__code", "evidence__region__name")
    fields = ("pokja", "year", "seen_revision")
    readonly_fields = ("pokja", "year")


@admin.register(RegionTarget)
class RegionTargetAdmin(ScopedPages, admin.ModelAdmin):
    """Targets of regions: read within the scope, written by administrators."""

    list_display = ("indicator", "region", "year", "value", "document")
    list_filter = ("year", "indicator")
    list_select_related = ("indicator", "region")
    search_fields = ("region__name", "region__code", "indicator__name", "document")
    autocomplete_fields = ("region", "indicator")
    list_per_page = 50

    def has_add_permission(self, request, obj=None):
        return self._is_staff(request) and request.user.is_superuser

    has_change_permission = has_delete_permission = has_add_permission
