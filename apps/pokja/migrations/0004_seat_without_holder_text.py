from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pokja", "0003_holders_of_seats")]

    operations = [
        # With a default, so that the way back finds something to put into the column.
        migrations.AlterField(
            model_name="seat",
            name="holder",
            field=models.CharField(blank=True, default="", max_length=150),
        ),
        migrations.RemoveField(model_name="seat", name="holder"),
    ]
