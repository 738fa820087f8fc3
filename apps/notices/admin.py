"""Mails on their way and what became of them, and the people's choices: to read."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from apps.accounts.queries import visible_users
from apps.audit.services import record
from apps.core.admin_search import ShortSearch
from apps.notices.enums import MailState
from apps.notices.models import Mail


@admin.register(Mail)
class MailAdmin(ShortSearch, admin.ModelAdmin):
    """Mails to people this member of staff may see; a failed one can be sent again."""

    list_display = ("subject", "user", "state", "due_at", "sent_at", "attempts", "trouble")
    list_filter = ("state",)
    list_select_related = ("user",)
    list_per_page = 50
    search_fields = ("subject", "user__username", "user__full_name")
    fields = ("user", "subject", "state", "due_at", "sent_at", "attempts", "trouble", "created_at")
    readonly_fields = fields
    actions = ("send_again",)

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        seen = visible_users(request.user)
        return super().get_queryset(request).filter(user__in=seen.values("pk"))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404  # as on every page: outside the own regions there is nothing

    @admin.action(description="Kirim ulang")
    def send_again(self, request, queryset):
        """Failed mails wait again with all their tries; others are left alone."""
        with transaction.atomic():
            chosen = list(queryset.filter(state=MailState.FAILED).select_for_update(of=("self",)))
            Mail.objects.filter(pk__in=[mail.pk for mail in chosen], state=MailState.FAILED).update(
                state=MailState.WAITING, attempts=0, due_at=timezone.now(), claim=None, trouble=""
            )
            for mail in chosen:
                record(
                    "Mengirim ulang surel",
                    mail,
                    actor=request.user,
                    before={"state": MailState.FAILED},
                    after={"state": MailState.WAITING},
                )
        if chosen:
            messages.success(request, f"{len(chosen)} surel dikirim ulang.")
        else:
            messages.warning(request, "Tidak ada surel gagal di antara yang dipilih.")
