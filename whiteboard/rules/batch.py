"""One person's changed elements enter the scene: what that changes, and what the person is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whiteboard.rules import Element
from whiteboard.rules.capacity import has_room
from whiteboard.rules.merge import beats, in_order, rank
from whiteboard.rules.repair import repairs
from whiteboard.rules.scene import Scene


class Full(Exception):
    """The board has no room for these elements; the scene was not touched."""


def absorb(scene: Scene, incoming: list[Element]) -> list[Element]:
    """Merge elements into `scene` (in place), mend what that broke, and return all that
    changed, in order; an empty list where the scene knew it all. Raises Full."""
    newer = [element for element in incoming if beats(element, scene.get(element["id"]))]
    if not newer:
        return []
    if not has_room(scene, newer):
        raise Full
    changed: dict[str, Element] = {}
    for element in newer:
        if beats(element, scene.get(element["id"])):
            changed[element["id"]] = element
            scene.put(element)
    for element in repairs(scene, changed.keys()):
        changed[element["id"]] = element
        scene.put(element)
    return in_order(changed.values())


def foreign(changed: Iterable[Element], sent: Iterable[Element]) -> list[Element]:
    """What of a change its sender does not have: the repairs."""
    own = {(element["id"], rank(element)) for element in sent}
    return [element for element in changed if (element["id"], rank(element)) not in own]


def standing(
    scene: Mapping[str, Element], sent: Iterable[Element]
) -> tuple[list[list[object]], list[Element]]:
    """([id, version, nonce] of each sent element that stands as it was sent, the copies that stand
    instead). What never came to stand is in neither."""
    accepted: dict[str, list[object]] = {}
    instead: dict[str, Element] = {}
    for element in sent:
        id = element["id"]
        if (held := scene.get(id)) is None:
            continue
        if rank(held) == rank(element):
            accepted[id] = [id, element["version"], element["versionNonce"]]
        else:
            instead[id] = held
    return list(accepted.values()), in_order(instead.values())


def knows(scene: Mapping[str, Element], sent: Iterable[Element]) -> bool:
    """Whether all this was merged before, so that sending it again asks for nothing new."""
    return not any(beats(element, scene.get(element["id"])) for element in sent)
