"""The edits of many boards go into Postgres in one transaction, and each of their authors gets an answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from whiteboard.live.member import Member
from whiteboard.live.mirror import Mirror
from whiteboard.live.store import Delta, Held, Store
from whiteboard.live.tally import ACK_DELAY, COMMITTED
from whiteboard.rules import Element
from whiteboard.rules.batch import Full, absorb, foreign, knows, standing
from whiteboard.rules.capacity import MAX_ELEMENTS
from whiteboard.rules.merge import in_order
from whiteboard.rules.scene import Scene
from whiteboard.rules.validate import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """Valid elements that somebody waits to have acknowledged, and what came with them that is not."""

    member: Member
    ref: int
    elements: list[Element]
    problems: Sequence[Problem] = ()
    taken: float = field(default_factory=time.perf_counter)


@dataclass(frozen=True, slots=True)
class Batch:
    """The edits that wait on one board, and this process's copy of it."""

    board: UUID
    mirror: Mirror
    edits: list[Edit]


@dataclass(slots=True)
class Done:
    """What a transaction came to on one board: what other processes had written before it, what it wrote, who is
    refused."""

    edits: list[Edit]
    seq_before: int = 0
    missed: list[tuple[Element, int]] = field(default_factory=list)
    written: list[tuple[Delta, Edit]] = field(default_factory=list)
    refused: dict[Edit, str] = field(default_factory=dict)


async def commit(store: Store, batches: Sequence[Batch], *, wait: bool) -> dict[UUID, Done]:
    """Merge, mend and write the edits under the row locks of their boards, then bring the mirrors up to date.

    Without `wait` a board that somebody else holds is left out of what is returned, and untouched. An error means that
    nothing is known to be written, and the mirrors are as they were; trying again is harmless, because what was written
    after all is known by then.
    """
    results: dict[UUID, Done] = {}
    for batch in batches:
        batch.mirror.draft.begin()
    try:
        async with store.turn([batch.board for batch in batches], wait=wait) as turn:
            ours = [batch for batch in batches if batch.board in turn.boards]
            missed = await turn.since({batch.board: batch.mirror.seq for batch in ours})
            for batch in ours:
                held = turn.boards[batch.board]
                results[batch.board] = done = Done(batch.edits, held.seq, missed.get(batch.board, []))
                for element, _ in done.missed:
                    batch.mirror.draft.put(element)
                _absorb(held, batch.mirror.draft, done)
            await turn.write({board: [delta for delta, _ in done.written] for board, done in results.items()})
    except BaseException:
        for batch in batches:
            batch.mirror.draft.take_back()
        raise
    for batch in batches:
        if batch.board in results:
            _take(batch.mirror, results[batch.board], was_written=batch.board in turn.written)
            continue
        batch.mirror.draft.keep()
        if wait:
            results[batch.board] = Done(batch.edits, refused=dict.fromkeys(batch.edits, "closed"))
    return results


def _take(mirror: Mirror, done: Done, *, was_written: bool) -> None:
    """Bring the mirror to where the transaction left the board."""
    has_closed = bool(done.written) and not was_written  # while its row was held
    if has_closed:
        mirror.draft.take_back()
        done.written = []
    mirror.draft.keep()
    mirror.take(done.missed, done.seq_before)
    if has_closed:
        done.refused = {edit: "closed" for edit in done.edits if not knows(mirror.scene, edit.elements)}
    for delta, _ in done.written:
        mirror.take_delta(delta.elements, delta.seq)


def _absorb(held: Held, scene: Scene, done: Done) -> None:
    for edit in done.edits:
        if not held.is_open:
            # What was committed before the end is still acknowledged, though the first answer was lost.
            if not knows(scene, edit.elements):
                done.refused[edit] = "closed"
            continue
        try:
            changed = absorb(scene, edit.elements)
        except Full:
            done.refused[edit] = "too_big"
            continue
        if changed:
            seq = held.seq + len(done.written) + 1
            json = orjson.Fragment(orjson.dumps(changed))
            done.written.append((Delta(seq, edit.member.user_id, changed, json), edit))


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
