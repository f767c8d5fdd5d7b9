"""One line in the log for each task, under the number of the request that asked for it."""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import Task
from celery.signals import before_task_publish, task_postrun, task_prerun

from mlsd_site.logs import request_id

log = logging.getLogger(__name__)
_HEADER = "asked_by"
_BEGAN = "_two_loops_began"


@before_task_publish.connect
def _send_the_number_along(headers: dict[str, Any], **_: Any) -> None:
    if number := request_id.get():
        headers[_HEADER] = number


@task_prerun.connect
def _take_the_number_up(task: Task[Any, Any], **_: Any) -> None:
    request_id.set(_asked_by(task))
    setattr(task.request, _BEGAN, time.perf_counter())


@task_postrun.connect
def _note(task: Task[Any, Any], state: str | None, **_: Any) -> None:
    """What beat asks for every few seconds is told at DEBUG, unless it failed; Celery tells the failure itself."""
    began = getattr(task.request, _BEGAN, None)
    ms = None if began is None else round((time.perf_counter() - began) * 1000, 1)
    is_routine = state == "SUCCESS" and not _asked_by(task)
    facts = {"task": task.name, "state": state, "ms": ms}
    log.log(logging.DEBUG if is_routine else logging.INFO, "%s %s", task.name, state, extra=facts)
    request_id.set("")


def _asked_by(task: Task[Any, Any]) -> str:
    return str(getattr(task.request, _HEADER, None) or "")
