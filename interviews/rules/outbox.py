"""When what leaves by an outbox is tried again, and what may stand in a mail's headers."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

# What is claimed leaves within this time, or nobody knows whether it did. A worker is killed before that
# (interviews.tasks), and the broker hands its task out again later than that.
LEASE = timedelta(seconds=110)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
BATCH = 20


def pause(attempts: int, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """How long to wait after so many attempts: 30 s, then twice as long each time, `longest` at most."""
    return min(FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 20)), longest)


def one_line(text: str) -> str:
    """The text without what a header may not hold, such as line ends in somebody's name."""
    return " ".join("".join(c if is_one_line(c) else " " for c in text).split())


def is_one_line(text: str) -> bool:
    """Whether a header may hold this: no line end and no other control character, which could begin a new header."""
    return not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in text)
