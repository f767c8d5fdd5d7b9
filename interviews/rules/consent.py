"""Whether a session may be replayed."""

from __future__ import annotations

from collections.abc import Iterable


def replay_opens(answers: Iterable[bool | None]) -> bool:
    """Everybody who was interviewed or interviewed has agreed; None is somebody who has not answered."""
    given = list(answers)
    return bool(given) and all(answer is True for answer in given)
