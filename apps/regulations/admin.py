"""The register in the admin: rows of the nation and of regions, written by administrators.

Staff who are no superusers read what they see on the pages; they write there, where their posts
are asked.
"""

from django import forms
from django.contrib import admin
from django.utils import timezone

from apps.core.formats import format_date
from apps.regulations.forms import PlaceRule
from apps.regulations.models import Agreement, Institution, Regulation
from apps.verification.content_admin import ReferencePages, ScopedPages


class RegisterAdmin(ReferencePages, admin.ModelAdmin):
    """Rows in scope; a row that nothing refers to may be taken away."""

    list_per_page = 50
    list_select_related = ("region",)
    autocomplete_fields = ("region",)

    def get_queryset(self, request):
        return ScopedPages.get_queryset(self, request)

    def save_model(self, request, obj, form, change):
        """An end that is changed here is kept with its moment, as on the pages."""
        if change:
            obj.revision += 1
            if "valid_until" in form.changed_data:
                obj.ended_at, obj.planned_until = timezone.now(), form.initial.get("valid_until")
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    @admin.display(description="wilayah", ordering="region__code")
    def place(self, row):
        return row.place

    @admin.display(description="berlaku sampai", ordering="valid_until")
    def until(self, row):
        return format_date(row.valid_until) if row.valid_until else "–"


class RegulationPageForm(PlaceRule, forms.ModelForm):
    pass


@admin.register(Regulation)
class RegulationAdmin(RegisterAdmin):
    form = RegulationPageForm
    list_display = ("name", "place", "subject", "topics", "valid_from", "until")
    list_display_links = ("name",)
    list_filter = ("kind", "year")
    search_fields = ("number", "subject", "issuer", "region__name", "region__code")
    autocomplete_fields = ("region", "revoked_by")
    raw_id_fields = ("document",)

    @admin.display(description="regulasi", ordering="year")
    def name(self, row):
        return row.name


@admin.register(Agreement)
class AgreementAdmin(RegisterAdmin):
    list_display = ("title", "kind", "place", "own_number", "valid_from", "until")
    list_filter = ("kind",)
    search_fields = ("title", "parties", "own_number", "other_number", "region__name")
    autocomplete_fields = ("region", "parent")
    raw_id_fields = ("document",)


@admin.register(Institution)
class InstitutionAdmin(RegisterAdmin):
    list_display = ("name", "place", "form", "valid_from", "until")
    list_filter = ("form",)
    search_fields = ("name", "short_name", "region__name", "region__code")
