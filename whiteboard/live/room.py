"""One open board: who is there, what stands on it, and what waits to be committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from whiteboard.live import commit
from whiteboard.live.audience import Audience
from whiteboard.live.bus import Bus
from whiteboard.live.edit import Edit
from whiteboard.live.member import Member
from whiteboard.live.mirror import Mirror
from whiteboard.live.scribe import LONGEST_COMMIT, PATIENCE, Scribe
from whiteboard.live.store import LASTING, Store
from whiteboard.rules import Element, validate
from whiteboard.rules.batch import foreign
from whiteboard.rules.merge import in_order

log = logging.getLogger(__name__)

MAX_PENDING = 300
TRY_LATER = 1013


class Room:
    """Postgres is the truth. A room is a copy of it that is brought up to date under the board's row lock, so what it
    acknowledges is committed.

    What somebody draws is relayed at once, ahead of its commit, where no other process has the board open: such a
    board.delta has under `ahead` the number that it will have in the log, and under `seq` the last that is committed. A
    member that has heard of delta N as `seq` has seen all up to it, and may ask for what came since. Where the log goes
    another way after all, everybody is given the board anew.
    """

    def __init__(self, board: UUID, store: Store, bus: Bus, scribe: Scribe) -> None:
        self.board = board
        self.holders = 0
        self.mirror = Mirror()
        self.writing = asyncio.Lock()
        self._store = store
        self._bus = bus
        self._scribe = scribe
        self._audience = Audience()
        self._waiting: list[Edit] = []
        self._is_open = False
        self._went_ahead = False
        self._unanswered: set[Edit] = set()
        self._quiet: asyncio.Event | None = None
        self._alone: set[asyncio.Task[None]] = set()
        self._catching_up: asyncio.Task[None] | None = None

    @property
    def seq(self) -> int:
        """The last delta that this room knows."""
        return self.mirror.seq

    @property
    def is_shared(self) -> bool:
        """Whether another process has the board open too, as far as is known."""
        return self._bus.is_shared(self.board)

    def snapshot(self, since: int = 0) -> dict[str, Any]:
        """The board.init message for somebody who has seen all up to `since`."""
        full, elements = self.mirror.since(since)
        return {"t": "board.init", "seq": self.seq, "full": full, "elements": elements}

    def enter(self, member: Member, *, since: int = 0) -> None:
        """Hand over the board (only what changed after `since`, where that is known), then all that
        follows."""
        member.send(self.snapshot(since))
        for edit in self.mirror.drawn:
            if edit.ahead:
                member.send(self._ahead(edit))
        self._audience.add(member)

    def leave(self, member: Member) -> None:
        """What the member still has pending is committed; it only hears no more."""
        self._audience.discard(member)

    def dismiss(self, code: int) -> None:
        """Close everybody's socket with this code."""
        self._audience.dismiss(code)

    def send(self, audience: str, message: dict[str, Any]) -> None:
        """Send to this process's members: "all", or those of one role."""
        if audience == "all":
            self._audience.tell(message)
        else:
            self._audience.tell_role(audience, message)

    def send_to(self, key: int, message: dict[str, Any]) -> None:
        """Send to the members of this key, in every process; lost with Redis where they are in another."""
        self._audience.tell_key(key, message)
        if self.is_shared:
            self._bus.publish(self.board, {"kind": "to", "key": key, "message": message})

    def pointer(self, member: Member, message: dict[str, Any]) -> None:
        """Relay where somebody points; lost without harm."""
        self._audience.tell(message, but=member, droppable=True)
        if self.is_shared:
            self._bus.publish(self.board, {"kind": "pointer", "message": message})

    def submit(self, member: Member, ref: int, raw: list[Any]) -> None:
        """Take changed elements in. The answer, board.ack or board.reject, comes after the commit.

        Where only some elements are invalid, the ack of the others comes first, and then a board.reject that
        names them in `refused`.
        """
        if not member.may_draw:
            commit.reject(member, ref, "forbidden")
            return
        elements, problems = validate.elements(raw, self.mirror.draft)
        if problems and not elements:
            commit.reject_invalid(member, ref, problems)
            return
        if len(self._unanswered) >= MAX_PENDING:
            member.close(TRY_LATER)
            return
        edit = Edit(member, ref, elements, problems)
        self._unanswered.add(edit)
        self._waiting.append(edit)
        if self._is_open:
            self.mirror.draw(edit)
        if edit.changed and not self.is_shared:
            edit.ahead, self._went_ahead = self.mirror.draft_seq, True
            self._audience.tell(self._ahead(edit), but=member)
        self._scribe.ask(self)

    def confirm(self) -> None:
        """Tell how far the log has come, if nothing else has told it since the last edit that went ahead of it."""
        if self._went_ahead and not any(edit.ahead for edit in self.mirror.drawn):
            self._went_ahead = False
            self._audience.tell({"t": "board.seq", "seq": self.seq})

    async def settle(self) -> None:
        """Wait until every edit is answered."""
        if self._unanswered:
            self._quiet = self._quiet or asyncio.Event()
            await self._quiet.wait()

    def take_waiting(self) -> list[Edit]:
        """The edits that wait to be committed; whoever takes them sees to that."""
        taken, self._waiting = self._waiting, []
        return taken

    def persist_alone(self, edits: list[Edit]) -> None:
        """Commit these edits in transactions of their own; where Postgres stays away, send everybody away."""
        task = asyncio.create_task(self._persist_or_dismiss(edits))
        self._alone.add(task)
        task.add_done_callback(self._alone.discard)

    async def _persist_or_dismiss(self, edits: list[Edit]) -> None:
        # Held until they are stored, refused or given up: what came after them must not be written before them.
        async with self.writing:
            is_done = await self._persist(edits)
        if not is_done:
            self.give_up(edits)

    def give_up(self, edits: list[Edit]) -> None:
        """Leave what of these edits is unanswered, and those that wait, so, and send everybody away: browsers will send
        them again, and ask for the whole board where something went ahead of its commit."""
        given_up = [*edits, *self.take_waiting()]
        self.mirror.drop(given_up)
        self.mirror.is_stale = False
        self._answered(given_up)
        self.dismiss(TRY_LATER)

    def _answered(self, edits: Iterable[Edit]) -> None:
        """These edits were acknowledged, refused or given up."""
        self._unanswered.difference_update(edits)
        if self._quiet and not self._unanswered:
            self._quiet.set()
            self._quiet = None

    async def _persist(self, edits: list[Edit]) -> bool:
        """Commit and acknowledge, with `writing` held; False where Postgres stays away, and then nothing was
        acknowledged."""
        for wait in (*PATIENCE, None):
            try:
                async with asyncio.timeout(LONGEST_COMMIT):
                    done = await commit.alone(self._store, commit.Batch(self.board, self.mirror, edits))
                self.publish(done)
            except LASTING as error:
                log.exception("Board %s: an edit cannot be stored", self.board)
                return await self._one_by_one(edits, error)
            except Exception as error:  # whatever a lost connection raises
                log.warning("Board %s: a commit failed (%s); nothing was acknowledged", self.board, error)
                if wait is not None:
                    await asyncio.sleep(wait)
            else:
                return True
        return False

    async def _one_by_one(self, edits: list[Edit], error: Exception) -> bool:
        """One edit that cannot be stored must not keep out those that were gathered with it."""
        if len(edits) > 1:
            return all([await self._persist([edit]) for edit in edits])
        problem = validate.Problem("?", "element", f"cannot be stored ({type(error).__name__})")
        commit.reject_invalid(edits[0].member, edits[0].ref, [problem])
        self.mirror.drop(edits)
        self._give_anew()
        self._answered(edits)
        return True

    def publish(self, done: commit.Done) -> None:
        """Tell what was committed and has not been told: first the deltas in the order of the log, then the answers."""
        self._open(done.is_open)
        if not self._give_anew():
            self._relay_done(done)
        if self.is_shared:
            for delta, edit in done.written:
                news = {"kind": "delta", "seq": delta.seq, "by": edit.member.key, "elements": delta.json}
                self._bus.publish(self.board, news)
        commit.answer(done, self.mirror)
        self._answered(done.edits)

    def _relay_done(self, done: commit.Done) -> None:
        if done.missed:
            self._relay(in_order(element for element, _ in done.missed), done.seq_before, by=None)
        for delta, edit in done.written:
            if not edit.ahead:
                self._relay(delta.json, delta.seq, by=edit.member.key, but=edit.member)
            if mended := foreign(delta.elements, edit.elements):
                edit.member.send({"t": "board.delta", "seq": delta.seq, "by": None, "elements": mended})

    def _open(self, is_open: bool) -> None:
        """Know whether the board takes edits. While it takes none, what comes is not drawn: it would be refused."""
        self._is_open = is_open
        if is_open:
            for edit in self._waiting:
                self.mirror.draw(edit)

    def _give_anew(self) -> bool:
        """Hand over the whole board, if screens may show what the log does not hold. Before anything that has a later
        `seq`, which would confirm that."""
        was_stale, self.mirror.is_stale = self.mirror.is_stale, False
        if was_stale:
            self._audience.tell(self.snapshot())
        return was_stale

    def hear(self, news: dict[str, Any]) -> None:
        """Take in what another process says about this board."""
        match news:
            case {"kind": "say", "audience": str(audience), "message": dict(message)}:
                self.send(audience, message)
            case {"kind": "to", "key": int(key), "message": dict(message)}:
                self._audience.tell_key(key, message)
            case {"kind": "pointer", "message": dict(message)}:
                self._audience.tell(message, droppable=True)
            case {"kind": "delta", "seq": int(seq)} if seq > self.seq:
                if seq == self.seq + 1 and not self.writing.locked():
                    self.mirror.take([(element, seq) for element in news["elements"]], seq)
                    if not self._give_anew():
                        self._relay(news["elements"], seq, by=news["by"])
                elif self._catching_up is None or self._catching_up.done():
                    self._catching_up = asyncio.create_task(self._catch_up_quietly())

    async def catch_up(self) -> None:
        """Read from Postgres what is newer than what we have, and pass it on."""
        async with asyncio.timeout(LONGEST_COMMIT), self.writing:
            held, elements = await self._store.since(self.board, self.seq)
            self._open(held.is_open)
            self.mirror.take(elements, held.seq)
            if not self._give_anew() and elements:
                self._relay(in_order(element for element, _ in elements), held.seq, by=None)

    async def _catch_up_quietly(self) -> None:
        try:
            await self.catch_up()
        except Exception as error:  # the hub compares every room with Postgres again in a moment
            log.warning("Board %s could not be read again: %s", self.board, error)

    def _relay(
        self,
        elements: list[Element] | orjson.Fragment,
        seq: int,
        *,
        by: int | None,
        but: Member | None = None,
    ) -> None:
        self._audience.tell({"t": "board.delta", "seq": seq, "by": by, "elements": elements}, but=but)

    def _ahead(self, edit: Edit) -> bytes:
        """The message that relays an edit ahead of its commit."""
        message = {"t": "board.delta", "seq": self.seq, "ahead": edit.ahead}
        return orjson.dumps(message | {"by": edit.member.key, "elements": edit.json})
