from __future__ import annotations

from typing import Any

import pytest

from interviews.rules import signal

PAGES = {"me": "a1", "you": None}
STATE = {"here": True, "asks": True, "mic": "on", "camera": False}
OFFER = {"type": "offer", "sdp": "v=0\r\n"}
CANDIDATE = {
    "candidate": "candidate:1 1 udp 1 10.0.0.1 9 typ host",
    "sdpMid": "0",
    "sdpMLineIndex": 0,
    "usernameFragment": "x",
}


@pytest.mark.parametrize(
    "data",
    [
        {**PAGES, "state": STATE},
        {"me": "a1", "you": "b2", "description": OFFER},
        {**PAGES, "candidate": CANDIDATE},
        {
            **PAGES,
            "candidate": {"candidate": "", "sdpMid": None, "sdpMLineIndex": None, "usernameFragment": None},
        },
    ],
)
def test_what_browsers_say_is_passed_on(data: dict[str, Any]) -> None:
    assert signal.read(data) == data


def test_what_is_not_known_is_left_behind() -> None:
    said = {**PAGES, "state": {**STATE, "html": "<b>"}, "more": ["x"] * 1000}
    assert signal.read(said) == {**PAGES, "state": STATE}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "offer",
        {},
        PAGES,
        {"you": "b", "state": STATE},
        {"me": 7, "you": None, "state": STATE},
        {"me": "x" * 41, "you": None, "state": STATE},
        {**PAGES, "state": STATE, "description": OFFER},
        {**PAGES, "state": None},
        {**PAGES, "state": {**STATE, "here": 1}},
        {**PAGES, "state": {**STATE, "mic": "loud"}},
        {**PAGES, "state": {**STATE, "mic": ["on"]}},
        {**PAGES, "description": {"type": "rollback", "sdp": ""}},
        {**PAGES, "description": {"type": ["offer"], "sdp": ""}},
        {**PAGES, "description": {"type": "offer", "sdp": "x" * (signal.MAX_SDP + 1)}},
        {**PAGES, "description": {"type": "offer", "sdp": ["v=0"]}},
        {**PAGES, "candidate": {**CANDIDATE, "candidate": "x" * (signal.MAX_CANDIDATE + 1)}},
        {**PAGES, "candidate": {**CANDIDATE, "sdpMLineIndex": True}},
        {**PAGES, "candidate": {**CANDIDATE, "sdpMLineIndex": -1}},
        {**PAGES, "candidate": {**CANDIDATE, "sdpMLineIndex": 1e300}},
    ],
)
def test_everything_else_is_refused_in_words(data: object) -> None:
    with pytest.raises(signal.NoSignal, match=r"\.$"):
        signal.read(data)
