"""Step 3 as a form: what goes where, with a field for each thing that is there."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property

from apps.core.forms import BaseForm
from apps.territory import rules, shares
from apps.territory.enums import ChangeKind
from apps.territory.forms import REVISION
from apps.territory.models import RegionChange


@dataclass(frozen=True)
class Row:
    """One line of step 3, with its fields as they are drawn."""

    thing: object
    tick: object = None
    code: object = None
    way: object = None


class ShareForm(BaseForm, forms.Form):
    """Step 3: which regions with which codes, which Pokja, whose posts.

    Fields are named by primary key: ikut_12 and kode_12, pokja_7, pos_3.
    """

    mark_optional = False
    revision = forms.IntegerField(**REVISION)

    def __init__(self, *args, change: RegionChange, choices: shares.Choices, **kwargs):
        self.change, self.choices = change, choices
        super().__init__(*args, **kwargs)

    @cached_property
    def is_merger(self) -> bool:
        return self.change.kind == ChangeKind.MERGE

    @cached_property
    def parent(self) -> str:
        return self.change.target.code if self.is_merger else self.change.new_code

    def fill(self, items, *, is_first: bool) -> None:
        """Add a field for each thing, showing what the draft says; on the first visit to a merger
        everything goes along anyway."""
        codes = {item.region_id: item.code for item in items if item.region_id}
        pokja = {item.pokja_id for item in items if item.pokja_id}
        ways = {item.post_id: item.way for item in items if item.post_id}
        for region in self.choices.regions:
            code = codes.get(region.pk) or self.choices.codes[region.pk]
            if not self.is_merger:
                self._tick(f"ikut_{region.pk}", str(region), region.pk in codes)
            self.fields[f"kode_{region.pk}"] = forms.CharField(
                label=f"Kode baru {region}",
                required=False,
                max_length=13,
                initial=code,
                widget=forms.TextInput(
                    {"class": "form-control w-10", "aria-label": f"Kode baru {region}"}
                ),
            )
        if not self.is_merger:
            for each in self.choices.pokja:
                self._tick(f"pokja_{each.pk}", f"{each.name} ({each.code})", each.pk in pokja)
        options = shares.ways_for(self.change)
        for post in self.choices.posts:
            self.fields[f"pos_{post.pk}"] = forms.ChoiceField(
                label=f"{post.user}, {post}",
                choices=options,
                required=self.is_merger,
                initial=ways.get(post.pk, "" if is_first and not self.is_merger else options[0][0]),
                widget=forms.Select({"class": "form-select", "aria-label": f"{post.user}, {post}"}),
            )

    def _tick(self, name: str, label: str, chosen: bool) -> None:
        self.fields[name] = forms.BooleanField(
            label=label,
            required=False,
            initial=chosen,
            widget=forms.CheckboxInput({"class": "form-check-input"}),
        )

    @property
    def region_rows(self) -> list[Row]:
        return [
            Row(
                region,
                None if self.is_merger else self[f"ikut_{region.pk}"],
                self[f"kode_{region.pk}"],
            )
            for region in self.choices.regions
        ]

    @property
    def pokja_rows(self) -> list[Row]:
        if self.is_merger:
            return [Row(each) for each in self.choices.pokja]
        return [Row(each, self[f"pokja_{each.pk}"]) for each in self.choices.pokja]

    @property
    def post_rows(self) -> list[Row]:
        return [Row(post, way=self[f"pos_{post.pk}"]) for post in self.choices.posts]

    def clean(self):
        given = super().clean()
        self.regions = {
            region.pk: given.get(f"kode_{region.pk}", "").strip()
            for region in self.choices.regions
            if self.is_merger or given.get(f"ikut_{region.pk}")
        }
        self.pokja = [each.pk for each in self.choices.pokja if given.get(f"pokja_{each.pk}")]
        self.posts = {post.pk: given.get(f"pos_{post.pk}", "") for post in self.choices.posts}
        self._check_codes()
        return given

    def _check_codes(self) -> None:
        codes = list(self.regions.values())
        holders = rules.holders_of(codes)
        for pk, code in self.regions.items():
            words = rules.shape_fault(code, self.parent) or rules.taken_fault(code, holders, own=pk)
            if not words and codes.count(code) > 1:
                words = f"Kode {code} diberikan dua kali. Isi kode lain"
            if words:
                self.add_error(f"kode_{pk}", words)
