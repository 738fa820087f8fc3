"""What people write: a reply, an answer, a draw."""

from django import forms

from apps.core.forms import BaseForm, IndonesianDateField, NumberFormField
from apps.reviews import words
from apps.reviews.models import MOST_DRAWN
from apps.verification.enums import Kind
from apps.verification.models import Note

LEAST, MOST = 20, 2000
AGREE, DISPUTE = "setuju", "sanggah"
UPHOLD, REJECT = "terima", "tolak"
PROVINCES = "provinsi"  # in the place of a code: the Pokja of the provinces themselves


class ReplyForm(BaseForm, forms.Form):
    """Agree or dispute; the decision meant comes along, so that a newer one is noticed."""

    mark_optional = False

    sikap = forms.ChoiceField(
        label="Sikap daerah atas keputusan ini",
        choices=[(AGREE, "Setuju"), (DISPUTE, "Sanggah")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih Setuju atau Sanggah"},
    )
    catatan = forms.ModelMultipleChoiceField(
        None,
        required=False,
        label="Catatan yang disanggah",
        help_text="Kosongkan bila Anda menyanggah keputusan secara keseluruhan.",
        widget=forms.CheckboxSelectMultiple,
    )
    alasan = forms.CharField(
        required=False,
        max_length=MOST,
        label="Alasan",
        help_text="Wajib untuk sanggahan, 20 sampai 2.000 huruf.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    keputusan = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data, decision):
        super().__init__(data, initial={"keputusan": decision and decision.pk})
        notes = Note.objects.filter(history=decision).select_related("reason")
        self.fields["catatan"].queryset = notes
        self.fields["catatan"].label_from_instance = lambda note: note.sentence
        if decision is None or not notes:
            del self.fields["catatan"]

    @property
    def disputes(self) -> bool:
        return self.cleaned_data["sikap"] == DISPUTE

    def clean(self):
        said = self.cleaned_data.get("alasan", "").strip()
        too_short = len(said) < LEAST and "alasan" not in self.errors
        if self.cleaned_data.get("sikap") == DISPUTE and too_short:
            self.add_error("alasan", words.NEEDS_REASON)


class AnswerForm(BaseForm, forms.Form):
    mark_optional = False

    jawaban = forms.ChoiceField(
        label="Jawaban",
        choices=[(UPHOLD, "Sanggahan diterima"), (REJECT, "Sanggahan tidak diterima")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih diterima atau tidak diterima"},
    )
    alasan = forms.CharField(
        max_length=MOST,
        label="Alasan jawaban",
        help_text="Daerah dan pemeriksa membaca alasan ini.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Tulis alasan jawaban"},
    )

    @property
    def upheld(self) -> bool:
        return self.cleaned_data["jawaban"] == UPHOLD


class DrawForm(BaseForm, forms.Form):
    """From where, when and how many; by whom they are looked at again."""

    mark_optional = False

    tempat = forms.ChoiceField(label="Wilayah", help_text="Berkas yang dinilai ulang.")
    mulai = IndonesianDateField(label="Diverifikasi mulai")
    sampai = IndonesianDateField(label="Diverifikasi sampai")
    jenis = forms.ChoiceField(
        required=False, label="Jenis bukti", choices=[("", "Semua jenis"), *Kind.choices]
    )
    jumlah = NumberFormField(
        label="Jumlah berkas",
        whole=True,
        min_value=1,
        max_value=MOST_DRAWN,
        help_text=f"1 sampai {MOST_DRAWN}, dipilih secara acak.",
    )
    pemeriksa = forms.ChoiceField(
        required=False,
        label="Pemeriksa kedua",
        help_text="Tidak pernah menerima berkas yang diputuskan atau diisinya sendiri.",
    )

    def __init__(self, data, places, people, initial=None):
        """``places``: {code: Region or None}; ``people``: {code: [User]}."""
        super().__init__(data, initial=initial)
        self.places, self.people = places, people
        self.fields["tempat"].choices = [
            (code, region.full_name if region else "Pokja tingkat provinsi, seluruh Indonesia")
            for code, region in places.items()
        ]
        everybody = {user.pk: user for users in people.values() for user in users}
        self.fields["pemeriksa"].choices = [
            ("", "Bagi rata di antara verifikator"),
            *((str(user.pk), self._named(user)) for user in everybody.values()),
        ]
        self.everybody = everybody

    @staticmethod
    def _named(user) -> str:
        return f"{user} ({user.office})" if user.office else str(user)

    def clean(self):
        kept = self.cleaned_data
        since, until = kept.get("mulai"), kept.get("sampai")
        if since and until and since > until:
            self.add_error("sampai", "Tanggal akhir tidak boleh sebelum tanggal mulai")
        chosen = self.verifier
        if chosen and chosen not in self.people.get(kept.get("tempat"), [chosen]):
            self.add_error("pemeriksa", "Pilih pemeriksa dari wilayah yang sama")

    @property
    def region(self):
        return self.places[self.cleaned_data["tempat"]]

    @property
    def verifier(self):
        chosen = self.cleaned_data.get("pemeriksa")
        return self.everybody[int(chosen)] if chosen else None
