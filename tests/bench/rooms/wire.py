"""Opening many WebSockets, with as little of a client as the handshakes need."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.rooms.protocols import ExcalidrawRoom, TwoLoops, frame

AT_ONCE = 32
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a client goes: the room's number and name, the path and the cookie that it shows."""

    room: int
    name: str
    path: str
    cookie: str = ""


class Line:
    """A connection to the server. `rest` is what was read beyond the handshake."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.rest = b""
        self._loop = asyncio.get_running_loop()

    async def upgrade(self, host: str, place: Place) -> None:
        """Ask for a WebSocket; ConnectionError where it is refused."""
        lines = [
            f"GET {place.path} HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            f"Origin: http://{host}",
            *([f"Cookie: {place.cookie}"] if place.cookie else []),
        ]
        await self._loop.sock_sendall(self.connection, "\r\n".join([*lines, "", ""]).encode())
        while b"\r\n\r\n" not in self.rest:
            await self._read()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        status = head.split(b"\r\n", 1)[0].decode()
        if " 101" not in status:
            raise ConnectionError(f"The server refused a socket: {status}")

    async def send(self, opcode: int, payload: bytes) -> None:
        await self._loop.sock_sendall(self.connection, frame(opcode, payload))

    async def receive(self) -> tuple[int, bytes]:
        """The next frame: (opcode, payload)."""
        while True:
            found = _first_frame(self.rest)
            if found:
                opcode, begin, end = found
                payload, self.rest = self.rest[begin:end], self.rest[end:]
                return opcode, payload
            await self._read()

    async def _read(self) -> None:
        more = await self._loop.sock_recv(self.connection, 1 << 18)
        if not more:
            raise ConnectionError("The server closed a socket during its handshake.")
        self.rest += more


async def open_lines(
    protocol: TwoLoops | ExcalidrawRoom, host: str, port: int, places: Sequence[Place]
) -> list[Line]:
    """A line to each place, entered, in this order."""
    some = asyncio.Semaphore(AT_ONCE)

    async def one(place: Place) -> Line:
        async with some, asyncio.timeout(PATIENCE):
            connection = socket.socket()
            connection.setblocking(False)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await asyncio.get_running_loop().sock_connect(connection, (host, port))
            line = Line(connection)
            await line.upgrade(f"{host}:{port}", place)
            await protocol.enter(line, place.name)
            return line

    return await asyncio.gather(*map(one, places))


def _first_frame(raw: bytes) -> tuple[int, int, int] | None:
    """(opcode, begin and end of the payload) of a whole frame at the front."""
    if len(raw) < 2:
        return None
    size = raw[1] & 127
    extra = {126: 2, 127: 8}.get(size, 0)
    if len(raw) < 2 + extra:
        return None
    begin = 2 + extra
    end = begin + (int.from_bytes(raw[2:begin], "big") if extra else size)
    return (raw[0] & 15, begin, end) if len(raw) >= end else None
