"""Links to a report: what may be shown by one, and for how long."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

# What may be shown, each by its own choice. Words that somebody else wrote are not among them: they are theirs.
VERDICT, LEVELS, QUOTES, NOTES, BOARD = "verdict", "levels", "quotes", "notes", "board"
OWN, INTERVIEWER, SECOND, NAME = "own", "interviewer", "second", "name"
PACE, ASKED = "pace", "asked"
PARTS = (
    (VERDICT, "Verdict", "What the scorer says of the whole, and the model judge where it was asked."),
    (LEVELS, "Levels", "Theirs for each step and point, and what was not shown."),
    (QUOTES, "Quotations", "Your words and parts of your drawing that earned a level."),
    (NOTES, "Notes", "All that you wrote, step by step."),
    (BOARD, "Whiteboard", "Your drawing, without what an interviewer drew on it."),
    (PACE, "Time against the plan", "Minutes of work seen on each phase, while the replay is open."),
    (OWN, "Your rating of yourself", "Verdict and levels."),
    (INTERVIEWER, "The interviewer's rating", "Verdict and levels, without their name and their words."),
    (SECOND, "The second rater's sheet", "Verdict and levels; nobody is told who it was."),
    (ASKED, "What you were asked", "The interviewer's probes and how you came to them, as they marked it."),
    (NAME, "Your name", "The name that partners see. Without it the page says “a candidate”."),
)
DAYS = (1, 7, 30)
# What is ticked at first: the result and what it rests on, and nobody's name.
USUAL = frozenset({VERDICT, LEVELS, QUOTES, BOARD})
# Open at a time for one session; more than anybody keeps in mind.
MOST_OPEN = 10
# How one came to a probe that was never said aloud: its words stayed in the guide.
UNASKED = "unprompted"

Standing = Literal["open", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a link shall show, and until when."""

    parts: frozenset[str]
    lasts: timedelta


def read(parts: Collection[str], days: str, *, offered: Collection[str]) -> Wish | str:
    """The wish as it was sent, or what is wrong with it. A name alone is nothing to show."""
    chosen = frozenset(parts) & frozenset(offered)
    if not chosen - {NAME}:
        return "Choose at least one thing to show besides your name. No link was made."
    if days not in {str(one) for one in DAYS}:
        return "Choose for how long the link shall work. No link was made."
    return Wish(chosen, timedelta(days=int(days)))


def standing(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> Standing:
    """Whether a link still opens anything."""
    if revoked_at is not None:
        return "revoked"
    return "expired" if now >= expires_at else "open"


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
