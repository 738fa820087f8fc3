"""Members in the administration: seats with their holders, and who must be represented."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.pokja.models import RosterRequirement, Seat, SeatHolder
from apps.pokja.seat_services import (
    SeatConflict,
    check_holders,
    claim_seat,
    role_in,
    state_of_seat,
)
from apps.verification.content_admin import ReferencePages, ScopedPages


class SeatAdminForm(forms.ModelForm):
    """Carries the revision that was seen, so that nobody's newer edit is overwritten."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.revision


class HolderFormSet(forms.BaseInlineFormSet):
    """Holders of one seat: never two on one day, never outside its days."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = [
            form.instance
            for form in self.forms
            if (form.has_changed() or form.instance.pk) and not self._should_delete_form(form)
        ]
        try:
            check_holders(self.instance, kept)
        except ValidationError as error:
            raise ValidationError(error.messages) from None


class HolderInline(admin.TabularInline):
    model = SeatHolder
    formset = HolderFormSet
    extra = 0

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return obj is not None and request.user.scope.can(Act.MANAGE_POKJA, obj.pokja.region)

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(Seat)
class SeatAdmin(ScopedPages, admin.ModelAdmin):
    """Seats begin on the page of their Pokja or in a file; here they are looked up and mended."""

    form = SeatAdminForm
    inlines = (HolderInline,)
    list_display = (
        "institution",
        "position",
        "sector",
        "pokja",
        "decree",
        "started_on",
        "ended_on",
    )
    list_filter = ("sector", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("pokja", "decree")
    search_fields = ("institution", "position", "home_post", "pokja__name", "holders__name")
    fields = (
        "pokja",
        "decree",
        "position",
        "home_post",
        "institution",
        "sector",
        "group",
        "started_on",
        "ended_on",
        "seen_revision",
    )
    readonly_fields = ("pokja", "decree")
    list_per_page = 50

    def has_change_permission(self, request, obj=None):
        if not self._is_staff(request):
            return False
        return obj is None or request.user.scope.can(Act.MANAGE_POKJA, obj.pokja.region)

    def get_fields(self, request, obj=None):
        """The revision belongs to a form; a page to read has none."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return [name for name in self.fields if name != "seen_revision"]

    def save_model(self, request, obj, form, change):
        request.stored_state = state_of_seat(Seat.objects.select_related("decree").get(pk=obj.pk))
        try:
            claim_seat(obj, form.cleaned_data["seen_revision"] or 0)
        except SeatConflict as conflict:
            raise Conflict(str(conflict)) from conflict
        obj.save(update_fields=[name for name in form.changed_data if name != "seen_revision"])

    def save_related(self, request, form, formsets, change):
        """The trace comes last: it names the holders given on the same page."""
        super().save_related(request, form, formsets, change)
        seat = Seat.objects.select_related("pokja__region", "decree").get(pk=form.instance.pk)
        record(
            "Mengubah anggota",
            seat,
            actor=request.user,
            role=role_in(request.user, seat.pokja.region),
            region=seat.pokja.region,
            before=request.stored_state,
            after=state_of_seat(seat),
        )


@admin.register(RosterRequirement)
class RequirementAdmin(ReferencePages, admin.ModelAdmin):
    list_display = ("label", "sector", "institution", "kind", "is_active", "order")
    list_filter = ("is_active", "kind")
    search_fields = ("label", "institution")
    prepopulated_fields = {"code": ("label",)}
