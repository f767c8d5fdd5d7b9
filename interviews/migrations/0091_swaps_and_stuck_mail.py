from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0082_read_before_self_ratings"),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="swaps",
            field=models.BooleanField(
                default=False, help_text="Whether who takes a time may swap roles at half time."
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("state__in", ["refused", "doubtful"])),
                fields=["useful_until"],
                name="mail_stuck",
            ),
        ),
    ]
