"""A booking may be made for what a group has set."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0091_swaps_and_stuck_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="assignment",
            field=models.ForeignKey(
                blank=True,
                help_text="What a group has set and this is the time for.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="bookings",
                to="interviews.assignment",
            ),
        ),
    ]
