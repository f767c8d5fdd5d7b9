"""What two browsers tell each other, through the server, to find a way for their call.

    {"me": token, "you": token or null, and one of
     "state": {"here": bool, "asks": bool, "mic": "on" | "off" | "none", "camera": bool},
     "description": {"type": "offer" | "answer", "sdp": str},
     "candidate": {"candidate": str, "sdpMid": str or null, "sdpMLineIndex": int or null,
                   "usernameFragment": str or null}}

`me` and `you` name pages, not people: one may have the room open twice. Nothing of it is stored, and what is passed on
was built here, key by key.
"""

from __future__ import annotations

from typing import Any

MAX_SDP = 24_000
MAX_CANDIDATE = 1_000
MAX_TOKEN = 40
_MICS = ("on", "off", "none")


class NoSignal(ValueError):
    """This is none; the text says why."""


def read(data: Any) -> dict[str, Any]:
    """The signal in this decoded JSON, with known keys only; NoSignal where there is none."""
    if not isinstance(data, dict):
        raise NoSignal("data must be an object.")
    found = [kind for kind in _READERS if kind in data]
    if len(found) != 1:
        raise NoSignal(f"data must hold one of {', '.join(_READERS)}.")
    kind = found[0]
    if not isinstance(data[kind], dict):
        raise NoSignal(f"{kind} must be an object.")
    me, you = _text(data, "me", MAX_TOKEN), _text_or_null(data, "you", MAX_TOKEN)
    return {"me": me, "you": you, kind: _READERS[kind](data[kind])}


def _state(said: dict[str, Any]) -> dict[str, Any]:
    if said.get("mic") not in _MICS:
        raise NoSignal(f"mic must be one of {', '.join(_MICS)}.")
    return {"mic": said["mic"], **{key: _yes(said, key) for key in ("here", "asks", "camera")}}


def _description(said: dict[str, Any]) -> dict[str, Any]:
    if said.get("type") not in ("offer", "answer"):
        raise NoSignal("type must be offer or answer.")
    return {"type": said["type"], "sdp": _text(said, "sdp", MAX_SDP)}


def _candidate(said: dict[str, Any]) -> dict[str, Any]:
    line = said.get("sdpMLineIndex")
    if line is not None and (isinstance(line, bool) or not isinstance(line, int) or not 0 <= line < 256):
        raise NoSignal("sdpMLineIndex must be a small whole number.")
    return {
        "candidate": _text(said, "candidate", MAX_CANDIDATE),
        "sdpMid": _text_or_null(said, "sdpMid", MAX_TOKEN),
        "sdpMLineIndex": line,
        "usernameFragment": _text_or_null(said, "usernameFragment", 256),
    }


_READERS = {"state": _state, "description": _description, "candidate": _candidate}


def _yes(said: dict[str, Any], key: str) -> bool:
    if not isinstance(said.get(key), bool):
        raise NoSignal(f"{key} must be true or false.")
    return bool(said[key])


def _text(said: dict[str, Any], key: str, limit: int) -> str:
    value = said.get(key)
    if not isinstance(value, str) or len(value) > limit:
        raise NoSignal(f"{key} must be text of at most {limit:,} characters.")
    return value


def _text_or_null(said: dict[str, Any], key: str, limit: int) -> str | None:
    return None if said.get(key) is None else _text(said, key, limit)
