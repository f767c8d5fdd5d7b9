"""What the judge may spend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """Calls and tokens; unfinished calls count with the most that they may cost."""

    calls: int = 0
    tokens: int = 0


def objection(*, tokens: int, session: Spent, day: Spent, most_session: Spent, most_day: Spent) -> str:
    """Why a call of at most `tokens` may not be made, or an empty string."""
    if session.calls >= most_session.calls or session.tokens + tokens > most_session.tokens:
        return "The judge's budget for this session is used up."
    if day.calls >= most_day.calls or day.tokens + tokens > most_day.tokens:
        return "The judge's budget for today is used up. It can be asked again tomorrow (UTC)."
    return ""
