"""What people write: comments with whom they name, follow-ups, and the words about them."""

from datetime import date, timedelta
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from apps.core.forms import BaseForm, IndonesianDateField
from apps.discussion import words
from apps.discussion.enums import MAX_TASK, MAX_TEXT
from apps.discussion.people import Talker

FURTHEST = timedelta(days=2 * 366)  # a due day beyond is a slip of the pen


class LinesField(forms.CharField):
    """Text of several lines; a line break counts as one letter, however it was sent."""

    def __init__(self, rows=3, **options):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class TokenForm(BaseForm, forms.Form):
    """Carries what makes a form that was sent twice known as one."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, **options):
        super().__init__(data, initial={"kunci": uuid4()}, **options)


class CommentForm(TokenForm):
    """A comment, and whom it names: ticked in the list or written as @nama.pengguna."""

    unmarked = frozenset({"sebut"})

    teks = LinesField(
        label="Komentar", max_length=MAX_TEXT, error_messages={"required": "Tulis komentar"}
    )
    sebut = forms.MultipleChoiceField(
        label="Sebut", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, talkers: list[Talker], user, **options):
        super().__init__(data, **options)
        self.talkers = {talker.user.username: talker.user for talker in talkers}
        choices = [(t.user.username, t.label) for t in talkers if t.user.pk != user.pk]
        self.fields["sebut"].choices = choices
        self.fields[
            "sebut"
        ].help_text = (
            "Yang disebut menerima pemberitahuan. Boleh juga ditulis dalam komentar: @nama.pengguna"
        )

    def clean_teks(self):
        """Names behind @ must be people who see the item; others are told, nothing is lost."""
        text = self.cleaned_data["teks"]
        known = {name.casefold() for name in self.talkers}
        strange = [name for name in words.names_in(text) if name.casefold() not in known]
        if strange:
            raise ValidationError(words.unknown_names(strange))
        return text

    @property
    def mentioned(self) -> list:
        """The users named, each once."""
        written = {name.casefold() for name in words.names_in(self.cleaned_data["teks"])}
        ticked = set(self.cleaned_data["sebut"])
        return [
            user
            for name, user in self.talkers.items()
            if name in ticked or name.casefold() in written
        ]


class ThreadForm(CommentForm):
    """The first comment of a thread, about one field of the item or the whole."""

    field_order = ("isian", "teks", "sebut")

    isian = forms.ChoiceField(label="Tentang", required=False)

    def __init__(self, data=None, *, fields: list[str], about="", **options):
        super().__init__(data, **options)
        self.fields["isian"].choices = [("", words.WHOLE), *((name, name) for name in fields)]
        self.fields["isian"].initial = about if about in fields else ""


class FollowUpForm(TokenForm):
    """What is to be done, by whom, by when."""

    pokja = forms.ChoiceField(label="Pokja", required=False)
    tugas = LinesField(
        label="Yang perlu dilakukan",
        max_length=MAX_TASK,
        help_text="Mulai dengan kata kerja, misalnya: Unggah SK yang sudah ditandatangani",
        error_messages={"required": "Tulis yang perlu dilakukan"},
    )
    penanggung = forms.ChoiceField(label="Penanggung jawab")
    tenggat = IndonesianDateField(
        label="Paling lambat", error_messages={"required": "Isi tenggat, misalnya 24 Juli 2026"}
    )

    def __init__(self, data=None, *, talkers: list[Talker], pokja, today: date, suggested: dict):
        super().__init__(data)
        self.today = today
        self.owners = {talker.user.username: talker.user for talker in talkers}
        choices = [(talker.user.username, talker.label) for talker in talkers]
        self.fields["penanggung"].choices = [("", "Pilih"), *choices]
        self.fields["tenggat"].help_text = words.due_help(suggested)
        self.pokja = {str(each.pk): each for each in pokja}
        if self.pokja:
            rows = [(key, each.name) for key, each in self.pokja.items()]
            self.fields["pokja"].choices = [("", "Tidak tentang satu Pokja"), *rows]
        else:
            del self.fields["pokja"]

    def clean_tenggat(self):
        day = self.cleaned_data["tenggat"]
        if day < self.today:
            raise ValidationError("Tenggat sudah lewat. Isi hari ini atau sesudahnya")
        if day > self.today + FURTHEST:
            raise ValidationError("Tenggat paling jauh dua tahun dari sekarang")
        return day

    @property
    def owner(self):
        return self.owners[self.cleaned_data["penanggung"]]

    @property
    def chosen_pokja(self):
        return self.pokja.get(self.cleaned_data.get("pokja", ""))


class SeenForm(BaseForm, forms.Form):
    """Words about a follow-up, and the revision their writer saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def seen_revision(self) -> int:
        """0, which never matches, when it did not come along."""
        return self.cleaned_data.get("revision") or 0


class DoneForm(SeenForm):
    catatan = LinesField(
        label="Apa yang sudah dilakukan",
        max_length=MAX_TASK,
        error_messages={"required": "Tulis apa yang sudah dilakukan"},
    )


class JudgeForm(SeenForm):
    nilai = forms.ChoiceField(
        label="Penilaian",
        choices=[("memadai", "Memadai"), ("belum", "Belum memadai")],
        widget=forms.RadioSelect(attrs={"class": "pk-inline"}),
        error_messages={"required": "Pilih memadai atau belum memadai"},
    )
    alasan = LinesField(
        label="Alasan",
        max_length=MAX_TASK,
        required=False,
        help_text="Wajib bila belum memadai: sebutkan apa yang masih kurang",
    )
    unmarked = frozenset({"alasan"})

    @property
    def is_adequate(self) -> bool:
        return self.cleaned_data["nilai"] == "memadai"

    def clean(self):
        lacking = self.cleaned_data.get("nilai") == "belum" and not self.cleaned_data.get("alasan")
        if lacking and "alasan" not in self.errors:
            self.add_error("alasan", "Tulis apa yang masih kurang")


class CancelForm(SeenForm):
    alasan = LinesField(
        label="Alasan pembatalan",
        rows=2,
        max_length=MAX_TASK,
        error_messages={"required": "Tulis alasan pembatalan"},
    )
