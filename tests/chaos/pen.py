"""What a browser keeps of a board: the scene, and what is not acknowledged yet. It knows no socket."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.chaos.history import Kind, Rank, rank
from tests.whiteboard.ahead import Ahead

Element = dict[str, Any]
Message = dict[str, Any]
Tell = Callable[[Kind, str, Rank], None]


def _nobody(kind: Kind, key: str, standing: Rank) -> None:
    """Keep no history."""


class Pen:
    """Draws boxes whose ids begin with `name`. `acked` has the rank of what the server said it keeps."""

    def __init__(self, name: str, chance: random.Random, tell: Tell = _nobody) -> None:
        self.acked: dict[str, Rank] = {}
        self.unacked: dict[str, Element] = {}
        self.rejected: list[str] = []
        self.scene: dict[str, Element] = {}
        self._name = name
        self._chance = chance
        self._tell = tell
        self._ref = 0
        self._sent: dict[int, list[Element]] = {}
        # What the server is known to hold, to go back to when it refuses something.
        self._standing: dict[str, Element] = {}
        self._ahead = Ahead()

    def change(self) -> Message:
        """The message that draws a new box, or moves one of one's own."""
        mine = [one for one in self.scene.values() if one["id"].startswith(self._name)]
        element = (
            _moved(self._chance.choice(mine), self._chance)
            if mine and self._chance.random() < 0.5
            else _box(f"{self._name}-{len(self.scene)}-{self._chance.randrange(10**6)}", self._chance)
        )
        self._tell(Kind.INVOKE, element["id"], rank(element))
        self.scene[element["id"]] = self.unacked[element["id"]] = element
        return self._message([element])

    def again(self) -> Message | None:
        """The message that says once more what was not acknowledged; None where there is nothing."""
        return self._message(list(self.unacked.values())) if self.unacked else None

    def lose_line(self) -> None:
        """Nobody can know what became of what was sent."""
        for id, element in self.unacked.items():
            self._tell(Kind.UNKNOWN, id, rank(element))

    def hear(self, message: Message) -> None:
        """Take in a message about the board; others are none of the pen's business."""
        match message["t"]:
            case "board.init" | "board.delta":
                self._ahead.hear(message, self.scene)
                if message.get("full"):
                    self._standing.clear()
                self._merge(message["elements"])
            case "board.ack":
                self._ahead.hear(message, self.scene)
                self._acknowledge(message)
            case "board.seq":
                self._ahead.hear(message, self.scene)
            case "board.reject":
                self._refuse(message)

    def ranks(self) -> dict[str, Rank]:
        """The scene as it is compared."""
        return {id: rank(element) for id, element in self.scene.items()}

    def _message(self, elements: list[Element]) -> Message:
        self._ref += 1
        self._sent[self._ref] = elements
        return {"t": "board.delta", "ref": self._ref, "elements": elements}

    def _acknowledge(self, message: Message) -> None:
        for id, version, nonce in message["accepted"]:
            self._keep(id, (version, -nonce))
        sent = self._sent.get(message["ref"], [])
        self._merge([one for one in sent if self.acked.get(one["id"]) == rank(one)])
        self._merge(message["elements"])
        for held in message["elements"]:  # the server mended it, or somebody's newer copy won
            waiting = self.unacked.get(held["id"])
            if waiting and rank(held) >= rank(waiting):
                self._keep(held["id"], rank(held))
                self.unacked.pop(held["id"], None)

    def _keep(self, id: str, standing: Rank) -> None:
        self.acked[id] = standing
        self._tell(Kind.OK, id, standing)
        waiting = self.unacked.get(id)
        if waiting and rank(waiting) == standing:
            del self.unacked[id]

    def _refuse(self, message: Message) -> None:
        self.rejected.append(message["code"])
        stands = {id: (version, -nonce) for id, version, nonce in message.get("accepted", [])}
        for id, stood in stands.items():
            self._keep(id, stood)
        for element in self._sent.get(message["ref"], []):
            if stands.get(element["id"]) == rank(element):
                continue
            id, standing = element["id"], self._standing.get(element["id"])
            self._tell(Kind.FAIL, id, rank(element))
            waiting = self.unacked.get(id)
            if waiting is None or rank(waiting) > rank(element):
                continue
            del self.unacked[id]
            if standing is None:
                self.scene.pop(id, None)
            else:
                self.scene[id] = standing

    def _merge(self, elements: list[Element]) -> None:
        for element in elements:
            for copies in (self._standing, self.scene):
                ours = copies.get(element["id"])
                if ours is None or rank(element) > rank(ours):
                    copies[element["id"]] = element


def _box(id: str, chance: random.Random) -> Element:
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


def _moved(element: Element, chance: random.Random) -> Element:
    return {
        **element,
        "x": element["x"] + 5,
        "version": element["version"] + 1,
        "versionNonce": chance.randrange(2**31),
    }
