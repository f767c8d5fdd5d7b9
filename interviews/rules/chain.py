"""The chain from the business goal to the guardrail, and where it breaks.

Each link stands for the one above it: a model is trained on the loss, and serves what the company wanted only while
every link holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["holds", "weak", "wrong", "missing", "unsaid"]

# (the link's key in a guide's `objective_chain`, its name, the items that show it, the strongest counts)
LINKS = (
    ("business_goal", "Business goal", ("clarify.goal", "clarify.success")),
    ("ml_objective", "ML objective", ("frame.objective",)),
    ("loss", "Loss", ("model.loss",)),
    ("offline_metric", "Offline metric", ("evaluate.offline",)),
    ("online_metric", "Online metric", ("evaluate.online",)),
    ("guardrail", "Guardrail", ("evaluate.guardrails",)),
)


@dataclass(frozen=True, slots=True)
class Link:
    """`item` is the one of its items with the highest level, `level` that level 0-3; None where the source says
    nothing of it ("unsaid"). "wrong": what was said is known to be wrong."""

    key: str
    name: str
    item: str
    level: int | None
    state: State


@dataclass(frozen=True, slots=True)
class Chain:
    """`broken` is the first link that is missing or wrong, else the first weak one; None where all that the source
    speaks of holds. `before` is the link above it, None for the first."""

    links: tuple[Link, ...]
    broken: Link | None
    before: Link | None


def chain(levels: Mapping[str, int], wrong: Sequence[str] = ()) -> Chain:
    """By the levels of one source, {item: 0-3} of what it speaks of. `wrong` are items whose evidence is known to claim
    something wrong; a link that was worked out (2 or 3) is not doubted for that."""
    links = tuple(_link(key, name, items, levels, wrong) for key, name, items in LINKS)
    broken = next((one for one in links if one.state in ("missing", "wrong")), None)
    broken = broken or next((one for one in links if one.state == "weak"), None)
    place = links.index(broken) if broken else 0
    return Chain(links, broken, links[place - 1] if place else None)


def _link(key: str, name: str, items: Sequence[str], levels: Mapping[str, int], wrong: Sequence[str]) -> Link:
    said = [item for item in items if item in levels]
    if not said:
        return Link(key, name, items[0], None, "unsaid")
    item = max(said, key=lambda one: levels[one])  # of equals the first
    level = levels[item]
    if level == 0:
        return Link(key, name, item, level, "missing")
    if level == 1:
        return Link(key, name, item, level, "wrong" if item in wrong else "weak")
    return Link(key, name, item, level, "holds")
