from __future__ import annotations

import asyncio
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tests.whiteboard.drawing import arrow, box, text
from tests.whiteboard.live.stage import browser, in_database, play, process, row_held, until
from whiteboard.live import NoBoard
from whiteboard.rules.capacity import MAX_ELEMENTS

if TYPE_CHECKING:
    from mlsd_site.accounts.models import User
    from whiteboard.models import Board


def _log(board: Board) -> list[tuple[int, int | None, list[str]]]:
    from whiteboard.models import Delta

    rows = Delta.objects.filter(board=board).order_by("seq")
    return [(row.seq, row.author_id, [element["id"] for element in row.elements]) for row in rows]


def test_an_edit_is_acknowledged_and_then_stands_in_postgres(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            await one.draw(box("b1", x=7))
            assert (await one.answer())["accepted"] == [["b1", 1, 1]]
            assert await in_database(lambda: board.elements.get().data["x"]) == 7

    play(scene)
    assert _log(board) == [(1, ada.pk, ["b1"])]


def test_nothing_is_acknowledged_before_the_commit(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            async with row_held(board):
                await one.draw(box("b1"))
                await asyncio.sleep(0.3)
                assert one.kinds() == ["board.init"]
            assert (await one.answer())["t"] == "board.ack"

    play(scene)


def test_the_partner_sees_it_and_who_drew_it(board: Board, ada: User, ben: User) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            await one.draw(box("b1"))
            told = await two.message(lambda m: m["t"] == "board.delta")
            assert (told["by"], told["ahead"], told["elements"]) == (ada.pk, 1, [box("b1")])
            await one.answer()
            await until(lambda: two.seq == 1)
            assert two.kinds() == ["board.init", "board.delta", "board.seq"]
            assert "board.delta" not in one.kinds()

    play(scene)


@pytest.mark.parametrize("minutes", [None, -1])
def test_a_closed_board_rejects(board: Board, ada: User, minutes: int | None) -> None:
    type(board).objects.update(open_until=minutes and timezone.now() + timedelta(minutes=minutes))

    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            await one.draw(box("b1"))
            answer = await one.answer()
            assert (answer["t"], answer["code"]) == ("board.reject", "closed")

    play(scene)
    assert _log(board) == []


def test_an_edit_that_waited_for_the_row_until_the_end_is_refused(board: Board, ada: User) -> None:
    held = Event()

    def hold_the_row() -> None:
        type(board).objects.update(open_until=timezone.now() + timedelta(seconds=0.4))
        with transaction.atomic():
            type(board).objects.select_for_update().get(pk=board.pk)
            held.set()
            Event().wait(0.8)

    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            holding = asyncio.create_task(in_database(hold_the_row))
            await until(held.is_set)
            await one.draw(box("b1"))
            await holding
            assert (await one.answer())["code"] == "closed"

    play(scene)
    assert _log(board) == []


def test_what_was_committed_before_the_end_is_acknowledged_after_it(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            await one.draw(box("b1"))
            await one.answer()
            await in_database(lambda: type(board).objects.update(open_until=None))
            await one.draw(box("b1"), ref=2)
            assert (await one.answer(2))["accepted"] == [["b1", 1, 1]]
            await one.draw(box("b1"), box("b2"), ref=3)
            answer = await one.answer(3)
            assert (answer["code"], answer["accepted"]) == ("closed", [["b1", 1, 1]])

    play(scene)
    assert _log(board) == [(1, ada.pk, ["b1"])]


def test_sending_again_changes_nothing(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            for ref in (1, 2, 3):
                await one.draw(box("b1"), box("b2"), ref=ref)
                assert len((await one.answer(ref))["accepted"]) == 2

    play(scene)
    assert [seq for seq, _, _ in _log(board)] == [1]


def test_trap_1_who_typed_the_losing_label_is_told_what_stands_instead(
    board: Board, ada: User, ben: User
) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            label = text("t1", "AAAA", version=5)
            await one.draw(label)
            await one.answer()
            two.room.submit(two.member, 1, [text("t1", "bbbbbbbb", version=4)])
            answer = await two.answer()
            assert answer["accepted"] == []
            assert answer["elements"] == [label]
            assert one.scene == two.scene

    play(scene)


def test_trap_2_a_mended_binding_reaches_everybody_and_its_sender_in_the_logs_order(
    board: Board, ada: User, ben: User
) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            await one.draw(box("b1"), arrow("a1", "b1", None))
            answer = await one.answer()
            assert [element["id"] for element in answer["elements"]] == ["b1"]
            assert answer["accepted"] == [["a1", 1, 1]]
            await until(lambda: two.seq == 1)
            assert one.scene == two.scene
            assert one.scene["b1"]["boundElements"] == [{"id": "a1", "type": "arrow"}]
            assert one.kinds()[:3] == ["board.init", "board.delta", "board.ack"]

    play(scene)


def test_invalid_elements_are_named_and_the_others_kept(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            one.room.submit(one.member, 1, [box("b1"), {**box("b2"), "type": "iframe"}, None])
            refusal = await one.message(lambda m: m["t"] == "board.reject")
            assert (refusal["code"], refusal["refused"]) == ("invalid", ["b2", "?"])
            acknowledged = await one.answer()
            assert acknowledged["accepted"] == [["b1", 1, 1]]

    play(scene)


def test_an_edit_that_cannot_be_stored_is_refused_alone(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, 987_654) as nobody,
        ):
            await nobody.draw(box("b1"))
            await one.draw(box("b2"))
            assert (await nobody.answer())["code"] == "invalid"
            assert (await one.answer())["t"] == "board.ack"

    play(scene)
    assert _log(board) == [(1, ada.pk, ["b2"])]


def test_who_only_watches_does_not_draw(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk, may_draw=False) as one:
            await one.draw(box("b1"))
            assert (await one.answer())["code"] == "forbidden"

    play(scene)
    assert _log(board) == []


def test_a_full_board_takes_no_more(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            await one.draw(*(box(f"e{i}", index=f"b{i // 62:02d}V{i}1") for i in range(MAX_ELEMENTS)))
            assert len((await one.answer(within=15))["accepted"]) == MAX_ELEMENTS
            await one.draw(box("one-more"), ref=2)
            assert (await one.answer(2))["code"] == "too_big"
            await one.draw(box("e1", version=2, isDeleted=True, index="b00V11"), box("one-more"), ref=3)
            assert (await one.answer(3))["code"] == "too_big"

    play(scene)


def test_who_comes_back_gets_only_what_came_since(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            for ref in (1, 2):
                await one.draw(box(f"b{ref}"), ref=ref)
                await one.answer(ref)
            for since, full, ids in [
                (0, True, ["b1", "b2"]),
                (1, False, ["b2"]),
                (2, False, []),
                (9, True, ["b1", "b2"]),
            ]:
                init = one.room.snapshot(since)
                assert (init["seq"], init["full"]) == (2, full)
                assert [element["id"] for element in init["elements"]] == ids

    play(scene)


def test_a_room_is_read_again_when_it_opens(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub:
            async with browser(hub, board.pk, ada.pk) as one:
                await one.draw(box("b1", x=1.5, link="https://example.com/ü"))
            async with browser(hub, board.pk, ada.pk) as again:
                await until(lambda: "b1" in again.scene)
                assert again.scene == one.scene

    play(scene)


def test_there_is_no_room_without_a_board(transactional_db: None) -> None:
    async def scene() -> None:
        async with process() as hub:
            with pytest.raises(NoBoard):
                await hub.join(uuid4())

    play(scene)


def test_an_audience_hears_only_what_is_meant_for_it(board: Board, ada: User, ben: User) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk, role="interviewer") as two,
        ):
            two.room.send("interviewer", {"t": "private.changed"})
            two.room.send("all", {"t": "clock"})
            await one.message(lambda m: m["t"] == "clock")
            assert one.kinds() == ["board.init", "clock"]
            assert two.kinds() == ["board.init", "private.changed", "clock"]

    play(scene)


def test_a_hub_that_shuts_down_commits_first_and_sends_everybody_away(board: Board, ada: User) -> None:
    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            await one.draw(box("b1"))
            await hub.close()
            await until(lambda: one.code == 1012)
            assert (await one.answer())["t"] == "board.ack"

    play(scene)
