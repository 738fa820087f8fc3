"""The register of Pokja: within the scope, by the same services as the pages."""

from django import forms
from django.contrib import admin

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.pokja import seat_admin  # noqa: F401 - registers the pages of members
from apps.pokja.models import NilDeclaration, Pokja, PokjaType, Seat
from apps.pokja.services import PokjaConflict, save_changes, state_of
from apps.regions.models import Region
from apps.verification.content_admin import ScopedPages


class PokjaAdminForm(forms.ModelForm):
    """Carries the revision that was seen, so that nobody's newer edit is overwritten."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.revision


class PokjaInline(admin.TabularInline):
    """Rows of a Pokja, written by whoever manages its region."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return obj is None or request.user.scope.can(Act.MANAGE_POKJA, obj.region)

    has_add_permission = has_delete_permission = has_change_permission


class TypeInline(PokjaInline):
    model = PokjaType
    min_num = 1
    validate_min = True


class SeatInline(PokjaInline):
    """To read: seats have holders and dates that are checked on pages of their own."""

    model = Seat
    fields = ("position", "institution", "sector", "group", "decree", "started_on", "ended_on")
    show_change_link = True

    def has_change_permission(self, request, obj=None):
        return False

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(Pokja)
class PokjaAdmin(ScopedPages, admin.ModelAdmin):
    form = PokjaAdminForm
    inlines = (TypeInline, SeatInline)
    list_display = (
        "name",
        "code",
        "region",
        "kinds_shown",
        "formed_on",
        "dissolved_on",
        "merged_into",
    )
    list_filter = ("kind_rows__kind", ("dissolved_on", admin.EmptyFieldListFilter))
    list_select_related = ("region", "merged_into")
    search_fields = ("name", "code", "region__name", "region__code")
    fields = ("code", "region", "name", "formed_on", "dissolved_on", "merged_into", "seen_revision")
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("kind_rows")

    def _manages(self, request) -> bool:
        return self._is_staff(request) and any(
            request.user.scope.can(Act.MANAGE_POKJA, region) for region in self._regions(request)
        )

    def _regions(self, request):
        return Region.objects.for_user(request.user).with_pokja_level()

    def has_add_permission(self, request, obj=None):
        return self._is_staff(request) and (request.user.is_superuser or self._manages(request))

    def has_change_permission(self, request, obj=None):
        if not self._is_staff(request):
            return False
        return obj is None or request.user.scope.can(Act.MANAGE_POKJA, obj.region)

    def get_readonly_fields(self, request, obj=None):
        """A Pokja stays where it was founded: its evidence lies in that region."""
        return ("region",) if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        self.pokja = obj
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "region":
            regions = self._regions(request)
            allowed = [
                region.pk for region in regions if request.user.scope.can(Act.MANAGE_POKJA, region)
            ]
            kwargs["queryset"] = (
                regions if request.user.is_superuser else regions.filter(pk__in=allowed)
            )
        if db_field.name == "merged_into":
            others = Pokja.objects.for_user(request.user)
            kwargs["queryset"] = (
                others.filter(region=self.pokja.region).exclude(pk=self.pokja.pk)
                if self.pokja
                else others.none()
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        request.stored_state = state_of(obj) if change else {}
        if not change:
            return super().save_model(request, obj, form, change)
        changes = {
            name: getattr(obj, name)
            for name in ("code", "name", "formed_on", "dissolved_on", "merged_into_id")
        }
        try:
            return save_changes(obj, form.cleaned_data["seen_revision"] or 0, changes)
        except PokjaConflict as conflict:
            raise Conflict(str(conflict)) from conflict

    def save_related(self, request, form, formsets, change):
        """The trace comes last: it names the types given on the same page."""
        super().save_related(request, form, formsets, change)
        pokja = form.instance
        record(
            "Mengubah Pokja" if change else "Membuat Pokja",
            pokja,
            actor=request.user,
            role=request.user.scope.role_for(Act.MANAGE_POKJA, pokja.region),
            region=pokja.region,
            before=request.stored_state,
            after=state_of(pokja),
        )

    @admin.display(description="jenis")
    def kinds_shown(self, pokja):
        return pokja.kind_labels


@admin.register(NilDeclaration)
class NilAdmin(ScopedPages, admin.ModelAdmin):
    """Read only: declared and judged on the pages."""

    list_display = ("pokja", "year", "criterion", "reason")
    list_filter = ("criterion", "year", "evidence__status")
    list_select_related = ("pokja",)
    search_fields = ("pokja__name", "reason")
