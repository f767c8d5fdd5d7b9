"""Celery's way in to what is the site's as a whole."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone

from mlsd_site import purge as purging
from mlsd_site import vitals
from mlsd_site.accounts import archive_outbox

log = logging.getLogger(__name__)
# Shorter than the broker's patience; beat begins anew every ten minutes of the hour.
_SECONDS = 90


@shared_task(name="mlsd_site.tasks.purge", soft_time_limit=110, time_limit=115, expires=300)
def purge() -> None:
    """Take what is over its time."""
    gone = +purging.purge(now=timezone.now(), seconds=_SECONDS)
    if gone:
        log.info("Purged: %s", ", ".join(f"{count} {name}" for name, count in sorted(gone.items())))


# Limits as a mail's: shorter than the lease, which is shorter than the broker's patience.
@shared_task(name="mlsd_site.tasks.make_archives", soft_time_limit=95, time_limit=100, expires=60)
def make_archives(**_: Any) -> None:
    """Make the archive of somebody's data that has waited longest."""
    archive_outbox.sweep(now=timezone.now())


@shared_task(name="mlsd_site.tasks.tick", expires=10)
def tick() -> None:
    """Say that beat, the broker and a worker work together: /health/ready and /metrics tell how long ago."""
    vitals.tick(timezone.now())
