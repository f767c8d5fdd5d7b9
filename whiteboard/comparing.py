"""One drawn system beside another: which kinds of parts and which checks the first has that the other lacks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whiteboard import catalogue
from whiteboard.findings import Finding
from whiteboard.system import Component, System


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part by its name in the palette, and the labels of such parts, as drawn."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`lacking` are kinds that only the model has, `shared` those of both, `own` those of the drawing alone.

    `elements` are the ids of the model's parts that are lacking. `unmet` are the model's good findings whose check the
    drawing does not pass, `met` those that it passes too. `unread` counts parts of the drawing whose kind is not known:
    what seems to be lacking may stand there under another name.
    """

    lacking: tuple[Kind, ...]
    shared: tuple[Kind, ...]
    own: tuple[Kind, ...]
    elements: tuple[str, ...]
    unmet: tuple[Finding, ...]
    met: tuple[Finding, ...]
    unread: int


def compare(
    drawing: System, model: System, *, found: Sequence[Finding], expected: Sequence[Finding]
) -> Comparison:
    """`found` are the findings on the drawing, `expected` those on the model."""
    theirs, models = ({one.kind for one in system.components if one.kind} for system in (drawing, model))
    passed = {one.check for one in found if one.kind == "good"}
    good = {one.check: one for one in expected if one.kind == "good"}
    return Comparison(
        lacking=_kinds(model, models - theirs),
        shared=_kinds(model, models & theirs),
        own=_kinds(drawing, theirs - models),
        elements=tuple(one.id for one in model.components if one.kind in models - theirs),
        unmet=tuple(one for check, one in good.items() if check not in passed),
        met=tuple(one for check, one in good.items() if check in passed),
        unread=sum(not one.kind for one in drawing.components),
    )


def _kinds(system: System, wanted: set[str]) -> tuple[Kind, ...]:
    """These kinds in the order in which the system has them."""
    parts: dict[str, list[Component]] = {}
    for one in system.components:
        if one.kind in wanted:
            parts.setdefault(one.kind, []).append(one)
    names = catalogue.kinds()
    return tuple(
        Kind(names[kind].name, tuple(" ".join(one.label.split()) for one in found))
        for kind, found in parts.items()
    )
