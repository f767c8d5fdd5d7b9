"""What a delta costs beyond reading its JSON: validating, merging and mending four moved boxes on boards of
growing size, by the function that a room calls."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count

import orjson

from tests.bench.timing import ratio
from whiteboard.rules import Element, validate
from whiteboard.rules.batch import absorb
from whiteboard.rules.scene import Scene


def run() -> Iterator[str]:
    for size in (100, 500, 2_000):
        scene = Scene(map(_box, range(size)))
        versions = count(2)
        frame = orjson.dumps({"t": "board.delta", "ref": 1, "elements": _moved(2)})
        cost = ratio(
            lambda: absorb(scene, validate.elements(_moved(next(versions)))[0]),  # noqa: B023
            lambda: orjson.loads(frame),  # noqa: B023
        )
        yield f"{size:>5} elements: taking 4 in costs {cost:.1f} x reading their JSON"


def _moved(version: int) -> list[Element]:
    """Newer each time, or there would be nothing to merge."""
    return [{**_box(i), "version": version} for i in range(4)]


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
