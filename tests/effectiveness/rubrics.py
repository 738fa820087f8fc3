"""Rubrics of the tests, made from the built-in one."""

from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import new_draft
from apps.effectiveness.rubric_drafts import save_draft
from apps.effectiveness.rubric_plain import plain_of


def builtin() -> Rubric:
    load_builtin_rubric()
    return Rubric.objects.get(code="empat-kriteria")


def draft_of(rubric: Rubric, actor, first=2026, last=None, **changed) -> Rubric:
    """A draft of a rubric for some years; ``changed`` replaces keys of its plain data."""
    draft = new_draft(rubric, actor)
    plain = plain_of(draft) | {"tahun_mulai": first, "tahun_selesai": last} | changed
    return save_draft(draft, plain, actor=actor, revision=draft.revision)


def plain_with(rubric: Rubric, **weights) -> list[dict]:
    """The criteria of a rubric with other weights: plain_with(r, sk=24)."""
    rows = plain_of(rubric)["kriteria"]
    return [row | {"bobot": weights.get(row["kode"], row["bobot"])} for row in rows]
