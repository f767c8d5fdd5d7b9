"""Calling the ORM from the socket's event loop, on threads of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import connections

P = ParamSpec("P")
T = TypeVar("T")

_threads = ThreadPoolExecutor(max_workers=6, thread_name_prefix="room-db")


async def in_database(verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a synchronous verb on a database thread and give its connection back afterwards."""
    return await asyncio.get_running_loop().run_in_executor(
        _threads, partial(_and_close, verb, *args, **kwargs)
    )


def _and_close(verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return verb(*args, **kwargs)
    finally:
        connections.close_all()
