"""Calling the ORM from the socket's event loop, on threads of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import connection, connections

P = ParamSpec("P")
T = TypeVar("T")

_threads = ThreadPoolExecutor(max_workers=6, thread_name_prefix="room-db")


async def in_database(verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a synchronous verb on a database thread. Each thread keeps its connection, unless the verb raises."""
    return await asyncio.get_running_loop().run_in_executor(
        _threads, partial(_with_a_connection, verb, *args, **kwargs)
    )


def _with_a_connection(verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    # Postgres may have been restarted since this thread last spoke to it.
    if connection.connection is not None and not connection.is_usable():
        connections.close_all()
    try:
        return verb(*args, **kwargs)
    except BaseException:
        connections.close_all()
        raise
