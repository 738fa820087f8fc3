"""A work plan as text: what it says, what it lacks, what the portal can check by itself."""

from apps.core.formats import format_number, format_quantity, format_rupiah, quarter_label
from apps.core.parsing import MONTHS
from apps.core.related import related_rows
from apps.verification.facts import Fact, Gap
from apps.verification.facts import table as make_table
from apps.work_plans.codes import QUARTERS, months_of, quarters_of
from apps.work_plans.models import Activity, WorkPlan

PREFIX = "kegiatan"
HEADERS = (
    "No.",
    "Isu strategis",
    "Sasaran",
    "Kegiatan",
    "Keluaran",
    "Target",
    "Waktu",
    "Lokasi",
    "Penanggung jawab",
    "Mitra",
    "Indikator",
    "Anggaran",
    "Sumber dana",
    "Realisasi fisik",
)
MONTHS_OF_QUARTER = ("Januari–Maret", "April–Juni", "Juli–September", "Oktober–Desember")


def activities_of(plan: WorkPlan) -> list[Activity]:
    return related_rows(plan, "activities", "indicator")


def facts(plan: WorkPlan) -> list[Fact]:
    """The plan in four lines."""
    activities = activities_of(plan)
    quarters = sorted({quarter for row in activities for quarter in quarters_of(row.months)})
    money = sum(row.budget for row in activities if row.budget is not None)
    return [
        Fact("", "Tahun", str(plan.year)),
        Fact("", "Jumlah kegiatan", format_number(len(activities)) if activities else ""),
        Fact("", "Triwulan terisi", ", ".join(quarter_label(at, short=True) for at in quarters)),
        Fact("", "Anggaran kegiatan", format_rupiah(money) if money else ""),
    ]


def table(plan: WorkPlan):
    """One row for each activity."""
    return make_table(HEADERS, [_cells(row) for row in activities_of(plan)])


def _cells(row: Activity) -> list[str]:
    return [
        str(row.no),
        row.strategic_issue,
        row.objective,
        row.name,
        row.output,
        format_quantity(row.target, row.unit) or row.unit,
        months_text(row.months),
        row.location,
        row.person_in_charge,
        row.partners,
        str(row.indicator or ""),
        "" if row.budget is None else format_rupiah(row.budget),
        row.get_fund_source_display() if row.fund_source else "",
        format_quantity(row.physical_progress, "%"),
    ]


def months_text(mask: int) -> str:
    """TW I, TW II where whole quarters are meant, else the months by name."""
    whole = [at for at, bits in enumerate(QUARTERS.values(), start=1) if mask & bits == bits]
    if whole and sum(bits for bits in QUARTERS.values() if mask & bits == bits) == mask:
        return ", ".join(quarter_label(quarter, short=True) for quarter in whole)
    return ", ".join(MONTHS[month - 1] for month in months_of(mask))


def gaps(plan: WorkPlan, year: int | None = None) -> list[Gap]:
    """Blocking gaps of the activities, then quarters without any (a warning)."""
    activities = activities_of(plan)
    if not activities:
        return [
            Gap(
                "",
                f"Rencana kerja {plan.year} belum memuat kegiatan",
                "Susun rencana bersama anggota Pokja, lalu isi paling sedikit satu kegiatan",
            )
        ]
    found = [gap for at, row in enumerate(activities) for gap in _row_gaps(at, row)]
    filled = {quarter for row in activities for quarter in quarters_of(row.months)}
    for quarter in sorted({1, 2, 3, 4} - filled):
        months = MONTHS_OF_QUARTER[quarter - 1]
        found.append(
            Gap(
                "",
                f"Rencana kerja belum memuat kegiatan pada {quarter_label(quarter)}",
                f"Tambah kegiatan untuk {months} {plan.year}",
                blocking=False,
            )
        )
    return found


def _row_gaps(at: int, row: Activity) -> list[Gap]:
    rules = [
        (
            not row.name,
            "name",
            f"Isi nama kegiatan {row.no}",
            "Tulis apa yang dilakukan",
            "Kegiatan {rows} belum bernama",
        ),
        (
            not row.output,
            "output",
            f"Isi keluaran kegiatan {row.no}",
            "Tulis hasil yang dapat dihitung, misalnya rapat koordinasi",
            "Kegiatan {rows} belum ada keluaran",
        ),
        (
            not row.months,
            "quarters",
            f"Pilih paling sedikit satu triwulan untuk kegiatan {row.no}",
            "Centang triwulan pelaksanaannya",
            "Kegiatan {rows} belum ada waktu pelaksanaan",
        ),
        (
            not row.person_in_charge,
            "person_in_charge",
            f"Pilih penanggung jawab untuk kegiatan {row.no}",
            "Isi penanggung jawab dengan instansi atau pejabat dari anggota pada SK",
            "Kegiatan {rows} belum ada penanggung jawab",
        ),
    ]
    return [
        Gap(f"{PREFIX}-{at}-{field}", message, fix, fact=fact)
        for wrong, field, message, fix, fact in rules
        if wrong
    ]


def checks(plan: WorkPlan, year: int | None = None) -> list[tuple[bool, str]]:
    """What the verifier need not count: (fine?, sentence)."""
    activities = activities_of(plan)
    filled = {quarter for row in activities for quarter in quarters_of(row.months)}
    missing = [quarter_label(item, short=True) for item in sorted({1, 2, 3, 4} - filled)]
    without = [str(row.no) for row in activities if not row.person_in_charge]
    unlinked = [str(row.no) for row in activities if row.indicator_id is None]
    return [
        (bool(activities), f"{len(activities)} kegiatan"),
        (
            not missing,
            "Semua triwulan terisi"
            if not missing
            else f"Belum ada kegiatan pada {', '.join(missing)}",
        ),
        (
            not without,
            "Semua kegiatan ada penanggung jawabnya"
            if not without
            else f"Tanpa penanggung jawab: kegiatan {', '.join(without)}",
        ),
        (
            not unlinked,
            "Semua kegiatan terkait indikator"
            if not unlinked
            else f"Belum terkait indikator: kegiatan {', '.join(unlinked)}",
        ),
    ]


def document(plan: WorkPlan):
    """A plan is typed, not uploaded."""
    return None
