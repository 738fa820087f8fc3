"""Files in and out on the portal: templates, an import that is seen first, one's own rows."""

import io

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from apps.accounts.access import login_required
from apps.accounts.scope import PERMISSIONS
from apps.audit.services import record
from apps.core.formats import format_number
from apps.core.importing import ADD, CHANGE, KEEP, Report
from apps.core.tabular import TabularError
from apps.exchange import blank, texts
from apps.exchange.forms import ImportForm, statuses_for
from apps.exchange.previews import GONE, PreviewStorage, sign_preview, signed_name
from apps.exchange.registry import ACTS, IMPORTERS, PURPOSES, is_evidence
from apps.exchange.services import export_file, import_file, marked_file
from apps.verification.importing import STATUS_WORDS

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_SHOWN = 200  # of a preview; the file itself has all
ERRORS_SHOWN = 20  # the marked workbook has all
STATUS_SENTENCES = {
    "draf": "Buktinya disimpan sebagai draf.",
    "diajukan": "Buktinya langsung diajukan untuk diverifikasi.",
    "terverifikasi": "Buktinya disimpan sebagai terverifikasi.",
}
WORDS = {ADD: "Baru", CHANGE: "Berubah", KEEP: "Tetap"}


def kinds_for(user) -> list[str]:
    """What this person may bring in somewhere, in the order of the contract."""
    return [kind for kind in PURPOSES if user.scope.has_role(*PERMISSIONS[ACTS[kind]])]


def _kind(request, kind: str) -> str:
    """404 for what is no kind, 403 for one that this person does not write."""
    if kind not in PURPOSES:
        raise Http404
    if kind not in kinds_for(request.user):
        raise PermissionDenied
    return kind


@require_safe
@login_required
def home(request):
    """Every kind this person may bring in; 403 where there is none."""
    kinds = kinds_for(request.user)
    if not kinds:
        raise PermissionDenied
    rows = [
        {"kind": kind, "label": IMPORTERS[kind].label, "purpose": PURPOSES[kind]} for kind in kinds
    ]
    return render(request, "exchange/home.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring_in(request, file_kind):
    """Choose a file, see what it would do, then save it: all rows, or none."""
    kind = _kind(request, file_kind)
    if request.method == "POST" and "simpan" in request.POST:
        return _save(request, kind)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        asks_status=is_evidence(kind),
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, kind, form)
    return _looked_at(request, kind, form)


def _looked_at(request, kind: str, form):
    """The preview, or the form again with every bad cell named."""
    data = form.cleaned_data["file"].read()
    status = form.cleaned_data.get("status", "draf")
    report = _run(request, kind, data, status, dry_run=True)
    if report.errors and not any(error.row for error in report.errors):
        return _refused(request, kind, form, report, "")  # no table: there is nothing to mark
    storage = PreviewStorage()
    storage.save(data)
    signed = sign_preview(request.user, storage.name)
    if report.errors:
        return _refused(request, kind, form, report, signed)
    return render(request, "exchange/preview.html", _preview(kind, report, signed, status))


def _run(request, kind: str, data: bytes, status: str, *, dry_run: bool) -> Report:
    return import_file(
        kind,
        io.BytesIO(data),
        actor=request.user,
        status=STATUS_WORDS[status],
        dry_run=dry_run,
    )


def _save(request, kind: str):
    """The file that was seen, saved; faults that came up since lead back to the form."""
    name = signed_name(request.user, request.POST.get("berkas", ""))
    status = request.POST.get("status") or "draf"
    if not name or status not in dict(statuses_for(request.user)):
        messages.warning(request, f"{GONE}; belum ada yang disimpan.")
        return redirect("exchange:import", kind)
    storage = PreviewStorage(name=name)
    report = _run(request, kind, storage.read(), status, dry_run=False)
    if report.errors:
        form = ImportForm({}, user=request.user, asks_status=is_evidence(kind))
        return _refused(request, kind, form, report, request.POST["berkas"])
    storage.remove()
    messages.success(request, f"Impor selesai. {texts.counts(report)}.")
    return redirect("exchange:import", kind)


