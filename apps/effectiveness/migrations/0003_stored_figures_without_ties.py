import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("effectiveness", "0002_rules_books_and_stored_figures"),
        ("pokja", "0004_seat_without_holder_text"),
        ("regions", "0002_region_names"),
    ]

    operations = [
        migrations.DeleteModel(
            name="StaleMark",
        ),
        migrations.DeleteModel(
            name="StoredScore",
        ),
        migrations.DeleteModel(
            name="StoredTally",
        ),
        migrations.CreateModel(
            name="StaleMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                ("province_id", models.BigIntegerField(db_index=True)),
            ],
            options={
                "verbose_name": "tanda hitung ulang",
                "verbose_name_plural": "tanda hitung ulang",
            },
        ),
        migrations.CreateModel(
            name="StoredScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pokja",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="stored_scores",
                        to="pokja.pokja",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("region_id", models.BigIntegerField()),
                ("province_id", models.BigIntegerField()),
                ("cells", models.CharField(max_length=4)),
                ("details", models.CharField(max_length=400)),
                ("kinds", models.CharField(blank=True, max_length=200)),
                ("effective", models.BooleanField(null=True)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("rules", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "verbose_name": "nilai tersimpan",
                "verbose_name_plural": "nilai tersimpan",
                "indexes": [
                    models.Index(fields=["province_id", "region_id"], name="stored_score_region")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("province_id", "year", "pokja", "start"), name="stored_score_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("province_id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("pokja", models.PositiveIntegerField()),
                ("effective", models.PositiveIntegerField()),
                ("rated", models.PositiveIntegerField()),
                ("sent", models.PositiveIntegerField()),
                ("met_sk", models.PositiveIntegerField()),
                ("met_plan", models.PositiveIntegerField()),
                ("met_indicators", models.PositiveIntegerField()),
                ("met_budget", models.PositiveIntegerField()),
                ("waiting_sk", models.PositiveIntegerField()),
                ("waiting_plan", models.PositiveIntegerField()),
                ("waiting_indicators", models.PositiveIntegerField()),
                ("waiting_budget", models.PositiveIntegerField()),
                ("effective_provinces", models.PositiveIntegerField()),
                ("effective_districts", models.PositiveIntegerField()),
                ("rules", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "verbose_name": "jumlah tersimpan",
                "verbose_name_plural": "jumlah tersimpan",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "province_id", "start"), name="stored_tally_once"
                    )
                ],
            },
        ),
    ]
