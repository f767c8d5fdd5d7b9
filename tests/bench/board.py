"""What a delta costs beyond reading its JSON: validation and merge of one moved box into boards of growing size."""

from __future__ import annotations

import random
from collections.abc import Iterator

import orjson

from tests.bench.timing import ratio
from whiteboard.rules import Element, validate
from whiteboard.rules.merge import merge


def run() -> Iterator[str]:
    for size in (100, 500, 2_000):
        scene = {box["id"]: box for box in (_box(i) for i in range(size))}
        moved = [{**_box(i), "version": 2} for i in range(4)]
        frame = orjson.dumps({"t": "board.delta", "ref": 1, "elements": moved})
        cost = ratio(lambda: merge(scene, validate.elements(moved)[0]), lambda: orjson.loads(frame))  # noqa: B023
        yield f"{size:>5} elements: validating and merging 4 costs {cost:.1f} x reading their JSON"


def _box(i: int) -> Element:
    return {
        "id": f"box-{i}",
        "type": "rectangle",
        "version": 1,
        "versionNonce": random.Random(i).randrange(2**31),
        "isDeleted": False,
        "x": i,
        "y": i,
        "width": 120,
        "height": 60,
    }
