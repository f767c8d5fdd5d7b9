"""Which of two copies of an element stands. Excalidraw's own rule, so that server and browsers agree.

Higher `version` wins; of two equal versions the lower `versionNonce`. The rule is idempotent, commutative and
associative, so resending, reordering and two web processes are harmless.
"""

from __future__ import annotations

from collections.abc import Iterable

from whiteboard.rules import Element


def rank(element: Element) -> tuple[int, int]:
    """The larger rank stands."""
    return element["version"], -element["versionNonce"]


def beats(new: Element, old: Element | None) -> bool:
    """Whether `new` replaces `old`; a copy of the same never does."""
    return old is None or rank(new) > rank(old)


def place(element: Element) -> tuple[str, str]:
    """Where an element stands in the drawing order: fractional index, then id."""
    return element.get("index") or "", element["id"]


def in_order(elements: Iterable[Element]) -> list[Element]:
    """Elements from back to front. Every message is sent in this order: a browser that gets them out of order
    invents new indices, and so new versions, for what somebody else drew."""
    return sorted(elements, key=place)
