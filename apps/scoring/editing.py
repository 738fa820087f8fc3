"""The page of a draft: its forms from what is stored, and what is stored from its forms."""

from dataclasses import dataclass

from django.utils.text import slugify

from apps.effectiveness.models import Rubric
from apps.effectiveness.rubric_file import SLUG
from apps.effectiveness.rubric_plain import plain_of
from apps.effectiveness.rubrics import BASE
from apps.indicators.models import Indicator
from apps.scoring.forms import LIMITS, CriteriaRows, PointsForm, RubricForm, row_of

ROW_FIELDS = {"check": "pemeriksaan", "name": "nama", "weight": "bobot", "rule": "aturan"}


@dataclass
class Editor:
    """The three forms of a draft, bound or not."""

    form: RubricForm
    formset: CriteriaRows
    points: PointsForm

    def is_valid(self) -> bool:
        """Are all three? Each is asked, so that all that is wrong is told at once."""
        return all([self.form.is_valid(), self.formset.is_valid(), self.points.is_valid()])

    @property
    def plain(self) -> dict:
        """What the forms say, as plain data; of valid forms."""
        cleaned = self.form.cleaned_data
        return {
            "nama": cleaned["name"],
            "tahun_mulai": cleaned["year_from"],
            "tahun_selesai": cleaned["year_to"],
            "aturan_wilayah": cleaned["region_rule"] or "any",
            "sumber_dana": cleaned["accepted_sources"],
            "batas_kelas": self.form.limits,
            "jenis_diharapkan": cleaned["expected_kinds"],
            "sumber": cleaned["source"],
            "penjelasan": cleaned["description"],
            "kriteria": _criteria(self.formset.kept_forms()),
            "poin": _points(self.points),
        }

    @property
    def typed(self) -> list[tuple[str, str]]:
        """(label, text) of everything that was typed, so that nothing is lost to a conflict."""
        fields = [field for field in self.form if not field.is_hidden]
        found = [(field.label, _said(field)) for field in fields]
        for row in self.formset.forms:
            texts = [f"{f.label}: {_said(f)}" for f in row if not f.is_hidden and _said(f)]
            found.append((f"Kriteria {row.place}", "\n".join(texts)))
        points = [f"{w.value()}: {p.value()}" for p, w in self.points.rows if p.value()]
        found.append(("Poin kematangan", "\n".join(points)))
        return [(label, text) for label, text in found if text]


def _said(field) -> str:
    """What a bound field holds, in the words of the page."""
    value = field.value()
    given = value if isinstance(value, list | tuple) else [value]
    choices = {}
    for key, label in getattr(field.field, "choices", ()):
        choices |= dict(label) if isinstance(label, list | tuple) else {key: label}
    words = {True: "ya", False: ""}
    return ", ".join(
        str(words[each] if isinstance(each, bool) else choices.get(each, each))
        for each in given
        if each not in (None, "")
    )


def _criteria(forms) -> list[dict]:
    rows, taken = [], set()
    for form in forms:
        values = form.cleaned_data
        row = {key: values.get(name) or "" for name, key in ROW_FIELDS.items()}
        row |= {
            "bobot": values.get("weight") or 0,
            "wajib": values["is_required"],
            "parameter": form.parameters,
        }
        row["kode"] = _code(row, values.get("code") or "", taken)
        taken.add(row["kode"])
        rows.append(row)
    return rows


def _code(row, known: str, taken: set[str]) -> str:
    """The code of a criterion: a base one has that of its check; others keep theirs."""
    check = row["pemeriksaan"]
    if check in BASE:
        return check
    code = known if SLUG.fullmatch(known) and known not in BASE else ""
    code = code or slugify(row["nama"])[:36].strip("-") or check or "kriteria"
    code = f"{code}-lain" if code in BASE else code
    found, number = code, 2
    while found in taken:
        found, number = f"{code[:36]}-{number}", number + 1
    return found


def _points(form: PointsForm) -> list[dict]:
    rows = []
    for points, words in form.rows:
        value = form.cleaned_data.get(points.name) or 0
        text = form.cleaned_data.get(words.name) or ""
        if value or text:
            code = points.name.removeprefix("poin-")
            rows.append({"pemeriksaan": code, "poin": value, "bunyi": text})
    return rows


def editor_for(rubric: Rubric) -> Editor:
    """The forms of a draft as it is stored; 1 query beside those of the rubric."""
    plain = plain_of(rubric)
    limits = dict(zip(LIMITS, plain["batas_kelas"], strict=False))
    head = {
        "revision": rubric.revision,
        "name": plain["nama"],
        "year_from": plain["tahun_mulai"],
        "year_to": plain["tahun_selesai"],
        "source": plain["sumber"],
        "description": plain["penjelasan"],
        "accepted_sources": plain["sumber_dana"],
        "region_rule": plain["aturan_wilayah"],
        "expected_kinds": plain["jenis_diharapkan"],
    }
    points = {}
    for row in plain["poin"]:
        points[f"poin-{row['pemeriksaan']}"] = row["poin"]
        points[f"bunyi-{row['pemeriksaan']}"] = row["bunyi"]
    return Editor(
        RubricForm(initial=head | limits, draft=True),
        CriteriaRows(
            rows=[row_of(row) for row in plain["kriteria"]], draft=True, options=_options()
        ),
        PointsForm(initial=points, draft=True),
    )


def editor_from(data, *, grown: bool = False) -> Editor:
    """The forms of what was typed; ``grown`` with one more blank row of criteria."""
    make = CriteriaRows.grown if grown else CriteriaRows
    return Editor(
        RubricForm(data, draft=True),
        make(data, draft=True, options=_options()),
        PointsForm(data, draft=True),
    )


def _options() -> dict:
    rows = Indicator.objects.order_by("code").values_list("code", "name")
    return {"catalogue": [(code, f"{name} ({code})") for code, name in rows]}
