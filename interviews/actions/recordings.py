"""Packing the boards of sessions that have ended."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from interviews.models import Session, State
from whiteboard.actions import Unfaithful, record
from whiteboard.models import Board, Delta
from whiteboard.replay import Damaged

log = logging.getLogger(__name__)


def sweep(*, now: datetime) -> int:
    """Pack the boards of ended sessions that still have rows in their log; returns how many it packed.

    One that cannot be packed is told in the log, keeps its rows and does not keep the others waiting.
    """
    rows = Delta.objects.filter(board=OuterRef("board"))
    ended = Session.objects.filter(Exists(rows), state=State.ENDED).order_by("-ended_at")
    return sum(pack(board=board, now=now) for board in list(ended.values_list("board", flat=True)[:50]))


def pack(*, board: UUID, now: datetime) -> bool:
    """Pack one board's log; True if it was done now."""
    try:
        return record(board=Board.objects.get(pk=board), now=now)
    except (Unfaithful, Damaged) as error:
        log.error("Board %s stays unpacked: %s", board, error)
        return False
