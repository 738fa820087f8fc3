"""The most frequent mistakes of a kind, looked for in one item before it is sent.

Some of the coded reasons the portal can judge by itself; of the others a person must say that
they looked.
"""

from collections.abc import Callable
from dataclasses import dataclass

from apps.budgets.queries import lines_of
from apps.documents.models import Reading
from apps.evidence.kinds import adapter_for
from apps.indicators.facts import targets_of
from apps.verification.mistakes import Mistake
from apps.verification.models import Evidence
from apps.work_plans.facts import activities_of


@dataclass(frozen=True)
class Looked:
    """A frequent mistake, and what the portal found; ``is_fine`` None where only a person can."""

    mistake: Mistake
    is_fine: bool | None
    told: str = ""


@dataclass(frozen=True)
class RowsRule:
    """Each row of the item must say something: fine where all do."""

    rows: Callable[[object], list]
    says: Callable[[object], bool]
    row_name: str


ROWS = {
    "an-halaman": RowsRule(lines_of, lambda row: bool(row.page.strip()), "baris anggaran"),
    "rk-penanggung-jawab": RowsRule(
        activities_of, lambda row: bool(row.person_in_charge.strip()), "kegiatan"
    ),
    "rk-waktu": RowsRule(activities_of, lambda row: bool(row.months), "kegiatan"),
    "in-sumber": RowsRule(targets_of, lambda row: bool(row.source.strip()), "indikator"),
}
READABLE = "sk-tidak-terbaca"
READ = {
    Reading.State.TEXT: (True, "teks berkas terbaca"),
    Reading.State.OCR: (True, "teks hasil pindai terbaca"),
    Reading.State.UNREADABLE: (False, "hasil pindai tidak terbaca oleh portal"),
    Reading.State.FAILED: (False, "berkas tidak terbaca oleh portal"),
}


def looked_for(evidence: Evidence, mistakes: list[Mistake]) -> list[Looked]:
    """The same mistakes with what the portal can say of this item."""
    return [Looked(mistake, *_verdict(evidence, mistake.code)) for mistake in mistakes]


def _verdict(evidence, code) -> tuple[bool | None, str]:
    adapter = adapter_for(evidence)
    if rule := ROWS.get(code):
        return _of_rows(rule, adapter.content(evidence))
    if code == READABLE and (document := adapter.document(evidence)):
        reading = getattr(document, "reading", None)
        return READ.get(reading.state, (None, "")) if reading else (None, "")
    return None, ""


def _of_rows(rule: RowsRule, content) -> tuple[bool, str]:
    rows = rule.rows(content)
    silent = sum(not rule.says(row) for row in rows)
    if silent:
        return False, f"belum diisi pada {silent} dari {len(rows)} {rule.row_name}"
    return True, f"sudah diisi pada semua {rule.row_name}"
