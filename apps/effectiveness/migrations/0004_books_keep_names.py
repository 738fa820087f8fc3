from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("effectiveness", "0003_stored_figures_without_ties"),
    ]

    operations = [
        migrations.AddField(
            model_name="closing",
            name="regions",
            field=models.JSONField(default=list, verbose_name="wilayah saat ditutup"),
        ),
        migrations.AddField(
            model_name="frozenscore",
            name="region_code",
            field=models.CharField(default="", max_length=13, verbose_name="kode wilayah"),
        ),
        migrations.AddField(
            model_name="frozenscore",
            name="region_level",
            field=models.CharField(default="", max_length=10, verbose_name="tingkat wilayah"),
        ),
        migrations.AddField(
            model_name="frozenscore",
            name="region_name",
            field=models.CharField(default="", max_length=120, verbose_name="nama wilayah"),
        ),
    ]
