"""Reference data of the regions in Django admin. Staff who are not superusers see their own
regions only (spec section 3); codes are changed by services, never by hand."""

from django.contrib import admin

from apps.core.admin_search import ShortSearch
from apps.regions import services
from apps.regions.forms import HELP, RegionForm
from apps.regions.models import PublishedFact, Region, RegionCode, RegionName, RegionProfile


class ProvinceFilter(admin.SimpleListFilter):
    title = "provinsi"
    parameter_name = "provinsi"
    path = ""  # ORM path from the listed model to Region

    def lookups(self, request, model_admin):
        provinces = Region.objects.for_user(request.user).provinces()
        return list(provinces.values_list("code", "short_name"))

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(**{f"{self.path}province__code": self.value()})


class ProvinceOfRegionFilter(ProvinceFilter):
    path = "region__"


class ScopedAdmin(ShortSearch, admin.ModelAdmin):
    """Lists, pages and choices of regions within the scope of the person."""

    def get_queryset(self, request):
        own = self.model.objects.for_user(request.user)
        return super().get_queryset(request).filter(pk__in=own.values("pk"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Region:
            kwargs["queryset"] = Region.objects.for_user(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RegionCodeInline(admin.TabularInline):
    model = RegionCode
    extra = 0
    can_delete = False
    fields = readonly_fields = ("system", "code", "valid_from", "valid_to", "basis")

    def has_add_permission(self, request, obj=None):
        return False


class RegionNameInline(admin.TabularInline):
    """Names borne before; a name is changed by law on its own pages, here only corrected."""

    model = RegionName
    extra = 0
    can_delete = False
    fields = readonly_fields = ("name", "level", "valid_from", "valid_to")

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Region)
class RegionAdmin(ScopedAdmin):
    form = RegionForm
    list_display = ("code", "full_name", "level", "province_name", "bps_code")
    list_display_links = ("code", "full_name")
    list_filter = ("level", ProvinceFilter, "administrative")
    # Old codes too: who searches 9413 finds Boven Digoel.
    search_fields = ("name", "short_name", "code", "codes__code")
    search_help_text = "Nama, kode Kemendagri, atau kode BPS; yang lama dan yang baru."
    autocomplete_fields = ("parent",)
    inlines = (RegionCodeInline, RegionNameInline)
    list_per_page = 50
    show_full_result_count = False  # 91,000 rows once the villages are loaded

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("province").prefetch_related("codes")

    def get_readonly_fields(self, request, obj=None):
        return ("level", "code", "parent") if obj else ()

    def get_fields(self, request, obj=None):
        """Whom to ask for help stands with the province alone."""
        fields = super().get_fields(request, obj)
        if obj is None or obj.is_province:
            return fields
        return [name for name in fields if name not in HELP]

    def save_model(self, request, obj, form, change):
        if not change:
            services.add_region(obj)
        elif form.changed_data:
            obj.save(update_fields=form.changed_data)

    def has_delete_permission(self, request, obj=None):
        return False  # a region that ends keeps its history

    @admin.display(description="nama", ordering="name")
    def full_name(self, region):
        return region.full_name

    @admin.display(description="provinsi", ordering="province__code")
    def province_name(self, region):
        return region.province.short_name if region.province else "–"

    @admin.display(description="kode BPS")
    def bps_code(self, region):
        codes = [c.code for c in region.codes.all() if c.system == "bps" and c.valid_to is None]
        return codes[0] if codes else "–"


@admin.register(RegionProfile)
class RegionProfileAdmin(ScopedAdmin):
    list_display = (
        "region",
        "year",
        "population",
        "couples",
        "villages",
        "urban_villages",
        "pkb",
        "source",
    )
    list_filter = ("year", ProvinceOfRegionFilter)
    search_fields = ("region__name", "region__code")
    autocomplete_fields = ("region",)
    list_select_related = ("region",)
    list_per_page = 50


@admin.register(PublishedFact)
class PublishedFactAdmin(ShortSearch, admin.ModelAdmin):
    """Published by others, so not limited to regions."""

    list_display = ("subject", "region", "year", "value", "unit", "source")
    list_filter = ("year", "subject")
    search_fields = ("subject", "text", "source", "region__name", "region__code")
    autocomplete_fields = ("region",)
    list_select_related = ("region",)
