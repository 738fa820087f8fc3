from django.contrib import admin
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html

from apps.core.admin_search import ShortSearch
from apps.documents.models import Document


def document_link(document):
    """The file, opened through the page that checks who may see it."""
    if document is None:
        return "belum ada"
    return format_html(
        '<a href="{}">{}</a>', reverse("documents:file", args=[document.uuid]), document
    )


@admin.register(Document)
class DocumentAdmin(ShortSearch, admin.ModelAdmin):
    """Read only: a file is kept byte for byte, a new one is a new row."""

    list_display = ("original_name", "region", "pages", "size", "uploaded_by", "uploaded_at")
    list_select_related = ("region", "uploaded_by")
    search_fields = ("original_name", "sha256", "region__name", "region__code")
    fields = readonly_fields = (
        "link",
        "region",
        "sha256",
        "size",
        "pages",
        "uploaded_by",
        "uploaded_at",
    )
    list_per_page = 50

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        own = Document.objects.for_user(request.user)
        return super().get_queryset(request).filter(pk__in=own.values("pk"))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404  # as on every page: outside the own regions there is nothing

    @admin.display(description="berkas")
    def link(self, document):
        return document_link(document)
