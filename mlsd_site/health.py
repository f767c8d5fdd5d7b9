"""Whether this process lives, and whether it can serve."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from interviews.queries.waiting import judge_waited, mail_waited, mails_stuck, seconds_waited, webhook_waited
from interviews.room import socket
from mlsd_site import metrics, vitals


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"live": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when Postgres (with every migration) and Redis answer; 503 names what does not."""
    checks = {"postgres": _postgres, "redis": _redis}
    found = {name: _said(check) for name, check in checks.items()}
    is_ready = all(said == "ok" for said in found.values())
    # A worker may run and do nothing: what tells is how long the oldest design has waited for its score, and the oldest
    # mail for a server that takes it.
    asked = found["postgres"] == "ok"
    mine = socket.figures()
    figures = {
        "oldest_score_waits_s": seconds_waited(timezone.now()) if asked else None,
        "oldest_mail_waits_s": mail_waited(timezone.now()) if asked else None,
        "mails_stuck": mails_stuck() if asked else None,
        "oldest_judgement_waits_s": judge_waited(timezone.now()) if asked else None,
        "beat_ticked_s_ago": _ticked_ago(),
        "oldest_webhook_waits_s": webhook_waited(timezone.now()) if asked else None,
        # Of this process alone.
        "sockets": mine.sockets,
        "rooms": mine.rooms,
        "loop_lag_ms": round(metrics.lag_now() * 1000),
        "connections_free": mine.connections.free,
        "connections_used": mine.connections.used,
        "connections_waited_for": mine.connections.waiting,
        # Yes or no: how large our disks are is for /metrics.
        "disk_is_low": vitals.disk_free() < vitals.LOW_DISK,
        # Pages can still be read, and another process would fare no better.
        "postgres_takes_writes": _takes_writes() if asked else None,
    }
    return JsonResponse({"ready": is_ready, **found, **figures}, status=200 if is_ready else 503)


def _takes_writes() -> bool | None:
    """None where Postgres went away meanwhile."""
    try:
        return vitals.takes_writes()
    except Error:
        return None


def _ticked_ago() -> int | None:
    """Seconds since a worker did what beat told it; None where nobody knows."""
    try:
        at = vitals.ticked_at()
    except redis.RedisError:
        return None
    return None if at is None else max(round(timezone.now().timestamp() - at), 0)


def _said(check: Callable[[], str]) -> str:
    try:
        return check()
    except (Error, psycopg.Error, redis.RedisError, OSError):
        return "does not answer"


def _postgres() -> str:
    # Django would wait for minutes where packets are dropped, so knock first.
    with psycopg.connect(**{**connection.get_connection_params(), "connect_timeout": 2}):
        pass
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migrations are missing" if waiting else "ok"


def _redis() -> str:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
        client.ping()
    return "ok"
