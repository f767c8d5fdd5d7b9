from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interviews", "0093_bookings_of_assignments")]

    operations = [
        migrations.AddField(
            "membership",
            "shows_levels",
            models.BooleanField(
                default=False,
                help_text="Whether the mentors see this member's means by step, of the group's interviews alone.",
            ),
        ),
    ]
