from __future__ import annotations

import random
from typing import Any

import pytest

from tests.whiteboard.drawing import arrow, box, text
from whiteboard.rules import Element
from whiteboard.rules.scene import Scene


def known(scene: Scene) -> dict[str, Any]:
    return {key: value for key, value in vars(scene).items() if key != "_undo"}


def drawn(chance: random.Random) -> Element:
    id = f"e{chance.randrange(12)}"
    targets = [None, *(f"e{n}" for n in range(12))]
    values: dict[str, Any] = {"isDeleted": chance.random() < 0.3, "index": chance.choice([None, "a0", "a1"])}
    kind = chance.choice(["box", "text", "arrow"])
    if kind == "box":
        return box(id, **values)
    if kind == "text":
        return text(id, "x" * chance.randrange(9), chance.choice(targets), **values)
    return arrow(id, chance.choice(targets), chance.choice(targets), **values)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_kept_up_to_date_is_what_one_look_at_all_would_find(seed: int) -> None:
    chance = random.Random(seed)
    scene = Scene()
    for _ in range(60):
        scene.put(drawn(chance))
    assert known(scene) == known(Scene(scene.values()))
