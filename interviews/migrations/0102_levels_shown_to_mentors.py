from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interviews", "0112_words_of_who_left")]

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
