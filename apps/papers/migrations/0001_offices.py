"""Letterheads and signers come over from the campaign: in the books first, the tables stay."""

import django.db.models.deletion
from django.db import migrations, models

TWICE = "Kop surat yang berlaku mulai tanggal itu sudah ada."


def office():
    return models.ForeignKey(
        blank=True,
        help_text="Kosong = kantor pusat.",
        limit_choices_to={"level": "provinsi"},
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="regions.region",
        verbose_name="provinsi",
    )


def key():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("regions", "0001_initial"), ("campaign", "0001_letters")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Letterhead",
                    fields=[
                        ("id", key()),
                        ("valid_from", models.DateField(verbose_name="berlaku mulai")),
                        (
                            "institution",
                            models.TextField(
                                help_text="Satu baris untuk setiap tingkat; baris terakhir dicetak paling besar.",
                                max_length=400,
                                verbose_name="nama instansi",
                            ),
                        ),
                        ("address", models.CharField(max_length=200, verbose_name="alamat")),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=60, verbose_name="telepon"),
                        ),
                        (
                            "website",
                            models.CharField(blank=True, max_length=100, verbose_name="laman"),
                        ),
                        (
                            "email",
                            models.CharField(blank=True, max_length=100, verbose_name="pos-el"),
                        ),
                        (
                            "place",
                            models.CharField(
                                help_text="Kota di depan tanggal surat, misalnya Makassar.",
                                max_length=60,
                                verbose_name="tempat",
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1, editable=False)),
                        ("province", office()),
                    ],
                    options={
                        "verbose_name": "kop surat",
                        "verbose_name_plural": "kop surat",
                        "db_table": "campaign_letterhead",
                        "ordering": ("province__code", "-valid_from"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("province", "valid_from"),
                                name="letterhead_once_a_day",
                                violation_error_message=TWICE,
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("province", None)),
                                fields=("valid_from",),
                                name="letterhead_national_once_a_day",
                                violation_error_message=TWICE,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signer",
                    fields=[
                        ("id", key()),
                        (
                            "position",
                            models.CharField(
                                help_text="Misalnya Kepala Perwakilan, tanpa a.n., Plt., Plh.",
                                max_length=150,
                                verbose_name="jabatan",
                            ),
                        ),
                        (
                            "on_behalf",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Jabatan sendiri"),
                                    ("a.n.", "a.n. (atas nama)"),
                                    ("Plt.", "Plt. (pelaksana tugas)"),
                                    ("Plh.", "Plh. (pelaksana harian)"),
                                ],
                                default="",
                                max_length=5,
                                verbose_name="menandatangani sebagai",
                            ),
                        ),
                        (
                            "principal",
                            models.CharField(
                                blank=True,
                                help_text="Hanya untuk a.n.: jabatan yang diwakili.",
                                max_length=150,
                                verbose_name="atas nama jabatan",
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="nama dan gelar")),
                        (
                            "rank",
                            models.CharField(blank=True, max_length=60, verbose_name="pangkat"),
                        ),
                        (
                            "nip",
                            models.CharField(
                                blank=True,
                                help_text="18 angka, boleh dengan spasi.",
                                max_length=18,
                                verbose_name="NIP",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="dipakai")),
                        ("revision", models.PositiveIntegerField(default=1, editable=False)),
                        ("province", office()),
                    ],
                    options={
                        "verbose_name": "penanda tangan",
                        "verbose_name_plural": "penanda tangan",
                        "db_table": "campaign_signer",
                        "ordering": ("province__code", "-is_active", "id"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on_behalf", "a.n."), ("principal", ""), _connector="XOR"
                                ),
                                name="signer_principal_for_on_behalf",
                                violation_error_message="Isi jabatan yang diwakili bila menandatangani atas nama (a.n.), dan hanya itu",
                            )
                        ],
                    },
                ),
            ],
        )
    ]
