"""The same load in the words of two servers: what to say in a room, and how to know it when it comes."""

from __future__ import annotations

import struct
from typing import ClassVar, Protocol

import orjson

from tests.bench.rooms import corpus

TEXT, BINARY = 1, 2
POINTER, DELTA, ACK = range(3)
MASK = 0x5A  # one constant key, so that the engine can patch masked bytes in place
NAME_SIZE = 12
_STAMP, _VERSION, _ROOM = range(3)
_NAME = b"@" * NAME_SIZE
_HOLES = (
    (str(corpus.STAMP).encode(), 0, _STAMP),
    (b'"version":%d' % corpus.VERSION, len('"version":'), _VERSION),
    (_NAME, 0, _ROOM),
)
_XOR = bytes(byte ^ MASK for byte in range(256))

Template = tuple[bytes, list[int]]


class Line(Protocol):
    """A WebSocket during its handshake."""

    async def send(self, opcode: int, payload: bytes) -> None: ...
    async def receive(self) -> tuple[int, bytes]: ...


class TwoLoops:
    """Our own socket. The stamp of a pointer rides in its `selected`, that of a change in `updated`, that of its ack
    in `ref`."""

    markers: ClassVar = [(b'"selected":["', POINTER), (b'"updated":', DELTA), (b'"board.ack","ref":', ACK)]
    answers_pings = False
    acks = True

    async def enter(self, line: Line, name: str) -> None:
        """Until the board is there."""
        while b'"board.init"' not in (await line.receive())[1][:40]:
            pass

    def templates(self, kind: int) -> list[Template]:
        """The frames of each message of a kind: (bytes, flat list of offset, hole)."""
        if kind == POINTER:
            return [_template((TEXT, orjson.dumps({"t": "pointer", **_pointer()})))]
        return [
            _template(
                (TEXT, orjson.dumps({"t": "board.delta", "ref": corpus.STAMP, "elements": change})),
            )
            for change in corpus.changes()
        ]


class ExcalidrawRoom:
    """socket.io 4 over a WebSocket. A change is one text packet and two binary attachments, pointers are volatile.

    Browsers encrypt what they send; the server never looks, so the bytes stand here as they are, with room for the
    cipher's tag.
    """

    markers: ClassVar = [(b'"selected":["', POINTER), (b'"updated":', DELTA)]
    answers_pings = True
    acks = False
    _events: ClassVar = {POINTER: b"server-volatile-broadcast", DELTA: b"server-broadcast"}

    async def enter(self, line: Line, name: str) -> None:
        """Until the room says who is there."""
        while True:
            _, packet = await line.receive()
            if packet[:1] == b"0":
                await line.send(TEXT, b"40")
            elif packet == b"2":
                await line.send(TEXT, b"3")
            elif packet.startswith(b'42["init-room"'):
                await line.send(TEXT, b'42["join-room","%s"]' % name.encode())
            elif packet.startswith(b'42["room-user-change"'):
                return

    def templates(self, kind: int) -> list[Template]:
        """As for TwoLoops: the same pointer and the same elements."""
        head = b'452-["%s","%s",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'
        said = [_pointer()] if kind == POINTER else [{"elements": change} for change in corpus.changes()]
        return [
            _template(
                (TEXT, head % (self._events[kind], _NAME)),
                (BINARY, orjson.dumps(one) + bytes(16)),
                (BINARY, bytes(range(12))),
            )
            for one in said
        ]


def frame(opcode: int, payload: bytes) -> bytes:
    """One masked frame of a client."""
    size = len(payload)
    if size < 126:
        length = bytes([0x80 | size])
    elif size < 65_536:
        length = b"\xfe" + struct.pack(">H", size)
    else:
        length = b"\xff" + struct.pack(">Q", size)
    return bytes([0x80 | opcode]) + length + bytes([MASK]) * 4 + payload.translate(_XOR)


def _pointer() -> dict[str, object]:
    return {
        "x": 1234.5678,
        "y": -987.6543,
        "tool": "pointer",
        "button": "down",
        "selected": [str(corpus.STAMP)],
    }


def _template(*frames: tuple[int, bytes]) -> Template:
    """The frames as one buffer, and where its holes are."""
    raw = b"".join(frame(opcode, payload) for opcode, payload in frames)
    patches: list[int] = []
    for hole, skip, kind in _HOLES:
        masked, at = hole.translate(_XOR), -1
        while (at := raw.find(masked, at + 1)) >= 0:
            patches += [at + skip, kind]
    return raw, patches
