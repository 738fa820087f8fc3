"""When people are reminded of an SK that ends: administrators say how many days before."""

from django.contrib import admin

from apps.inbox.models import ReminderRule
from apps.verification.content_admin import ReferencePages


@admin.register(ReminderRule)
class ReminderRuleAdmin(ReferencePages, admin.ModelAdmin):
    list_display = ("days_before", "is_active")
