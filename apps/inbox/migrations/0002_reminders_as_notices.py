from django.db import migrations


def keep_what_was_told(apps, schema_editor):
    """Nobody is reminded again of what an earlier version mailed."""
    rows = apps.get_model("inbox", "ReminderMail").objects.exclude(sent_at=None)
    DoneOnce = apps.get_model("notices", "DoneOnce")
    DoneOnce.objects.bulk_create(
        [
            DoneOnce(
                name=f"sk:{row.pokja_id}:{row.family.hex}:{row.ends_on}:{row.days_before}"
                f":{row.user_id}"
            )
            for row in rows.iterator()
        ],
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0001_reminders"),
        ("notices", "0002_outbox_and_choices"),
    ]

    operations = [
        migrations.RunPython(keep_what_was_told, migrations.RunPython.noop),
        migrations.DeleteModel(name="ReminderMail"),
    ]
