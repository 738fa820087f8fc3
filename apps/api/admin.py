"""Who holds tokens: to read, and to revoke. They are made by their owners alone."""

from django.contrib import admin, messages
from django.utils import timezone

from apps.accounts import services
from apps.accounts.admin import PeoplePermissions
from apps.accounts.queries import visible_users
from apps.api import tokens
from apps.api.models import Token
from apps.core.admin_search import ShortSearch


@admin.register(Token)
class TokenAdmin(PeoplePermissions, ShortSearch, admin.ModelAdmin):
    list_display = ("name", "user", "start", "created_at", "expires_at", "last_used_at", "state")
    list_select_related = ("user",)
    search_fields = ("name", "user__username", "user__full_name")
    exclude = ("secret_hash",)
    list_per_page = 50
    actions = ("revoke",)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(user__in=visible_users(request.user))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="keadaan")
    def state(self, token):
        return token.state(timezone.now()).label

    @admin.action(description="Cabut token yang dipilih", permissions=["view"])
    def revoke(self, request, queryset):
        revoked = sum(
            tokens.revoke(token, actor=request.user)
            for token in queryset
            if _may_revoke(token, request.user)
        )
        messages.success(request, f"{revoked} token dicabut.")


def _may_revoke(token: Token, actor) -> bool:
    """One's own, and those of people whose accounts one manages."""
    return token.user_id == actor.pk or services.may_manage(token.user, actor=actor)
