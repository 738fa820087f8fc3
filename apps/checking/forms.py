"""What verifiers send: the filter of the queue, marks and notes on an item, a cancellation."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms

from apps.checking import words
from apps.checking.checklist import Point
from apps.checking.enums import Mark, Shown
from apps.core.forms import BaseForm, default_messages
from apps.evidence.kinds import ADAPTERS
from apps.pokja.enums import PokjaKind
from apps.verification.citations import MAX_QUOTE, Place
from apps.verification.enums import Kind
from apps.verification.models import ReturnReason
from apps.verification.services import FieldNote

NOTE_LENGTH = 1000
# Read by portal.js: K goes to the note, Ctrl+Enter there returns the item.
NOTE_KEYS = {"data-key": "k", "data-do": "focus", "data-ctrl-enter": "#kembalikan"}
KINDS = [*((kind, adapter.label) for kind, adapter in ADAPTERS.items()), (Kind.NIL, Kind.NIL.label)]


@dataclass(frozen=True)
class Filters:
    """What the queue shows; ``region`` is a Region or None, the texts are "" for all."""

    shown: str = Shown.WAITING
    region: object = None
    kind: str = ""
    pokja_kind: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The same filter as names and values of an address; only what narrows."""
        pairs = {
            "daerah": self.region.code if self.region else "",
            "jenis_pokja": self.pokja_kind,
            "jenis": self.kind,
            "status": "" if self.shown == Shown.WAITING else self.shown,
        }
        return [(name, value) for name, value in pairs.items() if value]

    @property
    def query(self) -> str:
        """The same filter for an address, with its question mark; "" for the plain queue."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def narrows(self) -> bool:
        return bool(self.region or self.kind or self.pokja_kind)


class FilterForm(BaseForm, forms.Form):
    """The filter in the address. What does not belong there is left out, never an error."""

    mark_optional = False

    daerah = forms.ModelChoiceField(
        None, to_field_name="code", required=False, empty_label="Semua daerah", label="Daerah"
    )
    jenis_pokja = forms.ChoiceField(
        choices=[("", "Semua jenis"), *PokjaKind.choices], required=False, label="Jenis Pokja"
    )
    jenis = forms.ChoiceField(
        choices=[("", "Semua kriteria"), *KINDS], required=False, label="Kriteria"
    )
    status = forms.ChoiceField(choices=Shown.choices, required=False, label="Status")

    def __init__(self, data, regions):
        super().__init__({"status": Shown.WAITING} | data.dict())
        self.fields["daerah"].queryset = regions
        self.fields["daerah"].label_from_instance = lambda region: region.label
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select-sm thn"

    @property
    def filters(self) -> Filters:
        self.full_clean()
        kept = self.cleaned_data
        return Filters(
            kept.get("status") or Shown.WAITING,
            kept.get("daerah"),
            kept.get("jenis", ""),
            kept.get("jenis_pokja", ""),
        )


class CheckForm(BaseForm, forms.Form):
    """Marks for every point, a note beside each, and what is said about the whole item."""

    mark_optional = False

    alasan = forms.MultipleChoiceField(
        required=False,
        label="Alasan yang sering",
        # An id of its own: its boxes would be named like the reasons beside the points.
        widget=forms.CheckboxSelectMultiple({"id": "id_alasan_umum"}),
    )
    catatan = forms.CharField(
        required=False,
        max_length=4 * NOTE_LENGTH,
        label="Catatan untuk petugas",
        widget=forms.Textarea(attrs={"rows": 2} | NOTE_KEYS),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data=None, *, points: list[Point], reasons, document, revision: int, has_pins=False
    ):
        super().__init__(data, initial={"revision": revision})
        self.points, self.document, self.has_pins = points, document, has_pins
        self.reasons = {reason.code: reason for reason in reasons}  # read once for all rows
        choices = [(code, reason.label) for code, reason in self.reasons.items()]
        self.fields["alasan"].choices = choices
        own = {}
        for point in points:
            own |= self._point_fields(point, choices) | self._place_fields(point)
        for field in own.values():
            field.error_messages |= default_messages(field)
        # In the order of the page, so that the summary lists errors from top to bottom.
        self.fields = own | self.fields

    def _point_fields(self, point, choices) -> dict:
        preset = Mark.RIGHT if point.is_preset else None
        return {
            f"cek_{point.number}": forms.ChoiceField(
                choices=Mark.choices,
                required=False,
                label=point.label,
                initial=preset,
                widget=forms.RadioSelect,
            ),
            f"alasan_{point.number}": forms.ChoiceField(
                choices=[("", "Pilih bila cocok"), *choices],
                required=False,
                label=f"Alasan untuk {point.label}",
            ),
            f"catatan_{point.number}": forms.CharField(
                required=False, max_length=NOTE_LENGTH, label=f"Catatan untuk {point.label}"
            ),
        }

    def _place_fields(self, point) -> dict:
        """Page and quote, for values that a file can bear out."""
        if self.document is None or not point.field:
            return {}
        held = point.citation
        return {
            f"hal_{point.number}": forms.IntegerField(
                required=False,
                min_value=1,
                max_value=self.document.pages,
                label=f"Halaman untuk {point.label}",
                initial=held and held.page,
            ),
            f"kutip_{point.number}": forms.CharField(
                required=False,
                max_length=MAX_QUOTE,
                label=f"Kutipan untuk {point.label}",
                initial=held and held.quote,
            ),
        }

    def clean(self):
        for point in self.points:
            quote = self.cleaned_data.get(f"kutip_{point.number}")
            if quote and self.cleaned_data.get(f"hal_{point.number}", "") is None:
                self.add_error(f"hal_{point.number}", words.NEEDS_PAGE)

    def places(self) -> dict[str, Place]:
        """Where the verifier says the values stand, of those points that were on the page."""
        return {
            point.field: Place(
                self.cleaned_data[f"hal_{point.number}"],
                self.cleaned_data.get(f"kutip_{point.number}", ""),
            )
            for point in self.points
            if f"hal_{point.number}" in self.data and f"hal_{point.number}" in self.cleaned_data
        }

    def has_wrong_places(self) -> bool:
        return any(name.startswith(("hal_", "kutip_")) for name in self.errors)

    @property
    def seen_revision(self) -> int:
        """The revision the verifier saw; 0, which never matches, when it did not come along."""
        return self.cleaned_data.get("revision") or 0

    def mark(self, point: Point) -> str:
        return self.cleaned_data.get(f"cek_{point.number}", "")

    def check_approval(self) -> bool:
        """Everything marked, nothing wrong; otherwise an error at the first point meant."""
        open_points = [point for point in self.points if not self.mark(point)]
        wrong = [point for point in self.points if self.mark(point) == Mark.WRONG]
        if wrong:
            self.add_error(f"cek_{wrong[0].number}", words.HAS_WRONG)
        elif open_points:
            self.add_error(f"cek_{open_points[0].number}", words.unanswered(len(open_points)))
        if self.cleaned_data.get("alasan"):
            self.add_error("alasan", words.HAS_REASONS)
        return not self.errors

    def check_return(self) -> bool:
        """At least one note, of whatever sort, or a pin."""
        if not (self.errors or self.has_pins or self.field_notes()):
            self.add_error("catatan", words.NEEDS_NOTE)
        return not self.errors

    def field_notes(self) -> tuple[FieldNote, ...]:
        """One note for each point complained about, one for each general reason, one for the
        free text. A bare "Tidak" says by itself that the value does not match; what stands
        beside a value marked Sesuai is left out."""
        notes = [note for point in self.points if (note := self._note_of(point))]
        notes += [FieldNote(reason=self.reasons[code]) for code in self.cleaned_data["alasan"]]
        if text := self.cleaned_data["catatan"].strip():
            notes.append(FieldNote(text=text))
        return tuple(notes)

    def _note_of(self, point) -> FieldNote | None:
        mark = self.mark(point)
        reason = self._reason_of(point)
        text = self.cleaned_data[f"catatan_{point.number}"].strip()
        if mark == Mark.RIGHT or not (mark or reason or text):
            return None
        if not (reason or text):
            text = words.wrong_sentence(point.label, self.document is not None)
        return FieldNote(
            field=point.field,
            reason=reason,
            text=text if point.field or not text else f"{point.label}: {text}",
        )

    def _reason_of(self, point) -> ReturnReason | None:
        return self.reasons.get(self.cleaned_data.get(f"alasan_{point.number}", ""))

    def typed(self) -> list[tuple[str, str]]:
        """What the verifier wrote, for the page that tells of a conflict."""
        notes = self.cleaned_data
        pairs = [(point.label, self._shown_note(point)) for point in self.points]
        chosen = [self.reasons[code].label for code in notes.get("alasan") or ()]
        pairs.append(("Alasan", "; ".join(chosen)))
        pairs.append(("Catatan untuk petugas", notes.get("catatan", "")))
        return [(label, text) for label, text in pairs if text]

    def _shown_note(self, point) -> str:
        reason = self._reason_of(point)
        parts = [
            Mark.WRONG.label if self.mark(point) == Mark.WRONG else "",
            reason.label if reason else "",
            self.cleaned_data.get(f"catatan_{point.number}", ""),
        ]
        return ". ".join(part for part in parts if part)


class CancelForm(BaseForm, forms.Form):
    alasan = forms.CharField(
        max_length=4 * NOTE_LENGTH,
        label="Alasan pembatalan",
        help_text="Petugas membaca alasan ini. Kriteria tidak lagi terhitung terpenuhi.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": words.NEEDS_REASON},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def seen_revision(self) -> int:
        return self.cleaned_data.get("revision") or 0
