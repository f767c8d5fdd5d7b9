"""Clients draw at the same time over lines that drop, repeat and reorder: all end with the server's scene."""

from __future__ import annotations

import os
import random

import pytest

from tests.whiteboard.drawing import arrow, box, text
from tests.whiteboard.merging import merge
from whiteboard.rules import Element
from whiteboard.rules.batch import absorb, foreign
from whiteboard.rules.merge import in_order
from whiteboard.rules.scene import Scene

# 200 on every run; docs/testing.md names the nightly number.
SEEDS = int(os.environ.get("CONVERGENCE_SEEDS", "200"))


class Server:
    """The scene and its log; a line to each client that is up or down."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.log: list[list[Element]] = []

    def take(self, elements: list[Element]) -> list[Element]:
        changed = absorb(self.scene, elements)
        if changed:
            self.log.append(changed)
        return changed


class Client:
    """A browser: it keeps what is not acknowledged, and sends it again."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self.name = name
        self.scene: dict[str, Element] = {}
        self.unacknowledged: set[str] = set()
        self.inbox: list[list[Element]] = []
        self._chance = chance
        self._made = 0

    def draw(self) -> None:
        living = [element for element in self.scene.values() if not element["isDeleted"]]
        act = self._chance.choice(["box", "label", "arrow", "move", "move", "delete"])
        boxes = [element["id"] for element in living if element["type"] == "rectangle"] or [None]
        self._made += 1
        new = f"{self.name}{self._made}"
        if act == "box":
            self._change(box(new, index=self._chance.choice(["a0", "a1", "a2", None])))
        elif act == "label":
            self._change(text(new, new, self._chance.choice(boxes), index=f"b0{self._made % 9 + 1}"))
        elif act == "arrow":
            self._change(arrow(new, self._chance.choice(boxes), self._chance.choice(boxes), index="c001"))
        elif living:
            chosen = self._chance.choice(living)
            change = {"isDeleted": True} if act == "delete" else {"x": self._chance.randrange(999)}
            self._change({**chosen, **change, "version": chosen["version"] + 1})

    def _change(self, element: Element) -> None:
        self.scene[element["id"]] = {**element, "versionNonce": self._chance.randrange(2**31)}
        self.unacknowledged.add(element["id"])

    def hear(self, elements: list[Element]) -> None:
        self.scene = merge(self.scene, elements)

    def outgoing(self) -> list[Element]:
        return [self.scene[id] for id in sorted(self.unacknowledged)]


def _send(client: Client, others: list[Client], server: Server, chance: random.Random, loss: float) -> None:
    sent = client.outgoing()
    if not sent or chance.random() < loss:
        return
    changed = server.take(sent)
    for other in others:
        if changed and chance.random() >= loss:
            other.inbox.insert(chance.randrange(len(other.inbox) + 1), changed)
            if chance.random() < 0.2:
                other.inbox.append(changed)
    if chance.random() >= loss:
        client.hear([server.scene[element["id"]] for element in sent] + foreign(changed, sent))
        client.unacknowledged -= {element["id"] for element in sent}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_all_clients_end_with_the_servers_scene_and_the_log_replays_to_it(seed: int) -> None:
    chance = random.Random(seed)
    server = Server()
    clients = [Client(name, chance) for name in "abcde"[: 2 + seed % 4]]
    for _ in range(40):
        client = chance.choice(clients)
        client.draw()
        if chance.random() < 0.6:
            _send(client, [other for other in clients if other is not client], server, chance, loss=0.25)
        if client.inbox and chance.random() < 0.7:
            client.hear(client.inbox.pop(0))
    for (
        client
    ) in clients:  # the lines are back: each reconnects, reads the board and sends what it still holds
        client.hear(list(server.scene.values()))
        _send(client, [other for other in clients if other is not client], server, chance, loss=0)
    for client in clients:
        for message in client.inbox:
            client.hear(message)
    replayed: dict[str, Element] = {}
    for delta in server.log:
        replayed |= {element["id"]: element for element in delta}
    drawn = in_order(server.scene.values())
    assert in_order(replayed.values()) == drawn
    assert all(in_order(client.scene.values()) == drawn for client in clients)
