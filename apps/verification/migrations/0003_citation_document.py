import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_uploads_and_readings"),
        ("verification", "0002_pins_and_citations"),
    ]

    operations = [
        # The table is as new as this column: no row is there that would lack it.
        migrations.AddField(
            model_name="citation",
            name="document",
            field=models.ForeignKey(
                default=None,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
                verbose_name="dokumen",
            ),
            preserve_default=False,
        ),
    ]
