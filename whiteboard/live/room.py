"""One open board: who is there, what stands on it, and what waits to be committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from whiteboard.live.bus import Bus
from whiteboard.live.member import Member
from whiteboard.live.store import Store, Turn, Written
from whiteboard.rules import Element, validate
from whiteboard.rules.merge import beats, in_order
from whiteboard.rules.repair import repairs

log = logging.getLogger(__name__)

# How long edits are gathered before they are committed together; it bounds how long an ack takes.
GATHER = 0.05
# How long a commit is tried again before the sockets are closed, so that the browsers resend.
PATIENCE = (0.1, 0.2, 0.5, 1.0, 2.0)
TRY_LATER = 1013


@dataclass(frozen=True, slots=True)
class _Edit:
    member: Member
    ref: int
    elements: list[Element]


class Room:
    """Postgres is the truth. A room is a copy of it that is brought up to date under the board's row lock, so what
    it acknowledges is committed and what it relays is numbered without gaps."""

    def __init__(self, board: UUID, store: Store, bus: Bus) -> None:
        self.board = board
        self.seq = 0
        self.holders = 0
        self._store = store
        self._bus = bus
        self._scene: dict[str, Element] = {}
        self._seqs: dict[str, int] = {}
        self._members: set[Member] = set()
        self._pending: list[_Edit] = []
        self._writing = asyncio.Lock()
        self._flushing: asyncio.Task[None] | None = None
        self._catching_up: asyncio.Task[None] | None = None

    # -- Members ------------------------------------------------------------------------------------------------------

    def enter(self, member: Member, *, since: int = 0) -> None:
        """Hand over the board (only what changed after `since`, where that is known), then all that follows."""
        full = not 0 < since <= self.seq
        chosen = (
            self._scene.values() if full else (self._scene[id] for id, at in self._seqs.items() if at > since)
        )
        member.send({"t": "board.init", "seq": self.seq, "full": full, "elements": in_order(chosen)})
        self._members.add(member)

    def leave(self, member: Member) -> None:
        """What the member still has pending is committed; it only hears no more."""
        self._members.discard(member)

    def dismiss(self, code: int) -> None:
        """Close everybody's socket with this code."""
        for member in self._members:
            member.close(code)

    def send(self, audience: str, message: dict[str, Any]) -> None:
        """Send to this process's members: "all", or those of one role."""
        payload = orjson.dumps(message)
        for member in self._members:
            if audience in ("all", member.role):
                member.send(payload)

    def pointer(self, member: Member, message: dict[str, Any]) -> None:
        """Relay where somebody points; lost without harm."""
        self._relay_pointer(message, but=member)
        self._bus.publish(self.board, {"kind": "pointer", "message": message})

    # -- Drawing ------------------------------------------------------------------------------------------------------

    async def submit(self, member: Member, ref: int, raw: list[Any]) -> None:
        """Take changed elements in. The answer, board.ack or board.reject, comes after the commit."""
        if not member.may_draw:
            self._reject(member, ref, "forbidden", "You are watching; only candidate and interviewer draw.")
            return
        elements, problems = validate.elements(raw)
        if problems:
            others = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            self._reject(
                member,
                ref,
                "invalid",
                f"Not drawn: {problems[0]}{others}. The rest of the board is unchanged; remove that part.",
                refused=[problem.element for problem in problems],
            )
        if elements or not problems:
            self._pending.append(_Edit(member, ref, elements))
            if self._flushing is None or self._flushing.done():
                self._flushing = asyncio.create_task(self._flush())

    async def settle(self) -> None:
        """Wait until nothing is pending."""
        if self._flushing:
            await asyncio.gather(self._flushing, return_exceptions=True)

    async def _flush(self) -> None:
        await asyncio.sleep(GATHER)
        while self._pending:
            edits, self._pending = self._pending, []
            for wait in (*PATIENCE, None):
                try:
                    async with self._writing:
                        await self._commit(edits)
                    break
                except Exception as error:  # Postgres is away: nothing is acknowledged until it is back
                    log.warning("Board %s: a commit failed (%s); tried again", self.board, error)
                    if wait is None:
                        self.dismiss(TRY_LATER)
                        return
                    await asyncio.sleep(wait)

    async def _commit(self, edits: list[_Edit]) -> None:
        written: list[Written] = []
        authors: list[_Edit] = []
        missed: list[tuple[Element, int]] = []
        scene, refused = self._scene, list[_Edit]()
        async with self._store.turn(self.board) as turn:
            if turn is not None:
                missed = await turn.since(self.seq)
                scene = {**self._scene, **{element["id"]: element for element, _ in missed}}
                for edit in edits:
                    if len(scene.keys() | {e["id"] for e in edit.elements}) > validate.MAX_ELEMENTS:
                        refused.append(edit)
                        continue
                    changed = _apply(scene, edit.elements)
                    if changed:
                        authors.append(edit)
                        seq = turn.seq + len(written) + 1
                        written.append(Written(seq, edit.member.user_id, in_order(changed)))
                await turn.write(written)
        # Committed. From here on nothing may fail before the acks.
        if turn is None:
            for edit in edits:
                self._reject(edit.member, edit.ref, "closed", _CLOSED)
            return
        self._adopt(turn, missed, written, authors)
        for edit in edits:
            if edit in refused:
                self._reject(edit.member, edit.ref, "too_big", _TOO_MANY)
            else:
                self._acknowledge(edit, authors, written)

    def _adopt(
        self, turn: Turn, missed: list[tuple[Element, int]], written: list[Written], authors: list[_Edit]
    ) -> None:
        if missed:
            self._take(missed, turn.seq)
        for delta, edit in zip(written, authors, strict=True):
            self._remember(delta.elements, delta.seq)
            self._relay(delta.elements, delta.seq, by=edit.member)
            self._bus.publish(
                self.board,
                {"kind": "delta", "seq": delta.seq, "by": edit.member.key, "elements": delta.elements},
            )

    def _acknowledge(self, edit: _Edit, authors: list[_Edit], written: list[Written]) -> None:
        accepted, held = [], {}
        for element in edit.elements:
            ours = self._scene[element["id"]]
            if (ours["version"], ours["versionNonce"]) == (element["version"], element["versionNonce"]):
                accepted.append([element["id"], element["version"], element["versionNonce"]])
            else:
                held[element["id"]] = ours
        sent = {element["id"] for element in edit.elements}
        for delta, author in zip(written, authors, strict=True):
            if author is edit:  # what was mended on the way, which its sender does not have either
                held |= {e["id"]: self._scene[e["id"]] for e in delta.elements if e["id"] not in sent}
        edit.member.send(
            {
                "t": "board.ack",
                "ref": edit.ref,
                "seq": self.seq,
                "accepted": accepted,
                "elements": in_order(held.values()),
            }
        )

    # -- News of other processes --------------------------------------------------------------------------------------

    def hear(self, news: dict[str, Any]) -> None:
        """Take in what another process says about this board."""
        match news["kind"]:
            case "say":
                self.send(news["audience"], news["message"])
            case "pointer":
                self._relay_pointer(news["message"])
            case "delta" if news["seq"] == self.seq + 1 and not self._writing.locked():
                self._remember(news["elements"], news["seq"])
                self._relay(news["elements"], news["seq"], key=news["by"])
            case "delta" if news["seq"] > self.seq and (
                self._catching_up is None or self._catching_up.done()
            ):
                self._catching_up = asyncio.create_task(self.catch_up())

    async def catch_up(self) -> None:
        """Read from Postgres what is newer than what we have, and pass it on."""
        async with self._writing:
            seq, elements = await self._store.since(self.board, self.seq)
            self._take(elements, seq)

    def _take(self, elements: list[tuple[Element, int]], seq: int) -> None:
        for element, at in elements:
            self._remember([element], at)
        self.seq = max(self.seq, seq)
        if elements:
            self._relay(in_order(element for element, _ in elements), self.seq)

    def _remember(self, elements: Iterable[Element], seq: int) -> None:
        for element in elements:
            self._scene[element["id"]] = element
            self._seqs[element["id"]] = seq
        self.seq = max(self.seq, seq)

    def _relay(
        self, elements: list[Element], seq: int, *, by: Member | None = None, key: int | None = None
    ) -> None:
        payload = orjson.dumps(
            {"t": "board.delta", "seq": seq, "by": by.key if by else key, "elements": elements}
        )
        for member in self._members:
            if member is not by:
                member.send(payload)

    def _relay_pointer(self, message: dict[str, Any], *, but: Member | None = None) -> None:
        payload = orjson.dumps(message)
        for member in self._members:
            if member is not but:
                member.send(payload, droppable=True)

    def _reject(self, member: Member, ref: int, code: str, message: str, **more: Any) -> None:
        member.send({"t": "board.reject", "ref": ref, "code": code, "message": message, **more})


_CLOSED = (
    "The board takes no edits now: the clock is not running. Everything acknowledged before is kept; "
    "this edit stays only on your screen."
)
_TOO_MANY = (
    f"A board holds at most {validate.MAX_ELEMENTS:,} elements. What stands there is kept; "
    "this edit was not added."
)


def _apply(scene: dict[str, Element], elements: list[Element]) -> list[Element]:
    """Merge elements into `scene` in place, mend what that broke, and return all that changed."""
    changed: dict[str, Element] = {}
    for element in elements:
        if beats(element, scene.get(element["id"])):
            scene[element["id"]] = changed[element["id"]] = element
    for element in repairs(scene, changed):
        scene[element["id"]] = changed[element["id"]] = element
    return list(changed.values())
