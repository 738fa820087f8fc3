"""Talk and follow-ups, to read: both are written on their own pages only."""

from django.contrib import admin

from apps.discussion.models import Comment, FollowUp, FollowUpEvent
from apps.verification.content_admin import ScopedPages


@admin.register(Comment)
class CommentAdmin(ScopedPages, admin.ModelAdmin):
    list_display = ("at", "thread_item", "author", "role", "text", "taken_back_at")
    list_filter = ("role",)
    list_select_related = ("author", "thread__evidence")
    search_fields = ("text", "author__full_name", "thread__evidence__title")
    list_per_page = 50

    @admin.display(description="bukti")
    def thread_item(self, comment):
        return comment.thread.evidence


class EventInline(admin.TabularInline):
    model = FollowUpEvent
    extra = 0
    can_delete = False
    fields = readonly_fields = ("at", "actor", "role", "deed", "note")

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


@admin.register(FollowUp)
class FollowUpAdmin(ScopedPages, admin.ModelAdmin):
    inlines = (EventInline,)
    list_display = ("task", "region", "owner", "due_on", "state", "created_by", "done_at")
    list_filter = ("state",)
    list_select_related = ("region", "owner", "created_by")
    search_fields = ("task", "owner__full_name", "region__name", "region__code")
    date_hierarchy = "due_on"
    list_per_page = 50
