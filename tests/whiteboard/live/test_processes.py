from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from tests.whiteboard.drawing import arrow, box
from tests.whiteboard.live.conftest import Wires
from tests.whiteboard.live.stage import Browser, browser, in_database, play, process, until
from whiteboard.live import bus
from whiteboard.rules import Element
from whiteboard.rules.merge import in_order

if TYPE_CHECKING:
    from pytest_django import Settings

    from mlsd_site.accounts.models import User
    from whiteboard.models import Board


async def _subscribed() -> None:
    await asyncio.sleep(0.4)


def test_an_edit_in_one_process_is_seen_at_once_in_another(board: Board, ada: User, ben: User) -> None:
    async def scene() -> None:
        async with (
            process() as here,
            process() as there,
            browser(here, board.pk, ada.pk) as one,
            browser(there, board.pk, ben.pk) as two,
        ):
            await _subscribed()
            await one.draw(box("b1"))
            told = await two.message(lambda m: m["t"] == "board.delta", within=1)
            assert (told["by"], told["seq"], told["elements"]) == (ada.pk, 1, [box("b1")])

    play(scene)


def test_pointers_and_announcements_reach_the_other_process(board: Board, ada: User, ben: User) -> None:
    async def scene() -> None:
        async with (
            process() as here,
            process() as there,
            browser(here, board.pk, ada.pk) as one,
            browser(there, board.pk, ben.pk, role="interviewer") as two,
        ):
            await _subscribed()
            one.room.pointer(one.member, {"t": "pointer", "seat": ada.pk, "x": 1, "y": 2})
            await in_database(lambda: bus.announce(board.pk, {"t": "private"}, audience="interviewer"))
            await in_database(lambda: bus.announce(board.pk, {"t": "clock"}))
            for who in (one, two):
                await who.message(lambda m: m["t"] == "clock")
            await until(lambda: "pointer" in two.kinds())
            assert set(two.kinds()) == {"board.init", "pointer", "private", "clock"}
            assert one.kinds() == ["board.init", "clock"]

    play(scene)


def test_what_is_for_one_member_reaches_them_in_every_process_and_nobody_else(
    board: Board, ada: User, ben: User, cleo: User
) -> None:
    async def scene() -> None:
        async with (
            process() as here,
            process() as there,
            browser(here, board.pk, ada.pk) as one,
            browser(there, board.pk, ben.pk) as two,
            browser(there, board.pk, ben.pk) as again,
            browser(there, board.pk, cleo.pk) as stranger,
        ):
            await _subscribed()
            one.room.send_to(ben.pk, {"t": "signal", "from": ada.pk})
            one.room.send_to(0, {"t": "signal", "from": ada.pk})
            for who in (two, again):
                await who.message(lambda m: m["t"] == "signal")
            assert [who.kinds().count("signal") for who in (one, two, again, stranger)] == [0, 1, 1, 0]

    play(scene)


def test_what_the_bus_lost_is_read_from_postgres_when_a_gap_shows(board: Board, ada: User, ben: User) -> None:
    async def scene() -> None:
        async with (
            process() as here,
            process() as there,
            browser(here, board.pk, ada.pk) as one,
            browser(there, board.pk, ben.pk) as two,
        ):
            await _subscribed()
            await one.draw(box("b1"))
            await one.answer()
            await until(lambda: two.seq == 1)
            news = {"kind": "delta", "seq": 9, "by": None, "elements": [box("b9")]}
            await one.draw(box("b2"), ref=2)
            two.room.hear(news)
            await one.answer(2)
            await until(lambda: two.seq == 2)
            assert two.scene.keys() == {"b1", "b2"}

    play(scene)


@pytest.mark.parametrize(
    "letter", [b"", b"not json", b"[]", b'{"from":null,"news":[7,{"kind":"delta"},{"kind":"x"}]}']
)
def test_news_that_cannot_be_read_end_nothing(
    board: Board, ada: User, ben: User, letter: bytes, settings: Settings
) -> None:
    async def scene() -> None:
        async with (
            process() as here,
            process() as there,
            browser(here, board.pk, ada.pk) as one,
            browser(there, board.pk, ben.pk) as two,
        ):
            await _subscribed()
            async with Redis.from_url(settings.REDIS_URL) as redis:
                await redis.publish(f"{settings.REDIS_PREFIX}:board:{board.pk}", letter)
            await one.draw(box("b1"))
            await until(lambda: "b1" in two.scene, within=1)

    play(scene)


def test_without_redis_two_processes_converge_through_postgres(
    board: Board, ada: User, ben: User, wires: Wires
) -> None:
    async def scene() -> None:
        async with (
            wires.to_redis() as line,
            process(redis_url=wires.redis_url) as here,
            process() as there,
            browser(here, board.pk, ada.pk) as one,
            browser(there, board.pk, ben.pk) as two,
        ):
            await _subscribed()
            await line.cut()
            await one.draw(box("b1"))
            assert (await one.answer(within=1))["t"] == "board.ack"
            await two.draw(box("b2", x=200))
            await two.answer(within=1)
            await until(lambda: one.scene == two.scene and len(one.scene) == 2)
            await line.mend()
            await asyncio.sleep(1)
            await one.draw(box("b3"), ref=2)
            await two.message(lambda m: m["t"] == "board.delta" and m["seq"] == 3, within=1)

    play(scene)


