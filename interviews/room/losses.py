"""Sockets that are closed because something failed: their browsers come back with what was not acknowledged."""

from __future__ import annotations

import logging

import psycopg
from django.db import DatabaseError
from redis import RedisError

log = logging.getLogger(__name__)
_AWAY = (DatabaseError, psycopg.Error, RedisError, OSError)


def note(error: BaseException) -> None:
    """Say why. A server that is away is a warning; anything else is a fault of ours, and told as one."""
    if isinstance(error, _AWAY):
        log.warning("A socket is closed and will be opened again: %s: %s", type(error).__name__, error)
    else:
        log.error("A socket is closed by a fault: %s", type(error).__name__, exc_info=error)
