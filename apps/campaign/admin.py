"""Texts, letterheads and signers to edit; what was sent to read."""

from django.contrib import admin

from apps.accounts.enums import Role
from apps.audit.services import record
from apps.campaign.models import CampaignMessage, Letterhead, LetterTemplate, Signer
from apps.campaign.services import office_facts, role_over
from apps.core.admin_search import ShortSearch
from apps.verification.content_admin import ReferencePages, ScopedPages


@admin.register(LetterTemplate)
class LetterTemplateAdmin(ReferencePages, admin.ModelAdmin):
    """One text for each kind; names in braces are filled in, unknown ones refused."""

    list_display = ("kind", "subject", "nature")

    def has_delete_permission(self, request, obj=None):
        return False


class OfficePages(ScopedPages, ShortSearch):
    """Rows of the own office; its coordinator and administrators write them."""

    list_select_related = ("province",)

    def get_queryset(self, request):
        own = self.model.objects.of_offices(request.user)
        return admin.ModelAdmin.get_queryset(self, request).filter(pk__in=own.values("pk"))

    def has_add_permission(self, request, obj=None):
        return self._is_staff(request) and request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        if not self._is_staff(request):
            return False
        if obj is None or request.user.is_superuser:
            return True
        if obj.province is None:
            return request.user.scope.has_role(Role.NATIONAL)
        return Role.COORDINATOR in request.user.scope.roles_in(obj.province)

    def get_readonly_fields(self, request, obj=None):
        """Nobody moves a row to another office."""
        return ("province",) if obj else ()

    def save_model(self, request, obj, form, change):
        before = office_facts(type(obj).objects.get(pk=obj.pk)) if change else {}
        obj.revision += change
        super().save_model(request, obj, form, change)
        record(
            f"Menyimpan {obj._meta.verbose_name} lewat admin",
            obj,
            actor=request.user,
            role=role_over(request.user, obj.province),
            region=obj.province,
            before=before,
            after=office_facts(obj),
        )


@admin.register(Letterhead)
class LetterheadAdmin(OfficePages, admin.ModelAdmin):
    list_display = ("name", "province", "valid_from", "place")
    search_fields = ("institution", "place")


@admin.register(Signer)
class SignerAdmin(OfficePages, admin.ModelAdmin):
    list_display = ("name", "title", "province", "is_active")
    search_fields = ("name", "position")


@admin.register(CampaignMessage)
class CampaignMessageAdmin(ScopedPages, admin.ModelAdmin):
    """Who was reminded by what: to read. The letter itself, with its NIP, is not shown."""

    list_display = ("region", "year", "channel", "kind", "number", "day", "missing")
    list_filter = ("channel", "kind", "year")
    list_select_related = ("region", "mailing")
    search_fields = ("region__name", "region__code", "number")
    exclude = ("content",)
    list_per_page = 50
