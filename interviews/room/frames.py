"""What a browser may say: each message parsed into a typed value, or refused with a reason."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeGuard

import orjson

from interviews.rules import signal

MAX_BYTES = 256 * 1024
_TOOLS = ("pointer", "laser")
_BUTTONS = ("up", "down")
_NUMBERS = frozenset({int, float})  # and not bool, which counts as an int


class BadFrame(Exception):
    """This is not a message of the protocol; the text says why."""


@dataclass(frozen=True, slots=True)
class BoardDelta:
    ref: int
    elements: list[Any]


@dataclass(
    slots=True
)  # not frozen: each hand makes twenty a second, and freezing is most of what making one costs
class Pointer:
    """Where somebody points. `view` is what they see of the scene, [x, y, width, height], for those who follow."""

    x: float
    y: float
    tool: str
    button: str
    selected: list[str]
    view: list[float] | None = None


@dataclass(frozen=True, slots=True)
class SaveNote:
    ref: int
    step: str
    text: str
    base: int


@dataclass(frozen=True, slots=True)
class SavePrivateNote:
    ref: int
    text: str
    base: int


@dataclass(frozen=True, slots=True)
class SayInChat:
    """`ref` is the writer's own number for the message, also when it is sent again."""

    ref: int
    text: str


@dataclass(frozen=True, slots=True)
class Signal:
    """`data` for the seat `to`, which finds out with it how to call this browser (rules.signal)."""

    to: int
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AtStep:
    step: str


@dataclass(frozen=True, slots=True)
class Ping:
    at: float


Frame = BoardDelta | Pointer | SaveNote | SavePrivateNote | SayInChat | Signal | AtStep | Ping


def parse(raw: str | bytes) -> Frame:
    """The message in one text frame of JSON; BadFrame for everything else."""
    try:
        message = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise BadFrame(f"This is not JSON: {error}.") from error
    if not isinstance(message, dict):
        raise BadFrame("A message is a JSON object.")
    read = _READERS.get(str(message.get("t")))
    if read is None:
        raise BadFrame("There is no message of this type.")
    return read(message)


def _board_delta(message: dict[str, Any]) -> BoardDelta:
    elements = message.get("elements")
    if not isinstance(elements, list):
        raise BadFrame("elements must be a list.")
    return BoardDelta(_whole(message, "ref"), elements)


def _pointer(message: dict[str, Any]) -> Pointer:
    selected = message.get("selected", [])
    if not isinstance(selected, list) or len(selected) > 50:
        raise BadFrame("selected must be a list of at most 50 ids.")
    return Pointer(
        _number(message, "x"),
        _number(message, "y"),
        _one_of(message, "tool", _TOOLS),
        _one_of(message, "button", _BUTTONS),
        [str(id)[:64] for id in selected],
        _view(message.get("view")),
    )


def _view(value: Any) -> list[float] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:
        raise BadFrame("view must be [x, y, width, height].")
    if not all(map(_is_finite, value)):
        raise BadFrame("view must be finite numbers.")
    return value


def _save_note(message: dict[str, Any]) -> SaveNote:
    return SaveNote(
        _whole(message, "ref"), _text(message, "step", 40), _text(message, "text"), _whole(message, "base")
    )


def _save_private(message: dict[str, Any]) -> SavePrivateNote:
    return SavePrivateNote(_whole(message, "ref"), _text(message, "text"), _whole(message, "base"))


def _chat_say(message: dict[str, Any]) -> SayInChat:
    return SayInChat(_whole(message, "ref"), _text(message, "text", 20_000))


def _signal(message: dict[str, Any]) -> Signal:
    try:
        return Signal(_whole(message, "to"), signal.read(message.get("data")))
    except signal.NoSignal as error:
        raise BadFrame(str(error)) from error


def _at_step(message: dict[str, Any]) -> AtStep:
    return AtStep(_text(message, "step", 40))


def _ping(message: dict[str, Any]) -> Ping:
    return Ping(_number(message, "at"))


_READERS: dict[str, Callable[[dict[str, Any]], Frame]] = {
    "board.delta": _board_delta,
    "pointer": _pointer,
    "notes.save": _save_note,
    "private.save": _save_private,
    "chat.say": _chat_say,
    "signal": _signal,
    "presence.step": _at_step,
    "ping": _ping,
}


def _whole(message: dict[str, Any], key: str) -> int:
    value = message.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise BadFrame(f"{key} must be a whole number.")
    return value


def _number(message: dict[str, Any], key: str) -> float:
    value = message.get(key)
    if _is_finite(value):
        return value
    raise BadFrame(f"{key} must be a finite number.")


def _is_finite(value: Any) -> TypeGuard[float]:
    return type(value) in _NUMBERS and math.isfinite(value)


def _text(message: dict[str, Any], key: str, limit: int = MAX_BYTES) -> str:
    value = message.get(key)
    if not isinstance(value, str) or len(value) > limit:
        raise BadFrame(f"{key} must be text of at most {limit} characters.")
    # Postgres stores no NUL, and no text that a person types holds one.
    return value.replace("\x00", "")


def _one_of(message: dict[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = message.get(key)
    if value not in allowed:
        raise BadFrame(f"{key} must be one of {', '.join(allowed)}.")
    return str(value)
