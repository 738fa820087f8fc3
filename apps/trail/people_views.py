"""Who saw documents that a person is in: the page and its file."""

from itertools import islice

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import login_required, require_role
from apps.core.formats import format_number
from apps.trail import files, people
from apps.trail.forms import person_form
from apps.trail.pages import COUNTED, all_lines, count_of, page_of
from apps.trail.views import ANSWERING, as_file, note_download

HEADERS = ("waktu", "zona", "nama", "peran", "tindakan", "data", "kode_wilayah", "wilayah")
TOO_MUCH = "Nama ini ada pada lebih dari {count} dokumen. Tulis nama lengkapnya"
WIDTHS = (20, 7, 28, 14, 26, 60, 13, 26)


def _answer(form, user):
    """(where the name stands, the openings); None without a question, or with a wrong one."""
    if not form.is_valid():
        return None, None
    found = people.find(form.cleaned_data["nama"], user)
    if found.is_too_much:
        form.add_error("nama", TOO_MUCH.format(count=people.MOST))
        return None, None
    return found, people.openings(found, user, *form.days)


@require_safe
@login_required
def readers(request):
    """Who has seen the documents this person is in, between two days?"""
    require_role(request.user, *ANSWERING)
    form = person_form(request.GET)
    found, rows = _answer(form, request.user)
    return _page(request, form, found, rows)


def _page(request, form, found=None, rows=None):
    name = form.cleaned_data["nama"] if found else ""
    count = count_of(rows) if found else 0
    return render(
        request,
        "trail/readers.html",
        {
            "form": form,
            "found": found,
            "count": count,
            "heading": _heading(name, count),
            "page": page_of(rows, request.GET.get("sebelum", "")) if found else None,
        },
    )


def _heading(name: str, count: int) -> str:
    if not name:
        return "Siapa melihat dokumen yang memuat seseorang"
    if not count:
        return f"Tidak ada yang membuka dokumen yang memuat {name}"
    shown = f"lebih dari {format_number(COUNTED)}" if count > COUNTED else format_number(count)
    return f"Dokumen yang memuat {name} dibuka {shown} kali"


@require_GET
@login_required
def readers_file(request):
    """The same as CSV or XLSX; the taking is in the trail."""
    require_role(request.user, *ANSWERING)
    form = person_form(request.GET)
    found, rows = _answer(form, request.user)
    if not found:
        return _page(request, form)
    since, until = form.days
    kind = "xlsx" if request.GET.get("bentuk") == "xlsx" else "csv"
    note_download(
        "Mengunduh daftar pembuka dokumen",
        request.user,
        None,
        {"bentuk": kind, "dari": since, "sampai": until, "nama": form.cleaned_data["nama"]},
    )
    lines = (_cells(line) for line in islice(all_lines(rows), files.MOST_IN_WORKBOOK))
    return as_file(kind, "pembuka-dokumen", HEADERS, lines, WIDTHS)


def _cells(line) -> list:
    _, when, zone, who, role, code, region, action, _, _, label, *_ = files.cells_of(line)
    return [when, zone, who, role, action, label, code, region]
