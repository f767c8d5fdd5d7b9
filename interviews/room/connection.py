"""One browser's socket: what it may say, what is done with it, and what it is told."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from interviews.actions import chat, notes, sessions
from interviews.audit import readings
from interviews.errors import Refused
from interviews.models import Role, Seat, Session, State
from interviews.queries import news, server_time, watch
from interviews.queries import room as queries
from interviews.queries.clock import clock_message, ended_message
from interviews.room import door, frames
from interviews.room.database import in_database
from interviews.room.gathering import Gathering
from interviews.rules import seats
from whiteboard.live import Room
from whiteboard.live.member import Member
from whiteboard.rules.bucket import Bucket

log = logging.getLogger(__name__)
_AT_ONCE = (frames.Pointer, frames.BoardDelta, frames.Ping, frames.Signal)
_Quick = frames.BoardDelta | frames.Pointer | frames.Ping | frames.Signal
LOGGED_OUT, SEAT_LOST, TOO_FAST, NOT_A_MESSAGE, TRY_LATER = 4401, 4403, 4408, 1003, 1013


class Gone(Exception):
    """The socket must close, with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Connection:
    """A seat's open socket. `member` is its end in the board's room; everything to the browser goes through it.

    `mark` is what queries.watch said of it before it was last looked at, `due` the loop's time at which its clock runs
    out, `heard` what its page knows of the session's events.
    """

    def __init__(
        self,
        *,
        knock: door.Knock,
        seat: Seat,
        room: Room,
        member: Member,
        people: Gathering,
        heard: news.Heard,
    ) -> None:
        self.knock = knock
        self.seat = seat
        self.room = room
        self.member = member
        self.people = people
        self.heard = heard
        self.bucket = Bucket(rate=30, burst=90)
        self.signals = Bucket(rate=20, burst=200)
        self._key = seat.pk  # each look at `pk` goes by Django's fields, and every pointer needs it
        self.visit: watch.Visit = (self._key, knock.session_key)
        self.mark: int | None = None
        self.due = math.inf
        self._shown: dict[str, Any] | None = None

    async def greet(self, since: int) -> None:
        """Say hello and hand over the board. What follows is queued behind it."""
        hello, session = await in_database(self._hello)
        self.due = _due(session)
        self.member.send(hello)
        await self._tell_news()
        self.room.enter(self.member, since=since)
        await self.people.arrive(self.seat.pk)

    def hear_at_once(self, raw: bytes) -> bool:
        """Act on a frame for which nothing is waited for; False, and nothing done, where it is one for `hear`."""
        try:
            frame = self._parse(raw)
            if not isinstance(frame, _AT_ONCE):
                return False
            self._count(frame)
            self._act(frame)
        except Gone as gone:
            self.member.close(gone.code)
        except Exception as error:
            log.exception("A frame could not be taken in: %s", type(error).__name__)
            self.member.close(TRY_LATER)
        return True

    async def hear(self, raw: str | bytes) -> None:
        """Act on one frame."""
        frame = self._parse(raw)
        self._count(frame)
        match frame:
            case frames.BoardDelta() | frames.Pointer() | frames.Ping() | frames.Signal():
                self._act(frame)
            case frames.SaveNote():
                await self._save("notes", frame.ref, self._save_note(frame), step=frame.step)
            case frames.SavePrivateNote():
                await self._save("private", frame.ref, self._save_private(frame))
            case frames.SayInChat():
                await self._save("chat", frame.ref, self._say(frame), answer="message")
            case frames.AtStep():
                await self.people.look(self.seat.pk, frame.step)

    async def look(self) -> None:
        """Look at Postgres: whether this seat may still be here (else Gone), and what the clock shows."""
        session = await in_database(self._look)
        self.due = _due(session)
        self._show(session)
        await self._tell_news()

    async def _tell_news(self) -> None:
        """Say what has happened that this page may not have heard of; it knows what it has heard twice."""
        message, self.heard = await in_database(news.since, self.seat.session_id, self.seat.role, self.heard)
        if message:
            self.member.send(message)

    def _count(self, frame: frames.Frame) -> None:
        # Two browsers that look for a way to each other say a hundred things at once, which is not the board's matter.
        bucket = self.signals if isinstance(frame, frames.Signal) else self.bucket
        if not bucket.take(time.monotonic()):
            raise Gone(TOO_FAST)

    def _parse(self, raw: str | bytes) -> frames.Frame:
        try:
            return frames.parse(raw)
        except frames.BadFrame as error:
            self.member.send({"t": "error", "code": "invalid", "message": f"{error} Nothing was changed."})
            raise Gone(NOT_A_MESSAGE) from error

    def _act(self, frame: _Quick) -> None:
        match frame:
            case frames.Pointer():
                self._point(frame)
            case frames.BoardDelta():
                self.room.submit(self.member, frame.ref, frame.elements)
            case frames.Signal():
                self._signal(frame)
            case frames.Ping():
                self.member.send({"t": "pong", "at": frame.at, "server_time": _now_ms()})

    def _hello(self) -> tuple[dict[str, Any], Session]:
        self.mark = watch.marks([self.visit]).get(self.visit)
        session = self._look()
        message = clock_message(session, server_time.now())
        self._shown = _stored(message["clock"])
        hello = {
            "t": "hello",
            "server_time": message["server_time"],
            "you": queries.person(self.seat),
            "clock": message["clock"],
            "notes": queries.notes(session),
            "presence": [],
        }
        if self.seat.role == Role.INTERVIEWER:
            hello["private"] = readings.private_note(self.seat, server_time.now())
        return hello, session

    def _look(self) -> Session:
        seat = door.enter(self.knock)
        if seat is None or seat.role != self.seat.role:
            raise Gone(SEAT_LOST if door.is_logged_in(self.knock) else LOGGED_OUT)
        if sessions.close_if_over(pk=seat.session_id, now=server_time.now()):
            seat.session.refresh_from_db()
        return seat.session

    def _show(self, session: Session) -> None:
        # On the loop, which may not wait for Postgres.
        message = clock_message(session, server_time.estimate())
        if _stored(message["clock"]) != self._shown:
            self._shown = _stored(message["clock"])
            self.member.send(message)
            if session.state == State.ENDED:
                self.member.send(ended_message(session))

    def _point(self, frame: frames.Pointer) -> None:
        if not seats.may_point(self.seat.role):
            return
        self.room.pointer(
            self.member,
            {
                "t": "pointer",
                "seat": self._key,
                "x": frame.x,
                "y": frame.y,
                "tool": frame.tool,
                "button": frame.button,
                "selected": frame.selected,
                "view": frame.view,
            },
        )

    def _signal(self, frame: frames.Signal) -> None:
        """Pass it on to that seat, if it is in this room; who is not there is not told apart from who is nobody."""
        ended_at = (self._shown or {}).get("ended_at")
        overtime = None if ended_at is None else (_now_ms() - ended_at) / 1000
        if seats.may_talk(self.seat.role, overtime=overtime):
            self.room.send_to(frame.to, {"t": "signal", "from": self.seat.pk, "data": frame.data})

    def _save_note(self, frame: frames.SaveNote) -> Callable[[], int]:
        return lambda: (
            notes.save(
                seat=self.seat, step=frame.step, text=frame.text, base=frame.base, now=server_time.now()
            ).version
        )

    def _save_private(self, frame: frames.SavePrivateNote) -> Callable[[], int]:
        return lambda: (
            notes.save_private(
                seat=self.seat, text=frame.text, base=frame.base, now=server_time.now()
            ).version
        )

    def _say(self, frame: frames.SayInChat) -> Callable[[], int]:
        return lambda: chat.say(seat=self.seat, text=frame.text, ref=frame.ref, now=server_time.now()).pk

    async def _save(
        self, family: str, ref: int, verb: Callable[[], int], *, answer: str = "version", **where: str
    ) -> None:
        """Run the verb; the ack says what it returned, under the name of `answer`."""
        try:
            done = await in_database(verb)
        except Refused as refusal:
            held = (
                {"text": refusal.text, "version": refusal.version} if isinstance(refusal, notes.Stale) else {}
            )
            self.member.send(
                {
                    "t": f"{family}.reject",
                    "ref": ref,
                    "code": refusal.code,
                    "message": refusal.message,
                    **({} if refusal.retry_after is None else {"retry_after": refusal.retry_after}),
                    **where,
                    **held,
                }
            )
        else:
            self.member.send({"t": f"{family}.ack", "ref": ref, answer: done, **where})


def _stored(clock: dict[str, Any]) -> dict[str, Any]:
    """The part of a reading that changes only when somebody acts, or the time runs out."""
    return {
        key: clock[key] for key in ("state", "deadline_at", "paused_at", "ended_at", "end_reason", "can_edit")
    }


def _due(session: Session) -> float:
    """When to look again because the time will be over: the loop's clock, in seconds."""
    if session.state != State.LIVE or session.paused_at or session.deadline_at is None:
        return math.inf
    left = (session.deadline_at - server_time.estimate()) / timedelta(seconds=1)
    return asyncio.get_running_loop().time() + max(left + 0.05, 0.2)


def _now_ms() -> int:
    return int(server_time.estimate().timestamp() * 1000)
