"""Sessions in each of their states, as the tests of the interviews have them."""

from __future__ import annotations

from tests.interviews.conftest import (
    case_version,
    live,
    lobby,
    make_session,
    scored,
    submitted,
    unrated,
)

__all__ = ["case_version", "live", "lobby", "make_session", "scored", "submitted", "unrated"]
