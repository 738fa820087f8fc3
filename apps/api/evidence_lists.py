"""SK, plans, indicators and budgets as lists: the rows of their files, with where they stand."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from apps.api.lists import Rows
from apps.api.values import told
from apps.budgets.resources import BudgetImporter
from apps.decrees.file_units import FIELDS as DECREE_FIELDS
from apps.decrees.models import DecreeCoverage
from apps.decrees.resources import DecreeImporter
from apps.effectiveness.listing import in_region
from apps.indicators.resources import IndicatorImporter
from apps.pokja.evidence_importing import EvidenceImporter, GroupedImporter, newest_visible
from apps.verification.enums import Status
from apps.verification.models import Evidence, History
from apps.work_plans.resources import PlanImporter


@dataclass(frozen=True)
class Source:
    """Where the rows of one kind lie: model, ORM paths to evidence, Pokja and year, columns."""

    importer: type[EvidenceImporter]
    model: type
    evidence: str
    pokja: str
    year: str
    names: dict[str, str]  # column of the file -> ORM path

    @property
    def meta(self) -> dict[str, str]:
        """What a row says beside its file."""
        return {
            "kode_wilayah": f"{self.pokja}__region__code",
            "status": f"{self.evidence}__status",
            "versi": f"{self.evidence}__version",
            "id_bukti": f"{self.evidence}__pk",
            "diubah_pada": "changed_at",
        }


def _grouped(importer: type[GroupedImporter]) -> Source:
    above = importer.parent
    names = {"kode_pokja": f"{above}__pokja__code", **importer.fields}
    heads = zip(("tahun", "tahap"), importer.part_fields, strict=False)
    names |= {column: f"{above}__{name}" for column, name in heads}
    columns = {name: names[name] for name in importer.column_names()}
    return Source(
        importer,
        importer.child,
        f"{above}__evidence",
        f"{above}__pokja",
        f"{above}__year",
        columns,
    )


SOURCES = {
    "sk": Source(
        DecreeImporter,
        DecreeCoverage,
        "decree__evidence",
        "pokja",
        "decree__issued_on__year",
        {
            **{column: f"decree__{name}" for column, name in DECREE_FIELDS.items()},
            "kode_pokja": "pokja__code",
            "peran": "role",
            "sk_induk": "parent_number",
            "berkas": "decree__document__original_name",
        },
    ),
    "rencana-kerja": _grouped(PlanImporter),
    "indikator": _grouped(IndicatorImporter),
    "anggaran": _grouped(BudgetImporter),
}


class EvidenceList(Rows):
    """Rows of the newest version the person may see, or of the newest one in a status."""

    def __init__(self, source: Source, user, asked: dict):
        self.source = source
        rows = _newest(source, user, asked["status"])
        if region := asked["wilayah"]:
            rows = rows.filter(in_region(region, f"{source.pokja}__region"))
        if year := asked["tahun"]:
            rows = rows.filter(**{source.year: year})
        if since := asked["diubah_sejak"]:
            later = History.objects.filter(evidence=OuterRef(source.evidence), at__gte=since)
            rows = rows.filter(Exists(later))
        self.rows = rows.order_by("pk")

    def page(self, start: int, stop: int) -> list[dict]:
        source, importer = self.source, self.source.importer()
        last = History.objects.filter(evidence=OuterRef(source.evidence)).order_by("-at")
        rows = self.rows.annotate(changed_at=Subquery(last.values("at")[:1]))
        columns = {**source.names, **source.meta}
        found = []
        for values in rows.values_list(*columns.values())[start:stop]:
            row = dict(zip(columns, values, strict=True))
            row |= {name: importer.shown(name, row[name]) for name in source.names}
            row["status"] = Status(row["status"]).label.lower()
            found.append({name: told(name, value) for name, value in row.items()})
        return found


def _newest(source: Source, user, status: str | None):
    path, rows = source.evidence, source.model.objects
    if status is None:
        return newest_visible(rows, user, path)
    newer = Evidence.objects.for_user(user).filter(
        family=OuterRef(f"{path}__family"), version__gt=OuterRef(f"{path}__version"), status=status
    )
    return rows.for_user(user).filter(~Exists(newer), **{f"{path}__status": status})
