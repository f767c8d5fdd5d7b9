"""A room's socket leaves one line in the log: whose, on what, why it ended, and nothing that was said."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from interviews.models import Session
from mlsd_site.accounts.models import User
from mlsd_site.logs import JsonFormatter
from tests.sockets import Line, close_room_threads, serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _close_connections() -> Iterator[None]:
    yield
    close_room_threads()


def test_each_socket_leaves_a_line_and_no_words(
    as_ada: Client, as_cleo: Client, ada: User, live: Session, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk() -> None:
        async with serving():
            hers, strangers = Line(as_ada, live.pk), Line(as_cleo, live.pk)
            await strangers.hears("hello")
            await hers.hears("hello")
            hers.say(t="chat.say", ref=1, text="sesame")
            await hers.hears("chat.ack")
            hers.say(t="nonsense", text="sesame")
            await hers.hears("never")

    with caplog.at_level(logging.DEBUG):
        asyncio.run(talk())
    written = [JsonFormatter().format(record) for record in caplog.records]
    lines = [one for one in map(json.loads, written) if one.get("route") == "socket"]
    assert [(one.get("user"), one["session"], one["code"]) for one in lines] == [
        (None, str(live.pk), 4403),
        (ada.pk, str(live.pk), 1003),
    ]
    assert all(one["ms"] >= 0 for one in lines)
    assert "sesame" not in "".join(written)
