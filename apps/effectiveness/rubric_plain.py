"""A rubric as plain data: what its file holds, what the audit keeps, what two are compared by."""

from typing import Any

from apps.effectiveness.models import Rubric, RubricCriterion, RubricPoint


def head_of(rubric: Rubric) -> dict[str, Any]:
    """What stands in the rubric itself, without criteria and points."""
    return {
        "nama": rubric.name,
        "tahun_mulai": rubric.year_from,
        "tahun_selesai": rubric.year_to,
        "aturan_wilayah": rubric.region_rule,
        "sumber_dana": list(rubric.accepted_sources),
        "batas_kelas": list(rubric.class_limits),
        "jenis_diharapkan": list(rubric.expected_kinds),
        "sumber": rubric.source,
        "penjelasan": rubric.description,
    }


def plain_of(rubric: Rubric) -> dict[str, Any]:
    """Everything a rubric says. Queries: 2, or none where criteria and points are prefetched."""
    return head_of(rubric) | {
        "kriteria": [
            {
                "kode": row.criterion,
                "nama": row.name,
                "pemeriksaan": row.checked_by,
                "parameter": row.parameters,
                "bobot": row.weight,
                "wajib": row.is_required,
                "aturan": row.rule,
            }
            for row in rubric.criteria.all()
        ],
        "poin": [
            {"pemeriksaan": row.check_code, "poin": row.points, "bunyi": row.words}
            for row in rubric.points.all()
        ],
    }


def fields_of(plain: dict) -> dict[str, Any]:
    """The columns of the rubric itself."""
    return {
        "name": plain["nama"],
        "year_from": plain["tahun_mulai"],
        "year_to": plain["tahun_selesai"],
        "region_rule": plain["aturan_wilayah"],
        "accepted_sources": plain["sumber_dana"],
        "class_limits": plain["batas_kelas"],
        "expected_kinds": plain["jenis_diharapkan"],
        "source": plain["sumber"],
        "description": plain["penjelasan"],
    }


def write_rows(rubric: Rubric, plain: dict) -> None:
    """Put criteria and points of the data in the place of those the rubric has."""
    RubricCriterion.objects.filter(rubric=rubric).delete()
    RubricPoint.objects.filter(rubric=rubric).delete()
    RubricCriterion.objects.bulk_create(
        RubricCriterion(
            rubric=rubric,
            criterion=row["kode"],
            name=row["nama"],
            check_code="" if row["pemeriksaan"] == row["kode"] else row["pemeriksaan"],
            parameters=row["parameter"],
            weight=row["bobot"],
            is_required=row["wajib"],
            rule=row["aturan"],
            order=place,
        )
        for place, row in enumerate(plain["kriteria"], start=1)
    )
    RubricPoint.objects.bulk_create(
        RubricPoint(
            rubric=rubric,
            check_code=row["pemeriksaan"],
            points=row["poin"],
            words=row["bunyi"],
            order=place,
        )
        for place, row in enumerate(plain["poin"], start=1)
    )
