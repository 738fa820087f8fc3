from django.contrib import admin

from apps.budgets.models import Budget, BudgetLine
from apps.documents.admin import document_link
from apps.verification.content_admin import ContentAdmin, ContentInline


class LineInline(ContentInline):
    model = BudgetLine


@admin.register(Budget)
class BudgetAdmin(ContentAdmin):
    inlines = (LineInline,)
    list_display = ("pokja", "year", "stage", "region", "status", "version")
    list_filter = ("evidence__status", "stage", "year")
    list_select_related = ("evidence__region", "pokja")
    search_fields = ("pokja__name", "pokja__code", "evidence__region__name")
    fields = ("pokja", "year", "stage", "file", "seen_revision")
    readonly_fields = ("pokja", "year", "stage", "file")

    @admin.display(description="bukti anggaran")
    def file(self, budget):
        return document_link(budget.document)
