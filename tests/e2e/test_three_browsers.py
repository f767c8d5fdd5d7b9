"""Three real browsers draw, type, move, delete and undo at random, with lines that break: in the end all see the same.

What goes wrong here goes wrong between the editor and the merge (labels that two people type, boxes that move while an
arrow is bound to them, orders that are healed), where no simulated client can stand in.
"""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product, until
from tests.e2e.room import invite_link, open_room, saved, session_id, start_clock

pytestmark = pytest.mark.browser
ROUNDS = 60
# The editor keeps its scene in a React component; there is no public way to it from the page.
SCENE = """() => {
  const place = document.querySelector(".excalidraw");
  let fiber = place[Object.keys(place).find((key) => key.startsWith("__reactFiber$"))];
  while (!fiber.stateNode?.scene?.getElementsIncludingDeleted) fiber = fiber.return;
  return fiber.stateNode.scene.getElementsIncludingDeleted();
}"""
KEYS = ("id", "version", "versionNonce", "index", "isDeleted", "x", "y", "originalText")


def scene(elements: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """{id: what must agree} of everything that is there."""
    living = (element for element in elements if not element["isDeleted"])
    return {
        element["id"]: {
            **{key: element.get(key) for key in KEYS},
            # The editor takes an empty list for none.
            "bound": sorted(bound["id"] for bound in element.get("boundElements") or ()),
        }
        for element in living
    }


def stored(product: Product, page: Page) -> dict[str, dict[str, Any]]:
    rows = product.sql(
        "SELECT e.data FROM whiteboard_element e JOIN interviews_session s ON s.board_id = e.board_id WHERE s.id = %s",
        session_id(page),
    )
    return scene([row[0] for row in rows])


class Hand:
    """One person at one board, who does this and that."""

    def __init__(self, page: Page, chance: random.Random) -> None:
        self.page = page
        self.chance = chance
        self.canvas = page.locator(".excalidraw canvas.interactive")

    def act(self) -> None:
        """One thing; what the editor will not do at the moment is not done."""
        with contextlib.suppress(AssertionError):
            self.chance.choice(self.verbs)()
        self.page.wait_for_timeout(self.chance.randrange(20, 120))

    @property
    def verbs(self) -> list[Callable[[], None]]:
        often = [self.insert, self.write] * 2
        return [*often, self.move, self.connect, self.delete, self.undo, self.drop]

    def insert(self) -> None:
        names = ["Ranker", "Data lake", "Cache", "Event log"]
        self.page.get_by_role("button", name=self.chance.choice(names), exact=True).click()

    def _point(self) -> dict[str, float]:
        return {"x": self.chance.randrange(330, 700), "y": self.chance.randrange(200, 650)}

    def write(self) -> None:
        self.canvas.dblclick(position=self._point())  # type: ignore[arg-type]
        self.page.wait_for_timeout(120)
        self.page.keyboard.type(self.chance.choice("abc") * 3, delay=15)
        self.page.keyboard.press("Escape")

    def move(self) -> None:
        self.canvas.click(position=self._point())  # type: ignore[arg-type]
        for _ in range(self.chance.randrange(1, 6)):
            self.page.keyboard.press(self.chance.choice(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]))

    def connect(self) -> None:
        self.canvas.click(position={"x": 340, "y": 720})
        self.page.keyboard.press("Control+a")
        self.page.get_by_role("button", name="Connect two parts").click()

    def delete(self) -> None:
        self.canvas.click(position=self._point())  # type: ignore[arg-type]
        self.page.keyboard.press("Delete")

    def undo(self) -> None:
        self.canvas.click(position={"x": 340, "y": 720})
        self.page.keyboard.press(self.chance.choice(["Control+z", "Control+Shift+z"]))

    def drop(self) -> None:
        self.page.context.set_offline(True)
        self.page.wait_for_timeout(self.chance.randrange(100, 600))
        self.page.context.set_offline(False)


@pytest.mark.parametrize("seed", [1])
def test_three_browsers_come_to_the_same(enter: Enter, product: Product, seed: int) -> None:
    chance = random.Random(seed)
    ada, ben = enter("ada"), enter("ben")
    open_room(ada, "candidate")
    ben.goto(invite_link(ada))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    start_clock(ben)
    again = enter("ada")  # a second window of hers, on another machine
    again.goto(ada.url)
    pages = [ada, ben, again]
    for page in pages:
        page.wait_for_selector(".excalidraw canvas")
        expect(page.get_by_role("button", name="Ranker", exact=True)).to_be_enabled(timeout=20_000)
    hands = [Hand(page, chance) for page in pages]
    for _ in range(ROUNDS):
        chance.choice(hands).act()
    for page in pages:
        page.context.set_offline(False)
        page.keyboard.press("Escape")
        saved(page)

    def agree() -> bool:
        wanted = stored(product, ada)
        return len(wanted) > 5 and all(scene(page.evaluate(SCENE)) == wanted for page in pages)

    until(
        agree, 30, lambda: differences(stored(product, ada), [scene(page.evaluate(SCENE)) for page in pages])
    )


def differences(wanted: dict[str, Any], seen: list[dict[str, Any]]) -> str:
    """Which elements differ, and how."""
    lines = [f"The server holds {len(wanted)} elements; the browsers show {[len(one) for one in seen]}."]
    lines += [
        f"{id}: server {wanted.get(id)}; browsers {[one.get(id) for one in seen]}"
        for id in sorted({id for one in [wanted, *seen] for id in one})
        if any(one.get(id) != wanted.get(id) for one in seen)
    ]
    return "\n".join(lines[:8])
