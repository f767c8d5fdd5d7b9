"""A process's copy of one board: every element with the delta that wrote it."""

from __future__ import annotations

from collections.abc import Iterable

from whiteboard.rules import Element
from whiteboard.rules.merge import in_order
from whiteboard.rules.scene import Scene


class Mirror:
    """The board as of delta `seq`. It only ever takes in what is committed, in the order of the log.

    `draft` is the same with what is being committed on it: whoever holds the room's turn to write may begin there, and
    keeps it or takes it back.
    """

    def __init__(self) -> None:
        self.seq = 0
        self.scene: dict[str, Element] = {}
        self.draft = Scene()
        self._written: dict[str, int] = {}

    def take(self, elements: Iterable[tuple[Element, int]], seq: int) -> None:
        """Bring the mirror to `seq`; each element comes with the delta that wrote it."""
        for element, at in elements:
            self.scene[element["id"]] = element
            self.draft.put(element)
            self._written[element["id"]] = at
        self.seq = max(self.seq, seq)

    def take_delta(self, elements: Iterable[Element], seq: int) -> None:
        """Bring the mirror to `seq` by one delta."""
        self.take(((element, seq) for element in elements), seq)

    def since(self, seq: int) -> tuple[bool, list[Element]]:
        """(whether this is the whole board, its elements in order): only what changed after `seq`, where
        that can be told."""
        if not 0 < seq <= self.seq:
            return True, in_order(self.scene.values())
        return False, in_order(self.scene[id] for id, at in self._written.items() if at > seq)
