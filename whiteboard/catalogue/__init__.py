"""The kinds of parts that a board knows: what the palette offers, labels mean, and checks speak of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Loop = Literal["online", "offline", "bridge"]
Look = Literal["service", "store", "frame"]

# (fill, stroke) of what works in a loop; a stroke on its fill has a contrast of 4.5:1 or more.
COLOURS: dict[Loop, tuple[str, str]] = {
    "offline": ("#fff3d6", "#92400e"),
    "online": ("#dbeafe", "#1d4ed8"),
    "bridge": ("#ccfbf1", "#0f766e"),
}
_FILE = Path(__file__).with_name("parts.yaml")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a part is, or an area for parts; `loop` is where it works."""

    id: str
    name: str
    look: Look
    loop: Loop
    meaning: str

    @property
    def fill(self) -> str:
        return COLOURS[self.loop][0]

    @property
    def stroke(self) -> str:
        return COLOURS[self.loop][1]

    @property
    def is_area(self) -> bool:
        return self.look == "frame"


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that stand together in the palette."""

    name: str
    kinds: tuple[Kind, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Every kind, in the order of the palette."""
    data = yaml.safe_load(_FILE.read_text())
    return tuple(
        Group(group["name"], tuple(Kind(**{"loop": group.get("loop"), **part}) for part in group["parts"]))
        for group in data["groups"]
    )


@cache
def kinds() -> dict[str, Kind]:
    """{id: kind} of what a part can be: without the areas."""
    return {kind.id: kind for group in groups() for kind in group.kinds if not kind.is_area}
