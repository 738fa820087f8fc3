"""The annexes of the rapor: plan, indicators, three years, events, point by point, next steps.

Each is {"title", "heads", "rows", "shape", "note"}: rows of words under their heads; ``shape``
names the columns for the layout; a note without rows stands alone.
"""

from apps.core.formats import EMPTY, format_date, quarter_label
from apps.effectiveness.repairs import Repair
from apps.evidence.kinds import adapter_for
from apps.filing.rapor_gaps import NO_END, short
from apps.filing.receipt import Line, Receipt, basis_words
from apps.indicators.facts import targets_of, value_text
from apps.verification.enums import Kind, Status
from apps.work_plans.codes import quarters_of
from apps.work_plans.facts import activities_of

QUARTERS = (1, 2, 3, 4)
YES, NO = "✓", "–"


def annexes_of(year) -> list[dict]:
    """The annexes in the order of the paper; ``year`` is a ``rapor.Year``. No query beyond the
    rows of plan and indicators, which the cards have read already."""
    found = [_plan(year), _indicators(year), _trend(year), _events(year)]
    if year.receipt:
        found.append(_receipt(year.receipt))
    if year.ladder and year.ladder.steps:
        found.append(_steps(year.ladder.steps))
    return [each | {"number": at} for at, each in enumerate(found, start=1)]


def _annex(shape, title, heads, rows, note="") -> dict:
    return {"shape": shape, "title": title, "heads": heads, "rows": rows, "note": note}


def _content(year, criterion: str):
    """The rows that the card of a criterion tells, and its status in words where it does not
    count; None for a draft, a "tidak ada", and what this reader may not see."""
    card = next(each for each in year.cards if each.criterion == criterion)
    shown = card.shown
    if shown is None or shown.kind == Kind.NIL or shown.status == Status.DRAFT:
        return None, ""
    counts = shown.status == Status.VERIFIED or card.result.is_met
    return adapter_for(shown).content(shown), "" if counts else f"{card.look.word}."


# --- what was planned and reached ----------------------------------------------------------------


def _plan(year) -> dict:
    content, state = _content(year, "rencana_kerja")
    title = f"Rencana kerja {year.assessment.year}"
    heads = ["No.", "Kegiatan", "Penanggung jawab"]
    heads += [quarter_label(at, short=True) for at in QUARTERS]
    if content is None:
        return _annex("plan", title, heads, [], "Belum ada rencana kerja yang dapat ditampilkan.")
    rows = activities_of(content)
    empty = [at for at in QUARTERS if not any(at in quarters_of(row.months) for row in rows)]
    note = ["TW = triwulan.", state]
    if empty:
        note.append(f"Belum ada kegiatan pada {', '.join(map(quarter_label, empty))}.")
    return _annex("plan", title, heads, [_activity(row) for row in rows], _sentence(note))


def _activity(row) -> list[str]:
    held = quarters_of(row.months)
    ticks = [YES if at in held else NO for at in QUARTERS]
    return [str(row.no), row.name or EMPTY, row.person_in_charge or EMPTY, *ticks]


def _indicators(year) -> dict:
    content, state = _content(year, "indikator")
    heads = ["No.", "Indikator", "Capaian awal", "Target"]
    heads += [quarter_label(at, short=True) for at in QUARTERS]
    heads += ["Setahun", "Sumber data"]
    title = "Indikator Bangga Kencana"
    if content is None:
        return _annex("indicators", title, heads, [], "Belum ada indikator yang dapat ditampilkan.")
    rows = [_target(at, row) for at, row in enumerate(targets_of(content), start=1)]
    note = _sentence(["TW = capaian triwulan; kosong = belum dilaporkan.", state])
    return _annex("indicators", title, heads, rows, note)


def _target(at: int, row) -> list[str]:
    def shown(value) -> str:
        return value_text(row.indicator.direction, value)

    since = f" ({row.baseline_year})" if row.baseline is not None and row.baseline_year else ""
    return [
        str(at),
        f"{row.indicator.name} ({row.indicator.unit})" if row.indicator.unit else str(row),
        f"{shown(row.baseline)}{since}" or EMPTY,
        shown(row.target) or EMPTY,
        *map(shown, (row.q1, row.q2, row.q3, row.q4, row.annual)),
        row.source or EMPTY,
    ]


def _sentence(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)


# --- years and events ------------------------------------------------------------------------


def _trend(year) -> dict:
    heads = ["Tahun", "SK", "Rencana kerja", "Indikator", "Anggaran", "Terpenuhi", "Status"]
    rows = [
        [
            str(row["year"]),
            *(look.short for look in row["looks"]),
            f"{row['count']} dari {row['possible']}",
            effective_word(row["effective"]),
        ]
        for row in year.trend
    ]
    return _annex("trend", "Perkembangan tiga tahun", heads, rows)


def effective_word(value: bool | None) -> str:
    """Efektif, Belum efektif; None: the year has no usable rubric."""
    if value is None:
        return "Tidak dapat dinilai"
    return "Efektif" if value else "Belum efektif"


def _events(year) -> dict:
    """As the page tells them to this reader, newest first; without single edits."""
    rows = [
        [event.day, short(event.sentence), short(event.note)]
        for event in year.events
        if event.is_main
    ]
    heads = ["Tanggal", "Peristiwa", "Catatan"]
    note = "" if rows else "Belum ada riwayat."
    return _annex("events", "Riwayat verifikasi", heads, rows, note)


# --- why this score, and what raises it ----------------------------------------------------------


def _receipt(receipt: Receipt) -> dict:
    note = (
        f"Rubrik {receipt.rubric} ({receipt.published}). Hanya yang terverifikasi dihitung. "
        f"Skor: {receipt.score_sum} dari 100."
    )
    if receipt.index_sum:
        note += f" Indeks kematangan: {receipt.index_sum} dari 100, kelas {receipt.index_class}."
    heads = ["Poin kematangan", "Keadaan", "Poin"]
    found = _annex("receipt", "Mengapa nilai ini: rincian tiap poin", heads, [], note)
    return found | {"lines": [_line(line) for line in receipt.lines]}


def _line(line: Line) -> dict:
    required = " Wajib." if line.is_required else ""
    return {
        "title": line.title,
        "score": f"{line.got} dari {line.weight}",
        "rule": f"{line.rule}{required}",
        "outcome": f"{line.outcome}.",
        "basis": basis_words(line.basis) or (line.ground.name if line.ground else ""),
        "points": [
            [
                point.words,
                _gap(point.gap),
                "Didapat" if point.is_given else "Belum",
                f"{point.got} / {point.possible}",
            ]
            for point in line.points
        ],
    }


def _gap(repair: Repair) -> str:
    if not repair.fact:
        return repair.fix
    return f"{repair.fact}. {repair.fix}." if repair.fix else f"{repair.fact}."


def _steps(steps) -> dict:
    heads = ["No.", "Langkah", "Alasan", "Yang didapat", "Batas waktu"]
    rows = [
        [
            str(at),
            short(step.title),
            short(step.why),
            "; ".join(step.gains),
            format_date(step.rung.by) if step.rung.by else NO_END,
        ]
        for at, step in enumerate(steps, start=1)
    ]
    return _annex("steps", "Naik kelas: langkah yang paling menaikkan nilai", heads, rows)
