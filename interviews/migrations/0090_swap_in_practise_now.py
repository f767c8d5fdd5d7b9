from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interviews", "0082_read_before_self_ratings")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="swap",
            field=models.CharField(
                choices=[("no", "No"), ("yes", "Yes"), ("either", "Either way is fine")],
                default="no",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="swap",
            field=models.BooleanField(default=False, help_text="Whether the roles swap at half time."),
        ),
    ]
