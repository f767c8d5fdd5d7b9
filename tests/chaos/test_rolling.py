"""Web processes restarted one by one, with SIGTERM, while two people draw through a proxy."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator

import httpx
import pytest

from mlsd_site import web
from tests.chaos.client import Drawer
from tests.chaos.conftest import Meeting
from tests.chaos.test_kills import draw_together, lost, replayed, stored
from tests.chaos.turnpike import Turnpike
from tests.e2e.product import ROOT, Product, _environment, _free_port, until

pytestmark = pytest.mark.chaos
# A browser waits at most 4.5 s before its first try (static/src/room/backoff.ts); this client 0.2 s.
WITHIN = 10.0


class Web:
    """A web process of the product besides its own, that can be restarted."""

    def __init__(self, product: Product) -> None:
        self.port = _free_port()
        self._environment = _environment(product.pid("web"))
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(web.command("127.0.0.1", self.port), cwd=ROOT, env=self._environment)
        until(self._answers, 60, "A web process did not start.")
        return process

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://localhost:{self.port}/health/live").status_code == 200
        except httpx.TransportError:
            return False

    def terminate(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def until_ended(self) -> int:
        return self._process.wait(20)

    def start_again(self) -> None:
        self._process = self._start()

    def stop(self) -> None:
        if self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGTERM)
            self._process.wait(20)


@pytest.fixture
def pair(product: Product) -> Iterator[tuple[Web, Web, Turnpike]]:
    first, second = Web(product), Web(product)
    gate = Turnpike(first.port, second.port)
    yield first, second, gate
    gate.close()
    first.stop()
    second.stop()


def through(gate: Turnpike, person: Drawer, session: str, seed: int) -> Drawer:
    http = httpx.Client(base_url=gate.url, cookies=person.http.cookies)
    return Drawer(http, session, seed)


def test_a_rolling_restart_loses_nothing_and_all_are_back_within_ten_seconds(
    product: Product, meeting: Meeting, pair: tuple[Web, Web, Turnpike]
) -> None:
    first, second, gate = pair
    meeting.ada.close()
    meeting.ben.close()
    meeting.ada = through(gate, meeting.ada, meeting.session, 1)
    meeting.ben = through(gate, meeting.ben, meeting.session, 2)
    people = (meeting.ada, meeting.ben)
    for person in people:
        person.connect()
    for one, other in ((first, second), (second, first)):
        gate.ports = [one.port, other.port]
        draw_together(meeting, 1)
        began = time.monotonic()
        one.terminate()
        # What every browser is told, and takes as: come back, over some seconds.
        assert {person.close_code(5) for person in people} == {1012}
        for person in people:
            before = len(person.acked)
            while len(person.acked) <= before and time.monotonic() < began + WITHIN:
                person.draw()
                person.listen(0.1)
            assert len(person.acked) > before
        assert one.until_ended() == -signal.SIGTERM  # uvicorn ends in order, then by the signal itself
        gate.ports = [other.port]
        one.start_again()
        draw_together(meeting, 1)
    for person in people:
        person.settle(10)
        assert person.unacked == {}
        assert person.rejected == []
    kept = stored(product, meeting.session)
    assert lost(meeting.ada, kept) == lost(meeting.ben, kept) == []
    assert replayed(product, meeting.session) == kept
    for person in people:
        person.http.close()
