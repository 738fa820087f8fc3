"""A budget as text: what it says, what it lacks, what the portal can check by itself."""

from decimal import Decimal

from apps.budgets.enums import Stage
from apps.budgets.models import Budget, BudgetLine
from apps.budgets.queries import counting_budget, lines_of, total_of
from apps.core.formats import format_date, format_rupiah
from apps.documents.texts import document_checks, file_text
from apps.verification.facts import Fact, Gap
from apps.verification.facts import table as make_table

PREFIX = "baris"
HEADERS = (
    "Sumber dana dan sub kegiatan",
    "Nama sub kegiatan",
    "Pagu sub kegiatan",
    "Pagu Pokja",
    "Realisasi",
    "Tanggal data",
    "Dasar",
    "Halaman",
)
# More than tenfold in a year is a slipped zero more often than a windfall (design 13.5, 28).
JUMP = Decimal(10)
MUCH = "Nilai alokasi {new} jauh lebih besar dari tahun lalu ({old}). Periksa jumlah nol"


def facts(budget: Budget) -> list[Fact]:
    """The budget in five lines."""
    lines = lines_of(budget)
    spent = [line.spent for line in lines if line.spent is not None]
    sources = dict.fromkeys(line.get_fund_source_display() for line in lines if line.fund_source)
    return [
        Fact("stage", "Tahap", budget.get_stage_display()),
        Fact("", "Pagu Pokja", format_rupiah(total_of(lines)) if lines else ""),
        Fact("", "Sumber dana", ", ".join(sources)),
        Fact("", "Realisasi", format_rupiah(sum(spent)) if spent else ""),
        Fact("file", "Bukti anggaran", file_text(budget.document)),
    ]


def table(budget: Budget):
    """One row for each line."""
    return make_table(HEADERS, [_cells(line) for line in lines_of(budget)])


def _cells(line: BudgetLine) -> list[str]:
    name = ", ".join(filter(None, (line.get_fund_source_display(), line.sub_activity_code)))
    return [
        name,
        line.sub_activity_name,
        _money(line.sub_activity_ceiling),
        _money(line.ceiling),
        _money(line.spent),
        format_date(line.as_of) if line.as_of else "",
        line.basis,
        line.page,
    ]


def _money(amount) -> str:
    return "" if amount is None else format_rupiah(amount)


def gaps(budget: Budget, year: int | None = None) -> list[Gap]:
    """No line, no amount, nothing allotted or no proof blocks; odd amounts are warnings.

    A shift or revision may bring the budget down to zero: that is a fact to be told, no gap.
    """
    lines = lines_of(budget)
    found = [gap for at, line in enumerate(lines) for gap in _line_gaps(at, line)]
    if not lines:
        found.append(
            Gap(
                "",
                "Anggaran operasional belum dialokasikan",
                "Isi nilai dan unggah DPA; bila belum dianggarkan, usulkan pada perubahan "
                f"APBD {budget.year}",
            )
        )
    elif not found and not total_of(lines):
        found.append(
            Gap(
                f"{PREFIX}-0-ceiling",
                "Nilai alokasi harus lebih dari Rp 0",
                "Bila tidak ada anggaran, nyatakan tidak ada dengan alasannya",
                blocking=budget.stage == Stage.ORIGINAL,
                fact="Nilai alokasi masih Rp\u00a00",
            )
        )
    if budget.document is None:
        found.append(
            Gap(
                "file",
                "Unggah bukti anggaran (DPA, RKA, atau dokumen lain)",
                "Minta salinan DPA sub kegiatan ke Subbagian Perencanaan",
                fact="Bukti anggaran belum ada",
            )
        )
    return found + _warnings(budget, lines)


def _line_gaps(at: int, line: BudgetLine) -> list[Gap]:
    found = []
    if not line.fund_source:
        found.append(
            Gap(
                f"{PREFIX}-{at}-fund_source",
                "Pilih sumber dana",
                "Pilih sumber dana seperti pada DPA",
                fact="Sumber dana baris {rows} belum dipilih",
            )
        )
    if line.ceiling is None:
        found.append(
            Gap(
                f"{PREFIX}-{at}-ceiling",
                "Isi nilai alokasi dengan angka, misalnya 125.000.000",
                "Tulis bagian sub kegiatan yang menjadi pagu Pokja",
                fact="Nilai alokasi baris {rows} belum diisi",
            )
        )
    return found


def _warnings(budget, lines) -> list[Gap]:
    found = [gap for at, line in enumerate(lines) for gap in _line_warnings(at, line)]
    if jump := _jump(budget, lines, _last_year(budget)):
        found.append(
            Gap(f"{PREFIX}-0-ceiling", jump, "Samakan dengan angka pada DPA", blocking=False)
        )
    return found


def _line_warnings(at: int, line: BudgetLine) -> list[Gap]:
    found = []
    if _above_ceiling(line):
        found.append(
            Gap(
                f"{PREFIX}-{at}-ceiling",
                f"Pagu Pokja {_money(line.ceiling)} lebih besar dari pagu sub kegiatan "
                f"{_money(line.sub_activity_ceiling)}",
                "Periksa kedua nilainya",
                blocking=False,
            )
        )
    if line.spent is not None and line.ceiling is not None and line.spent > line.ceiling:
        found.append(
            Gap(
                f"{PREFIX}-{at}-spent",
                f"Realisasi {_money(line.spent)} lebih besar dari alokasi {_money(line.ceiling)}",
                "Periksa kedua nilainya pada laporan keuangan",
                blocking=False,
            )
        )
    return found


def _above_ceiling(line) -> bool:
    return (
        line.ceiling is not None
        and line.sub_activity_ceiling is not None
        and line.ceiling > line.sub_activity_ceiling
    )


def _jump(budget, lines, last) -> str:
    """The sentence about a jump against last year's verified budget; empty where there is none."""
    old, new = total_of(lines_of(last)) if last else 0, total_of(lines)
    if not old or new <= old * JUMP:
        return ""
    return MUCH.format(new=format_rupiah(new), old=format_rupiah(old))


def _last_year(budget):
    return counting_budget(budget.pokja_id, budget.year - 1)


def checks(
    budget: Budget, year: int | None = None, *, last=_last_year, places=None
) -> list[tuple[bool, str]]:
    """What the verifier need not add up: (fine?, sentence).

    ``last`` finds last year's budget; it and the other ``places`` of the file are given by a list
    that has read them for all its rows.
    """
    lines = lines_of(budget)
    total = total_of(lines)
    above = [_cells(line)[0] for line in lines if _above_ceiling(line)]
    jump = _jump(budget, lines, last(budget))
    return [
        *document_checks(budget.document, budget.evidence, places),
        (total > 0, f"Jumlah pagu Pokja {format_rupiah(total)}"),
        (
            not above,
            "Pagu Pokja tidak melebihi pagu sub kegiatan"
            if not above
            else f"Pagu Pokja melebihi pagu sub kegiatan: {', '.join(above)}",
        ),
        (not jump, jump or "Nilai sebanding dengan tahun lalu"),
    ]


def document(budget: Budget):
    return budget.document
