"""Who learns who somebody is: two people who both said so, of each other."""

from __future__ import annotations

from collections.abc import Collection

# (who shares, with whom), by the ids of their seats.
Pair = tuple[int, int]


def is_mutual(one: int, other: int, shared: Collection[Pair]) -> bool:
    """Whether both have agreed; until then neither sees anything, nor that the other agreed."""
    return one != other and (one, other) in shared and (other, one) in shared


def may_withdraw(one: int, other: int, shared: Collection[Pair]) -> bool:
    """What was seen cannot be unseen: only before the other agreed."""
    return (one, other) in shared and (other, one) not in shared
