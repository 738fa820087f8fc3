import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pokja", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "days_before",
                    models.PositiveSmallIntegerField(
                        error_messages={"unique": "Pengingat untuk jumlah hari ini sudah ada."},
                        unique=True,
                        verbose_name="hari sebelum berakhir",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="dipakai")),
            ],
            options={
                "verbose_name": "pengingat SK berakhir",
                "verbose_name_plural": "pengingat SK berakhir",
                "ordering": ("-days_before",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days_before__gte", 1), ("days_before__lte", 366)),
                        name="reminder_within_a_year",
                        violation_error_message="Isi 1 sampai 366 hari.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("family", models.UUIDField(verbose_name="SK")),
                ("ends_on", models.DateField(verbose_name="berakhir pada")),
                ("days_before", models.PositiveSmallIntegerField(verbose_name="hari sebelumnya")),
                ("claim", models.UUIDField(null=True, verbose_name="proses pengirim")),
                ("claimed_at", models.DateTimeField(null=True, verbose_name="mulai dikirim pada")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="terkirim pada")),
                (
                    "pokja",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pokja.pokja",
                        verbose_name="Pokja",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="penerima",
                    ),
                ),
            ],
            options={
                "verbose_name": "surel pengingat",
                "verbose_name_plural": "surel pengingat",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "pokja", "family", "ends_on", "days_before"),
                        name="reminder_told_once",
                    )
                ],
            },
        ),
    ]
