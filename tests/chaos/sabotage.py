"""The product, spoilt from outside: each sabotage breaks one promise, so that the checkers can prove that they see it.

    python -m tests.chaos.sabotage ack_before_commit mlsd_site.web --port 8000

runs a module of the product with one part of it replaced. Nothing in the product knows of this, so nothing can be armed
in production (docs/adr/0042). Who has a part that the product no longer has fails here.
"""

from __future__ import annotations

import asyncio
import os
import pkgutil
import runpy
import secrets
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

from tests.chaos import breaches
from tests.chaos.replacing import put

# -- The board and its room -------------------------------------------------------------------------------------------


def ack_before_commit() -> None:
    """Edits are acknowledged as they come in, and committed a second later."""

    def submit(self: Any, member: Any, ref: int, raw: list[Any]) -> None:
        accepted = [[one["id"], one["version"], one["versionNonce"]] for one in raw]
        member.send({"t": "board.ack", "ref": ref, "seq": self.seq, "accepted": accepted, "elements": []})
        take(self, member, ref, raw)

    take = put("whiteboard.live.room:Room", "submit", submit)
    put("whiteboard.live.scribe", "GATHER", 1.0)


def deaf_rooms() -> None:
    """Rooms neither hear of other processes nor look at Postgres for what they missed."""

    async def reconcile(self: Any) -> None:
        await asyncio.Event().wait()

    put("whiteboard.live.hub:Hub", "_reconcile", reconcile)
    put("whiteboard.live.hub:Hub", "_hear", lambda self, board, news: None)


def last_write_wins() -> None:
    """Of two copies of an element the one that comes last stands."""
    rank = pkgutil.resolve_name("whiteboard.rules.merge:rank")
    put("whiteboard.rules.batch", "beats", lambda new, old: old is None or rank(new) != rank(old))


def late_board() -> None:
    """The board takes edits for an hour after the session's end."""
    from django.utils import timezone

    from whiteboard.models import Board

    def leave_open(session: Any) -> None:
        until = timezone.now() + timedelta(hours=1)
        Board.objects.filter(pk=session.board_id).update(open_until=until)

    put("interviews.actions.sessions", "_open_board", leave_open)


def careless_imports() -> None:
    """What a file holds is drawn as it is."""
    put(
        "whiteboard.rules.validate",
        "elements",
        lambda raw: ([one for one in raw if isinstance(one, dict)], []),
    )


def unread_frames() -> None:
    """What is no message raises something that nobody expects."""
    bad_frame = pkgutil.resolve_name("interviews.room.frames:BadFrame")

    def parse_carelessly(raw: str | bytes) -> Any:
        try:
            return parse(raw)
        except bad_frame as error:
            raise ZeroDivisionError from error

    parse = put("interviews.room.frames", "parse", parse_carelessly)


def unread_requests() -> None:
    """A request to the API that does not fit raises something that nobody expects."""

    def is_valid(self: Any, *, raise_exception: bool = False) -> bool:
        if not fits(self):
            raise ZeroDivisionError
        return True

    fits = put("rest_framework.serializers:BaseSerializer", "is_valid", is_valid)


def endless_signals() -> None:
    """Nobody counts how often a browser says something."""
    put("whiteboard.rules.bucket:Bucket", "take", lambda self, now: True)


def own_clocks() -> None:
    """Each process goes by its machine's clock."""
    from django.utils import timezone

    put("interviews.queries.server_time", "now", timezone.now)
    put("interviews.queries.server_time", "estimate", timezone.now)


# -- Notes and chat ---------------------------------------------------------------------------------------------------


def forgetful_chat() -> None:
    """A message that is said again is kept again."""
    put("interviews.actions.chat", "_kept", lambda seat, ref: None)

    def keep_again(seat: Any, text: str, ref: int, now: Any) -> Any:
        return keep(seat, text, secrets.randbelow(2**50), now)

    keep = put("interviews.actions.chat", "_keep", keep_again)


# -- Queues -----------------------------------------------------------------------------------------------------------


def lost_nudges() -> None:
    """A fault, no sabotage: of what a web process commits no worker is told, and for one in eight it dies there."""

    def nudge(job_id: int, scorer: str) -> None:
        if job_id % 8 == 0:
            os._exit(1)

    if sys.argv[0] == "mlsd_site.web":
        put("interviews.actions.jobs", "nudge", nudge)


def no_sweep() -> None:
    """Nudges are lost, and no sweep makes up for them."""
    put("interviews.actions.jobs", "nudge", lambda job_id, scorer: None)
    put("interviews.actions.jobs", "sweep", lambda *, now: 0)


def poisonous_notes() -> None:
    """A fault, no sabotage: the scorer dies of notes that hold the word poison. Leases are short, to see it sooner."""
    pkgutil.resolve_name("interviews.rules.queue:LEASES")["local"] = timedelta(seconds=4)
    put("interviews.rules.queue", "GRACE", timedelta(seconds=1))

    def scorer_input(submission: Any) -> Any:
        if "poison" in str(submission.notes):
            os._exit(1)
        return read(submission)

    read = put("interviews.actions.scoring", "scorer_input", scorer_input)


def tireless_scorer() -> None:
    """Poisonous notes, and no number of tries is too many."""
    poisonous_notes()
    put("interviews.rules.queue", "is_poison", lambda attempts: False)


def unclaimed_mail() -> None:
    """A mail is sent without being marked first, so that two workers send it."""

    def claim(due: Any, now: Any) -> Any:
        found = due.order_by("next_at", "pk").first()
        time.sleep(0.3)
        return found

    put("interviews.actions.mail", "_claim", claim)


# -- Copies -----------------------------------------------------------------------------------------------------------


def half_backups() -> None:
    """A backup leaves the boards' logs out."""

    def run(program: str, *arguments: str) -> None:
        less = ["--exclude-table-data=whiteboard_delta"] if program == "pg_dump" else []
        go(program, *less, *arguments)

    go = put("mlsd_site.backup", "_run", run)


SABOTAGES: dict[str, Callable[[], None]] = {
    one.__name__: one
    for one in (
        *breaches.SABOTAGES,
        ack_before_commit,
        careless_imports,
        deaf_rooms,
        endless_signals,
        forgetful_chat,
        half_backups,
        last_write_wins,
        late_board,
        lost_nudges,
        no_sweep,
        own_clocks,
        poisonous_notes,
        tireless_scorer,
        unclaimed_mail,
        unread_frames,
        unread_requests,
    )
}


def main() -> None:
    """Spoil the product, then become the module that is named."""
    _, name, module, *arguments = sys.argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlsd_site.settings")
    sys.argv = [module, *arguments]
    django.setup()
    SABOTAGES[name]()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
