"""What has happened in a session since somebody last heard of it.

A room shows fragments of pages, and each fetches itself again when something of its kind has happened. A message to
the open rooms says what; it may be lost, so each socket also compares where the logs stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from interviews.models import Event, PrivateEvent, Role

MOST = 100


@dataclass(frozen=True, slots=True)
class Heard:
    """The newest events that somebody has heard of, by the ids of their tables; `private` stays 0 for all but
    interviewers."""

    shared: int = 0
    private: int = 0


def message(events: Iterable[Event | PrivateEvent]) -> dict[str, Any]:
    """The socket's `news`: [table, id, kind] of each event."""
    return {
        "t": "news",
        "events": [
            ["private" if isinstance(one, PrivateEvent) else "shared", one.pk, one.kind] for one in events
        ],
    }


def since(session: UUID, role: str, heard: Heard) -> tuple[dict[str, Any] | None, Heard]:
    """The `news` for this role of what came after `heard`, of very much only the newest, and what was heard then;
    None where nothing came."""
    found = list(_after(session, role, heard))
    if not found:
        return None, heard
    shared = max((one.pk for one in found if isinstance(one, Event)), default=heard.shared)
    private = max((one.pk for one in found if isinstance(one, PrivateEvent)), default=heard.private)
    return message(found), Heard(shared, private)


def newest(session: UUID, role: str) -> dict[str, int]:
    """The id of the last event in each log that this role may know of, {log: id}."""
    shared = _last(Event.objects.filter(session=session), "shared")
    if role != Role.INTERVIEWER:
        return {"shared": 0} | dict(shared)
    private = _last(PrivateEvent.objects.filter(session=session), "private")
    return {"shared": 0, "private": 0} | dict(shared.union(private))


def _last(log: QuerySet[Any], name: str) -> QuerySet[Any, tuple[str, int]]:
    return log.order_by("-pk").values_list(Value(name), "pk")[:1]


def _after(session: UUID, role: str, heard: Heard) -> Iterable[Event | PrivateEvent]:
    shared = Event.objects.filter(session=session, pk__gt=heard.shared).order_by("-pk")[:MOST]
    if role != Role.INTERVIEWER:
        return shared
    return chain(
        shared, PrivateEvent.objects.filter(session=session, pk__gt=heard.private).order_by("-pk")[:MOST]
    )
