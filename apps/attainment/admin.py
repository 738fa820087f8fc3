"""Promised counts of regions, for administrators; the page of a province writes them too."""

from django.contrib import admin

from apps.effectiveness.models import EffectiveTarget
from apps.regions.models import Region
from apps.verification.content_admin import ReferencePages


@admin.register(EffectiveTarget)
class EffectiveTargetAdmin(ReferencePages, admin.ModelAdmin):
    list_display = ("province", "year", "provinces", "districts", "source")
    list_filter = ("year",)
    list_select_related = ("province",)
    search_fields = ("province__name", "province__code")

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Region:
            kwargs["queryset"] = Region.objects.provinces()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
