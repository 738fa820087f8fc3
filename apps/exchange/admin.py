"""Import and export on the admin pages of these kinds (django-import-export).

The pages themselves belong to the apps below; here they get their buttons. Rights follow from
posts as everywhere: who may not write a kind in any region cannot open its import page, and rows
of other regions are refused cell by cell. Exports hold the rows of the person's scope.
"""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm

from apps.accounts.scope import PERMISSIONS
from apps.budgets.models import Budget
from apps.core.tabular import TabularError
from apps.deadlines.models import Holiday
from apps.decrees.models import Decree
from apps.exchange.admin_forms import FileConfirmForm, FileImportForm
from apps.exchange.admin_resources import format_for, resource_for
from apps.exchange.previews import PreviewStorage, sign_preview
from apps.exchange.registry import ACTS, is_evidence
from apps.exchange.services import export_file
from apps.indicators.models import IndicatorSet, RegionTarget
from apps.pokja.models import Pokja, Seat
from apps.regions.models import RegionProfile
from apps.regulations.models import Regulation
from apps.verification.enums import Status
from apps.verification.importing import STATUS_WORDS
from apps.verification.models import ReturnReason
from apps.work_plans.models import WorkPlan

# Model on whose admin page the buttons stand -> kind of file.
PAGES = {
    Pokja: "pokja",
    Decree: "sk",
    WorkPlan: "rencana-kerja",
    IndicatorSet: "indikator",
    Budget: "anggaran",
    RegionProfile: "profil",
    RegionTarget: "target",
    Seat: "anggota",
    Holiday: "libur",
    ReturnReason: "alasan",
    Regulation: "regulasi",
}


class FilePages(ImportExportMixin):
    """Mixin of ModelAdmin: pages "Impor" and "Ekspor" of one kind."""

    kind = ""
    import_template_name = "exchange/admin/import.html"
    export_template_name = "exchange/admin/export.html"
    import_export_change_list_template = "exchange/admin/change_list.html"
    import_form_class = FileImportForm
    confirm_form_class = FileConfirmForm
    export_form_class = ExportForm
    export_formats = (XLSX, CSV)
    tmp_storage_class = PreviewStorage
    skip_admin_log = True  # evidence keeps its history, the rest leaves entries in the audit trail

    # --- rights ---

    def has_import_permission(self, request):
        """Staff whose post writes this kind somewhere and who may change it in the admin."""
        user = request.user
        return (
            user.is_active
            and user.is_staff
            and self.has_change_permission(request)
            and (user.is_superuser or user.scope.has_role(*PERMISSIONS[ACTS[self.kind]]))
        )

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    # --- in ---

    def get_resource_classes(self, request):
        return [resource_for(self.kind)]

    def get_import_formats(self):
        return [format_for(self.kind)]

    def get_import_form_kwargs(self, request):
        return super().get_import_form_kwargs(request) | {"asks_status": is_evidence(self.kind)}

    def get_confirm_form_kwargs(self, request, import_form=None):
        return super().get_confirm_form_kwargs(request, import_form) | {"user": request.user}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if import_form is not None:
            initial["import_file_name"] = sign_preview(request.user, initial["import_file_name"])
            initial["status"] = import_form.cleaned_data.get("status", "draf")
        return initial

    def get_import_data_kwargs(self, *, form, **kwargs):
        word = form.cleaned_data.get("status") or "draf"
        return {"status": STATUS_WORDS.get(word, Status.DRAFT)}

    def add_data_read_fail_error_to_form(self, form, e):
        if not isinstance(e, TabularError):
            raise e
        form.add_error("import_file", str(e))

    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        response.context_data["title"] = "Impor"
        return response

    def process_import(self, request, **kwargs):
        """The confirmed import; a preview that is gone or another's leads back with a sentence."""
        if request.method == "POST":
            if not self.has_import_permission(request):
                raise PermissionDenied
            form = self.create_confirm_form(request)
            if not form.is_valid():
                for error in form.errors.get("import_file_name", ["Pratinjau tidak lengkap"]):
                    messages.error(request, error)
                return HttpResponseRedirect(self._address("import"))
        return super().process_import(request, **kwargs)

    def process_result(self, result, request):
        if result.has_errors() or result.has_validation_errors():
            return self._show_errors(result, request)
        return super().process_result(result, request)

    def _show_errors(self, result, request):
        """What was fine in the preview is so no longer; nothing has been saved."""
        context = self.admin_site.each_context(request) | {
            "title": "Impor",
            "opts": self.model._meta,
            "result": result,
            "form": self.import_form_class(
                self.get_import_formats(),
                self.get_import_resource_classes(request),
                asks_status=is_evidence(self.kind),
            ),
        }
        return TemplateResponse(request, [self.import_template_name], context)

    def add_success_message(self, result, request):
        totals = result.totals
        messages.success(
            request,
            f"Impor selesai: {totals['new']} ditambah, {totals['update']} "
            f"diubah, {totals['skip']} tetap.",
        )

    # --- out ---

    def get_valid_export_item_pks(self, request):
        return self.get_queryset(request).values_list("pk", flat=True)

    def export_action(self, request):
        """An address with an unknown filter leads back to the list, as in Django's own admin."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            messages.error(request, "Saringan pada alamat itu tidak dikenal.")
            return HttpResponseRedirect(self._address("changelist"))

    def init_request_context_data(self, request, form):
        return super().init_request_context_data(request, form) | {"title": "Ekspor"}

    def get_export_data(self, file_format, request, queryset, **kwargs):
        if not self.has_export_permission(request):
            raise PermissionDenied
        return export_file(
            self.kind, request.user, within=queryset, as_csv=isinstance(file_format, CSV)
        )

    def _do_file_export(self, file_format, request, queryset, export_form=None):
        """The file is sent piece by piece, where the package would take it into memory."""
        try:
            file = self.get_export_data(file_format, request, queryset)
        except TabularError as error:
            messages.warning(request, f"{error}.")
            return HttpResponseRedirect(self._address("export"))
        name = self.get_export_filename(request, queryset, file_format)
        kind = file_format.get_content_type()
        return FileResponse(file, as_attachment=True, filename=name, content_type=kind)

    def get_export_filename(self, request, queryset, file_format):
        return f"{self.kind}.{file_format.get_extension()}"

    def _address(self, name: str) -> str:
        app, model = self.get_model_info()
        return reverse(f"{self.admin_site.name}:{app}_{model}_{name}")


def _with_files(page: type, kind: str) -> type:
    return type(f"{page.__name__}WithFiles", (FilePages, page), {"kind": kind})


for model, kind in PAGES.items():
    page = type(admin.site.get_model_admin(model))
    admin.site.unregister(model)
    admin.site.register(model, _with_files(page, kind))
