import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decrees", "0001_initial"),
        ("documents", "0001_initial"),
        ("pokja", "0001_initial"),
        ("verification", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decree",
            name="in_process_since",
            field=models.DateField(blank=True, null=True, verbose_name="di Bagian Hukum sejak"),
        ),
        migrations.AddField(
            model_name="decree",
            name="process_document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decree_processes",
                to="documents.document",
                verbose_name="nota dinas",
            ),
        ),
        migrations.CreateModel(
            name="DecreeReuse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                (
                    "confirmed_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="dipastikan pada"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dipastikan oleh",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decree_reuses",
                        to="verification.evidence",
                        verbose_name="SK",
                    ),
                ),
                (
                    "pokja",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decree_reuses",
                        to="pokja.pokja",
                        verbose_name="Pokja",
                    ),
                ),
            ],
            options={
                "verbose_name": "SK digunakan kembali",
                "verbose_name_plural": "SK digunakan kembali",
                "ordering": ("-year", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pokja", "year"), name="decree_reuse_once_a_year"
                    )
                ],
            },
        ),
    ]
