from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_uploads_and_readings")]

    operations = [
        migrations.AddField(
            model_name="pagetext",
            name="ratio",
            field=models.FloatField(default=1.414, verbose_name="tinggi dibanding lebar"),
        ),
    ]
