"""The name in a seat becomes its holder, from the first to the last day of the seat."""

from django.db import migrations

BATCH = 500


def to_holders(apps, schema_editor):
    alias = schema_editor.connection.alias
    seats = apps.get_model("pokja", "Seat").objects.using(alias).exclude(holder="")
    holder = apps.get_model("pokja", "SeatHolder")
    holder.objects.using(alias).bulk_create(
        (
            holder(
                seat_id=seat.pk,
                name=seat.holder,
                started_on=seat.started_on,
                ended_on=seat.ended_on,
            )
            for seat in seats.iterator(chunk_size=BATCH)
        ),
        batch_size=BATCH,
    )


def to_names(apps, schema_editor):
    """The last holder's name; earlier ones have no place in the old table."""
    alias = schema_editor.connection.alias
    seats = apps.get_model("pokja", "Seat").objects.using(alias)
    for holder in apps.get_model("pokja", "SeatHolder").objects.using(alias).order_by("id"):
        seats.filter(pk=holder.seat_id).update(holder=holder.name)


class Migration(migrations.Migration):
    dependencies = [("pokja", "0002_seats_by_decree")]

    operations = [migrations.RunPython(to_holders, to_names)]
