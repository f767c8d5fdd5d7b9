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


class Drawer:
    """A seat's client. `acked` and `unacked` are its history: {element id: (version, nonce)}."""

    def __init__(self, http: httpx.Client, session: str, seed: int) -> None:
        self.http = http
        self.acked: dict[str, tuple[int, int]] = {}
        self.unacked: dict[str, dict[str, Any]] = {}
        self.rejected: list[str] = []
        self.scene: dict[str, dict[str, Any]] = {}
        self.said: list[dict[str, Any]] = []
        self._random = random.Random(seed)
        self._session = session
        self._ref = 0
        self._sent: dict[int, list[str]] = {}
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
        if self.unacked:
            self._send(list(self.unacked.values()))

    def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            self._socket.close()

    def draw(self) -> None:
        """Draw a new box, or move one of one's own."""
        mine = [e for e in self.scene.values() if e["id"].startswith(f"{id(self):x}")]
        element = (
            _moved(self._random.choice(mine), self._random)
            if mine and self._random.random() < 0.5
            else _box(f"{id(self):x}-{len(self.scene)}-{self._random.randrange(10**6)}", self._random)
        )
        self.scene[element["id"]] = self.unacked[element["id"]] = element
        self._send([element])

    def listen(self, seconds: float) -> None:
        """Take in what comes for a while; a lost socket is opened again."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                if self._socket is None:
                    self.connect()
                assert self._socket is not None
                self._hear(json.loads(self._socket.recv(timeout=min(left, 0.5))))
            except TimeoutError:
                continue
            except (WebSocketException, OSError):
                self._socket = None
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

    def _send(self, elements: list[dict[str, Any]]) -> None:
        self._ref += 1
        self._sent[self._ref] = [element["id"] for element in elements]
        message = {"t": "board.delta", "ref": self._ref, "elements": elements}
        try:
            if self._socket is not None:
                self._socket.send(json.dumps(message))
        except (WebSocketException, OSError):
            self._socket = None

    def _hear(self, message: dict[str, Any]) -> None:
        self.said.append(message)
        match message["t"]:
            case "board.init" | "board.delta":
                self._merge(message["elements"])
            case "board.ack":
                for id, version, nonce in message["accepted"]:
                    self.acked[id] = (version, nonce)
                    waiting = self.unacked.get(id)
                    if waiting and (waiting["version"], waiting["versionNonce"]) == (version, nonce):
                        del self.unacked[id]
                self._merge(message["elements"])
                for held in message["elements"]:  # the server mended it, or somebody's newer copy won
                    waiting = self.unacked.get(held["id"])
                    if waiting and _rank(held) >= _rank(waiting):
                        self.acked[held["id"]] = (held["version"], held["versionNonce"])
                        del self.unacked[held["id"]]
            case "board.reject":
                self.rejected.append(message["code"])
                for id in self._sent.get(message["ref"], []):
                    self.unacked.pop(id, None)

    def _merge(self, elements: list[dict[str, Any]]) -> None:
        for element in elements:
            ours = self.scene.get(element["id"])
            if ours is None or _rank(element) > _rank(ours):
                self.scene[element["id"]] = element


def _rank(element: dict[str, Any]) -> tuple[int, int]:
    return element["version"], -element["versionNonce"]


def _box(id: str, chance: random.Random) -> dict[str, Any]:
    return {
        "id": id,
        "type": "rectangle",
        "version": 1,
        "versionNonce": chance.randrange(2**31),
        "index": "a1",
        "isDeleted": False,
        "x": chance.randrange(1000),
        "y": chance.randrange(1000),
        "width": 120,
        "height": 60,
    }


def _moved(element: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    return {
        **element,
        "x": element["x"] + 5,
        "version": element["version"] + 1,
        "versionNonce": chance.randrange(2**31),
    }
