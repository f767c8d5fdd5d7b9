"""The wire between one person's browser and the product, and every byte that came over it to the browser.

What a browser driver tells of responses is not all: redirects have bodies, downloads and beacons go past it, and a body
may be gone when the page has moved on. So this stands between the two and keeps what passes.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import re
import socket
import threading
from dataclasses import dataclass

_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A whole response, or one message of a socket: `address` says of what, `head` is what came before the body."""

    address: str
    head: bytes
    body: bytes


class Wire:
    """Listens on a port of its own, as soon as it is made, and hands everything on to the product's until `close`.

    Each request gets a connection of its own, and none asks for compression, so bodies are kept as they are.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"
        self.received: list[Piece] = []
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        _shut(self._listener, *self._open)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(browser,), daemon=True).start()

    def _carry(self, browser: socket.socket) -> None:
        """One request and its answer; of a socket, all messages."""
        self._open.add(browser)
        with browser, contextlib.suppress(OSError):
            asked = b""
            while _END not in asked:
                if not (more := browser.recv(65536)):
                    return
                asked += more
            head, _, rest = asked.partition(_END)
            with socket.create_connection(("127.0.0.1", self._port)) as product:
                self._open.add(product)
                product.sendall(_alone(head) + _END + rest)
                threading.Thread(target=_pump, args=(browser, product), daemon=True).start()
                self._keep(head, product, browser)
                _shut(browser, product)  # the other thread waits for the browser, and may wait for ever
        self._open -= {browser, product}

    def _keep(self, asked: bytes, product: socket.socket, browser: socket.socket) -> None:
        """Nothing reaches the browser before it is kept."""
        method, address, _ = asked.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        came = bytearray()
        while _END not in came and (more := product.recv(65536)):
            came += more
        head, _, rest = bytes(came).partition(_END)
        if not head.startswith(b"HTTP/1.1 101"):
            while more := product.recv(65536):
                came += more
            self.received.append(Piece(address, head, _body(method, bytes(came))))
            browser.sendall(came)
            return
        self.received.append(Piece(address, head, b""))
        browser.sendall(head + _END)
        frames, more = bytearray(), rest
        while True:
            frames += more
            self.received += [Piece(address, b"", message) for message in _messages(frames)]
            browser.sendall(more)
            if not (more := product.recv(65536)):
                self.received.append(Piece(address, b"", bytes(frames)))
                return


def _alone(head: bytes) -> bytes:
    """The request without its wish for compression; the answer to a plain one ends with its connection."""
    head = re.sub(rb"\r\n(?:accept-encoding|sec-websocket-extensions):[^\r]*", b"", head, flags=re.I)
    if re.search(rb"\r\nupgrade:", head, re.I):
        return head
    return re.sub(rb"\r\nconnection:[^\r]*", b"", head, flags=re.I) + b"\r\nConnection: close"


def _shut(*sockets: socket.socket) -> None:
    for one in sockets:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while more := source.recv(65536):
            target.sendall(more)
        target.shutdown(socket.SHUT_WR)


class _Came:
    """Bytes as http.client reads them from a socket."""

    def __init__(self, came: bytes) -> None:
        self._came = came

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self._came)


def _body(method: str, came: bytes) -> bytes:
    """The body without the borders of its chunks; of an answer that broke off, as much as came."""
    answer = http.client.HTTPResponse(_Came(came), method=method)  # type: ignore[arg-type]
    try:
        answer.begin()
        return answer.read()
    except http.client.IncompleteRead as broken:
        return broken.partial
    except http.client.HTTPException:
        return came


def _messages(came: bytearray) -> list[bytes]:
    """The payloads of all frames that have come whole; takes them away. A server's frames are not masked."""
    found = []
    while len(came) >= 2:
        size, start = came[1] & 127, 2
        if size >= 126:
            start = 4 if size == 126 else 10
            size = int.from_bytes(came[2:start], "big")
        if len(came) < start + size:
            break
        found.append(bytes(came[start : start + size]))
        del came[: start + size]
    return found
