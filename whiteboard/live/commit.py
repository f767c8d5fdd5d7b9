"""The edits of many boards go into Postgres in one transaction, and each of their authors gets an answer."""

from __future__ import annotations

import time
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from whiteboard.live.edit import Edit
from whiteboard.live.member import Member
from whiteboard.live.mirror import Mirror
from whiteboard.live.store import Delta, Store
from whiteboard.live.tally import ACK_DELAY, COMMITTED
from whiteboard.rules import Element
from whiteboard.rules.batch import foreign, knows, standing
from whiteboard.rules.capacity import MAX_ELEMENTS
from whiteboard.rules.merge import in_order
from whiteboard.rules.validate import Problem


@dataclass(frozen=True, slots=True)
class Batch:
    """The edits that wait on one board, and this process's copy of it."""

    board: UUID
    mirror: Mirror
    edits: list[Edit]


@dataclass(slots=True)
class Done:
    """What a transaction came to on one board: whether that takes edits, what other processes had written before it,
    what it wrote, who is refused."""

    edits: list[Edit]
    is_open: bool = False
    seq_before: int = 0
    missed: list[tuple[Element, int]] = field(default_factory=list)
    written: list[tuple[Delta, Edit]] = field(default_factory=list)
    refused: dict[Edit, str] = field(default_factory=dict)


async def together(store: Store, batches: Iterable[Batch]) -> dict[UUID, Done]:
    """Write the edits of many boards as they stand on the drafts of their mirrors, where the mirrors are up to date.

    Boards for which that is not so, that take no edits, that somebody else holds, or on which nothing changes, are
    not in what is returned and are as they were: `alone` tells what becomes of their edits. An error means that nothing
    is known to be written; trying again is harmless, because what was written after all is known by then.
    """
    ready: dict[UUID, tuple[Mirror, Done]] = {}
    for batch in batches:
        done = Done(batch.edits, is_open=True, seq_before=batch.mirror.seq)
        _number(batch.mirror, done)
        if done.written:
            ready[batch.board] = batch.mirror, done
    if not ready:
        return {}
    written = await store.append(
        {board: [delta for delta, _ in done.written] for board, (_, done) in ready.items()}
    )
    for board in written:
        mirror, done = ready[board]
        mirror.take_drawn(done.edits, [], done.written, done.written[-1][0].seq)
    return {board: ready[board][1] for board in written}


async def alone(store: Store, batch: Batch) -> Done:
    """Write the edits of one board under its row's lock, on whatever others wrote before, then bring the mirror up to
    date. An error means what it means for `together`."""
    mirror = batch.mirror
    async with store.turn(batch.board) as turn:
        if turn.held is None:
            mirror.drop(batch.edits)
            return Done(batch.edits, refused=dict.fromkeys(batch.edits, "closed"))
        done = Done(batch.edits, turn.held.is_open, turn.held.seq)
        if turn.held.seq > mirror.seq:
            done.missed = await turn.since(mirror.seq)
            mirror.redraw(done.missed)
        if done.is_open:
            _number(mirror, done)
        else:
            # What was committed before the end is still acknowledged, though the first answer was lost.
            committed = ChainMap({element["id"]: element for element, _ in done.missed}, mirror.scene)
            done.refused = _too_late(done.edits, committed)
        await turn.write([delta for delta, _ in done.written])
    if has_closed := bool(done.written) and not turn.was_written:  # while its row was held
        done.written, done.is_open = [], False
    seq = done.written[-1][0].seq if done.written else done.seq_before
    mirror.take_drawn(done.edits, done.missed, done.written, seq)
    if has_closed:
        done.refused = _too_late(done.edits, mirror.scene)
    return done


def _number(mirror: Mirror, done: Done) -> None:
    """Give each edit its place in the log of an open board, or the reason why it has none."""
    for edit in done.edits:
        mirror.draw(edit)
        if edit.is_full:
            done.refused[edit] = "too_big"
        elif edit.json is not None:
            seq = done.seq_before + len(done.written) + 1
            done.written.append((Delta(seq, edit.member.user_id, edit.changed, edit.json), edit))


def _too_late(edits: Iterable[Edit], committed: Mapping[str, Element]) -> dict[Edit, str]:
    return {edit: "closed" for edit in edits if not knows(committed, edit.elements)}


def answer(done: Done, mirror: Mirror) -> None:
    """Acknowledge or refuse each edit; `mirror` is the board after the commit."""
    COMMITTED.inc(len(done.written))
    now = time.perf_counter()
    mended = {edit: foreign(delta.elements, edit.elements) for delta, edit in done.written}
    for edit in done.edits:
        ACK_DELAY.observe(now - edit.taken)
        accepted, instead = standing(mirror.scene, edit.elements)
        if edit in done.refused:
            # Some of it may have been committed before, by a message whose answer was lost.
            reject(edit.member, edit.ref, done.refused[edit], accepted)
            continue
        others = {element["id"]: mirror.scene[element["id"]] for element in (*instead, *mended.get(edit, ()))}
        edit.member.send(
            {
                "t": "board.ack",
                "ref": edit.ref,
                "seq": mirror.seq,
                "accepted": accepted,
                "elements": in_order(others.values()),
            }
        )
        if edit.problems:
            reject_invalid(edit.member, edit.ref, edit.problems)


def reject(member: Member, ref: int, code: str, accepted: Sequence[list[object]] = ()) -> None:
    """Tell that an edit was not taken: closed, too_big or forbidden; `accepted` is what of it stands all the same."""
    said = {"t": "board.reject", "ref": ref, "code": code, "message": _MESSAGES[code]}
    member.send(said | {"accepted": accepted} if accepted else said)


def reject_invalid(member: Member, ref: int, problems: Sequence[Problem]) -> None:
    """Tell which elements were not taken, and the first reason."""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    member.send(
        {
            "t": "board.reject",
            "ref": ref,
            "code": "invalid",
            "message": f"Not drawn: {problems[0]}{more}. The rest of the board is kept; remove that part.",
            "refused": [problem.element for problem in problems],
        }
    )


_MESSAGES = {
    "closed": "The board takes no edits now: the clock is not running. "
    "Everything acknowledged before is kept; this edit stays only on your screen.",
    "too_big": f"The board is full: it holds at most {MAX_ELEMENTS:,} elements. "
    "What stands there is kept; this edit was not added. Delete something first.",
    "forbidden": "You are watching: your seat does not draw. Nothing was changed.",
}
