"""Hundreds of people in their rooms on one event loop: they draw, write, talk, lose their lines and come back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from tests.chaos.history import History, Kind, What
from tests.chaos.pen import Pen
from tests.chaos.stage import STEP, Place

CSRF = "c" * 32
# Seconds between what one person says in the chat, or writes down; a limit allows thirty messages a minute.
TALK_EVERY, WRITE_EVERY = 9.0, 4.0


@dataclass
class Said:
    """What waits for an answer, and the message that says it again."""

    key: str
    message: dict[str, Any]


Line = Callable[[dict[str, Any]], list[dict[str, Any]]]


@dataclass
class Habits:
    """How somebody behaves. `draw_every` in seconds; `line` makes for each person what turns one message into those
    that leave."""

    draw_every: float = 2.0
    line: Callable[[random.Random], Line] = lambda chance: lambda message: [message]
    # Without it, a lost line costs what was not acknowledged: a sabotage of the client's.
    resends: bool = True


class Person:
    """One browser in its room, from `live` to the event that ends it."""

    def __init__(
        self, place: Place, bases: Sequence[str], history: History, chance: random.Random, habits: Habits
    ) -> None:
        self.place = place
        self.quiet = False
        self.away = 0.0
        self.gaps: list[float] = []
        self.pen = Pen(place.who, chance, self._tell_edit)
        self._bases = bases
        self._history = history
        self._chance = chance
        self._habits = habits
        self._line = habits.line(chance)
        self._socket: ClientConnection | None = None
        self._lost_at: float | None = None
        self._note, self._version = "", 0
        self._private = 0
        self._writing: Said | None = None
        self._saying: dict[int, Said] = {}
        self._count = 0
        self._entered = asyncio.Event()

    @property
    def waits(self) -> bool:
        """Whether anything is still to be answered."""
        return bool(self.pen.unacked or self._writing or self._saying or self._socket is None)

    async def live(self, over: asyncio.Event) -> None:
        """Be there until `over`; a lost line is opened again, at any of the web processes."""
        while not over.is_set():
            if self.away > time.monotonic():
                if not self.quiet:
                    self.pen.change()  # it goes out with the rest when the line is back
                await asyncio.sleep(min(self._habits.draw_every, max(self.away - time.monotonic(), 0.05)))
                continue
            base = self._chance.choice(self._bases)
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                async with connect(
                    f"{base.replace('http', 'ws')}/ws/sessions/{self.place.session}/",
                    origin=Origin(base),
                    additional_headers={"Cookie": self.place.cookie},
                    compression=None,
                    open_timeout=8,
                    close_timeout=1,
                    ping_interval=None,
                ) as socket:
                    await self._stay(socket, over)
            self._lose_line()
            await asyncio.sleep(self._chance.uniform(0.1, 0.6))

    def cut(self, seconds: float) -> None:
        """Lose the line now, and be unreachable for so long; the person draws on."""
        self.away = time.monotonic() + seconds
        if self._socket is not None:
            self._socket.transport.abort()

    async def submit(self) -> None:
        """Hand in, again and again until the server has said that it is done."""
        self._write(Kind.INVOKE, What.SUBMIT)
        cookies = f"{self.place.cookie}; csrf={CSRF}"
        while True:
            base = self._chance.choice(self._bases)
            headers = {"Cookie": cookies, "Origin": base, "X-CSRFToken": CSRF}
            try:
                async with httpx.AsyncClient(base_url=base, headers=headers, timeout=10) as http:
                    answer = await http.post(f"/sessions/{self.place.session}/submit/")
            except httpx.HTTPError as error:
                self._write(Kind.UNKNOWN, What.SUBMIT, detail=type(error).__name__)
            else:
                if answer.status_code == 302:
                    self._write(Kind.OK, What.SUBMIT)
                    return
                self._write(Kind.UNKNOWN, What.SUBMIT, detail=str(answer.status_code))
            await asyncio.sleep(0.5)

    # -- A line that stands ---------------------------------------------------------------------------------------

    async def _stay(self, socket: ClientConnection, over: asyncio.Event) -> None:
        self._socket = socket
        self._write(Kind.OK, What.CONNECT)
        busy = asyncio.create_task(self._act())
        leaving = asyncio.create_task(over.wait())
        hearing = asyncio.create_task(self._listen(socket))
        try:
            await asyncio.wait({leaving, hearing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (busy, leaving, hearing):
                task.cancel()
            await asyncio.gather(busy, leaving, hearing, return_exceptions=True)

    async def _listen(self, socket: ClientConnection) -> None:
        async for raw in socket:
            text = raw if isinstance(raw, str) else raw.decode()
            if self.place.role == "candidate" and self.place.secret in text:
                self._write(Kind.FAIL, What.LEAK, detail=text[:40])
            self._hear(json.loads(text))

    async def _act(self) -> None:
        every = self._habits.draw_every
        await self._entered.wait()  # what was not answered goes first
        await asyncio.sleep(self._chance.uniform(0, every))
        write_at = talk_at = time.monotonic()
        while True:
            now = time.monotonic()
            if not self.quiet:
                self._send(self.pen.change())
                if now >= write_at:
                    write_at = now + WRITE_EVERY
                    self._write_down()
                if now >= talk_at:
                    talk_at = now + TALK_EVERY
                    self._say()
            await asyncio.sleep(self._chance.uniform(0.5, 1.5) * every)

    def _write_down(self) -> None:
        if self.place.role != "candidate":
            text = f"{self.place.secret} {self._private}"
            self._send({"t": "private.save", "ref": 1, "text": text, "base": self._private})
        elif self._writing is None:
            self._count += 1
            token = f"n{self._count}"
            text = f"{self._note} {token}".strip()
            ref = self._count
            message = {"t": "notes.save", "ref": ref, "step": STEP, "text": text, "base": self._version}
            self._writing = Said(token, message)
            self._write(Kind.INVOKE, What.NOTE, token)
            self._send(message)

    def _say(self) -> None:
        self._count += 1
        key = f"m{self._count}"
        said = Said(key, {"t": "chat.say", "ref": self._count, "text": key})
        self._saying[self._count] = said
        self._write(Kind.INVOKE, What.CHAT, key)
        self._send(said.message)

    def _hear(self, message: dict[str, Any]) -> None:
        self.pen.hear(message)
        match message["t"]:
            case "hello":
                self._private = message.get("private", {}).get("version", 0)
                if self._writing is None and self.place.role == "candidate":
                    self._note, self._version = (message["notes"][STEP][one] for one in ("text", "version"))
            case "board.init":
                if self._lost_at is not None:
                    self.gaps.append(time.monotonic() - self._lost_at)
                self._lost_at = None
                self._write(Kind.OK, What.HEAR, seq=message["seq"])
                self._say_again()
                self._entered.set()
            case "board.delta" | "board.ack":
                self._write(Kind.OK, What.HEAR, seq=message["seq"])
            case "private.ack":
                self._private = message["version"]
            case "private.reject":
                self._private = message.get("version", self._private)
            case "notes.ack" | "notes.reject":
                self._hear_of_note(message)
            case "chat.ack" | "chat.reject":
                if said := self._saying.pop(message["ref"], None):
                    self._write(_kind(message), What.CHAT, said.key, detail=message.get("code", ""))

    def _hear_of_note(self, message: dict[str, Any]) -> None:
        # What is said again on a line that stands is answered twice.
        if self._writing is None or self._writing.message["ref"] != message["ref"]:
            return
        self._write(_kind(message), What.NOTE, self._writing.key, detail=message.get("code", ""))
        if message["t"] == "notes.ack":
            self._note, self._version = self._writing.message["text"], message["version"]
        elif "text" in message:
            self._note, self._version = message["text"], message["version"]
        self._writing = None

    def _say_again(self) -> None:
        """What was not answered goes out once more."""
        if not self._habits.resends:
            self.pen.unacked.clear()
        waiting = [
            self.pen.again(),
            *(said.message for said in [self._writing, *self._saying.values()] if said),
        ]
        for message in waiting:
            if message:
                self._send(message, again=True)

    def _send(self, message: dict[str, Any], *, again: bool = False) -> None:
        """Put it on the line without waiting; what a dead line swallows is said again on the next."""
        if self._socket is not None:
            for one in [message] if again else self._line(message):
                frame = json.dumps(one)
                self._sending = asyncio.ensure_future(_quietly(self._socket, frame))

    def _lose_line(self) -> None:
        if self._socket is not None:
            self.pen.lose_line()
            self._lost_at = time.monotonic()
        self._socket = None
        self._entered.clear()

    def _write(self, kind: Kind, what: What, key: str = "", *, seq: int = 0, detail: str = "") -> None:
        self._history.write(self.place.who, self.place.session, kind, what, key, seq=seq, detail=detail)

    def _tell_edit(self, kind: Kind, key: str, rank: tuple[int, int]) -> None:
        self._history.write(self.place.who, self.place.session, kind, What.EDIT, key, rank=rank)


def _kind(message: dict[str, Any]) -> Kind:
    return Kind.OK if message["t"].endswith(".ack") else Kind.FAIL


async def _quietly(socket: ClientConnection, frame: str) -> None:
    with contextlib.suppress(WebSocketException, OSError):
        await socket.send(frame)


@dataclass
class Crowd:
    """The people of many sessions, two and two."""

    pairs: list[tuple[Person, Person]] = field(default_factory=list)

    @property
    def people(self) -> list[Person]:
        return [person for pair in self.pairs for person in pair]

    def scenes(self) -> dict[str, dict[str, dict[str, tuple[int, int]]]]:
        """What each session's people see, by their names."""
        return {
            pair[0].place.session: {person.place.who: person.pen.ranks() for person in pair}
            for pair in self.pairs
        }
