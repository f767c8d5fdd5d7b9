"""The sessions of tests/interviews, here too."""

from __future__ import annotations

from tests.interviews.conftest import case_version, live, lobby, make_session, seat_of

__all__ = ["case_version", "live", "lobby", "make_session", "seat_of"]
