"""uvicorn's WebSocket with a shorter way for what a busy room says: whole text frames.

ASGI passes every message through a queue, a task and a dict, and pauses reading around each. A handler that asks for it
(the scope's extension "two_loops.lane") gets whole text frames by a call, on the loop, and writes its own to the
transport while that is free. Everything else stays with uvicorn: the handshake, pings, closing, messages in pieces,
what is too large or no frame at all. docs/adr/0006 has the measurements.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.speedups import apply_mask

EXTENSION = "two_loops.lane"
_WHOLE_TEXT = 0x81
_MASKED = 0x80
# A control frame is whole and short, or it is an error.
_CONTROL, _LONGEST_CONTROL = 0x88, 125

Hear = Callable[[bytes], bool]


class LaneProtocol(WebSocketsSansIOProtocol):
    """A lane is open from `listen` on."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._hear: Hear | None = None
        self._rest = b""
        # Frames are cut here until the first that is not simple: then uvicorn reads the stream by itself.
        self._cuts = True

    def listen(self, hear: Hear) -> None:
        """From now on `hear` is called with the text of each frame; where it returns False, the message goes on to
        `receive`, and nothing is read until it was taken there."""
        self._hear = hear

    def say(self, text: bytes) -> bool:
        """Write a text message (UTF-8) now; False, and nothing written, where it would have to wait or the socket is
        closing."""
        if not self.writable.is_set() or self.close_sent or self.disconnected or self.transport.is_closing():
            return False
        self.transport.write(_head(len(text)) + text)
        return True

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][EXTENSION] = self  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        if not self._cuts or not self.handshake_initiated:
            super().data_received(data)
            return
        if self._rest:
            data, self._rest = self._rest + data, b""
        at, size = 0, len(data)
        while size - at >= 2:
            first, second = data[at], data[at + 1]
            length, head = second & 127, 6
            if length >= 126:
                head = 8 if length == 126 else 14
                if size - at < head:
                    break
                length = int.from_bytes(data[at + 2 : at + head - 4])
            is_text = first == _WHOLE_TEXT and length <= self.config.ws_max_size
            if not second & _MASKED or not (is_text or (first >= _CONTROL and length <= _LONGEST_CONTROL)):
                self._cuts = False
                super().data_received(data[at:])
                return
            end = at + head + length
            if end > size:
                break
            if is_text and self._hear and not self.close_sent:
                self._pass_on(self._hear, apply_mask(data[at + head : end], data[at + head - 4 : at + head]))
            else:
                super().data_received(data[at:end])
            at = end
        self._rest = data[at:]

    def _pass_on(self, hear: Hear, text: bytes) -> None:
        if not hear(text):
            self.curr_msg_data_type, self.frames = "text", [text]
            self.send_receive_event_to_app()


def _head(length: int) -> bytes:
    """The head of an unmasked text frame."""
    if length < 126:
        return bytes((_WHOLE_TEXT, length))
    if length < 65_536:
        return bytes((_WHOLE_TEXT, 126, length >> 8, length & 255))
    return bytes((_WHOLE_TEXT, 127)) + length.to_bytes(8)
