"""When a mail is tried again, and what may stand in its headers."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

# A mail leaves within this time of being claimed, or nobody knows whether it did. A worker is killed before that
# (interviews.tasks), and the broker hands its task out again later than that.
LEASE = timedelta(seconds=110)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
BATCH = 20


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 30 s, then twice as long each time, a quarter of an hour at most."""
    return min(FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 10)), LONGEST_PAUSE)


def one_line(text: str) -> str:
    """The text without what a header may not hold, such as line ends in somebody's name."""
    return " ".join("".join(c if is_one_line(c) else " " for c in text).split())


def is_one_line(text: str) -> bool:
    """Whether a header may hold this: no line end and no other control character, which could begin a new header."""
    return not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in text)
