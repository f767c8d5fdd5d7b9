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
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from redis import RedisError

from interviews.queries import backlog
from interviews.room import socket
from mlsd_site import vitals
from mlsd_site.accounts import archive_outbox


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
_DISK = Gauge("twoloops_disk_free_bytes", "Bytes left where this process keeps what it makes for a download.")
_DISK.set_function(lambda: float(vitals.disk_free()))
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


class Pool(Collector):
    """The connections to Postgres that this process's boards share."""

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        pool = socket.figures().connections
        states = GaugeMetricFamily("twoloops_pool_connections", "Connections of boards.", labels=["state"])
        states.add_metric(["free"], pool.free)
        states.add_metric(["used"], pool.used)
        yield states
        yield GaugeMetricFamily("twoloops_pool_waiting", "Who waits for one of them.", value=pool.waiting)
        yield CounterMetricFamily("twoloops_pool_refused", "Who waited in vain.", value=pool.refused)


class Shared(Collector):
    """What every process tells alike, of the servers and the queues of record: take the largest, not the sum."""

    def describe(self) -> Iterable[Metric]:
        return []  # or registering would ask the servers

    def collect(self) -> Iterable[Metric]:
        yield from self._database()
        yield from self._cache()

    def _cache(self) -> Iterable[Metric]:
        try:
            at = vitals.ticked_at()
        except RedisError:
            yield GaugeMetricFamily("twoloops_cache_up", "Whether Valkey answers.", value=0)
            return
        yield GaugeMetricFamily("twoloops_cache_up", "Whether Valkey answers.", value=1)
        yield GaugeMetricFamily(
            "twoloops_beat_ticked_timestamp_seconds", "When a worker last did what beat said.", value=at or 0
        )

    def _database(self) -> Iterable[Metric]:
        count = GaugeMetricFamily("twoloops_jobs", "Rows in a queue.", labels=["queue", "state"])
        oldest = GaugeMetricFamily(
            "twoloops_oldest_job_seconds", "Age of the oldest undone job.", labels=["queue"]
        )
        answers = GaugeMetricFamily("twoloops_database_up", "Whether Postgres answers.")
        try:
            now = timezone.now()
            found = [*backlog.queues(now), archive_outbox.waiting(now)]
            server, writes = vitals.database(), vitals.takes_writes()
        except Error:
            answers.add_metric([], 0)
            return [answers]
        answers.add_metric([], 1)
        for queue in found:
            oldest.add_metric([queue.name], queue.oldest_s)
            for state, number in queue.states.items():
                count.add_metric([queue.name, state], number)
        connections = GaugeMetricFamily(
            "twoloops_database_connections", "Clients of the whole server.", value=server.connections
        )
        allowed = GaugeMetricFamily(
            "twoloops_database_connections_allowed", "How many there may be.", value=server.allowed
        )
        size = GaugeMetricFamily("twoloops_database_bytes", "Bytes of our database.", value=server.bytes)
        writable = GaugeMetricFamily(
            "twoloops_database_writable", "Whether Postgres takes what is written.", value=int(writes)
        )
        return [answers, writable, count, oldest, connections, allowed, size]


REGISTRY.register(Pool())
REGISTRY.register(Shared())


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All figures in Prometheus's text form; 404 to whoever does not bring the token."""
    offered = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(offered, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    response = HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response
