"""Ten thousand frames that no browser would send: each is a message, or is refused in words; nothing else is raised."""

from __future__ import annotations

import json
import random

import pytest

from interviews.room import frames
from tests.whiteboard.drawing import arrow, box, text
from whiteboard.rules import validate

_SIMPLE = [None, True, -1, 0, 2**60, 1e308, "", "id", "rectangle", "\ud7ff", "\x00", "javascript:alert(1)"]
_TYPES = [
    "board.delta",
    "pointer",
    "notes.save",
    "private.save",
    "presence.step",
    "chat.say",
    "signal",
    "ping",
    "nope",
    7,
]
_KEYS = ["ref", "elements", "x", "y", "tool", "button", "selected", "step", "text", "base", "at", "t"]


@pytest.mark.asvs("2.2.1")
def test_fuzzed_frames_are_messages_or_refused_in_words() -> None:
    chance = random.Random(11)
    taken = 0
    reasons: list[str] = []
    for _ in range(10_000):
        try:
            frame = frames.parse(_frame(chance))
        except frames.BadFrame as error:
            reasons.append(str(error))
            continue
        taken += 1
        if isinstance(frame, frames.BoardDelta):
            good, problems = validate.elements(frame.elements)
            assert len(good) + len(problems) == len(frame.elements)
            # What was let in is clean: a second look finds nothing to drop and nothing to refuse.
            assert validate.elements(good) == (good, [])
    assert taken > 500
    assert len(reasons) > 500
    assert all(reason.endswith(".") for reason in reasons)


def _frame(chance: random.Random) -> str:
    message = {"t": chance.choice(_TYPES), "ref": 1, "base": 0, "at": 1, "text": "", "step": "a"}
    message["elements"] = [_element(chance) for _ in range(chance.randrange(4))]
    for _ in range(chance.randrange(3)):
        message[chance.choice(_KEYS)] = _anything(chance, 3)
    raw = json.dumps(message)
    if chance.random() < 0.2:
        cut = chance.randrange(len(raw))
        return raw[:cut] + chance.choice(["", "\x00", "}", "[", '"']) + raw[cut + 1 :]
    return raw


def _element(chance: random.Random) -> object:
    """One of ours with a few keys spoilt, or nothing of ours at all."""
    if chance.random() < 0.1:
        return _anything(chance, 3)
    element = chance.choice([box("b"), text("t", "words", "b"), arrow("a", "b", "t")])
    spoilt = {chance.choice(list(element)): _anything(chance, 3) for _ in range(chance.randrange(3))}
    return {**element, **spoilt}


def _anything(chance: random.Random, depth: int) -> object:
    if depth == 0 or chance.random() < 0.4:
        return chance.choice(_SIMPLE)
    if chance.random() < 0.5:
        return [_anything(chance, depth - 1) for _ in range(chance.randrange(4))]
    return {chance.choice(_KEYS): _anything(chance, depth - 1) for _ in range(chance.randrange(5))}
