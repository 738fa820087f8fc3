"""A whole list of members: from the annex of an SK, or from the SK before; both seen first."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import login_required
from apps.core.formats import format_date
from apps.core.importing import ADD, CHANGE, KEEP, Report
from apps.core.rowforms import ADD as ADD_ROW
from apps.core.tabular import CellError, Sheet, TabularError
from apps.filing.members import PokjaDecree, decree_before, decrees_of, gives
from apps.filing.seat_forms import CopiedSeats, ListForm
from apps.filing.views.seats import FORM_METHODS, managed, members_crumbs, suggestions
from apps.pokja.models import Pokja
from apps.pokja.roster import seats_of
from apps.pokja.seat_copy import (
    CHANGED,
    GONE,
    KEPT,
    NEW,
    differences,
    follow,
    row_of,
    seats_to_follow,
    state_key,
)
from apps.pokja.seat_importing import RosterChanged, SeatImporter, import_seats
from apps.pokja.seat_plan import Target
from apps.pokja.seat_services import DAY
from apps.pokja.seat_sheet import as_text, read_text, read_upload

CHANGED_SINCE = (
    "Susunan anggota berubah sejak pratinjau ini dibuat. Periksa sekali lagi, lalu simpan; "
    "belum ada yang disimpan."
)
ERRORS_SHOWN = 20
WORDS = {ADD: "Baru", CHANGE: "Berubah", KEEP: "Tetap"}


@require_http_methods(FORM_METHODS)
@login_required
def seat_import(request, pk):
    """Paste or upload the annex of an SK; the difference is shown before anything is saved."""
    pokja = managed(request, pk)
    decrees = decrees_of(pokja, request.user)
    initial = {"decree": request.GET.get("sk", "")}
    form = ListForm(request.POST or None, request.FILES or None, decrees=decrees, initial=initial)
    if request.method != "POST" or form.lacks_list():
        return _import_page(request, pokja, form)
    try:
        sheet = _sheet_of(form)
    except TabularError as error:
        return _refused(request, pokja, form, [CellError(str(error))])
    # A day that is none stays on the preview: its field is there.
    if "simpan" in request.POST and form.is_valid():
        return _save_list(request, pokja, form, sheet)
    return _preview(request, pokja, form, sheet)


def _sheet_of(form) -> Sheet:
    upload = form.cleaned_data["file"]
    return read_upload(upload) if upload else read_text(form.cleaned_data["text"])


def _importer(request, pokja, form, **options) -> SeatImporter:
    chosen: PokjaDecree = form.cleaned_data["decree"]
    target = Target(pokja, chosen.evidence, chosen.starts_on)
    return SeatImporter(actor=request.user, target=target, **options)


def _preview(request, pokja, form, sheet, *, note="", status=200):
    """What the list would do; with errors the form again, every bad cell named."""
    importer = _importer(request, pokja, form)
    report = import_seats(importer, sheet, dry_run=True)
    if report.errors:
        return _refused(request, pokja, form, report.errors)
    return _preview_page(request, pokja, form, sheet, importer, report, note=note, status=status)


def _save_list(request, pokja, form, sheet):
    data = form.cleaned_data
    importer = _importer(
        request,
        pokja,
        form,
        ends_on=data["ends_on"],
        changed_on=data["changed_on"],
        expected=data["fingerprint"] or "-",
    )
    reason = f"Daftar anggota {data['decree'].label}"
    try:
        report = import_seats(importer, sheet, reason=reason)
    except RosterChanged:
        return _preview(request, pokja, form, sheet, note=CHANGED_SINCE, status=409)
    if report.errors:
        return _preview_errors(request, pokja, form, sheet, report)
    ended = len(importer.leaving) if data["ends_on"] else 0
    messages.success(
        request,
        f"Susunan disimpan: {report.count(ADD)} baru, {report.count(CHANGE)} berubah, "
        f"{report.count(KEEP)} tetap, {ended} berakhir.",
    )
    return redirect("filing:pokja_members", pokja.pk)


def _preview_errors(request, pokja, form, sheet, report: Report):
    """Faults that only the saving shows, such as a last day before the first: at the preview."""
    importer = _importer(request, pokja, form)
    preview = import_seats(importer, sheet, dry_run=True)
    if preview.errors:
        return _refused(request, pokja, form, report.errors)
    field = "ends_on" if importer.leaving else "changed_on"
    form.add_error(field, [str(error) for error in report.errors])
    return _preview_page(request, pokja, form, sheet, importer, preview)


def _preview_page(request, pokja, form, sheet, importer, report, *, note="", status=200):
    if "simpan" not in request.POST:
        today = format_date(timezone.localdate())
        form.data = form.data.copy()
        form.data["ends_on"] = form.data["changed_on"] = today
    counts = [(word, report.count(action)) for action, word in WORDS.items()]
    if importer.leaving:
        counts.append(("Tidak ada lagi", len(importer.leaving)))
    return render(
        request,
        "filing/members_preview.html",
        _context(
            pokja,
            "Pratinjau",
            form=form,
            decree=form.cleaned_data["decree"],
            rows=[(WORDS[item.action], item) for item in report.outcomes],
            counts=counts,
            leaving=importer.leaving,
            changes=bool(importer.leaving) or report.count(KEEP) < report.rows,
            warnings=report.warnings,
            text=as_text(sheet),
            fingerprint=importer.fingerprint,
            newcomers=importer.newcomers,
            note=note,
            galat=bool(note),
        ),
        status=status,
    )


def _refused(request, pokja, form, errors):
    """The form again, every fault of the list at the field that it came by."""
    sentences = [str(error) for error in errors[:ERRORS_SHOWN]]
    if more := len(errors) - len(sentences):
        sentences.append(f"{more} isian lain dalam daftar ini juga perlu diperbaiki")
    form.add_error("file" if form.cleaned_data["file"] else "text", sentences)
    return _import_page(request, pokja, form)


def _import_page(request, pokja, form):
    return render(
        request,
        "filing/members_import.html",
        _context(
            pokja,
            "Isi dari lampiran SK",
            form=form,
            decrees=form.fields["decree"].choices[1:],
        ),
    )


def _context(pokja: Pokja, name: str, **more) -> dict:
    return {
        "pokja": pokja,
        "region": pokja.region,
        "crumbs": members_crumbs(pokja, name),
        **more,
    }


# --- from the SK before ----------------------------------------------------------------------


class Copy:
    """The two SK, the seats that may go on, and the first day under the new one."""

    def __init__(self, request, pokja: Pokja):
        self.pokja, self.user = pokja, request.user
        decrees = decrees_of(pokja, request.user)
        chosen = request.GET.get("sk", "") or (str(decrees[0].evidence.pk) if decrees else "")
        found = next((item for item in decrees if str(item.evidence.pk) == chosen), None)
        if found is None and decrees:
            raise Http404("SK ini tidak ada pada Pokja")
        self.decree = found
        self.before = decree_before(found, decrees) if found else None
        self.seats = seats_of(pokja, request.user)
        self.is_filled = bool(found) and any(gives(found, seat) for seat in self.seats)

    @property
    def starts_on(self) -> date:
        return self.decree.starts_on

    @property
    def last_day(self) -> date:
        return self.starts_on - DAY

    @property
    def old(self) -> list:
        """Seats of the SK before that still run on its last day."""
        if self.before is None:
            return []
        held = [seat for seat in self.seats if gives(self.before, seat)]
        return seats_to_follow(held, self.starts_on)

    @property
    def obstacle(self) -> tuple[str, str] | None:
        """Why there is nothing to copy: (title, what to do)."""
        if self.decree is None:
            return "Belum ada SK", "Unggah SK Pokja ini dahulu, lalu isi susunannya."
        if self.decree.starts_on is None:
            return "Tanggal mulai berlaku SK belum diisi", "Isi tanggalnya pada langkah SK."
        if self.is_filled:
            return "Susunan SK ini sudah diisi", "Ubah kursi satu per satu, atau isi dari lampiran."
        if self.before is None:
            return "Tidak ada SK sebelumnya", "Isi susunan dari lampiran SK ini."
        if not self.old:
            return (
                "SK sebelumnya belum memuat anggota",
                "Isi dahulu susunan SK sebelumnya, atau isi langsung dari lampiran SK ini.",
            )
        return None


@require_http_methods(FORM_METHODS)
@login_required
def seat_copy(request, pk):
    """The seats of the SK before as a table to edit for the new one (?sk=)."""
    copy = Copy(request, managed(request, pk))
    if copy.obstacle:
        if request.method == "POST" and copy.is_filled:
            messages.warning(request, CHANGED_SINCE)
        return _copy_page(request, copy, None)
    if request.method != "POST":
        return _copy_page(request, copy, CopiedSeats(rows=[row_of(seat) for seat in copy.old]))
    if ADD_ROW in request.POST:
        return _copy_page(request, copy, CopiedSeats.grown(request.POST))
    formset = CopiedSeats(request.POST)
    if not formset.is_valid():
        return _copy_page(request, copy, formset)
    if "simpan" in request.POST:
        return _save_copy(request, copy, formset)
    return _copy_page(request, copy, formset, rows=formset.cleaned_rows())


def _save_copy(request, copy: Copy, formset):
    rows = formset.cleaned_rows()
    try:
        made = follow(
            copy.pokja,
            copy.decree.evidence,
            before=copy.before.evidence,
            starts_on=copy.starts_on,
            rows=rows,
            seen=request.POST.get("dilihat", ""),
            actor=request.user,
        )
    except RosterChanged:
        return _copy_page(request, copy, formset, rows=rows, note=CHANGED_SINCE, status=409)
    except ValidationError as error:
        formset.non_form_errors().extend(error.messages)
        return _copy_page(request, copy, formset)
    messages.success(request, f"{len(made)} anggota dicatat dengan SK {copy.decree.decree.number}.")
    return redirect("filing:pokja_members", copy.pokja.pk)


def _copy_page(request, copy: Copy, formset, *, rows=None, note="", status=200):
    shown = differences(rows, copy.old) if rows is not None else None
    states = (KEPT, CHANGED, NEW, GONE)
    return render(
        request,
        "filing/members_copy.html",
        _context(
            copy.pokja,
            "Salin dari SK sebelumnya",
            copy=copy,
            formset=formset,
            differences=shown,
            counts=[(state, sum(item.state == state for item in shown)) for state in states]
            if shown is not None
            else [],
            seen=state_key(copy.old) if formset is not None else "",
            lists=suggestions(copy.pokja),
            note=note,
            galat=bool(note),
        ),
        status=status,
    )
