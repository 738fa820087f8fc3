from django.contrib import admin

from apps.core.formats import decree_key
from apps.decrees.models import Decree, DecreeCoverage
from apps.documents.admin import document_link
from apps.pokja.models import Pokja
from apps.verification.content_admin import ContentAdmin, ContentInline


class CoverageInline(ContentInline):
    model = DecreeCoverage
    fields = ("pokja", "role", "parent_number")

    def get_formset(self, request, obj=None, **kwargs):
        self.region = obj.evidence.region if obj else None
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "pokja":
            kwargs["queryset"] = Pokja.objects.for_user(request.user).filter(region=self.region)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Decree)
class DecreeAdmin(ContentAdmin):
    inlines = (CoverageInline,)
    list_display = (
        "number",
        "issued_on",
        "region",
        "valid_from",
        "valid_until",
        "status",
        "version",
    )
    list_filter = ("evidence__status", "validity_basis")
    search_fields = ("number", "title", "evidence__region__name")
    fields = (
        "number",
        "issued_on",
        "title",
        "signer_position",
        "signer_status",
        "signer_name",
        "valid_from",
        "valid_until",
        "validity_basis",
        "file",
        "seen_revision",
    )
    readonly_fields = ("file",)

    @admin.display(description="berkas SK")
    def file(self, decree):
        return document_link(decree.document)

    def save_model(self, request, obj, form, change):
        obj.number_key = decree_key(obj.number)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            row.parent_key = decree_key(row.parent_number)
            row.save()
        for row in formset.deleted_objects:
            row.delete()
