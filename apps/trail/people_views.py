"""Who saw documents that a person is in: the page and its file."""

from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import login_required, require_role
from apps.core.formats import format_number
from apps.trail import files, people
from apps.trail.filters import day_of, word_of
from apps.trail.pages import COUNTED, all_lines, count_of, page_of
from apps.trail.views import ANSWERING, as_file, note_download

SPAN = timedelta(days=90)  # where the address names no days
HEADERS = ("waktu", "zona", "nama", "peran", "tindakan", "data", "kode_wilayah", "wilayah")
WIDTHS = (20, 7, 28, 14, 26, 60, 13, 26)


class Asked(NamedTuple):
    """``trouble`` says what to change before there can be an answer."""

    name: str
    since: date
    until: date
    trouble: str = ""


def _asked(query) -> Asked:
    until = day_of(query, "sampai") or timezone.localdate()
    since = day_of(query, "dari") or until - SPAN
    name = word_of(query, "nama", people.LONGEST)
    trouble = ""
    if name and len(name) < people.LEAST_LETTERS:
        trouble = f"Tulis nama paling sedikit {people.LEAST_LETTERS} huruf."
    elif since > until:
        trouble = "Tanggal awal harus sebelum tanggal akhir."
    return Asked(name, since, until, trouble)


def _answer(asked: Asked, user):
    """(where the name stands, the openings, trouble); (None, None, trouble) without an answer."""
    if not asked.name or asked.trouble:
        return None, None, asked.trouble
    found = people.find(asked.name, user)
    if found.is_too_much:
        return None, None, f"Nama ini ada pada lebih dari {people.MOST} dokumen. Tulis lengkap."
    return found, people.openings(found, user, asked.since, asked.until), ""


@require_safe
@login_required
def readers(request):
    """Who has seen the documents this person is in, between two days?"""
    require_role(request.user, *ANSWERING)
    asked = _asked(request.GET)
    found, rows, trouble = _answer(asked, request.user)
    count = count_of(rows) if found else 0
    return render(
        request,
        "trail/readers.html",
        {
            "asked": asked,
            "found": found,
            "trouble": trouble,
            "galat": bool(trouble),
            "count": count,
            "heading": _heading(asked, found, count),
            "page": page_of(rows, request.GET.get("sebelum", "")) if found else None,
        },
    )


def _heading(asked: Asked, found, count: int) -> str:
    if not found:
        return "Siapa melihat dokumen yang memuat seseorang"
    if not count:
        return f"Tidak ada yang membuka dokumen yang memuat {asked.name}"
    shown = f"lebih dari {format_number(COUNTED)}" if count > COUNTED else format_number(count)
    return f"Dokumen yang memuat {asked.name} dibuka {shown} kali"


@require_GET
@login_required
def readers_file(request):
    """The same as CSV or XLSX; the taking is in the trail."""
    require_role(request.user, *ANSWERING)
    asked = _asked(request.GET)
    found, rows, trouble = _answer(asked, request.user)
    if not found:
        return render(
            request,
            "trail/readers.html",
            {"asked": asked, "trouble": trouble, "heading": _heading(asked, None, 0)},
        )
    form = "xlsx" if request.GET.get("bentuk") == "xlsx" else "csv"
    note_download(
        "Mengunduh daftar pembuka dokumen",
        request.user,
        None,
        {"bentuk": form, "dari": asked.since, "sampai": asked.until, "nama": asked.name},
    )
    lines = (_cells(line) for line in islice(all_lines(rows), files.MOST_IN_WORKBOOK))
    return as_file(form, "pembuka-dokumen", HEADERS, lines, WIDTHS)


def _cells(line) -> list:
    _, when, zone, who, role, code, region, action, _, _, label, *_ = files.cells_of(line)
    return [when, zone, who, role, action, label, code, region]
