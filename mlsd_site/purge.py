"""The nightly purge: takes what is over its time, in batches (docs/adr/0039)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session as LogIn
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from interviews.actions.purging import KINDS as OF_INTERVIEWS
from interviews.actions.purging import Kind, Rows, over
from mlsd_site.accounts.models import ApiToken, Archive, KeptAnswer

BATCH = 500
# Any number that no other lock of ours has.
_LOCK = 7_310_038


def _ended_logins(before: datetime, now: datetime) -> Rows:
    """What says where somebody was logged in, once they are not any more."""
    running = LogIn.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    ended: Rows = UserSession.objects.filter(last_seen_at__lt=before).exclude(Exists(running))
    return ended


KINDS = (
    *OF_INTERVIEWS,
    Kind(
        "links",
        lambda before, now: ApiToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)),
    ),
    Kind("links", over(EmailConfirmation, "created")),
    Kind("archives", over(Archive, "done_at")),
    Kind("idempotency", over(KeptAnswer, "created_at")),
    Kind("logins", over(LogIn, "expire_date")),
    Kind("logins", _ended_logins),
    Kind("admin_log", over(LogEntry, "action_time")),
)


def due(now: datetime) -> Counter[str]:
    """How many rows of each kind are over their time; of pictures, how many may be. Nothing is changed."""
    found: Counter[str] = Counter()
    for kind, rows in _kept_for_a_time(now):
        found[kind.name] += rows.count()
    return found


def purge(*, now: datetime, seconds: float | None = None) -> Counter[str]:
    """Take what is over its time; how many rows of each kind went. Each batch is a transaction of its own, so that who
    is killed has lost nothing, and nobody waits long. Where another is at it, it is left to them. After `seconds` it
    ends, and the next run goes on."""
    gone: Counter[str] = Counter()
    until = None if seconds is None else monotonic() + seconds
    for kind, rows in _kept_for_a_time(now):
        last = None
        while until is None or monotonic() < until:
            with transaction.atomic():
                if not _alone():
                    return gone
                later = rows.order_by("pk") if last is None else rows.filter(pk__gt=last).order_by("pk")
                batch = list(later.values_list("pk", flat=True)[:BATCH])
                if batch:
                    gone[kind.name] += kind.remove(rows.filter(pk__in=batch), now)
            if len(batch) < BATCH:
                break
            last = batch[-1]
    return gone


def _kept_for_a_time(now: datetime) -> Iterator[tuple[Kind, Rows]]:
    """The kinds that are not kept for ever, with their rows that are over."""
    for kind in KINDS:
        days = settings.RETAIN[kind.name]
        if days is not None:
            yield kind, kind.due(now - timedelta(days=days), now)


def _alone() -> bool:
    """Whether nobody else purges; the lock ends with the transaction, so that it works through a pool too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
