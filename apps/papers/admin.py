"""Letterheads and signers of the own office to edit; issued papers to read."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html

from apps.accounts.enums import Role
from apps.audit.services import record
from apps.core.admin_search import ShortSearch
from apps.papers.codes import shown_code
from apps.papers.emblems import MOST_BYTES, TOO_HEAVY, emblem_text
from apps.papers.models import IssuedPaper, Letterhead, Signer
from apps.papers.offices import office_facts, role_over
from apps.verification.content_admin import ScopedPages


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
        fixed = super().get_readonly_fields(request, obj)
        return ("province", *fixed) if obj else fixed

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


class LetterheadForm(forms.ModelForm):
    """The emblem comes as a file and is kept as the pixels it shows."""

    emblem_file = forms.FileField(
        label="Lambang baru",
        required=False,
        help_text=(
            "PNG atau JPEG, paling besar 2 MB. Dicetak di kiri kop pada rapor. "
            "Pakai hanya lambang instansi sendiri; portal tidak membawa lambang apa pun."
        ),
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
    )
    emblem_away = forms.BooleanField(label="Hapus lambang", required=False)

    def clean_emblem_file(self):
        file = self.cleaned_data["emblem_file"]
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_HEAVY)
        try:
            return emblem_text(file.read())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def save(self, commit=True):
        if self.cleaned_data.get("emblem_away"):
            self.instance.emblem = ""
        if new := self.cleaned_data.get("emblem_file"):
            self.instance.emblem = new
        return super().save(commit)


@admin.register(Letterhead)
class LetterheadAdmin(OfficePages, admin.ModelAdmin):
    """The kop by day: a new name of the office is a new row, old papers keep theirs."""

    form = LetterheadForm
    list_display = ("name", "province", "valid_from", "place")
    search_fields = ("institution", "place")
    readonly_fields = ("shown_emblem",)
    fields = (
        "province",
        "valid_from",
        "institution",
        "address",
        "phone",
        "website",
        "email",
        "place",
        "shown_emblem",
        "emblem_file",
        "emblem_away",
    )

    def get_fields(self, request, obj=None):
        """A page to read has no file to choose."""
        fields = super().get_fields(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fields
        return [name for name in fields if name not in LetterheadForm.declared_fields]

    @admin.display(description="lambang")
    def shown_emblem(self, obj):
        if not obj.emblem:
            return "Belum ada lambang"
        return format_html(
            '<img src="data:image/png;base64,{}" alt="Lambang pada kop" height="64">', obj.emblem
        )


@admin.register(Signer)
class SignerAdmin(OfficePages, admin.ModelAdmin):
    """Who signs, from when to when: on a paper stands who was in office on its day."""

    list_display = ("name", "title", "province", "valid_from", "valid_to", "is_active")
    search_fields = ("name", "position")


@admin.register(IssuedPaper)
class IssuedPaperAdmin(ScopedPages, admin.ModelAdmin):
    """Which papers were issued with which code: to read. What they told is on /periksa/."""

    list_display = ("title", "shown", "kind", "region", "year", "issued_at")
    list_filter = ("kind", "year")
    list_select_related = ("region",)
    search_fields = ("title", "code", "region__name", "region__code")
    fields = (
        "kind",
        "title",
        "shown",
        "region",
        "pokja",
        "year",
        "per",
        "issued_at",
        "issued_by",
        "sha256",
    )
    list_per_page = 50

    @admin.display(description="kode", ordering="code")
    def shown(self, obj):
        return shown_code(obj.code)
