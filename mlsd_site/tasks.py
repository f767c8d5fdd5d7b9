"""The site's own task."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from mlsd_site import vitals


@shared_task(name="mlsd_site.tasks.tick", expires=10)
def tick() -> None:
    """Say that beat, the broker and a worker work together: /health/ready and /metrics tell how long ago."""
    vitals.tick(timezone.now())
