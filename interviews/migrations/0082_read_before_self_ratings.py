from __future__ import annotations

from typing import Any

from django.db import migrations


def skipped_before_anybody_was_asked(apps: Any, schema_editor: Any) -> None:
    """Reports that people could read stay open: whoever has seen the sheets cannot rate themselves without them."""
    Seat, SelfRating = apps.get_model("interviews", "Seat"), apps.get_model("interviews", "SelfRating")
    ended = Seat.objects.filter(
        role="candidate", session__state="ended", session__started_at__isnull=False, self_rating=None
    )
    SelfRating.objects.bulk_create(
        [SelfRating(seat_id=seat) for seat in ended.values_list("pk", flat=True)], batch_size=1_000
    )


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0081_complaints_and_introductions"),
    ]

    operations = [
        migrations.RunPython(skipped_before_anybody_was_asked, migrations.RunPython.noop),
    ]
