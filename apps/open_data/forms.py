"""Opening takes a contact and a promise; closing never goes without a reason."""

from django import forms

from apps.core.forms import BaseForm

LONGEST = 500


class PublishForm(BaseForm, forms.Form):
    contact = forms.CharField(
        label="Kontak untuk umum",
        max_length=200,
        help_text="Tampil bagi semua orang: tulis kantornya, bukan nama atau nomor seseorang",
    )
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=LONGEST,
        help_text="Misalnya dasar keputusannya; hanya tersimpan dalam log, tidak tampil untuk umum",
        widget=forms.Textarea({"rows": 2}),
    )
    confirmed = forms.BooleanField(
        label="Saya sudah memeriksa bahwa data ini boleh dibaca siapa pun",
        error_messages={"required": "Centang bahwa data ini boleh dibaca siapa pun"},
    )


class WithdrawForm(BaseForm, forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=LONGEST,
        help_text="Satu atau dua kalimat; tersimpan dalam log",
        widget=forms.Textarea({"rows": 3}),
    )
