"""One verified item as a second verifier sees it: what was filled in, the file, the automatic
checks; neither who decided nor marks, notes, pins, places or history (that is what blind means).
"""

from dataclasses import dataclass, replace

from django import forms
from django.urls import reverse

from apps.checking import queries
from apps.checking.checklist import Point, points_for
from apps.checking.enums import Mark
from apps.checking.forms import NOTE_LENGTH, Filters
from apps.checking.screen import item_title
from apps.checking.sheets import Sheet, Sheets, sheets_of
from apps.core.forms import BaseForm, default_messages
from apps.evidence.kinds import Adapter, Fact, Table, adapter_for
from apps.reviews.drawing import Verdict
from apps.verification.models import Evidence
from apps.verification.reasons import reasons_for

AGREES, RETURNS = "setuju", "kembalikan"
HAS_WRONG = "Ada isian bertanda Tidak. Pilih Seharusnya dikembalikan atau ubah tandanya"
NEEDS_WHY = "Pilih alasan atau tulis catatan mengapa seharusnya dikembalikan"
NOT_WANTED = "Alasan hanya diisi bila berkas seharusnya dikembalikan"


@dataclass(frozen=True)
class BlindScreen:
    """What the page shows of the item."""

    evidence: Evidence
    adapter: Adapter
    title: str
    facts: list[Fact]
    table: Table | None
    checks: list[tuple[bool, str]]
    document: object
    points: list[Point]

    @property
    def full_title(self) -> str:
        return f"{self.title}, {self.evidence.region.full_name}"


def blind_screen(evidence: Evidence) -> BlindScreen:
    """Read an item that ``queries.with_content`` brought; constant queries for each kind."""
    adapter = adapter_for(evidence)
    facts, table = adapter.facts(evidence), adapter.table(evidence)
    return BlindScreen(
        evidence=evidence,
        adapter=adapter,
        title=item_title(adapter, queries.pokja_names(evidence)),
        facts=facts,
        table=table,
        checks=adapter.checks(evidence),
        document=adapter.document(evidence),
        points=points_for(adapter, evidence, facts, table),
    )


def blind_sheets(shown: BlindScreen, look_pk: int, user, view) -> Sheets | None:
    """The pages of the file without any pin; links stay on the page of the second look."""
    if shown.document is None:
        return None
    pages = sheets_of(shown.evidence, shown.document, user, view, Filters(), may_pin=False)
    return replace(
        pages,
        path=reverse("checking:second_look", args=[look_pk]),
        first=_bare(pages.first),
        groups=[
            replace(group, sheets=[_bare(sheet) for sheet in group.sheets])
            for group in pages.groups
        ],
        open_pins=0,
        older=[],
    )


def _bare(sheet: Sheet) -> Sheet:
    return replace(sheet, marks=[], pin_url="")


def topic_of(point: Point, adapter: Adapter) -> str:
    """Under which name a value is counted together with like values of other items."""
    prefix = getattr(adapter.room, "PREFIX", "")
    is_row = bool(prefix) and point.field.startswith(f"{prefix}-")
    return adapter.row_name if is_row else point.label


class LookForm(BaseForm, forms.Form):
    """A mark for every value, and what the item should have been."""

    mark_optional = False

    putusan = forms.ChoiceField(
        label="Menurut Anda berkas ini",
        choices=[(AGREES, "Setuju diverifikasi"), (RETURNS, "Seharusnya dikembalikan")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih Setuju diverifikasi atau Seharusnya dikembalikan"},
    )
    alasan = forms.ChoiceField(required=False, label="Alasan bila seharusnya dikembalikan")
    catatan = forms.CharField(
        required=False,
        max_length=4 * NOTE_LENGTH,
        label="Catatan",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data, shown: BlindScreen):
        super().__init__(data)
        self.shown = shown
        self.reasons = {reason.code: reason for reason in reasons_for(shown.evidence.kind)}
        chosen = [(code, reason.label) for code, reason in self.reasons.items()]
        self.fields["alasan"].choices = [("", "Pilih bila cocok"), *chosen]
        own = {f"cek_{point.number}": _mark_field(point) for point in shown.points}
        # In the order of the page, so that the summary lists errors from top to bottom.
        self.fields = own | self.fields

    def clean(self):
        kept = self.cleaned_data
        wrong = [at for at in self._names if kept.get(at) == Mark.WRONG]
        explained = bool(kept.get("alasan") or kept.get("catatan", "").strip())
        verdict = kept.get("putusan")
        if verdict == AGREES and wrong:
            self.add_error(wrong[0], HAS_WRONG)
        if verdict == AGREES and kept.get("alasan"):
            self.add_error("alasan", NOT_WANTED)
        if verdict == RETURNS and not explained and "catatan" not in self.errors:
            self.add_error("catatan", NEEDS_WHY)

    @property
    def _names(self) -> list[str]:
        return [f"cek_{point.number}" for point in self.shown.points]

    def rows(self) -> list[tuple]:
        """(point, its mark as a bound field)."""
        return [(point, self[f"cek_{point.number}"]) for point in self.shown.points]

    def verdict(self) -> Verdict:
        kept = self.cleaned_data
        marks = tuple(
            (
                point.field,
                point.label,
                topic_of(point, self.shown.adapter),
                kept[f"cek_{point.number}"] == Mark.RIGHT,
            )
            for point in self.shown.points
        )
        return Verdict(
            agrees=kept["putusan"] == AGREES,
            marks=marks,
            reason=self.reasons.get(kept["alasan"]),
            text=kept["catatan"].strip(),
        )


def _mark_field(point: Point) -> forms.ChoiceField:
    field = forms.ChoiceField(
        choices=Mark.choices,
        label=point.label,
        widget=forms.RadioSelect,
        error_messages={"required": f"Tandai {point.label}"},
    )
    field.error_messages = default_messages(field) | {"required": f"Tandai {point.label}"}
    return field
