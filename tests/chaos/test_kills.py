"""kill -9 of each process while two people draw: no acknowledged edit is lost, and there is exactly one score."""

from __future__ import annotations

import time

import pytest

from tests.chaos.client import Drawer
from tests.chaos.conftest import Meeting
from tests.chaos.history import rank
from tests.e2e.product import Product, until

pytestmark = pytest.mark.chaos


def stored(product: Product, session: str) -> dict[str, tuple[int, int]]:
    rows = product.sql(
        "SELECT e.element_id, e.version, e.nonce FROM whiteboard_element e "
        "JOIN interviews_session s ON s.board_id = e.board_id WHERE s.id = %s",
        session,
    )
    return {id: (version, -nonce) for id, version, nonce in rows}


def replayed(product: Product, session: str) -> dict[str, tuple[int, int]]:
    """The scene as the log of deltas makes it; its numbers have no gaps."""
    rows = product.sql(
        "SELECT d.seq, d.elements FROM whiteboard_delta d JOIN interviews_session s ON s.board_id = d.board_id "
        "WHERE s.id = %s ORDER BY d.seq",
        session,
    )
    assert [seq for seq, _ in rows] == list(range(1, len(rows) + 1))
    return {e["id"]: rank(e) for _, elements in rows for e in elements}


def draw_together(meeting: Meeting, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for person in (meeting.ada, meeting.ben):
            person.draw()
            person.listen(0.03)


def lost(person: Drawer, kept: dict[str, tuple[int, int]]) -> list[str]:
    """Acknowledged edits that the server does not have, nor anything newer in their place."""
    return [id for id, (version, _) in person.acked.items() if id not in kept or kept[id][0] < version]


@pytest.mark.parametrize("victim", ["web", "worker", "valkey", "postgres"])
def test_no_acknowledged_edit_is_lost(product: Product, meeting: Meeting, victim: str) -> None:
    draw_together(meeting, 1)
    for _ in range(2):
        product.kill(victim)
        draw_together(meeting, 2)
        product.until_ready(30)
        draw_together(meeting, 1)
    for person in (meeting.ada, meeting.ben):
        person.settle(20)
        assert person.unacked == {}
        assert len(person.acked) > 10
    kept = stored(product, meeting.session)
    assert lost(meeting.ada, kept) == lost(meeting.ben, kept) == []
    assert replayed(product, meeting.session) == kept
    meeting.ada.listen(3)
    meeting.ben.listen(1)
    for person in (meeting.ada, meeting.ben):
        assert person.ranks() == kept


@pytest.mark.parametrize("victim", ["worker", "valkey", "postgres"])
def test_a_submitted_session_gets_exactly_one_score(product: Product, meeting: Meeting, victim: str) -> None:
    draw_together(meeting, 0.5)
    meeting.submit()
    product.kill(victim)
    product.until_ready(30)

    def sheets() -> int:
        return int(
            product.sql(
                "SELECT count(*) FROM interviews_scoresheet h JOIN interviews_submission u ON u.id = h.submission_id "
                "WHERE u.session_id = %s",
                meeting.session,
            )[0][0]
        )

    until(lambda: sheets() == 1, 60, lambda: f"There is no score.\n{product.log()}")
    time.sleep(3)
    assert sheets() == 1


def test_after_the_end_nothing_is_accepted(product: Product, meeting: Meeting) -> None:
    draw_together(meeting, 0.5)
    meeting.ada.settle(5)
    meeting.submit()
    before = stored(product, meeting.session)
    for _ in range(20):  # as long as a busy machine needs; a socket that breaks meanwhile is opened again
        meeting.ben.draw()
        meeting.ben.listen(0.5)
        if meeting.ben.rejected:
            break
    assert set(meeting.ben.rejected) == {"closed"}, meeting.ben.said[-8:]
    assert stored(product, meeting.session) == before
