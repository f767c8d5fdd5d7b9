"""A board on stage, and addresses of lines to the servers that a test can cut."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from tests.whiteboard.live.line import Line, line

if TYPE_CHECKING:
    from whiteboard.models import Board


@pytest.fixture
def board(transactional_db: None) -> Board:
    """A board that is open for an hour."""
    from whiteboard.models import Board

    return Board.objects.create(open_until=timezone.now() + timedelta(hours=1))


class Wires:
    """Lines to Postgres and Redis that a test can cut, and how to reach the servers through them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def redis_url(self) -> str:
        return f"unix://{self._folder / 'redis'}?db=0"

    @property
    def database(self) -> dict[str, Any]:
        given = connections["default"].get_connection_params()
        return {**given, "host": str(self._folder), "port": 5432}

    def to_redis(self) -> AbstractAsyncContextManager[Line]:
        url = urlsplit(settings.REDIS_URL)
        return line(
            self._folder / "redis",
            lambda: (
                asyncio.open_unix_connection(url.path)
                if url.scheme == "unix"
                else asyncio.open_connection(url.hostname, url.port or 6379)
            ),
        )

    def to_postgres(self) -> AbstractAsyncContextManager[Line]:
        given = connections["default"].get_connection_params()
        host, port = str(given.get("host") or "localhost"), int(given.get("port") or 5432)
        return line(
            self._folder / ".s.PGSQL.5432",
            lambda: (
                asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
                if host.startswith("/")
                else asyncio.open_connection(host, port)
            ),
        )


@pytest.fixture
def wires() -> Iterator[Wires]:
    """In a short folder: a socket's path holds about a hundred bytes."""
    with tempfile.TemporaryDirectory(prefix="wires-", dir="/tmp") as folder:
        yield Wires(Path(folder))
