"""Telling workers that something waits. Postgres holds what waits, so a nudge that is lost costs time alone."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task

log = logging.getLogger(__name__)


def nudge(task: str, *arguments: object) -> None:
    """Have a worker run one of `interviews.tasks`. If the broker does not answer, beat's sweep finds what waits."""
    from interviews import tasks

    tell(getattr(tasks, task), *arguments)


def tell(task: Task[Any, Any], *arguments: object) -> None:
    """The same for any task."""
    try:
        task.delay(*arguments)
    except Exception as error:  # whatever the broker's client raises, the work is safe in Postgres
        log.warning("Could not nudge a worker to %s: %s", task.name.rpartition(".")[2], error)
