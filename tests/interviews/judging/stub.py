"""A server on this machine, as honest or as bad as a test wants it, spoken to over a socket: a chat endpoint, or what
receives webhooks."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = dict[str, Any]
Item = dict[str, Any]
KEY = "sk-never-shown-0815"


class Answer(BaseHTTPRequestHandler):
    """One connection; `self.server.manner` decides what happens to it."""

    server: Stub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = json.loads(body)
        self.server.bodies.append(body)
        self.server.asked.append(asked)
        self.server.headers.append(dict(self.headers))
        with suppress(BrokenPipeError, ConnectionResetError):
            self.server.manner(self, asked)

    def do_GET(self) -> None:
        self.server.followed.append(self.path)
        self.raw(200, b"{}")

    def raw(self, status: int, body: bytes, **headers: str) -> None:
        """Send exactly this."""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def chat(self, content: Any, *, finish: str = "stop", refusal: str | None = None) -> None:
        """Send what a chat endpoint sends; `content` that is no text goes out as JSON."""
        text = content if isinstance(content, str) or content is None else json.dumps(content)
        message = {"role": "assistant", "content": text, "refusal": refusal}
        body = {
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {"total_tokens": 1234},
        }
        self.raw(200, json.dumps(body).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


Manner = Callable[[Answer, Asked], None]


class Stub(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, manner: Manner, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.manner = manner
        self.asked: list[Asked] = []
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.followed: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def serving(manner: Manner, tls: ssl.SSLContext | None = None) -> Iterator[Stub]:
    """The stub, until the end of the block."""
    stub = Stub(manner, tls)
    thread = threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.shutdown()
        stub.server_close()
        thread.join()


def items_of(asked: Asked) -> list[str]:
    """The ids that a question lists, the decoy among them."""
    return re.findall(r"^- ([\w.]+): ", asked["messages"][1]["content"].split("\n\n")[0], re.M)


def field_of(asked: Asked, name: str) -> str:
    """The candidate's text of one field, as it stands between its markers."""
    found = re.search(
        rf"<<<\w+ begin {name}>>>\n(.*?)\n<<<\w+ end {name}>>>", asked["messages"][1]["content"], re.S
    )
    assert found
    return found[1]


def real(asked: Asked) -> list[str]:
    """The ids without the decoy, whose last part is six hex digits of the marker's code."""
    nonce = re.search(r"<<<(\w+) begin", asked["messages"][1]["content"])
    assert nonce
    return [id for id in items_of(asked) if not id.endswith(f".{nonce[1][:6]}")]


def sheet(asked: Asked, **levels: tuple[int, str, str]) -> dict[str, list[Item]]:
    """An answer in the right form: `step__item=(level, where, quote)`, everything else 0."""
    given = {name.replace("__", "."): value for name, value in levels.items()}
    return {
        "items": [
            {
                "item": id,
                "level": given[id][0] if id in given else 0,
                "quotes": [{"where": given[id][1], "text": given[id][2]}] if id in given else [],
            }
            for id in items_of(asked)
        ]
    }


def honest(answer: Answer, asked: Asked) -> None:
    """Applied, for the scale, with the words that say it."""
    quote = "200 million users a day, about 30k requests per second <at peak>"
    answer.chat(sheet(asked, clarify__scale=(2, "clarify", quote)))


def drips(answer: Answer, asked: Asked) -> None:
    """A byte now and then, for longer than anybody waits."""
    answer.send_response(200)
    answer.end_headers()
    for _ in range(200):
        answer.wfile.write(b" ")
        answer.wfile.flush()
        time.sleep(0.1)


def drips_headers(answer: Answer, asked: Asked) -> None:
    """The same before the body begins."""
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        answer.wfile.write(b"a")
        answer.wfile.flush()
        time.sleep(0.1)


def floods(answer: Answer, asked: Asked) -> None:
    """Far more than an answer can be, without saying how much."""
    answer.send_response(200)
    answer.end_headers()
    for _ in range(1000):
        answer.wfile.write(b" " * 65536)


def says(content: Any, **more: Any) -> Manner:
    """Always this content."""
    return lambda answer, asked: answer.chat(content, **more)


def answers(status: int, body: bytes = b"{}", **headers: str) -> Manner:
    """Always this status."""
    return lambda answer, asked: answer.raw(status, body, **headers)
