"""Deadlines, holidays and targets, written by administrators; locks and reopenings to read."""

from django.contrib import admin

from apps.deadlines.models import (
    Holiday,
    LateMark,
    Period,
    PeriodSwitch,
    Reopening,
    ServiceTarget,
)
from apps.regions.models import Region
from apps.verification.content_admin import ReferencePages, ScopedPages


class DeletablePages(ReferencePages):
    """Reference data that nothing refers to: administrators may also take a row away."""

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Region:
            kwargs["queryset"] = Region.objects.provinces()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Holiday)
class HolidayAdmin(DeletablePages, admin.ModelAdmin):
    list_display = ("date", "name", "is_joint_leave")
    list_filter = ("is_joint_leave",)
    search_fields = ("name",)
    date_hierarchy = "date"
    list_per_page = 100


@admin.register(Period)
class PeriodAdmin(DeletablePages, admin.ModelAdmin):
    """The most specific row holds: province and kind, province, kind, all."""

    list_display = (
        "year",
        "kind_name",
        "place",
        "opens_on",
        "due_on",
        "grace_until",
        "locks_on",
    )
    list_filter = ("year", "kind")
    list_select_related = ("province",)
    search_fields = ("province__name", "province__code")

    @admin.display(description="jenis bukti", ordering="kind")
    def kind_name(self, period):
        return period.get_kind_display() or "Semua jenis"

    @admin.display(description="berlaku untuk", ordering="province__code")
    def place(self, period):
        return period.place


@admin.register(ServiceTarget)
class ServiceTargetAdmin(DeletablePages, admin.ModelAdmin):
    list_display = ("__str__", "days")
    list_select_related = ("province",)


@admin.register(PeriodSwitch)
class PeriodSwitchAdmin(ScopedPages, admin.ModelAdmin):
    """To read: locking has its own page, with a reason."""

    list_display = ("at", "province", "year", "kind", "is_locked", "by", "reason")
    list_filter = ("year", "kind", "is_locked")
    list_select_related = ("province", "by")
    search_fields = ("province__name", "reason")


@admin.register(Reopening)
class ReopeningAdmin(ScopedPages, admin.ModelAdmin):
    list_display = ("at", "region", "year", "kind", "until", "by", "ended_at", "reason")
    list_filter = ("year", "kind")
    list_select_related = ("region", "by")
    search_fields = ("region__name", "region__code", "reason")


@admin.register(LateMark)
class LateMarkAdmin(ScopedPages, admin.ModelAdmin):
    list_display = ("history", "due_on", "days", "standing_days")
    list_select_related = ("history__evidence",)
    list_per_page = 50
