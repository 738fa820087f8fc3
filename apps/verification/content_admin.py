"""What the administration pages of scoped things share (spec section 3).

Rows are those of the person's scope, and what staff may change follows from their posts, not from
Django's permission table: a permission given there by mistake opens nothing here. Evidence is
written only while it is a draft or returned, and every change leaves history and an audit entry.
"""

import json

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.http import Http404

from apps.accounts.enums import Act
from apps.audit.services import columns_of, record
from apps.core.admin_search import ShortSearch
from apps.core.errors import Conflict
from apps.verification.services import StepConflict, claim_edit


class ScopedPages(ShortSearch):
    """Mixin of ModelAdmin: rows in scope; nothing added, changed or deleted unless allowed."""

    def _is_staff(self, request) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_module_permission(self, request):
        return self._is_staff(request)

    def has_view_permission(self, request, obj=None):
        return self._is_staff(request)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        own = self.model.objects.for_user(request.user)
        return super().get_queryset(request).filter(pk__in=own.values("pk"))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404  # as on every page: outside the own regions there is nothing


class ReferencePages(ScopedPages):
    """Reference data without a region: staff read it, administrators write it."""

    def get_queryset(self, request):
        return admin.ModelAdmin.get_queryset(self, request)

    def has_add_permission(self, request, obj=None):
        return self._is_staff(request) and request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return self._is_staff(request) and request.user.is_superuser

    def log_addition(self, request, obj, message):
        record("Menambah lewat admin", obj, actor=request.user, role="admin", after=columns_of(obj))
        return super().log_addition(request, obj, message)

    def save_model(self, request, obj, form, change):
        request.stored_values = columns_of(type(obj).objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)

    def log_change(self, request, obj, message):
        record(
            "Mengubah lewat admin",
            obj,
            actor=request.user,
            role="admin",
            before=request.stored_values,
            after=columns_of(obj),
        )
        return super().log_change(request, obj, message)


# --- content of evidence ---------------------------------------------------------------------


def may_write(user, evidence) -> bool:
    """Is this version open for writing, and may this person write it?"""
    return evidence.is_editable and user.scope.can(Act.EDIT, evidence.region)


class ContentForm(forms.ModelForm):
    """Carries the revision that was seen, so that nobody's newer edit is overwritten."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.evidence.revision

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("seen_revision") != self.instance.evidence.revision:
            raise ValidationError(str(StepConflict(self.instance.evidence)))
        return cleaned


class ContentAdmin(ScopedPages, admin.ModelAdmin):
    """An SK, a plan, an indicator set or a budget. They begin on their pages or in a file."""

    form = ContentForm
    list_filter = ("evidence__status",)
    list_select_related = ("evidence__region",)
    list_per_page = 50

    def get_fields(self, request, obj=None):
        """The revision belongs to a form; a page to read has none."""
        fields = super().get_fields(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fields
        return [name for name in fields if name != "seen_revision"]

    def has_change_permission(self, request, obj=None):
        if not self._is_staff(request):
            return False
        return obj is None or may_write(request.user, obj.evidence)

    def save_model(self, request, obj, form, change):
        request.stored_values = columns_of(type(obj).objects.get(pk=obj.pk))
        try:
            claim_edit(
                obj.evidence, actor=request.user, revision=form.cleaned_data["seen_revision"]
            )
        except StepConflict as conflict:
            raise Conflict(str(conflict)) from conflict
        super().save_model(request, obj, form, change)

    def log_change(self, request, obj, message):
        evidence = obj.evidence
        rows = [part for part in message if "name" in next(iter(part.values()), {})]
        told = LogEntry(change_message=json.dumps(rows)).get_change_message() if rows else ""
        record(
            "Mengubah isian lewat admin",
            obj,
            actor=request.user,
            role=request.user.scope.role_for(Act.EDIT, evidence.region),
            region=evidence.region,
            before=request.stored_values,
            after=columns_of(obj) | ({"baris": told} if told else {}),
        )
        return super().log_change(request, obj, message)

    @admin.display(description="wilayah", ordering="evidence__region__code")
    def region(self, obj):
        return obj.evidence.region

    @admin.display(description="status", ordering="evidence__status")
    def status(self, obj):
        return obj.evidence.get_status_display()

    @admin.display(description="versi", ordering="evidence__version")
    def version(self, obj):
        return obj.evidence.version


class ContentInline(admin.TabularInline):
    """Rows of an item, written under the same conditions as the item itself."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return obj is not None and may_write(request.user, obj.evidence)

    has_add_permission = has_delete_permission = has_change_permission
