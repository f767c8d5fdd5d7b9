"""A whole scene merged by the rule: what a client does, and what the tests compare with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whiteboard.rules import Element
from whiteboard.rules.merge import beats


def merge(scene: Mapping[str, Element], incoming: Iterable[Element]) -> dict[str, Element]:
    """The scene (by element id) after `incoming`; neither is changed."""
    merged = dict(scene)
    for element in incoming:
        if beats(element, merged.get(element["id"])):
            merged[element["id"]] = element
    return merged
