"""The edits of many boards go into Postgres in one transaction, and each of their authors gets an answer."""

from __future__ import annotations

import time
from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from whiteboard.live.edit import Edit
from whiteboard.live.member import Member
from whiteboard.live.mirror import Mirror
from whiteboard.live.store import Delta, Held, Store
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


async def commit(store: Store, batches: Sequence[Batch], *, wait: bool) -> dict[UUID, Done]:
    """Write the edits as they stand on the drafts of their mirrors, under the row locks of their boards, then bring
    the mirrors up to date.

    Without `wait` a board that somebody else holds is left out of what is returned, and untouched. An error means that
    nothing is known to be written; trying again is harmless, because what was written after all is known by then.
    """
    results: dict[UUID, Done] = {}
    async with store.turn([batch.board for batch in batches], wait=wait) as turn:
        ours = [batch for batch in batches if batch.board in turn.boards]
        missed = await turn.since({batch.board: batch.mirror.seq for batch in ours})
        for batch in ours:
            held = turn.boards[batch.board]
            results[batch.board] = done = Done(
                batch.edits, held.is_open, held.seq, missed.get(batch.board, [])
            )
            if done.missed:
                batch.mirror.redraw(done.missed)
            _number(held, batch.mirror, done)
        await turn.write({board: [delta for delta, _ in done.written] for board, done in results.items()})
    for batch in batches:
        if batch.board in results:
            _take(batch.mirror, results[batch.board], was_written=batch.board in turn.written)
        elif wait:
            batch.mirror.drop(batch.edits)
            results[batch.board] = Done(batch.edits, refused=dict.fromkeys(batch.edits, "closed"))
    return results


def _number(held: Held, mirror: Mirror, done: Done) -> None:
    """Give each edit its place in the log, or the reason why it has none."""
    if not held.is_open:
        # What was committed before the end is still acknowledged, though the first answer was lost.
        committed = ChainMap({element["id"]: element for element, _ in done.missed}, mirror.scene)
        done.refused = {edit: "closed" for edit in done.edits if not knows(committed, edit.elements)}
        return
    for edit in done.edits:
        mirror.draw(edit)
        if edit.is_full:
            done.refused[edit] = "too_big"
        elif edit.json is not None:
            seq = held.seq + len(done.written) + 1
            done.written.append((Delta(seq, edit.member.user_id, edit.changed, edit.json), edit))


def _take(mirror: Mirror, done: Done, *, was_written: bool) -> None:
    """Bring the mirror to where the transaction left the board."""
    has_closed = bool(done.written) and not was_written  # while its row was held
    if has_closed:
        done.written, done.is_open = [], False
    seq = done.written[-1][0].seq if done.written else done.seq_before
    mirror.take_drawn(done.edits, done.missed, done.written, seq)
    if has_closed:
        done.refused = {edit: "closed" for edit in done.edits if not knows(mirror.scene, edit.elements)}


def answer(done: Done, mirror: Mirror) -> None:
    """Acknowledge or refuse each edit; `mirror` is the board after the commit."""
    COMMITTED.inc(len(done.written))
    now = time.perf_counter()
    mended = {edit: foreign(delta.elements, edit.elements) for delta, edit in done.written}
    for edit in done.edits:
        ACK_DELAY.observe(now - edit.taken)
        if edit in done.refused:
            reject(edit.member, edit.ref, done.refused[edit])
            continue
        accepted, instead = standing(mirror.scene, edit.elements)
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


def reject(member: Member, ref: int, code: str) -> None:
    """Tell that an edit was not taken: closed, too_big or forbidden."""
    member.send({"t": "board.reject", "ref": ref, "code": code, "message": _MESSAGES[code]})


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
