"""How far an assignment is, as its session tells."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

Standing = Literal["open", "overdue", "waiting", "running", "done"]
WORDS: dict[Standing, str] = {
    "open": "Open",
    "overdue": "Overdue",
    "waiting": "In the lobby",
    "running": "Running",
    "done": "Done",
}


def standing(*, state: str, end_reason: str, due_at: datetime, now: datetime) -> Standing:
    """`state` and `end_reason` are the session's, "" where there is none. One that was given up before it began counts
    for none."""
    if state == "live":
        return "running"
    if state == "lobby":
        return "waiting"
    if state == "ended" and end_reason != "abandoned":
        return "done"
    return "overdue" if due_at <= now else "open"


def may_start(standing: Standing) -> bool:
    """Whether a session is still to be made; overdue is late, not over."""
    return standing in ("open", "overdue")
