"""The ASGI application: Django for HTTP, the room's handler for its socket, and their start and stop."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import warnings
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlsd_site.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from django.conf import settings  # noqa: E402 (Django is set up by now)

from interviews.room import socket  # noqa: E402
from mlsd_site import metrics  # noqa: E402
from mlsd_site.logs import chosen_id, request_id  # noqa: E402

# WhiteNoise reads its files as it always did; they are small, and Django says so of the first one in every log.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

_ROOM = re.compile(r"/ws/sessions/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/\Z")


async def application(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """One connection, by its kind. A socket at any other path is refused like a stranger's."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "websocket":
        found = _ROOM.match(scope["path"])
        offered = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        request_id.set(chosen_id(offered, believe=settings.BEHIND_PROXY))
        # A path without a session is served as one that nobody sits in: the same refusal, byte for byte.
        await socket.application(scope, UUID(found[1]) if found else UUID(int=0), receive, send)
    else:
        await django_application(scope, receive, send)


async def _live(receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    watching: asyncio.Task[None] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await socket.startup()
            watching = asyncio.create_task(metrics.watch_the_loop())
            _spare_the_collector()
            await send({"type": "lifespan.startup.complete"})
        else:
            if watching:
                watching.cancel()
            await socket.shutdown()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _spare_the_collector() -> None:
    """What is loaded by now stays for good, and a room's messages make no cycles: look for garbage seldom, and not
    there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
