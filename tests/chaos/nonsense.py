"""What no browser would send."""

from __future__ import annotations

import json
import random

_SIMPLE: list[object] = [
    *(None, True, -1, 0, 2**60, 1e308, "", "id", "rectangle", "\ud7ff", "\x00", "javascript:alert(1)"),
]
_KEYS = [
    "id",
    "type",
    "version",
    "versionNonce",
    "x",
    "y",
    "width",
    "height",
    "isDeleted",
    "points",
    "t",
    "index",
]
_TYPES = [
    "board.delta",
    "pointer",
    "notes.save",
    "ping",
    "signal",
    "chat.say",
    "private.save",
    "presence.step",
]
LARGEST = 256 * 1024


def anything(chance: random.Random, depth: int = 4) -> object:
    """Some JSON, with keys that elements have."""
    if depth == 0 or chance.random() < 0.3:
        return chance.choice(_SIMPLE)
    if chance.random() < 0.5:
        return [anything(chance, depth - 1) for _ in range(chance.randrange(4))]
    return {chance.choice(_KEYS): anything(chance, depth - 1) for _ in range(chance.randrange(8))}


def message(chance: random.Random) -> str:
    """A frame of some known type, full of nonsense."""
    value = anything(chance)
    body = {"t": chance.choice(_TYPES), "ref": 1, "elements": [value]}
    return json.dumps(body | (value if isinstance(value, dict) else {}))


def frame(chance: random.Random) -> str | bytes:
    """Half of it JSON of our own types; then spoilt text, bytes, and what is too large."""
    kind = chance.random()
    if kind < 0.5:
        return message(chance)
    if kind < 0.8:
        text = list(message(chance))
        for _ in range(1 + chance.randrange(4)):
            text[chance.randrange(len(text))] = chr(chance.randrange(32, 0x2000))
        return "".join(text)
    if kind < 0.95:
        return chance.randbytes(chance.randrange(1, 200))
    return json.dumps({"t": "ping", "at": 1, "pad": "x" * (LARGEST + chance.randrange(LARGEST))})
