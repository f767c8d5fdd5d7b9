"""Chat and the call's signals over real sockets: to one seat of one session, bounded, and nobody else's matter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest

from tests.chaos.client import Drawer, post
from tests.chaos.conftest import Meeting
from tests.e2e.product import Product, until

pytestmark = pytest.mark.chaos
STATE = {"here": True, "asks": False, "mic": "on", "camera": False}
PAGES = {"me": "a1", "you": None}


def seats(product: Product, session: str) -> dict[str, int]:
    found = product.sql("SELECT role, id FROM interviews_seat WHERE session_id = %s", session)
    return dict(found)


def signal(to: int, data: object = None) -> str:
    return json.dumps({"t": "signal", "to": to, "data": data or {**PAGES, "state": STATE}})


def heard(drawer: Drawer, kind: str, *, least: int = 0) -> list[dict[str, Any]]:
    """What came of this kind: for as long as it takes until there are so many, up to a bound, and what follows soon."""
    if least:
        until(
            lambda: len(heard(drawer, kind)) >= least,
            15,
            lambda: f"Not so many of {kind}: {least}. Heard: {drawer.said}. Sockets lost: {drawer.losses}.",
        )
    drawer.listen(0.7)
    return [one for one in drawer.said if one["t"] == kind]


def answered(drawer: Drawer, frame: str, kind: str) -> list[dict[str, Any]]:
    """What came of this kind after saying it; said again, as a browser does, where the socket was lost with it."""
    for _ in range(5):
        lost = len(drawer.losses)
        drawer.send_raw(frame)
        drawer.listen(2)
        if len(drawer.losses) == lost:
            break
    return heard(drawer, kind, least=1)


@pytest.fixture(autouse=True)
def entered(meeting: Meeting) -> None:
    """Both are in the room: what is relayed before somebody has come in is lost, as it may be."""
    for one in (meeting.ada, meeting.ben):
        until(lambda one=one: heard(one, "presence"), 15, "The room did not open.")  # type: ignore[misc]


@pytest.fixture
def cleo(meeting: Meeting, people: dict[str, httpx.Client]) -> Iterator[Drawer]:
    """Cleo watches, by Ben's link."""
    page = f"/sessions/{meeting.session}/"
    made = post(meeting.ben.http, f"{page}invite/", {"role": "observer"}, page=page)
    link = re.search(r"/invites/[\w-]{20,}/", made.text)
    assert link
    people["cleo"].get(link[0], follow_redirects=True)
    assert post(people["cleo"], "/invites/", {}, page="/invites/").status_code < 400
    watcher = Drawer(people["cleo"], meeting.session, 5)
    watcher.connect()
    yield watcher
    watcher.close()


def test_a_signal_reaches_the_seat_that_it_names(product: Product, meeting: Meeting, cleo: Drawer) -> None:
    seat = seats(product, meeting.session)
    meeting.ada.send_raw(signal(seat["interviewer"], {**PAGES, "state": {**STATE, "smuggled": "x"}}))
    assert heard(meeting.ben, "signal", least=1) == [
        {"t": "signal", "from": seat["candidate"], "data": {**PAGES, "state": STATE}}
    ]
    assert heard(cleo, "signal") == heard(meeting.ada, "signal") == []
    assert product.sql("SELECT count(*) FROM interviews_event WHERE kind = 'signal'") == [(0,)]


def test_who_watches_signals_to_nobody(product: Product, meeting: Meeting, cleo: Drawer) -> None:
    cleo.send_raw(signal(seats(product, meeting.session)["candidate"]))
    assert heard(meeting.ada, "signal") == []


