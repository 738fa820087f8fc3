"""When people are reminded of an SK that ends: administrators say how many days before."""

from django.contrib import admin

from apps.inbox.models import ReminderMail, ReminderRule
from apps.verification.content_admin import ReferencePages, ScopedPages


@admin.register(ReminderRule)
class ReminderRuleAdmin(ReferencePages, admin.ModelAdmin):
    list_display = ("days_before", "is_active")


@admin.register(ReminderMail)
class ReminderMailAdmin(ScopedPages, admin.ModelAdmin):
    """Who was told of what: to read."""

    list_display = ("user", "pokja", "ends_on", "days_before", "sent_at")
    list_filter = ("days_before",)
    list_select_related = ("user", "pokja")
    list_per_page = 50
