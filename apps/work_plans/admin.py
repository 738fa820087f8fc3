from django.contrib import admin

from apps.verification.content_admin import ContentAdmin, ContentInline
from apps.work_plans.models import Activity, WorkPlan


class ActivityInline(ContentInline):
    model = Activity


@admin.register(WorkPlan)
class WorkPlanAdmin(ContentAdmin):
    inlines = (ActivityInline,)
    list_display = ("pokja", "year", "region", "status", "version")
    list_filter = ("evidence__status", "year")
    list_select_related = ("evidence__region", "pokja")
    search_fields = ("pokja__name", "pokja__code", "evidence__region__name")
    fields = ("pokja", "year", "seen_revision")
    readonly_fields = ("pokja", "year")
