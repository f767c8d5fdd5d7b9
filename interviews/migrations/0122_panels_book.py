"""A booking may have the three people of a panel; one that is proposed is agreed once all have accepted."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0121_replay_gone"),
    ]

    operations = [
        migrations.AddField(
            model_name="bookingseat",
            name="part",
            field=models.CharField(
                blank=True,
                choices=[("", "The whole interview"), ("first", "Part A"), ("second", "Part B")],
                db_default="",
                default="",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="bookingseat",
            name="agrees",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Whether they have accepted the start that somebody else asks for now.",
            ),
        ),
        migrations.RemoveConstraint(model_name="bookingseat", name="one_part_per_role"),
        migrations.AddConstraint(
            model_name="bookingseat",
            constraint=models.UniqueConstraint(
                fields=("booking", "role", "part"), name="one_person_per_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="bookingseat",
            constraint=models.CheckConstraint(
                name="part_in_a_booking_is_an_interviewers",
                condition=Q(part="") | Q(part__in=["first", "second"], role="interviewer"),
            ),
        ),
    ]
