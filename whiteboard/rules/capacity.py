"""How much one board may hold, so that it stays quick to open for whoever comes late."""

from __future__ import annotations

from collections.abc import Iterable

from whiteboard.rules import Element
from whiteboard.rules.scene import Scene, weight

MAX_ELEMENTS = 2_000
# Deleted elements stay as tombstones, so that a browser that was away hears of the deletion.
MAX_WITH_DELETED = 6_000
MAX_BYTES = 8_000_000


def has_room(scene: Scene, incoming: Iterable[Element]) -> bool:
    """Whether a board takes these elements. Deleting, and changing without growing, is always allowed."""
    arriving = {element["id"]: element for element in incoming}
    new = [element for id, element in arriving.items() if id not in scene]
    growth = sum(map(weight, arriving.values())) - sum(weight(scene[id]) for id in arriving if id in scene)
    if growth > 0 and growth + scene.weight > MAX_BYTES:
        return False
    if not new:
        return True
    drawn = sum(not element["isDeleted"] for element in new)
    return len(scene) + len(new) <= MAX_WITH_DELETED and (not drawn or scene.living + drawn <= MAX_ELEMENTS)
