from __future__ import annotations

from typing import Any

from django.db import migrations


def agreed_before_anybody_was_asked(apps: Any, schema_editor: Any) -> None:
    """Replays that are open stay so. `answered_at` stays empty: these people were not asked."""
    Seat, Consent = apps.get_model("interviews", "Seat"), apps.get_model("interviews", "Consent")
    played = Seat.objects.filter(session__started_at__isnull=False).exclude(role="observer")
    Consent.objects.bulk_create(
        (Consent(seat_id=seat, replay=True) for seat in played.values_list("pk", flat=True).iterator()),
        batch_size=1_000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0042_consent"),
    ]

    operations = [
        migrations.RunPython(agreed_before_anybody_was_asked, migrations.RunPython.noop),
    ]
