"""Somebody in their room who also watches the clock, as the page does: by pings, half of whose way is subtracted."""

from __future__ import annotations

import time
from typing import Any

from tests.chaos.crowd import Person
from tests.chaos.history import Kind, What

LOOK_EVERY = 2.0


class Watcher(Person):
    """Writes down by how much the server's clock is ahead of the true one, with each answer."""

    _looked_at = 0.0

    def _hear(self, message: dict[str, Any]) -> None:
        super()._hear(message)
        now = time.time()
        if message["t"] == "pong":
            way = (now * 1000 - message["at"]) / 2
            ahead = message["server_time"] - (now * 1000 - way)
            self._history.write(
                self.place.who, self.place.session, Kind.OK, What.CLOCK, f"{ahead:.0f}", detail=f"{way:.0f}"
            )
        elif now - self._looked_at > LOOK_EVERY:
            self._looked_at = now
            self._send({"t": "ping", "at": int(now * 1000)}, again=True)
