"""A browser without a screen: speaks the room's protocol, keeps what is not acknowledged and sends it again."""

from __future__ import annotations

import json
import random
import re
import time
from contextlib import suppress
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.chaos.pen import Pen

PASSWORD = "two-loops-demo"


def log_in(url: str, name: str) -> httpx.Client:
    """An HTTP client with this demo person's cookies."""
    http = httpx.Client(base_url=url, headers={"Origin": url, "Referer": f"{url}/"}, timeout=10)
    post(
        http,
        "/accounts/login/",
        {"login": f"{name}@example.com", "password": PASSWORD},
        page="/accounts/login/",
    )
    assert "session" in http.cookies, "log-in failed"
    return http


def post(http: httpx.Client, path: str, data: dict[str, str], *, page: str = "/") -> httpx.Response:
    """Submit a form with the token of a page that was just read."""
    shown = http.get(page)
    token = re.search(r'"X-CSRFToken": "([^"]+)"', shown.text)
    assert token, f"{page} answered {shown.status_code} without a token: {shown.text[:300]}"
    return http.post(path, data={**data, "csrfmiddlewaretoken": token[1]})


class Drawer(Pen):
    """A seat's client."""

    def __init__(self, http: httpx.Client, session: str, seed: int) -> None:
        super().__init__(f"{id(self):x}", random.Random(seed))
        self.http = http
        self.said: list[dict[str, Any]] = []
        # Why each socket that is no more was lost.
        self.losses: list[str] = []
        self._session = session
        self._socket: ClientConnection | None = None

    def connect(self, origin: str | None = None) -> None:
        """Open the socket; what was not acknowledged goes out again."""
        base = str(self.http.base_url).rstrip("/")
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        self._socket = connect(
            f"{base.replace('http', 'ws')}/ws/sessions/{self._session}/",
            origin=Origin(origin or base),
            additional_headers={"Cookie": cookies},
            compression=None,
            open_timeout=5,
            legacy=True,
        )
        if message := self.again():
            self._send(message)

    def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            self._socket.close()

    def draw(self) -> None:
        """Draw a new box, or move one of one's own."""
        self._send(self.change())

    def listen(self, seconds: float) -> None:
        """Take in what comes for a while; a lost socket is opened again."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                if self._socket is None:
                    self.connect()
                assert self._socket is not None
                message = json.loads(self._socket.recv(timeout=min(left, 0.5)))
                self.said.append(message)
                self.hear(message)
            except TimeoutError:
                continue
            except (WebSocketException, OSError) as error:
                self._lost(error)
                time.sleep(min(0.2, max(left, 0)))

    def settle(self, seconds: float) -> None:
        """Listen until everything is acknowledged."""
        deadline = time.monotonic() + seconds
        while self.unacked and time.monotonic() < deadline:
            self.listen(0.3)

    def send_raw(self, frame: str | bytes) -> None:
        """Say something that no browser would; a server that hung up meanwhile hears nothing (see `close_code`)."""
        assert self._socket is not None
        with suppress(ConnectionClosed):
            self._socket.send(frame)

    def hear_one(self, seconds: float) -> int | None:
        """Take in one message, if one comes in time; the code where the server has closed the socket instead."""
        assert self._socket is not None
        with suppress(TimeoutError):
            try:
                message = json.loads(self._socket.recv(timeout=seconds))
            except WebSocketException:
                return self._socket.protocol.close_code
            self.said.append(message)
            self.hear(message)
        return None

    def close_code(self, seconds: float) -> int | None:
        """The code that the server closes with, or None if it does not in time."""
        assert self._socket is not None
        with suppress(TimeoutError):
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                try:
                    self._socket.recv(timeout=max(deadline - time.monotonic(), 0.01))
                except WebSocketException:
                    return self._socket.protocol.close_code
        return None

    def _send(self, message: dict[str, Any]) -> None:
        try:
            if self._socket is not None:
                self._socket.send(json.dumps(message))
        except (WebSocketException, OSError) as error:
            self._lost(error)

    def _lost(self, error: Exception) -> None:
        self.losses.append(str(error))
        self._socket = None
