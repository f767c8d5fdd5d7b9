"""What happens to a session reaches the sockets that are open, and they stay open."""

from __future__ import annotations

from functools import partial

import pytest

from tests.chaos.client import Drawer, post
from tests.chaos.conftest import Meeting
from tests.e2e.product import until

pytestmark = pytest.mark.chaos


def shows(drawer: Drawer, face: str) -> bool:
    """Whether the clock looks so in what this one heard last of it."""
    drawer.listen(0.5)
    heard = [one["clock"]["state"] for one in drawer.said if one["t"] in ("hello", "clock")]
    return heard[-1:] == [face]


def test_pause_resume_and_the_end_are_told_without_a_new_socket(meeting: Meeting) -> None:
    page = f"/sessions/{meeting.session}/"
    both = (meeting.ada, meeting.ben)
    for who, verb, face in (
        (meeting.ben, "pause", "paused"),
        (meeting.ben, "resume", "live"),
        (meeting.ada, "submit", "ended"),
    ):
        answer = post(who.http, f"{page}{verb}/", {"reason": "The door bell"}, page=page)
        assert answer.status_code < 400, answer.text[:500]
        for one in both:
            until(partial(shows, one, face), 15, f"Not told: {face}.")
    for one in both:
        assert [message["t"] for message in one.said].count("hello") == 1
        assert one.losses == []
