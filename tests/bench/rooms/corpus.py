"""What the drawers send: changes of elements as Excalidraw makes them, which always sends elements whole.

    70 %  one shape is dragged, resized or typed in       0.5-0.7 kB, all of it but that as it stood
    16 %  one stroke of the pen that grows                0.9-4 kB
    10 %  2 to 5 elements: a shape, its text, arrows      0.9-2.5 kB
     4 %  6 to 16 elements: a group moves, a paste        2.7-8 kB

The first element of a change has 16 digits in `updated` for the stamp of the moment it is sent, and every element 7
digits in `version`, so that both can be written into a ready frame.
"""

from __future__ import annotations

import random

from whiteboard.rules import Element

ELEMENTS = 400
STAMP = 10**15
VERSION = 10**6
_SHAPES = ("rectangle", "ellipse", "diamond", "arrow", "line", "text")
_COLOURS = ("#1e1e1e", "#e03131", "#2f9e44", "#1971c2", "#f08c00")
_FILLS = ("transparent", "#ffc9c9", "#b2f2bb", "#a5d8ff", "#ffec99")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_UPDATED = 1_763_650_000_000


def changes(count: int = 400, seed: int = 7) -> list[list[Element]]:
    """So many changes of the elements of one board; the same for the same seed."""
    chance = random.Random(seed)
    return [_stamped(_change(chance)) for _ in range(count)]


def board(count: int) -> list[Element]:
    """The first elements of that board as somebody drew them before."""
    return [{**_shape(place), "version": 1} for place in range(count)]


def _change(chance: random.Random) -> list[Element]:
    kind = chance.random()
    if kind < 0.70:
        return [_worked_on(chance, _shape(chance.randrange(ELEMENTS)))]
    if kind < 0.86:
        return [_stroke(ELEMENTS + chance.randrange(ELEMENTS), chance.randrange(30, 250))]
    count = chance.randrange(2, 6) if kind < 0.96 else chance.randrange(6, 17)
    return [_dragged(chance, _shape(place)) for place in sorted(chance.sample(range(ELEMENTS), count))]


def _worked_on(chance: random.Random, shape: Element) -> Element:
    act = chance.random()
    if act < 0.6:
        return _dragged(chance, shape)
    if act < 0.8 and shape["type"] == "text":
        return shape | _typed(chance)
    return shape | {side: round(chance.uniform(10, 600), 6) for side in ("width", "height")}


def _dragged(chance: random.Random, shape: Element) -> Element:
    return shape | {axis: round(chance.uniform(-2000, 2000), 6) for axis in ("x", "y")}


def _stamped(change: list[Element]) -> list[Element]:
    return [{**change[0], "updated": STAMP}, *change[1:]]


def _shape(place: int) -> Element:
    """An element keeps its looks, like its id and its index, for as long as it stands."""
    chance = random.Random(place)
    kind = _SHAPES[place % len(_SHAPES)]
    element = _element(chance, place, kind)
    if kind == "text":
        return element | {
            **_typed(chance),
            "fontSize": 20,
            "fontFamily": 5,
            "textAlign": "left",
            "verticalAlign": "top",
            "containerId": None,
            "autoResize": True,
            "lineHeight": 1.25,
        }
    if kind in ("arrow", "line"):
        return element | {
            "points": [[0, 0], [round(chance.uniform(5, 500), 6), round(chance.uniform(5, 300), 6)]],
            "lastCommittedPoint": None,
            "startBinding": None,
            "endBinding": None,
            "startArrowhead": None,
            "endArrowhead": "arrow" if kind == "arrow" else None,
        }
    return element


def _typed(chance: random.Random) -> Element:
    words = "".join(chance.choice("etaoin shrdlu") for _ in range(chance.randrange(8, 80)))
    return {"text": words, "originalText": words}


def _stroke(place: int, length: int) -> Element:
    """The first points of a stroke that grows."""
    chance = random.Random(place)
    element = _element(chance, place, "freedraw")
    x = y = 0.0
    points = [[x, y]]
    for _ in range(length):
        x, y = x + chance.uniform(-6, 9), y + chance.uniform(-6, 6)
        points.append([round(x, 2), round(y, 2)])
    return element | {
        "points": points,
        "pressures": [],
        "simulatePressure": True,
        "lastCommittedPoint": points[-1],
    }


def _element(chance: random.Random, place: int, kind: str) -> Element:
    return {
        "id": "".join(chance.choices(_LETTERS, k=21)),
        "type": kind,
        "x": round(chance.uniform(-2000, 2000), 6),
        "y": round(chance.uniform(-2000, 2000), 6),
        "width": round(chance.uniform(10, 600), 6),
        "height": round(chance.uniform(10, 400), 6),
        "angle": 0,
        "strokeColor": chance.choice(_COLOURS),
        "backgroundColor": chance.choice(_FILLS),
        "fillStyle": "solid",
        "strokeWidth": 2,
        "strokeStyle": "solid",
        "roughness": 1,
        "opacity": 100,
        "groupIds": [],
        "frameId": None,
        "index": f"c{place:03}",
        "roundness": {"type": 3},
        "seed": chance.randrange(1, 2**31),
        "version": VERSION,
        "versionNonce": chance.randrange(10**8, 10**9),
        "isDeleted": False,
        "boundElements": [],
        "updated": _UPDATED,
        "link": None,
        "locked": False,
    }
