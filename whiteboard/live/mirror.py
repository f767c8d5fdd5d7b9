"""A process's copy of one board: every element with the delta that wrote it, and what is drawn but not committed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import orjson

from whiteboard.live.edit import Edit
from whiteboard.live.store import Delta
from whiteboard.rules import Element
from whiteboard.rules.batch import Full, absorb
from whiteboard.rules.merge import in_order
from whiteboard.rules.scene import Scene


class Mirror:
    """The board as of delta `seq`, which only ever takes in what is committed, in the order of the log.

    `drawn` are the edits that are not committed yet, in the order in which they came. `draft` is the board with them on
    it. Mostly they are committed as they stand there; where others wrote first or one is refused, what the rest come to
    is worked out anew. `is_stale` says that something of it had been relayed by then, so that screens may show what the
    log will not hold.
    """

    def __init__(self) -> None:
        self.seq = 0
        self.scene: dict[str, Element] = {}
        self.draft = Scene()
        self.drawn: dict[Edit, None] = {}
        self.is_stale = False
        self._written: dict[str, int] = {}
        self._changes = 0

    def draw(self, edit: Edit) -> None:
        """Put an edit on the draft, if it is not there."""
        if edit not in self.drawn:
            self.drawn[edit] = None
            self._absorb(edit)

    @property
    def draft_seq(self) -> int:
        """The number that the last edit of the draft will have in the log if nobody else writes."""
        return self.seq + self._changes

    def redraw(self, missed: Iterable[tuple[Element, int]] = ()) -> None:
        """Work out anew what the edits come to, on the board and what others are known to have written after it."""
        self.draft, self._changes = Scene(self.scene.values()), 0
        for element, _ in missed:
            self.draft.put(element)
        for edit in self.drawn:
            self.is_stale |= edit.ahead > 0
            self._absorb(edit)

    def drop(self, edits: Collection[Edit]) -> None:
        """Take edits off the draft that will not be committed."""
        dropped = [edit for edit in edits if edit in self.drawn]
        for edit in dropped:
            del self.drawn[edit]
        self.is_stale |= any(edit.ahead for edit in dropped)
        if any(edit.changed for edit in dropped):
            self.redraw()

    def take(self, elements: Collection[tuple[Element, int]], seq: int) -> None:
        """Bring the mirror to `seq` by what others wrote; each element comes with the delta that wrote it."""
        for element, at in elements:
            self._note(element, at)
            self.draft.put(element)
        self.seq = max(self.seq, seq)
        if self.drawn and elements:
            self.redraw()

    def take_drawn(
        self,
        edits: Collection[Edit],
        missed: Iterable[tuple[Element, int]],
        written: Sequence[tuple[Delta, Edit]],
        seq: int,
    ) -> None:
        """Bring the mirror to `seq` by what others had written and what of these edits was written after it, as it
        stands on the draft; the other edits come off it."""
        for element, at in missed:
            self._note(element, at)
        for delta, edit in written:
            for element in delta.elements:
                self._note(element, delta.seq)
            del self.drawn[edit]
            self._changes -= 1
            edit.changed, edit.json = [], None  # written twice it would be another delta
        self.seq = max(self.seq, seq)
        self.drop(edits)

    def since(self, seq: int) -> tuple[bool, list[Element]]:
        """(whether this is the whole board, its elements in order): only what changed after `seq`, where
        that can be told."""
        if not 0 < seq <= self.seq:
            return True, in_order(self.scene.values())
        return False, in_order(self.scene[id] for id, at in self._written.items() if at > seq)

    def _note(self, element: Element, at: int) -> None:
        self.scene[element["id"]] = element
        self._written[element["id"]] = at

    def _absorb(self, edit: Edit) -> None:
        edit.changed, edit.is_full, edit.ahead = [], False, 0
        try:
            edit.changed = absorb(self.draft, edit.elements)
        except Full:
            edit.is_full = True
        self._changes += bool(edit.changed)
        edit.json = orjson.Fragment(orjson.dumps(edit.changed)) if edit.changed else None
