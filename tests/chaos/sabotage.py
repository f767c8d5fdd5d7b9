"""The product, spoilt from outside: each sabotage breaks one promise, so that the checkers can prove that they see it.

    python -m tests.chaos.sabotage ack_before_commit mlsd_site.web --port 8000

runs a module of the product with one part of it replaced. Nothing in the product knows of this, so nothing can be armed
in production (docs/adr/0042). A name that the product no longer has fails here, and `python3 dev.py chaos` with it.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import sys
from collections.abc import Callable
from typing import Any

import django


def ack_before_commit() -> None:
    """Edits are acknowledged as they come in, and committed a second later."""
    from whiteboard.live import scribe
    from whiteboard.live.room import Room

    take = Room.submit

    def submit(self: Room, member: Any, ref: int, raw: list[Any]) -> None:
        accepted = [[one["id"], one["version"], one["versionNonce"]] for one in raw]
        member.send({"t": "board.ack", "ref": ref, "seq": self.seq, "accepted": accepted, "elements": []})
        take(self, member, ref, raw)

    scribe.GATHER = 1.0
    Room.submit = submit  # type: ignore[method-assign]


def deaf_rooms() -> None:
    """Rooms neither hear of other processes nor look at Postgres for what they missed."""
    from whiteboard.live.hub import Hub

    async def reconcile(self: Hub) -> None:
        await asyncio.Event().wait()

    Hub._reconcile = reconcile  # type: ignore[method-assign]
    Hub._hear = lambda self, board, news: None  # type: ignore[method-assign]


def late_board() -> None:
    """The board takes edits for an hour after the session's end."""
    from datetime import timedelta

    from django.utils import timezone

    from interviews.actions import sessions
    from whiteboard.models import Board

    def leave_open(session: Any) -> None:
        Board.objects.filter(pk=session.board_id).update(open_until=timezone.now() + timedelta(hours=1))

    sessions._open_board = leave_open


def no_sweep() -> None:
    """Scores that are late are nudged by nobody, and the first nudge is lost."""
    from interviews.actions import jobs

    jobs.sweep = lambda *, now: 0
    jobs.nudge = lambda job_id, scorer: None


def loud_private_notes() -> None:
    """What the interviewer writes for themself is told to everybody in the room."""
    from interviews.actions import notes
    from interviews.actions.record import tell

    save = notes.save_private

    def save_private(*, seat: Any, text: str, base: int, now: Any) -> Any:
        tell(seat.session, {"t": "private.changed", "text": text})
        return save(seat=seat, text=text, base=base, now=now)

    notes.save_private = save_private


def forgetful_chat() -> None:
    """A message that is said again is kept again."""
    from django.db import connection

    from interviews.actions import chat

    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE interviews_chatmessage DROP CONSTRAINT IF EXISTS one_chat_message_per_ref"
        )
    chat._kept = lambda seat, ref: None


SABOTAGES: dict[str, Callable[[], None]] = {
    one.__name__: one
    for one in (ack_before_commit, deaf_rooms, late_board, no_sweep, loud_private_notes, forgetful_chat)
}


def main() -> None:
    """Spoil the product, then become the module that is named."""
    _, name, module, *arguments = sys.argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlsd_site.settings")
    django.setup()
    SABOTAGES[name]()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
