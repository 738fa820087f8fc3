"""Rubrics in the administration: drafts are written here too; what was published is only read.

Publishing happens on the page of the rubric, where its consequences stand beside it.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from apps.audit.services import record
from apps.effectiveness import maturity
from apps.effectiveness.criteria import CHECKS, validate_parameters
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.models import Rubric, RubricCriterion, RubricPoint
from apps.effectiveness.publishing import gaps
from apps.effectiveness.rubric_drafts import (
    RESERVED,
    claim_draft,
    delete_draft,
    locked_rubrics,
    what_happened,
)
from apps.effectiveness.rubric_file import FIRST_YEAR, LAST_YEAR
from apps.effectiveness.rubric_plain import plain_of
from apps.effectiveness.rubrics import BASE
from apps.pokja.enums import FundSource, PokjaKind
from apps.verification.content_admin import ReferencePages

WHOLE = 100


def is_open(rubric: Rubric | None) -> bool:
    """May it be written? A rubric that is still to be added may."""
    return rubric is None or rubric.status == RubricStatus.DRAFT


class RubricForm(forms.ModelForm):
    """The head of a draft; carries the revision that was seen, so that nobody's edit is lost."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    accepted_sources = forms.MultipleChoiceField(
        label="Sumber dana yang diterima",
        choices=FundSource,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expected_kinds = forms.MultipleChoiceField(
        label="Jenis Pokja yang diharapkan ada",
        choices=PokjaKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.revision

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code in RESERVED:
            raise ValidationError(f"Kode “{code}” dipakai oleh alamat lain. Pilih kode lain")
        return code

    def clean_class_limits(self):
        limits = self.cleaned_data["class_limits"]
        whole = isinstance(limits, list) and all(
            isinstance(each, int) and not isinstance(each, bool) for each in limits
        )
        if not whole or limits != sorted(set(limits)) or len(limits) != 3:
            raise ValidationError("Tulis tiga batas yang naik, misalnya [40, 60, 80]")
        return limits

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("seen_revision") != self.instance.revision:
            raise ValidationError(what_happened(self.instance))
        for name in ("year_from", "year_to"):
            year = cleaned.get(name)
            if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
                self.add_error(name, f"Isi tahun antara {FIRST_YEAR} dan {LAST_YEAR}")
        return cleaned


class CriterionForm(forms.ModelForm):
    """One criterion with the parameters of its check, as JSON."""

    def clean(self):
        cleaned = super().clean()
        code = cleaned.get("criterion", "")
        check = cleaned.get("check_code") or code
        if code in BASE and check != code:
            self.add_error("check_code", "Kriteria dasar tidak memakai pemeriksaan lain")
        elif code not in BASE and check in BASE:
            self.add_error("criterion", f"Kriteria dasar memakai kode “{check}”")
        elif code:
            field = "parameters" if check in CHECKS or check in BASE else "check_code"
            for fault in validate_parameters(check, cleaned.get("parameters") or {}):
                self.add_error(field, fault)
        if (cleaned.get("weight") or 0) > WHOLE:
            self.add_error("weight", f"Bobot paling besar {WHOLE}")
        return cleaned


class PointForm(forms.ModelForm):
    check_code = forms.ChoiceField(
        label="Pemeriksaan", choices=[(code, code) for code in maturity.CHECKS]
    )


class DraftRows(admin.TabularInline):
    """Rows of a rubric, written as long as it is a draft."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request) and request.user.is_superuser and is_open(obj)

    has_add_permission = has_delete_permission = has_change_permission


class CriterionInline(DraftRows):
    model = RubricCriterion
    form = CriterionForm
    fields = (
        "criterion",
        "name",
        "check_code",
        "parameters",
        "weight",
        "is_required",
        "rule",
        "order",
    )


class PointInline(DraftRows):
    model = RubricPoint
    form = PointForm
    fields = ("check_code", "points", "words", "order")


@admin.register(Rubric)
class RubricAdmin(ReferencePages, admin.ModelAdmin):
    form = RubricForm
    inlines = (CriterionInline, PointInline)
    list_display = ("name", "code", "year_from", "year_to", "status", "published_at")
    list_filter = ("status",)
    search_fields = ("name", "code")
    list_select_related = ("published_by",)
    FIELDS = (
        "code",
        "name",
        "year_from",
        "year_to",
        "region_rule",
        "accepted_sources",
        "class_limits",
        "expected_kinds",
        "source",
        "description",
    )
    STANDING = ("status", "published_at", "published_by", "replaced_at", "based_on")

    def get_fields(self, request, obj=None):
        hidden = ("seen_revision",) if self._may_write(request, obj) else ()
        return (*self.FIELDS, *self.STANDING, *hidden)

    def get_readonly_fields(self, request, obj=None):
        return self.STANDING

    def _may_write(self, request, obj) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and is_open(obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj) and obj is not None

    def save_model(self, request, obj, form, change):
        """A draft is claimed first: of two who save, the second is told (409)."""
        request.plain_before = {}
        if change:
            stored = Rubric.objects.get(pk=obj.pk)
            request.plain_before = plain_of(stored)
            claim_draft(stored, form.cleaned_data.get("seen_revision") or 0)
            obj.save(update_fields=[name for name in form.changed_data if name in self.FIELDS])
        else:
            locked_rubrics()
            obj.status = RubricStatus.DRAFT
            obj.save()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        rubric = Rubric.objects.get(pk=form.instance.pk)
        record(
            "Mengubah rubrik lewat admin",
            rubric,
            actor=request.user,
            role="admin",
            before=request.plain_before,
            after=plain_of(rubric),
        )
        self._tell_gaps(request, rubric)

    def _tell_gaps(self, request, rubric):
        """What the draft lacks, as a warning: it was saved, and cannot be published like this."""
        if found := gaps(rubric):
            rows = format_html_join("", "<li>{}</li>", ((gap.text,) for gap in found))
            text = "Draf tersimpan, belum dapat diterbitkan:"
            messages.warning(request, format_html("{}<ul>{}</ul>", text, rows))

    def log_addition(self, request, obj, message):
        return admin.ModelAdmin.log_addition(self, request, obj, message)

    def log_change(self, request, obj, message):
        return admin.ModelAdmin.log_change(self, request, obj, message)

    def delete_model(self, request, obj):
        delete_draft(obj, actor=request.user)

    def get_actions(self, request):
        """No bulk delete: published rubrics stand in the same list."""
        return {}

    def view_on_site(self, obj):
        return f"/rubrik/{obj.code}/"
