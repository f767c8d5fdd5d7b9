"""A line to a real server that can be cut: a relay on a Unix socket."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

Connect = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


class Line:
    """Relays connections to a server while it is whole; cutting it ends those that are open."""

    def __init__(self, path: Path, connect: Connect) -> None:
        self._path = path
        self._connect = connect
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()

    async def mend(self) -> None:
        """Relay from now on."""
        self._server = await asyncio.start_unix_server(self._relay, self._path)

    async def cut(self) -> None:
        """End every connection, and refuse new ones."""
        if self._server:
            self._server.close()
        self._path.unlink(missing_ok=True)
        for end in list(self._ends):
            end.close()
        await asyncio.sleep(0)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await self._connect()
        self._ends |= {writer, far_writer}
        await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))
        self._ends -= {writer, far_writer}


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


@asynccontextmanager
async def line(path: Path, connect: Connect) -> AsyncIterator[Line]:
    """A whole line; it is cut at the end."""
    one = Line(path, connect)
    await one.mend()
    try:
        yield one
    finally:
        await one.cut()
        await asyncio.sleep(0.05)
