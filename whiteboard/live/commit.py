"""A batch of edits goes into Postgres in one transaction, and each of its authors gets an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from whiteboard.live.member import Member
from whiteboard.live.mirror import Mirror
from whiteboard.live.store import Closed, Delta, NoBoard, Store, Turn
from whiteboard.rules import Element
from whiteboard.rules.batch import Full, absorb, foreign, knows, standing
from whiteboard.rules.capacity import MAX_ELEMENTS
from whiteboard.rules.merge import in_order
from whiteboard.rules.validate import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """Valid elements that somebody waits to have acknowledged, and what came with them that is not."""

    member: Member
    ref: int
    elements: list[Element]
    problems: Sequence[Problem] = ()


@dataclass(slots=True)
class Done:
    """What a transaction came to: what other processes had written before it, what it wrote, who is
    refused."""

    edits: list[Edit]
    seq_before: int = 0
    missed: list[tuple[Element, int]] = field(default_factory=list)
    written: list[tuple[Delta, Edit]] = field(default_factory=list)
    refused: dict[Edit, str] = field(default_factory=dict)


async def commit(store: Store, board: UUID, mirror: Mirror, edits: list[Edit]) -> Done:
    """Merge, mend and write the edits under the board's row lock, then bring the mirror up to date.

    An error means that nothing is known to be written, and the mirror is as it was; trying again is
    harmless, because what was written after all is known by then.
    """
    done = Done(edits)
    try:
        async with store.turn(board) as turn:
            scene = await _current(turn, mirror, done)
            _absorb(turn, scene, done)
            await turn.write([delta for delta, _ in done.written])
    except NoBoard:
        done.refused = dict.fromkeys(edits, "closed")
        return done
    except Closed:
        done.written, scene = [], {**mirror.scene, **{element["id"]: element for element, _ in done.missed}}
        done.refused = {edit: "closed" for edit in edits if not knows(scene, edit.elements)}
    mirror.take(done.missed, done.seq_before)
    for delta, _ in done.written:
        mirror.take_delta(delta.elements, delta.seq)
    return done


async def _current(turn: Turn, mirror: Mirror, done: Done) -> dict[str, Element]:
    done.seq_before = turn.seq
    done.missed = await turn.since(mirror.seq)
    return {**mirror.scene, **{element["id"]: element for element, _ in done.missed}}


def _absorb(turn: Turn, scene: dict[str, Element], done: Done) -> None:
    for edit in done.edits:
        if not turn.is_open:
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
            seq = turn.seq + len(done.written) + 1
            done.written.append((Delta(seq, edit.member.user_id, changed), edit))


def answer(done: Done, mirror: Mirror) -> None:
    """Acknowledge or refuse each edit; `mirror` is the board after the commit."""
    mended = {edit: foreign(delta.elements, edit.elements) for delta, edit in done.written}
    for edit in done.edits:
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
