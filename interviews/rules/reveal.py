"""When what two people wrote about each other is shown to them: together, or after two days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

SEALED_FOR = timedelta(hours=48)
# (who wrote, about whom), by the ids of their seats.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seal:
    """What decides: when the session ended, who is asked to write about whom, and when what was sent. Nothing ticks."""

    ended_at: datetime
    wanted: frozenset[Pair]
    sent: Mapping[Pair, datetime]

    @property
    def opens_at(self) -> datetime:
        """The latest: then all that was sent is shown, whatever is missing."""
        return self.ended_at + SEALED_FOR

    def opened_at(self, now: datetime) -> datetime | None:
        """Since when it is open; None while it is sealed, and where nobody is asked to write."""
        if not self.wanted:
            return None
        if self.wanted <= self.sent.keys():
            return min(max(self.sent[pair] for pair in self.wanted), self.opens_at)
        return self.opens_at if now >= self.opens_at else None

    def is_open(self, now: datetime) -> bool:
        return self.opened_at(now) is not None

    def shows(self, pair: Pair, now: datetime) -> bool:
        """Whether the one who was written about sees it."""
        return pair in self.sent and self.is_open(now)

    def may_send(self, pair: Pair, now: datetime) -> bool:
        """Each writes about each once, and blind: not after having been shown what was written about oneself."""
        author, _ = pair
        return (
            pair in self.wanted
            and pair not in self.sent
            and not any(about == author and self.shows((other, about), now) for other, about in self.sent)
        )
