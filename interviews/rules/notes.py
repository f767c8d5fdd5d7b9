"""Which save of a note counts."""

from __future__ import annotations

from typing import Literal

MAX_CHARACTERS = 50_000
# The steps of the submission format: where notes can stand, whatever framework times the session.
STEPS = ("clarify", "frame", "data", "features", "model", "evaluate", "deploy")

Verdict = Literal["write", "same", "stale", "too_long"]


def judge(*, stored_text: str, stored_version: int, text: str, base: int) -> Verdict:
    """What to do with `text`, which was typed on top of version `base`.

    The same text again is no change, whatever it was based on: a client that lost our answer may resend.
    """
    if len(text) > MAX_CHARACTERS:
        return "too_long"
    if text == stored_text:
        return "same"
    return "write" if base == stored_version else "stale"