def _refused(request, kind: str, form, report: Report, signed: str):
    """Nothing was saved: the first faults in words, all of them in the marked workbook."""
    told = [str(error) for error in report.errors[:ERRORS_SHOWN]]
    if more := len(report.errors) - len(told):
        told.append(f"{format_number(more)} kesalahan lain ditandai dalam laporan")
    form.errors.clear()
    form.add_error("file", told)
    return _page(request, kind, form, report=signed)


def _page(request, kind: str, form, report: str = ""):
    context = {
        "kind": kind,
        "label": IMPORTERS[kind].label,
        "purpose": PURPOSES[kind],
        "form": form,
        "report": report,
        "crumbs": [("Impor", reverse("exchange:home")), (IMPORTERS[kind].label, "")],
    }
    return render(request, "exchange/import.html", context)


def _preview(kind: str, report: Report, signed: str, status: str) -> dict:
    shown = report.outcomes[:ROWS_SHOWN]
    return {
        "kind": kind,
        "label": IMPORTERS[kind].label,
        "counts": [(WORDS[each], format_number(report.count(each))) for each in WORDS],
        "changes": report.count(KEEP) < report.rows,
        "warnings": [str(each) for each in report.warnings[:ERRORS_SHOWN]],
        "more_warnings": max(0, len(report.warnings) - ERRORS_SHOWN),
        "rows": [
            (WORDS[each.action], each, [texts.detail(*item) for item in each.details])
            for each in shown
        ],
        "more": len(report.outcomes) - len(shown),
        "signed": signed,
        "status": status if is_evidence(kind) else "",
        "status_words": STATUS_SENTENCES[status] if is_evidence(kind) else "",
        "crumbs": [
            ("Impor", reverse("exchange:home")),
            (IMPORTERS[kind].label, reverse("exchange:import", args=(kind,))),
            ("Pratinjau", ""),
        ],
    }


# --- files out -------------------------------------------------------------------------------


@require_safe
@login_required
def template(request, file_kind):
    """The empty workbook with this person's regions and Pokja to choose from."""
    kind = _kind(request, file_kind)
    content = blank.template(kind, request.user)
    return _file(content, f"templat-{kind}.xlsx", XLSX_TYPE)


@require_GET
@login_required
def rows(request, file_kind, *, as_csv=False):
    """What this person sees of a kind, in the columns that come in again."""
    kind = _kind(request, file_kind)
    record("Mengunduh data sebagai berkas", request.user, actor=request.user, after={"jenis": kind})
    try:
        content = export_file(kind, request.user, as_csv=as_csv)
    except TabularError as error:
        messages.warning(request, f"{error}.")
        return redirect("exchange:import", kind)
    form, media_type = ("csv", "text/csv; charset=utf-8") if as_csv else ("xlsx", XLSX_TYPE)
    return FileResponse(content, headers=_headers(f"{kind}.{form}"), content_type=media_type)


@require_safe
@login_required
def report(request, file_kind):
    """The workbook that was refused, its bad cells red and noted (?berkas=)."""
    kind = _kind(request, file_kind)
    name = signed_name(request.user, request.GET.get("berkas", ""))
    if not name:
        messages.warning(request, f"{GONE}.")
        return redirect("exchange:import", kind)
    data = PreviewStorage(name=name).read()
    found = _run(request, kind, data, "draf", dry_run=True)
    try:
        content = marked_file(kind, io.BytesIO(data), found)
    except TabularError as error:
        messages.warning(request, f"{error}. Laporan tidak dapat dibuat.")
        return redirect("exchange:import", kind)
    return _file(content, f"laporan-{kind}.xlsx", XLSX_TYPE)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
