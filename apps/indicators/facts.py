"""An indicator set as text: what it says, what it lacks, what the portal can check by itself."""

from apps.core.formats import EMPTY, format_number, format_quantity
from apps.core.related import related_rows
from apps.indicators.codes import yes_no_word
from apps.indicators.enums import Direction
from apps.indicators.models import IndicatorSet, Target
from apps.verification.facts import Fact, Gap, Table
from apps.verification.facts import table as make_table

PREFIX = "indikator"
YES_NO = (yes_no_word(1), yes_no_word(0))  # values that have no unit
HEADERS = (
    "Indikator",
    "Satuan",
    "Capaian awal",
    "Tahun capaian awal",
    "Target",
    "Sumber data",
    "Capaian TW I",
    "Capaian TW II",
    "Capaian TW III",
    "Capaian TW IV",
    "Capaian tahunan",
)


def targets_of(indicator_set: IndicatorSet) -> list[Target]:
    return related_rows(indicator_set, "targets", "indicator")


def facts(indicator_set: IndicatorSet) -> list[Fact]:
    """The set in three lines."""
    targets = targets_of(indicator_set)
    aimed = [row for row in targets if row.target is not None]
    count = f"{len(targets)} indikator, {len(aimed)} bertarget" if targets else ""
    return [
        Fact("", "Tahun", str(indicator_set.year)),
        Fact("", "Jumlah indikator", count),
        Fact("", "Indikator", "; ".join(str(row.indicator) for row in targets)),
    ]


def table(indicator_set: IndicatorSet):
    """One row for each indicator."""
    return make_table(HEADERS, [_cells(row) for row in targets_of(indicator_set)])


def _cells(row: Target) -> list[str]:
    def shown(value) -> str:
        return value_text(row.indicator.direction, value)

    return [
        row.indicator.name,
        row.indicator.unit,
        shown(row.baseline),
        str(row.baseline_year or ""),
        shown(row.target),
        row.source,
        *map(shown, (row.q1, row.q2, row.q3, row.q4, row.annual)),
    ]


def brief_table(full: Table) -> Table:
    """The few columns worth a card, out of ``table()``: target and the last value reached, with
    their unit. No query."""
    rows = [dict(zip(full.headers, row, strict=True)) for row in full.rows]
    return Table(
        ["Indikator", "Target", "Capaian"],
        [
            [row["Indikator"], _measured(row, row.get("Target")), _measured(row, _reached(row))]
            for row in rows
        ],
    )


def _reached(row: dict[str, str]) -> str:
    """The yearly value where there is one, else that of the last quarter reported."""
    quarters = [value for head, value in row.items() if head.startswith("Capaian TW") and value]
    return row.get("Capaian tahunan") or (quarters[-1] if quarters else "")


def _measured(row: dict[str, str], value: str | None) -> str:
    """24 desa; 20%; ya; or "belum diisi"."""
    unit = "" if value in YES_NO else row.get("Satuan", "")
    return format_quantity(value, unit) or EMPTY


def value_text(direction: str, value) -> str:
    """A value as it is read: 2.511,5, or ya/tidak."""
    if value is None:
        return ""
    return yes_no_word(value) if direction == Direction.YES_NO else format_number(value)


def gaps(indicator_set: IndicatorSet, year: int | None = None) -> list[Gap]:
    """No indicator or no target blocks; a missing baseline or source is a warning."""
    targets = targets_of(indicator_set)
    if not targets:
        return [
            Gap(
                "",
                "Pilih paling sedikit satu indikator",
                "Pilih indikator Bangga Kencana yang menjadi tugas Pokja",
                fact="Indikator belum dipilih",
            )
        ]
    found = []
    for at, row in enumerate(targets):
        prefix = f"{PREFIX}-{at}"
        name = row.indicator.name
        if row.target is None:
            found.append(
                Gap(
                    f"{prefix}-target",
                    f"Isi target indikator “{name}” dengan angka",
                    f"Isi target {indicator_set.year} dalam {row.indicator.unit}",
                    fact="Indikator {rows} belum bertarget",
                )
            )
        if row.indicator.unit == "%" and row.target is not None and not 0 <= row.target <= 100:
            found.append(
                Gap(
                    f"{prefix}-target",
                    "Target persen umumnya antara 0 dan 100",
                    f"Periksa target “{name}”",
                    blocking=False,
                    fact="Target indikator {rows} di luar 0 sampai 100%",
                )
            )
        if not row.source:
            found.append(
                Gap(
                    f"{prefix}-source",
                    f"Isi sumber data untuk indikator {at + 1}",
                    "Tulis asal angkanya, misalnya Pendataan Keluarga",
                    blocking=False,
                    fact="Sumber data indikator {rows} belum diisi",
                )
            )
        if row.baseline is None:
            found.append(
                Gap(
                    f"{prefix}-baseline",
                    f"Capaian awal indikator “{name}” belum diisi",
                    "Isi capaian tahun sebelumnya",
                    blocking=False,
                    fact="Capaian awal indikator {rows} belum diisi",
                )
            )
    return sorted(found, key=lambda gap: not gap.blocking)


def checks(indicator_set: IndicatorSet, year: int | None = None) -> list[tuple[bool, str]]:
    """What the verifier need not count: (fine?, sentence)."""
    targets = targets_of(indicator_set)
    aimless = [str(row.indicator) for row in targets if row.target is None]
    sourceless = [str(row.indicator) for row in targets if not row.source]
    baseless = [str(row.indicator) for row in targets if row.baseline is None]
    return [
        (bool(targets), f"{len(targets)} indikator dari katalog"),
        (
            not aimless,
            "Semua indikator bertarget"
            if not aimless
            else f"Belum bertarget: {', '.join(aimless)}",
        ),
        (
            not sourceless,
            "Semua sumber data disebut"
            if not sourceless
            else f"Tanpa sumber data: {', '.join(sourceless)}",
        ),
        (
            not baseless,
            "Semua capaian awal terisi"
            if not baseless
            else f"Tanpa capaian awal: {', '.join(baseless)}",
        ),
    ]


def document(indicator_set: IndicatorSet):
    """Indicators are typed, not uploaded."""
    return None
