"""The form of a pin: what is wrong, and where on the page."""

from django import forms

from apps.core.forms import BaseForm, NumberFormField
from apps.verification.models import Evidence, Pin
from apps.verification.pins import MAX_TEXT, Spot

SHOWN = 640  # pixels: how wide the page is that a click is measured on
NO_PLACE = "Klik tempatnya pada halaman, atau isi letaknya dalam persen"


def _place_field(label: str) -> NumberFormField:
    return NumberFormField(
        label=label, min_value=0, max_value=100, error_messages={"required": NO_PLACE}
    )


class PinForm(BaseForm, forms.Form):
    """A remark, and its place in per cent of the page from the left and from the top.

    Without JavaScript the place comes from the image itself, a submit button that tells where it
    was clicked (``titik.x``, ``titik.y``, pixels of an image SHOWN wide).
    """

    teks = forms.CharField(
        max_length=MAX_TEXT,
        label="Catatan pada tempat ini",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Tulis catatan untuk pin ini"},
    )
    kiri = _place_field("Dari kiri (%)")
    atas = _place_field("Dari atas (%)")
    hal = forms.IntegerField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, shape=None, **options):
        super().__init__(_with_click(data, shape), auto_id="pin_%s", **options)

    @classmethod
    def blank(cls, evidence: Evidence, page: int = 1):
        return cls(initial={"revision": evidence.revision, "hal": page})

    @classmethod
    def of(cls, pin: Pin, evidence: Evidence):
        place = {"kiri": f"{pin.x * 100:.2f}", "atas": f"{pin.y * 100:.2f}"}
        return cls(
            initial={"teks": pin.text, "revision": evidence.revision, "hal": pin.page}
            | {name: text.replace(".", ",") for name, text in place.items()}
        )

    @property
    def seen_revision(self) -> int:
        return self.cleaned_data.get("revision") or 0

    def spot(self, page: int) -> Spot:
        kept = self.cleaned_data
        return Spot(page, float(kept["kiri"]) / 100, float(kept["atas"]) / 100)


def _with_click(data, shape: tuple[int, int] | None):
    """What was posted, with a click on the image told as percentages.

    A press of Enter on the image arrives as a click at 0,0: that is no place.
    """
    if data is None or shape is None:
        return data
    click = [data.get(f"titik.{axis}", "0")[:20] for axis in "xy"]
    if click == ["0", "0"]:
        return data
    values = data.copy()
    values["kiri"] = _percent(click[0], SHOWN)
    values["atas"] = _percent(click[1], shown_height(shape))
    return values


def _percent(text: str, whole: int) -> str:
    """Told with a comma; what is no number stays as it came, for the field to refuse."""
    try:
        return f"{float(text) / whole * 100:.2f}".replace(".", ",")
    except ValueError:
        return text


def shown_height(shape: tuple[int, int]) -> int:
    """Pixels that an image of this shape is high when it is SHOWN wide."""
    width, height = shape
    return max(round(SHOWN * height / width), 1)
