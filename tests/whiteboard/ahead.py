"""What a browser shows of a board before it is committed, and how it takes that back."""

from __future__ import annotations

from typing import Any

from whiteboard.rules.merge import rank

Element = dict[str, Any]


class Ahead:
    """The copies that were relayed ahead of their commit: by id, the number that each waits for and its rank."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[int, tuple[int, int]]] = {}

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def hear(self, message: dict[str, Any], scene: dict[str, Element]) -> None:
        """Before the elements of a message are merged: drop from `scene` what a whole board says nothing of."""
        if message["t"] == "board.init" and message["full"]:
            for id, (_, standing) in self._waiting.items():
                if id in scene and rank(scene[id]) == standing:
                    del scene[id]
            self._waiting.clear()
        self._waiting = {id: one for id, one in self._waiting.items() if one[0] > message["seq"]}
        for element in message.get("elements", []) if "ahead" in message else []:
            if _is_news(element, scene):
                self._waiting[element["id"]] = message["ahead"], rank(element)


def _is_news(element: Element, scene: dict[str, Element]) -> bool:
    """Whether a copy is not what stands here already: of one's own edit, still unanswered, nothing is taken back."""
    mine = scene.get(element["id"])
    return mine is None or rank(mine) < rank(element)