@pytest.fixture
def announcing_anew(settings: Settings) -> Iterator[Settings]:
    """Announcements go to the REDIS_URL that the test sets."""
    bus._sync_client.cache_clear()
    yield settings
    bus._sync_client.cache_clear()


def test_announcing_without_redis_costs_little_and_raises_nothing(announcing_anew: Settings) -> None:
    announcing_anew.REDIS_URL = "redis://127.0.0.1:1/0"

    async def scene() -> None:
        async with asyncio.timeout(1):
            await in_database(lambda: bus.announce(uuid4(), {"t": "clock"}))

    play(scene)


def test_announcing_to_a_redis_that_does_not_answer_costs_half_a_second(
    announcing_anew: Settings, wires: Wires
) -> None:
    announcing_anew.REDIS_URL = wires.redis_url
    silent = socket.socket(socket.AF_UNIX)
    silent.bind(urlsplit(wires.redis_url).path)
    silent.listen()

    async def scene() -> None:
        async with asyncio.timeout(1.5):
            await in_database(lambda: bus.announce(uuid4(), {"t": "clock"}))

    with silent:
        play(scene)


def test_without_postgres_nothing_is_acknowledged_and_all_of_it_is_when_it_is_back(
    board: Board, ada: User, wires: Wires
) -> None:
    async def scene() -> None:
        async with (
            wires.to_postgres() as line,
            process(database=wires.database) as hub,
            browser(hub, board.pk, ada.pk) as one,
        ):
            await one.draw(box("b1"))
            await one.answer()
            await line.cut()
            await one.draw(box("b2"), ref=2)
            await asyncio.sleep(0.8)
            assert one.kinds() == ["board.init", "board.ack"]
            await line.mend()
            assert (await one.answer(2))["accepted"] == [["b2", 1, 1]]

    play(scene)


def test_when_postgres_stays_away_browsers_are_sent_away_and_send_again_later(
    board: Board, ada: User, wires: Wires, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("room", "scribe"):
        monkeypatch.setattr(f"whiteboard.live.{part}.PATIENCE", (0.05,))

    async def scene() -> None:
        async with wires.to_postgres() as line, process(database=wires.database) as hub:
            lost = await hub.join(board.pk)
            async with browser(hub, board.pk, ada.pk) as one:
                await line.cut()
                await one.draw(box("b1"))
                await until(lambda: one.code == 1013, within=10)
                assert one.kinds() == ["board.init"]
            await line.mend()
            await hub.part(lost)
            async with browser(hub, board.pk, ada.pk) as again:
                await again.draw(*one.scene.values())
                assert (await again.answer())["t"] == "board.ack"

    play(scene)


@pytest.mark.parametrize("seed", range(6))
def test_two_processes_that_draw_at_once_end_alike_with_the_rows_and_the_log(
    board: Board, ada: User, ben: User, cleo: User, seed: int
) -> None:
    from whiteboard.models import Delta

    chance = random.Random(seed)

    async def act(who: Browser, name: str) -> None:
        for ref in range(1, 16):
            boxes = [element for element in who.scene.values() if element["type"] == "rectangle"]
            new = f"{name}{ref}"
            nonce = chance.randrange(2**31)
            if ref < 4 or not boxes or chance.random() < 0.3:
                await who.draw(box(new, index=f"a{chance.randrange(3)}", versionNonce=nonce), ref=ref)
            elif chance.random() < 0.4:
                ends = [chance.choice(boxes)["id"] for _ in range(2)]
                await who.draw(arrow(new, *ends, index=None, versionNonce=nonce), ref=ref)
            else:
                chosen = chance.choice(boxes)
                move = {"x": chance.randrange(900), "version": chosen["version"] + 1, "versionNonce": nonce}
                await who.draw({**chosen, **move, "isDeleted": chance.random() < 0.2}, ref=ref)
            await asyncio.sleep(chance.random() * 0.04)
        for ref in range(1, 16):
            assert (await who.answer(ref))["t"] == "board.ack"

    async def scene() -> list[list[Element]]:
        async with (
            process() as here,
            process() as there,
            browser(here, board.pk, ada.pk) as one,
            browser(there, board.pk, ben.pk) as two,
            browser(there, board.pk, cleo.pk) as three,
        ):
            await asyncio.gather(act(one, "a"), act(two, "b"), act(three, "c"))
            await until(lambda: one.seq == two.seq == three.seq)
            return [in_order(who.scene.values()) for who in (one, two, three)]

    scenes = play(scene)
    rows = in_order(element.data for element in board.elements.all())
    replayed: dict[str, Element] = {}
    deltas = list(Delta.objects.filter(board=board).order_by("seq"))
    for delta in deltas:
        replayed |= {element["id"]: element for element in delta.elements}
    assert [delta.seq for delta in deltas] == list(range(1, len(deltas) + 1))
    assert scenes == [rows] * 3
    assert in_order(replayed.values()) == rows
    assert len({row["index"] for row in rows}) == len(rows)
