"""The Celery application. Tasks live in each app's `tasks.py` and only call actions."""

from __future__ import annotations

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import celeryd_after_setup

# Imported for its signals.
from mlsd_site import task_lines as task_lines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlsd_site.settings")

app = Celery("mlsd_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def _refuse_to_start(sender: str, instance: Any, **_: Any) -> None:
    """A worker that takes scores but cannot make any ends at once with the remedy, instead of parking every job. It
    also loads the model before the pool forks, so that the processes share it."""
    if "scoring" not in instance.app.amqp.queues.consume_from:
        return
    from interviews.actions import scoring

    try:
        scoring.check()
    except Exception as error:  # whatever it is, no score can be made with it
        sys.exit(f"This worker cannot score, so it does not start. {type(error).__name__}: {error}")
