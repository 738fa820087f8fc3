"""The tables take the name of their new room; permissions and admin log follow them."""

from django.db import migrations

MODELS = ("letterhead", "signer")


def move(source, target):
    def run(apps, schema_editor):
        types = apps.get_model("contenttypes", "ContentType").objects
        types = types.using(schema_editor.connection.alias).filter(model__in=MODELS)
        there = list(types.filter(app_label=target).values_list("model", flat=True))
        types.filter(app_label=source).exclude(model__in=there).update(app_label=target)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_offices"),
        ("campaign", "0002_offices_to_papers"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelTable(name="letterhead", table=None),
        migrations.AlterModelTable(name="signer", table=None),
        migrations.RunPython(move("campaign", "papers"), move("papers", "campaign")),
    ]
