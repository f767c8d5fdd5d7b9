"""The lane under a real server, with frames cut and mixed as a network and a browser may."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.sync.client import ClientConnection, connect

from interviews.room.lane import EXTENSION, LaneProtocol

LARGEST = 70_000


async def _echo(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answers by the lane what it hears there, and else by ASGI; "wait" it does not take from the lane."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    lane = scope["extensions"][EXTENSION]
    lane.listen(lambda text: text != b"wait" and lane.say(b"lane " + text))
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": f"app {event.get('text') or event.get('bytes')}"})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            _echo, ws=LaneProtocol, ws_max_size=LARGEST, lifespan="off", log_level="critical"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"ws://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


@pytest.fixture
def line(address: str) -> Iterator[ClientConnection]:
    with connect(address, compression=None, legacy=True) as connection:
        yield connection


def frame(opcode: Opcode, data: bytes, *, fin: bool = True, mask: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=mask)


def text(words: str) -> bytes:
    return frame(Opcode.TEXT, words.encode())


def said(line: ClientConnection, count: int) -> list[str]:
    return [str(line.recv(timeout=5)) for _ in range(count)]


def test_text_takes_the_lane_and_what_it_leaves_goes_to_the_application(line: ClientConnection) -> None:
    line.socket.sendall(text("one") + text("wait") + text("two"))
    assert sorted(said(line, 3)) == ["app wait", "lane one", "lane two"]


@pytest.mark.parametrize("length", [0, 125, 126, 60_000, 65_536])
def test_every_length_of_text_passes(line: ClientConnection, length: int) -> None:
    line.socket.sendall(text("x" * length))
    assert said(line, 1) == ["lane " + "x" * length]


def test_frames_may_be_cut_anywhere(line: ClientConnection) -> None:
    for byte in text("one") + frame(Opcode.PING, b"?") + text("y" * 130) + text("three"):
        line.socket.sendall(bytes([byte]))
        time.sleep(0.001)
    assert said(line, 3) == ["lane one", "lane " + "y" * 130, "lane three"]


def test_a_message_in_pieces_and_all_that_follows_go_to_the_application(line: ClientConnection) -> None:
    pieces = frame(Opcode.TEXT, b"in ", fin=False) + frame(Opcode.PING, b"?") + frame(Opcode.CONT, b"pieces")
    line.socket.sendall(text("one") + pieces + text("two"))
    assert said(line, 3) == ["lane one", "app in pieces", "app two"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (text("x" * (LARGEST + 1)), 1009),
        (frame(Opcode.TEXT, b"bare", mask=False), 1002),
        (b"\xf1" + text("reserved bits")[1:], 1002),
        (b"\x8b" + text("no such opcode")[1:], 1002),
        (frame(Opcode.CONT, b"of nothing"), 1002),
        (frame(Opcode.CLOSE, b"\x03\xe8"), 1000),
    ],
)
def test_what_is_not_for_the_lane_ends_as_it_does_without_one(
    line: ClientConnection, sent: bytes, code: int
) -> None:
    line.socket.sendall(sent)
    with pytest.raises(ConnectionClosed):
        line.recv(timeout=5)
    assert line.protocol.close_code == code
