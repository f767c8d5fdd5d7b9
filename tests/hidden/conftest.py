"""The sessions of tests/interviews, here too."""

from __future__ import annotations

from tests.interviews.conftest import live, lobby, make_session, seat_of

__all__ = ["live", "lobby", "make_session", "seat_of"]
