"""What somebody drew, from its arrival until it is answered."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

from whiteboard.live.member import Member
from whiteboard.rules import Element
from whiteboard.rules.validate import Problem


@dataclass(slots=True, eq=False)
class Edit:
    """Valid elements that somebody waits to have acknowledged, and what came with them that is not.

    The mirror says what they come to on its draft: `changed`, in order, also as the JSON that is stored and sent; none
    where the draft knew them, or `is_full`. `ahead` is the number in the log under which that was relayed before its
    commit, 0 where it was not.
    """

    member: Member
    ref: int
    elements: list[Element]
    problems: Sequence[Problem] = ()
    changed: list[Element] = field(default_factory=list)
    json: orjson.Fragment | None = None
    is_full: bool = False
    ahead: int = 0
    taken: float = field(default_factory=time.perf_counter)
