"""What reaches a Sentry: a receiver of our own reads every byte."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

NOTE, ADDRESS = "her words on sesame", "ada" + "@example.com"
# Three faults: in a view, in a task, and a line without an exception; each with words of hers wherever they could be.
PROGRAM = """
import logging, sys
import django; django.setup()
import sentry_sdk
from django.conf import settings
from django.test import Client
from django.urls import path
from interviews.tasks import record_board
note, address = sys.argv[1:]

def broken(request, word):
    local = request.body.decode()
    try:
        raise KeyError(local)
    except KeyError as error:
        raise ValueError(local) from error

urlpatterns = [path("broken/<str:word>/", broken, name="broken")]
handler500 = "mlsd_site.errors.server_error"
settings.ROOT_URLCONF = "__main__"
settings.MIDDLEWARE = ["mlsd_site.requests.RequestMiddleware"]
client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {note}", "User-Agent": note})
client.cookies["session"] = note
answer = client.post(f"/broken/{address}/?q={note}", data=note, content_type="text/plain")
record_board.apply(args=[f"{note} {address}"])
logging.getLogger("mlsd_site.test").error("Of %s, by %s: " + note, note, address)
sentry_sdk.flush(timeout=10)
print(answer.status_code, answer["X-Request-ID"])
"""


class Receiver(BaseHTTPRequestHandler):
    bodies: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.bodies.append(gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[HTTPServer]:
    Receiver.bodies = []
    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


def fail(dsn: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, NOTE, ADDRESS],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mlsd_site.settings", "SENTRY_DSN": dsn, "DEBUG": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_asvs_16_2_5_places_in_the_code_leave_and_nobodys_words(receiver: HTTPServer) -> None:
    status, number = fail(f"http://key@127.0.0.1:{receiver.server_port}/1").split()
    assert status == "500"
    everything = b"\n".join(Receiver.bodies)
    for word in ("sesame", "her words", "ada@", "example.com", "Bearer"):
        assert word.encode() not in everything
    events = [json.loads(body.splitlines()[2]) for body in Receiver.bodies]
    by_logger = {event["logger"]: event for event in events}
    assert by_logger.keys() == {"django.request", "celery.app.trace", "mlsd_site.test"}
    raised = by_logger["django.request"]["exception"]["values"]
    assert [one["type"] for one in raised] == ["KeyError", "ValueError"]
    assert raised[-1]["stacktrace"]["frames"][-1]["function"] == "broken"
    assert by_logger["django.request"]["tags"]["request"] == number
    assert by_logger["celery.app.trace"]["exception"]["values"][0]["type"] == "ValueError"
    assert by_logger["mlsd_site.test"]["message"] == "<string>, line 26"
    kept = {"event_id", "timestamp", "platform", "level", "logger", "environment", "release", "tags"}
    assert all(event.keys() <= kept | {"exception", "message"} for event in events)


def test_without_an_address_nothing_is_sent(receiver: HTTPServer) -> None:
    assert fail("").startswith("500")
    assert Receiver.bodies == []
