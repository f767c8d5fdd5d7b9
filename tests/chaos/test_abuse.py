"""What no browser would say: the server refuses it in words or with a code, and neighbours are undisturbed."""

from __future__ import annotations

import json
import random
import socket

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.chaos import nonsense
from tests.chaos.client import Drawer, log_in, post
from tests.chaos.conftest import Meeting
from tests.e2e.product import Product

pytestmark = pytest.mark.chaos


def refused(drawer: Drawer, origin: str | None = None) -> tuple[int, bytes]:
    with pytest.raises(InvalidStatus) as error:
        drawer.connect(origin)
    return error.value.response.status_code, bytes(error.value.response.body or b"")


def test_a_stranger_and_a_missing_session_look_the_same(
    people: dict[str, httpx.Client], meeting: Meeting
) -> None:
    cleo = people["cleo"]
    foreign = refused(Drawer(cleo, meeting.session, 3))
    missing = refused(Drawer(cleo, "00000000-0000-4000-8000-000000000000", 3))
    assert foreign == missing
    assert foreign[0] == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost", "null"])
@pytest.mark.asvs("4.4.2")
def test_another_origin_is_refused(meeting: Meeting, origin: str) -> None:
    assert refused(Drawer(meeting.ada.http, meeting.session, 3), origin)[0] == 403


@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        "1",
        '{"t":"nope"}',
        '{"t":"board.delta","ref":-1,"elements":[]}',
        b"\xff\xfe",
        "[" * 5000,
    ],
)
def test_what_is_no_message_closes_the_socket(meeting: Meeting, frame: str | bytes) -> None:
    meeting.ada.send_raw(frame)
    assert meeting.ada.close_code(5) == 1003


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 6\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 6",
        "Content-Length: 0\r\nContent-Length: 44",
        "Content-Length: 0, 44",
        "Transfer-Encoding: xchunked\r\nContent-Length: 5",
    ],
)
def test_a_request_with_two_lengths_smuggles_no_second_one(product: Product, lengths: str) -> None:
    """Whoever stands before us might believe the other one."""
    hidden = f"GET /health/live?smuggled HTTP/1.1\r\nHost: localhost:{product.port}\r\n\r\n"
    sent = (
        f"POST /health/live HTTP/1.1\r\nHost: localhost:{product.port}\r\n{lengths}\r\n\r\n0\r\n\r\n{hidden}"
    )
    with socket.create_connection(("localhost", product.port), timeout=5) as line:
        line.sendall(sent.encode())
        said = b""
        while piece := _piece(line):
            said += piece
    assert said.startswith(b"HTTP/1.1 400 "), said
    assert said.count(b"HTTP/1.1 ") == 1, said


def _piece(line: socket.socket) -> bytes:
    """What comes next; nothing once the other side has hung up, or says no more for two seconds."""
    line.settimeout(2)
    try:
        return line.recv(65_536)
    except TimeoutError:
        return b""


def test_a_frame_that_is_too_large_closes_the_socket(meeting: Meeting) -> None:
    meeting.ada.send_raw(json.dumps({"t": "ping", "at": 1, "pad": "x" * 300_000}))
    assert meeting.ada.close_code(5) == 1009


def test_a_flood_closes_the_socket(meeting: Meeting) -> None:
    for _ in range(400):
        meeting.ada.send_raw('{"t":"ping","at":1}')
    assert meeting.ada.close_code(5) == 4408


@pytest.mark.asvs("7.4.1")
def test_a_log_out_closes_the_socket_within_five_seconds(product: Product, meeting: Meeting) -> None:
    again = Drawer(log_in(product.url, "ada"), meeting.session, 3)
    again.connect()
    post(again.http, "/accounts/logout/", {})
    assert again.close_code(5) == 4401
    again.http.close()


def test_an_embedded_page_is_refused_in_words(meeting: Meeting) -> None:
    meeting.ada.send_raw(
        json.dumps(
            {
                "t": "board.delta",
                "ref": 1,
                "elements": [{"id": "x", "type": "iframe", "link": "https://e.example"}],
            }
        )
    )
    meeting.ada.listen(1)
    answer = next(m for m in meeting.ada.said if m["t"] == "board.reject")
    assert answer["code"] == "invalid"
    assert "not allowed on this board" in answer["message"]


def test_an_interviewer_who_may_not_draw_still_points(product: Product, meeting: Meeting) -> None:
    product.sql("UPDATE interviews_session SET interviewer_draws = false WHERE id = %s", meeting.session)
    meeting.ben.close()
    meeting.ben.connect()
    meeting.ben.draw()
    meeting.ben.listen(1)
    assert [m["code"] for m in meeting.ben.said if m["t"] == "board.reject"] == ["forbidden"]
    pointer = {"t": "pointer", "x": 1, "y": 2, "tool": "laser", "button": "up", "selected": []}
    meeting.ben.send_raw(json.dumps(pointer))
    meeting.ada.listen(1)
    assert [m["tool"] for m in meeting.ada.said if m["t"] == "pointer"] == ["laser"]
    assert meeting.ada.scene == {}


def test_fuzzed_frames_leave_the_neighbour_undisturbed(product: Product, meeting: Meeting) -> None:
    chance = random.Random(7)
    for _ in range(1_000):
        try:
            meeting.ada.send_raw(nonsense.message(chance))
            meeting.ada.listen(0.01)
        except OSError:
            meeting.ada.connect()
        except Exception:  # closed by the server, as it should
            meeting.ada.connect()
    meeting.ben.draw()
    meeting.ben.settle(5)
    assert meeting.ben.unacked == {}
    assert "Traceback" not in product.log()
