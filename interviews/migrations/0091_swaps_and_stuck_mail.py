from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0090_swap_in_practise_now"),
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
