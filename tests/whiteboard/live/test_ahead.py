"""What somebody draws is seen before it is committed, and taken back where it never is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.whiteboard.drawing import arrow, box
from tests.whiteboard.live.conftest import Wires
from tests.whiteboard.live.stage import Browser, browser, in_database, play, process, row_held, until
from whiteboard.rules import Element

if TYPE_CHECKING:
    from mlsd_site.accounts.models import User
    from whiteboard.models import Board


def _told(who: Browser) -> list[tuple[int, int | None, list[str]]]:
    return [
        (message["seq"], message.get("ahead"), [element["id"] for element in message["elements"]])
        for message in who.heard
        if message["t"] == "board.delta"
    ]


def test_it_is_seen_mended_and_in_order_while_nothing_is_acknowledged(
    board: Board, ada: User, ben: User, cleo: User
) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            async with row_held(board):
                await one.draw(box("b1"), ref=1)
                await one.draw(arrow("a1", "b1", None, index="a2"), ref=2)
                await until(lambda: len(_told(two)) == 2)
                async with browser(hub, board.pk, cleo.pk) as late:
                    await until(lambda: len(_told(late)) == 2)
                    assert _told(late) == _told(two) == [(0, 1, ["b1"]), (0, 2, ["b1", "a1"])]
                    assert late.scene == two.scene
                assert one.kinds() == ["board.init"]
            for ref in (1, 2):
                assert (await one.answer(ref))["t"] == "board.ack"
            await until(lambda: two.seq == 2)
            assert len(_told(two)) == 2
            assert not two.ahead
            assert one.scene == two.scene

    play(scene)


def test_what_comes_after_the_end_is_taken_back_from_who_saw_it_and_left_to_who_drew_it(
    board: Board, ada: User, ben: User
) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            await one.draw(box("b1"))
            await one.answer()
            await in_database(lambda: type(board).objects.update(open_until=None))
            await one.draw(box("b2"), ref=2)
            await two.draw(box("b3"), ref=3)
            assert (await one.answer(2))["code"] == (await two.answer(3))["code"] == "closed"
            await until(lambda: "b2" not in two.scene and "b3" not in one.scene)
            assert [set(who.scene) for who in (one, two)] == [{"b1", "b2"}, {"b1", "b3"}]
            # Now it is known to be closed: nothing more goes ahead of its commit.
            heard = len(two.heard)
            await one.draw(box("b4"), ref=4)
            assert (await one.answer(4))["code"] == "closed"
            assert len(two.heard) == heard

    play(scene)


def test_what_cannot_be_stored_is_taken_back_and_what_stood_on_it_stays(
    board: Board, ada: User, ben: User
) -> None:
    async def scene() -> dict[str, Element]:
        async with (
            process() as hub,
            browser(hub, board.pk, 987_654) as nobody,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            async with row_held(board):
                await nobody.draw(box("b1"))
                await one.draw(arrow("a1", "b1", None, index="a2"))
                await until(lambda: two.scene.keys() == {"b1", "a1"})
            assert (await nobody.answer())["code"] == "invalid"
            assert (await one.answer())["t"] == "board.ack"
            await until(lambda: two.scene.keys() == one.scene.keys() == {"a1"})
            assert two.scene == one.scene
            return one.scene

    assert play(scene) == {row.element_id: row.data for row in board.elements.all()}


def test_where_postgres_stays_away_the_whole_board_is_asked_for_and_says_nothing_of_it(
    board: Board, ada: User, ben: User, wires: Wires, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("room", "scribe"):
        monkeypatch.setattr(f"whiteboard.live.{part}.PATIENCE", (0.05,))

    async def scene() -> None:
        async with wires.to_postgres() as line, process(database=wires.database) as hub:
            kept = await hub.join(board.pk)
            async with browser(hub, board.pk, ada.pk) as one, browser(hub, board.pk, ben.pk) as two:
                await one.draw(box("b1"))
                await one.answer()
                await line.cut()
                await one.draw(box("b2"), ref=2)
                await until(lambda: "b2" in two.scene)
                await until(lambda: two.code == 1013, within=10)
                assert two.ahead
            await line.mend()
            async with browser(hub, board.pk, ben.pk) as again:
                await until(lambda: "board.init" in again.kinds())
                assert again.scene.keys() == {"b1"}
                two.ahead.hear(again.heard[0], two.scene)
                assert two.scene.keys() == {"b1"}
            await hub.part(kept)

    play(scene)


def test_a_board_that_opens_later_takes_first_what_came_first(board: Board, ada: User, ben: User) -> None:
    type(board).objects.update(open_until=None)

    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            until_then = timezone.now() + timedelta(hours=1)
            await in_database(lambda: type(board).objects.update(open_until=until_then))
            await one.draw(box("b1"), ref=1)
            await one.draw(arrow("a1", "b1", None, index="a2"), ref=2)
            for ref in (1, 2):
                assert (await one.answer(ref))["t"] == "board.ack"
            assert _told(two) == [(1, None, ["b1"]), (2, None, ["b1", "a1"])]
            await one.draw(box("b2", index="a3"), ref=3)
            await until(lambda: _told(two)[2:] == [(2, 3, ["b2"])])

    play(scene)


def test_while_another_process_has_the_board_open_it_is_told_when_it_is_committed(
    board: Board, ada: User, ben: User, cleo: User
) -> None:
    async def scene() -> None:
        async with (
            process() as here,
            process() as there,
            browser(here, board.pk, ada.pk) as one,
            browser(here, board.pk, ben.pk) as two,
            browser(there, board.pk, cleo.pk) as far,
        ):
            await until(lambda: one.room.is_shared)
            await one.draw(box("b1"))
            await until(lambda: "b1" in two.scene and "b1" in far.scene)
            assert _told(two) == _told(far) == [(1, None, ["b1"])]

    play(scene)
