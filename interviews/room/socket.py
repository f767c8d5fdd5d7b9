"""The ASGI handler of /ws/sessions/<id>/: a socket's life from handshake to close."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from redis.asyncio import BlockingConnectionPool, Redis

from interviews.models import Seat
from interviews.queries.news import Heard
from interviews.room import door, losses
from interviews.room.connection import SEAT_LOST, TRY_LATER, Connection, Gone
from interviews.room.database import in_database
from interviews.room.gathering import Gathering
from interviews.room.lane import EXTENSION, LaneProtocol
from interviews.room.presence import Presence
from interviews.room.rounds import Rounds
from interviews.rules import seats
from whiteboard.live import Hub
from whiteboard.live.member import Member
from whiteboard.live.store import Connections

log = logging.getLogger(__name__)
# Seconds to tell somebody what is left and that the socket closes.
PARTING = 2.0

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Sockets:
    """Everything that this process keeps for its open rooms; made at start-up, closed at shut-down."""

    def __init__(self) -> None:
        self.hub = Hub()
        # A few connections, for which everybody waits in turn, also when a thousand browsers come back at once.
        pool = BlockingConnectionPool.from_url(
            settings.REDIS_URL,
            max_connections=8,
            timeout=5,
            socket_timeout=1,
            socket_connect_timeout=1,
            decode_responses=True,
        )
        self.redis = Redis.from_pool(pool)
        self.presence = Presence(self.redis)
        self.rounds = Rounds(self.presence)

    async def open(self) -> None:
        await self.hub.open()
        self.rounds.open()

    async def close(self) -> None:
        await self.rounds.close()
        await self.hub.close()
        await self.redis.aclose()


_sockets: Sockets | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """How much this process has open."""

    sockets: int
    rooms: int
    # To Postgres, of the boards.
    connections: Connections


def figures() -> Figures:
    """What is open now; callable from any thread."""
    if _sockets is None:
        return Figures(0, 0, Connections())
    rounds = _sockets.rounds
    return Figures(len(rounds.connections), len(rounds.gatherings), _sockets.hub.connections())


async def startup() -> Sockets:
    """Make the process's hub; called by the server before the first connection."""
    global _sockets
    _sockets = Sockets()
    await _sockets.open()
    return _sockets


async def shutdown() -> None:
    """Close every room; its browsers reconnect elsewhere, with what was not acknowledged."""
    global _sockets
    if _sockets:
        await _sockets.close()
    _sockets = None


async def application(scope: dict[str, Any], pk: UUID, receive: Receive, send: Send) -> None:
    """Serve one socket. Whoever may not enter is refused before the socket opens, all in the same way."""
    began = time.perf_counter()
    await receive()
    sockets = _sockets or await startup()
    knock = door.Knock(door.session_key(scope["headers"]), pk)
    try:
        allowed = door.origin_is_ours(scope["headers"], scheme=scope.get("scheme", "ws"))
        seat = await in_database(door.enter, knock) if allowed else None
    except DatabaseError:
        log.warning("A socket was refused because Postgres does not answer.")
        seat = None
    if seat is None:
        await send({"type": "websocket.close", "code": SEAT_LOST})
        _note(pk, None, SEAT_LOST, began)
        return
    await send({"type": "websocket.accept"})
    code: int | None = TRY_LATER
    try:
        code = await _serve(sockets, knock, seat, scope, receive, send)
    finally:
        _note(pk, seat.user_id, code, began)


def _note(session: UUID, user: int | None, code: int | None, began: float) -> None:
    """A line when a socket is over: whose it was by numbers, its close code (None: the browser left), how long."""
    ms = round((time.perf_counter() - began) * 1000, 1)
    facts = {"route": "socket", "user": user, "session": str(session), "code": code, "ms": ms}
    log.info("socket %s", "left" if code is None else code, extra=facts)


async def _serve(
    sockets: Sockets,
    knock: door.Knock,
    seat: Seat,
    scope: dict[str, Any],
    receive: Receive,
    send: Send,
) -> int | None:
    """Until it closes; the close code, None where the browser left."""
    board = seat.session.board_id
    draws = seats.may_draw(seat.role, interviewer_draws=seat.session.interviewer_draws)
    member = Member(key=seat.pk, user_id=seat.user_id, role=seat.role, may_draw=draws)
    try:
        room = await sockets.hub.join(board)
    except Exception:
        log.exception("Board %s could not be opened.", board)
        await send({"type": "websocket.close", "code": TRY_LATER})
        return TRY_LATER
    gatherings = sockets.rounds.gatherings
    people = gatherings.setdefault(board, Gathering(seat.session, room, sockets.presence))
    heard = Heard(*(_number(scope, name) for name in ("shared", "private")))
    connection = Connection(knock=knock, seat=seat, room=room, member=member, people=people, heard=heard)
    lane: LaneProtocol | None = scope.get("extensions", {}).get(EXTENSION)
    try:
        await connection.greet(_number(scope, "since"))
        sockets.rounds.connections.add(connection)
        if lane:
            member.say = lane.say
            lane.listen(connection.hear_at_once)
        code = await _until_one_ends(_listen(connection, receive), member.drain(_text(send)))
        await _hang_up(member, send, code)
        return code
    except Gone as gone:
        await _hang_up(member, send, gone.code)
        return gone.code
    finally:
        sockets.rounds.connections.discard(connection)
        room.leave(member)
        await people.leave(seat.pk)
        await sockets.hub.part(room)
        if people.empty and gatherings.get(board) is people:
            del gatherings[board]


async def _hang_up(member: Member, send: Send, code: int | None) -> None:
    """Close with this code, before anything else is waited for: who is told nothing more must know it at once, and come
    back with what was not acknowledged. None where the browser has left."""
    if code is not None:
        # A browser that reads nothing must not keep its seat in the room by that.
        with contextlib.suppress(Exception):
            async with asyncio.timeout(PARTING):
                await member.flush(_text(send))
                await send({"type": "websocket.close", "code": code})


async def _listen(connection: Connection, receive: Receive) -> int | None:
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            return None
        raw = event.get("text")
        await connection.hear(raw if raw is not None else event.get("bytes") or b"")


async def _until_one_ends(*endings: Awaitable[int | None]) -> int | None:
    """Run the two parts of a socket until the first ends; its close code, None if the browser left."""
    tasks = [asyncio.ensure_future(ending) for ending in endings]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            return _code(task)
        return None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _code(task: asyncio.Future[int | None]) -> int | None:
    error = task.exception()
    if error is None:
        return task.result()
    if isinstance(error, Gone):
        return error.code
    losses.note(error)
    return TRY_LATER


def _text(send: Send) -> Callable[[bytes], Awaitable[None]]:
    async def send_text(payload: bytes) -> None:
        await send({"type": "websocket.send", "text": payload.decode()})

    return send_text


def _number(scope: dict[str, Any], name: str) -> int:
    """A whole number in the address, 0 where there is none."""
    given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(name, ["0"])[0]
    return int(given) if given.isdecimal() and len(given) < 16 else 0
