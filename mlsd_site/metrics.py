"""Figures for Prometheus at /metrics, of this process and of the queues in Postgres.

Each web process has a registry of its own and is scraped by itself. Whoever asks must know METRICS_TOKEN; to everybody
else, and where there is none, the address does not exist (ASVS 13.4.5).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from interviews.queries import backlog
from interviews.room import socket


@dataclass(slots=True)
class _Lag:
    last: float = 0.0


_lag = _Lag()
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_REQUESTS = Counter("twoloops_requests", "Answered requests.", ["route", "status"])
_DURATION = Histogram("twoloops_request_seconds", "How long answers took.", ["route"], buckets=_SECONDS)
_LAG = Histogram("twoloops_loop_lag_seconds", "How late the event loop wakes.", buckets=_SECONDS)
_LAG_NOW = Gauge("twoloops_loop_lag_now_seconds", "How late the event loop woke the last time.")
_SOCKETS = Gauge("twoloops_sockets", "Open sockets of this process.")
_ROOMS = Gauge("twoloops_rooms", "Boards that this process has open.")
_SOCKETS.set_function(lambda: float(socket.figures().sockets))
_ROOMS.set_function(lambda: float(socket.figures().rooms))
_LAG_NOW.set_function(lambda: _lag.last)
LOOK_EVERY = 0.5


def answered(route: str, status: int, seconds: float) -> None:
    """Count a request by its route's name (never its path)."""
    _REQUESTS.labels(route, str(status)).inc()
    _DURATION.labels(route).observe(seconds)


def lag_now() -> float:
    """Seconds by which the event loop woke late the last time; 0 where it is not watched."""
    return _lag.last


async def watch_the_loop() -> None:
    """Measure for ever how late this loop wakes."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOK_EVERY
        await asyncio.sleep(LOOK_EVERY)
        late = max(loop.time() - due, 0.0)
        _LAG.observe(late)
        _lag.last = late


class Backlog(Collector):
    """The queues of record. Every process tells the same: take the largest, not the sum."""

    def describe(self) -> Iterable[Metric]:
        return []  # or registering would ask the database

    def collect(self) -> Iterable[Metric]:
        count = GaugeMetricFamily("twoloops_jobs", "Rows in a queue.", labels=["queue", "state"])
        oldest = GaugeMetricFamily(
            "twoloops_oldest_job_seconds", "Age of the oldest undone job.", labels=["queue"]
        )
        answers = GaugeMetricFamily("twoloops_database_up", "Whether Postgres answers.")
        try:
            found = backlog.queues(timezone.now())
        except Error:
            answers.add_metric([], 0)
            return [answers]
        answers.add_metric([], 1)
        for queue in found:
            oldest.add_metric([queue.name], queue.oldest_s)
            for state, number in queue.states.items():
                count.add_metric([queue.name, state], number)
        return [answers, count, oldest]


REGISTRY.register(Backlog())


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All figures in Prometheus's text form; 404 to whoever does not bring the token."""
    offered = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(offered, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    response = HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response
