"""Letterheads and signers belong to ``papers`` now; their tables and rows stay."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("campaign", "0001_letters"), ("papers", "0001_offices")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="Letterhead"),
                migrations.DeleteModel(name="Signer"),
            ],
        )
    ]
