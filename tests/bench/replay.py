"""What the replay of a 45-minute session with 400 elements and 6,000 updates costs: stored bytes, opening, and
finding the board at a second; times also as a ratio to reading the raw log's JSON."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median

import orjson

from interviews.rules.splices import Splice, splice
from tests.bench.timing import ratio, seconds
from whiteboard import render
from whiteboard.replay import Entry, Timeline, pack, unpack
from whiteboard.rules import Element

MINUTES, ELEMENTS, UPDATES = 45, 400, 6_000
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def run() -> Iterator[str]:
    chance = random.Random(7)
    log = log_of(chance)
    raw = orjson.dumps([[entry.seq, entry.author, entry.elements] for entry in log])
    packed = pack(log)
    notes = orjson.dumps([[one.start, one.removed, one.inserted] for one in splices_of(chance)])
    entries = unpack(packed)
    timeline = Timeline(entries)
    moments = [START + timedelta(seconds=chance.uniform(0, MINUTES * 60)) for _ in range(200)]

    yield f"packed: {len(packed) / 1e6:.2f} MB of {len(raw) / 1e6:.2f} MB raw, note revisions {len(notes) / 1e6:.2f} MB"
    opening = median(seconds(lambda: Timeline(unpack(packed))) for _ in range(5))
    against = ratio(lambda: Timeline(unpack(packed)), lambda: orjson.loads(raw), rounds=10)
    yield f"opening: {opening * 1e3:.0f} ms, {against:.1f} x reading the raw log's JSON"
    finding = median(seconds(lambda: timeline.at(moment)) for moment in moments)  # noqa: B023
    yield f"the board at a second, once open: {finding * 1e3:.2f} ms"
    drawing = median(seconds(lambda: render.svg(timeline.at(moment).values())) for moment in moments[:20])  # noqa: B023
    yield f"and drawn as SVG: {drawing * 1e3:.0f} ms"


def log_of(chance: random.Random) -> list[Entry]:
    """Every 15th update draws something new; the others move, resize, relabel or delete what is there."""
    drawn: list[Element] = []
    entries = []
    for seq in range(1, UPDATES + 1):
        if len(drawn) < ELEMENTS and seq % (UPDATES // ELEMENTS) == 1:
            drawn.append(_element(len(drawn), chance))
            changed = drawn[-1]
        else:
            place = chance.randrange(len(drawn))
            changed = drawn[place] = _changed(drawn[place], chance)
        at = START + timedelta(seconds=MINUTES * 60 * seq / UPDATES, microseconds=chance.randrange(100_000))
        entries.append(Entry(seq, at, chance.choice((1, 2)), (changed,)))
    return entries


def _element(i: int, chance: random.Random) -> Element:
    """As full of keys as Excalidraw sends it."""
    kind = ("rectangle", "text", "arrow", "freedraw")[i % 4]
    own: Element = {}
    if kind == "text":
        own = {
            "text": f"ranker {i}, 20 ms p99",
            "originalText": f"ranker {i}, 20 ms p99",
            "fontSize": 20,
            "fontFamily": 5,
        }
    if kind in ("arrow", "freedraw"):
        count = 2 if kind == "arrow" else 40
        own = {
            "points": [[chance.uniform(0, 200), chance.uniform(0, 90)] for _ in range(count)],
            "startBinding": None,
        }
    return {
        "id": f"{chance.getrandbits(120):x}",
        "type": kind,
        "version": 1,
        "versionNonce": chance.randrange(2**31),
        "index": f"a{i:04}",
        "isDeleted": False,
        "x": chance.uniform(-2000, 2000),
        "y": chance.uniform(-2000, 2000),
        "width": 120.0,
        "height": 60.0,
        "angle": 0,
        "strokeColor": "#1e1e1e",
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 2,
        "strokeStyle": "solid",
        "roughness": 1,
        "opacity": 100,
        "groupIds": [],
        "frameId": None,
        "roundness": {"type": 3},
        "seed": chance.randrange(2**31),
        "updated": 1_772_366_400_000 + i,
        "boundElements": None,
        "link": None,
        "locked": False,
        **own,
    }


def _changed(old: Element, chance: random.Random) -> Element:
    new = {
        **old,
        "version": old["version"] + 1,
        "versionNonce": chance.randrange(2**31),
        "updated": old["updated"] + chance.randrange(60_000),
        "x": old["x"] + chance.uniform(-50, 50),
        "y": old["y"] + chance.uniform(-50, 50),
    }
    if chance.random() < 0.1:
        new["width"] = chance.uniform(40, 400)
    if chance.random() < 0.02:
        new["isDeleted"] = not old["isDeleted"]
    return new


def splices_of(chance: random.Random) -> Iterator[Splice]:
    """A save every two seconds, of a text that grows by a few words at some place."""
    text = ""
    for _ in range(MINUTES * 30):
        place = chance.randrange(len(text) + 1)
        after = text[:place] + "the labels come late, " + text[place:]
        yield splice(text, after)
        text = after