def test_no_seat_of_another_session_is_reached(
    product: Product, meeting: Meeting, people: dict[str, httpx.Client]
) -> None:
    made = post(
        people["cleo"],
        "/sessions/new/",
        {
            "case": "ad-click-prediction",
            "arrangement": "interviewer",
            "framework": "seven-step",
            "level": "senior",
        },
        page="/sessions/new/?case=ad-click-prediction",
    )
    other = made.headers["Location"].strip("/").split("/")[-1]
    stranger = Drawer(people["cleo"], other, 6)
    stranger.connect()
    meeting.ada.send_raw(signal(seats(product, other)["interviewer"]))
    assert heard(stranger, "signal") == []
    stranger.send_raw(signal(seats(product, meeting.session)["candidate"]))
    assert heard(meeting.ada, "signal") == []
    stranger.close()


@pytest.mark.parametrize(
    "data",
    [
        "offer",
        {**PAGES, "description": {"type": "offer", "sdp": "x" * 30_000}},
        {**PAGES, "description": {"type": "offer", "sdp": "v=0"}, "state": STATE},
        {**PAGES, "candidate": {"candidate": ["x"] * 1000}},
    ],
)
@pytest.mark.asvs("17.3.2")
def test_what_is_no_signal_closes_the_socket(product: Product, meeting: Meeting, data: object) -> None:
    meeting.ada.send_raw(signal(seats(product, meeting.session)["interviewer"], data))
    assert meeting.ada.close_code(5) == 1003
    assert heard(meeting.ben, "signal") == []


def test_a_burst_of_candidates_takes_nothing_from_the_board(product: Product, meeting: Meeting) -> None:
    seat = seats(product, meeting.session)
    for _ in range(150):
        meeting.ada.send_raw(signal(seat["interviewer"]))
    for _ in range(20):
        meeting.ada.draw()
    meeting.ada.settle(10)
    assert meeting.ada.unacked == {}
    until(lambda: len(heard(meeting.ben, "signal")) >= 150, 15, "Not every signal came.")
    assert len(heard(meeting.ben, "signal")) == 150


@pytest.mark.asvs("17.3.1")
def test_a_flood_of_signals_closes_the_socket(meeting: Meeting) -> None:
    for _ in range(600):
        meeting.ada.send_raw(signal(0))
    assert meeting.ada.close_code(5) == 4408


def test_who_is_sent_away_hears_it_although_a_commit_hangs(product: Product, meeting: Meeting) -> None:
    """Else the socket would take edits that nobody answers until the commit is given up."""
    meeting.ben.close()
    with psycopg.connect(product.database) as connection:
        connection.execute(
            "SELECT 1 FROM whiteboard_board b JOIN interviews_session s ON s.board_id = b.id "
            "WHERE s.id = %s FOR UPDATE OF b",
            [meeting.session],
        )
        meeting.ada.draw()
        for _ in range(600):
            meeting.ada.send_raw(signal(0))
        assert meeting.ada.close_code(5) == 4408
        connection.rollback()


def test_a_message_is_acknowledged_once_it_is_stored_and_told_again_it_is_not_doubled(
    product: Product, meeting: Meeting, cleo: Drawer
) -> None:
    say = json.dumps({"t": "chat.say", "ref": 2**52, "text": "Is the budget fixed?"})
    meeting.ada.send_raw(say)
    meeting.ada.send_raw(say)
    acks = heard(meeting.ada, "chat.ack", least=2)
    stored = product.sql("SELECT id FROM interviews_chatmessage WHERE session_id = %s", meeting.session)
    assert [(one["ref"], one["message"]) for one in acks] == [(2**52, stored[0][0])] * 2
    assert len(stored) == 1

    def news() -> list[str]:
        return [event[2] for one in heard(meeting.ben, "news") for event in one["events"]]

    until(lambda: "said" in news(), 15, "Nobody was told that something was said.")
    assert [one["code"] for one in answered(cleo, say, "chat.reject")] == ["forbidden"]


def test_a_message_that_is_too_long_is_refused_in_words(meeting: Meeting) -> None:
    (no,) = answered(meeting.ada, json.dumps({"t": "chat.say", "ref": 1, "text": "x" * 2_001}), "chat.reject")
    assert (no["code"], no["ref"]) == ("too_long", 1)
    assert "Nothing was sent" in no["message"]
