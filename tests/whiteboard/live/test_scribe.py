"""Boards are committed together, and still none depends on another."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.whiteboard.drawing import box
from tests.whiteboard.live.stage import browser, in_database, play, process, row_held, until
from whiteboard.rules.capacity import MAX_ELEMENTS

if TYPE_CHECKING:
    from mlsd_site.accounts.models import User
    from whiteboard.models import Board


@pytest.fixture
def neighbour(board: Board) -> Board:
    return type(board).objects.create(open_until=timezone.now() + timedelta(hours=1))


def test_a_board_whose_row_is_held_does_not_hold_up_its_neighbour(
    board: Board, neighbour: Board, ada: User, ben: User
) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, neighbour.pk, ben.pk) as two,
        ):
            async with row_held(board):
                for ref in (1, 2, 3):
                    await one.draw(box(f"b{ref}"), ref=ref)
                    await two.draw(box(f"b{ref}"), ref=ref)
                    assert (await two.answer(ref))["t"] == "board.ack"
                assert one.kinds() == ["board.init"]
            for ref in (1, 2, 3):
                assert (await one.answer(ref))["t"] == "board.ack"

    play(scene)


def test_an_edit_does_not_overtake_one_that_is_tried_again(
    board: Board, ada: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Else an arrow may be written before the box that it is bound to, and lose it."""

    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            async with row_held(board):
                await one.draw(box("first"), ref=1)
                # It waits a moment now before its second try, and nobody holds the row any more.
                await until(lambda: "a commit failed" in caplog.text)
            await one.draw(box("second"), ref=2)
            for ref in (1, 2):
                assert (await one.answer(ref))["t"] == "board.ack"

    play(scene)
    written = board.deltas.order_by("seq").values_list("elements", flat=True)
    assert [element["id"] for delta in written for element in delta] == ["first", "second"]


def test_what_cannot_be_stored_on_one_board_is_refused_there_alone(
    board: Board, neighbour: Board, ada: User
) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, 987_654) as nobody,
            browser(hub, neighbour.pk, ada.pk) as one,
        ):
            await nobody.draw(box("b1"))
            await one.draw(box("b1"))
            assert (await nobody.answer())["code"] == "invalid"
            assert (await one.answer())["t"] == "board.ack"

    play(scene)
    assert [board.elements.count(), neighbour.elements.count()] == [0, 1]


def test_a_board_that_is_closed_or_full_or_gone_is_answered_beside_one_that_is_not(
    board: Board, neighbour: Board, ada: User
) -> None:
    boards = type(board).objects
    closed, gone = boards.create(), boards.create(open_until=neighbour.open_until)

    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as full,
            browser(hub, closed.pk, ada.pk) as late,
            browser(hub, gone.pk, ada.pk) as lost,
            browser(hub, neighbour.pk, ada.pk) as one,
        ):
            await in_database(gone.delete)
            await full.draw(*(box(f"e{i}") for i in range(MAX_ELEMENTS)))
            assert (await full.answer(within=15))["t"] == "board.ack"
            for who in (full, late, lost, one):
                await who.draw(box("b1"), ref=2)
            assert [(await who.answer(2)).get("code") for who in (full, late, lost, one)] == [
                "too_big",
                "closed",
                "closed",
                None,
            ]

    play(scene)


def test_an_element_that_changes_twice_in_one_commit_keeps_its_author_and_both_deltas(
    board: Board, ada: User, ben: User
) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            await one.draw(box("b1"))
            await two.draw(box("b1", version=2, x=9))
            await one.answer()
            await two.answer()

    play(scene)
    row = board.elements.get()
    assert (row.version, row.seq, row.author_id, row.data["x"]) == (2, 2, ada.pk, 9)
    assert list(board.deltas.order_by("seq").values_list("seq", "author_id")) == [(1, ada.pk), (2, ben.pk)]


def test_an_answer_that_cannot_be_told_sends_everybody_away_and_leaves_nothing_waiting(
    board: Board, ada: User
) -> None:
    def broken_line(_: bytes) -> bool:
        raise RuntimeError("The line is broken.")

    async def scene() -> None:
        async with process() as hub, browser(hub, board.pk, ada.pk) as one:
            await until(lambda: one.kinds() == ["board.init"])
            one.member.say = broken_line
            await one.draw(box("b1"))
            await until(lambda: one.code == 1013)
            await one.room.settle()

    play(scene)
