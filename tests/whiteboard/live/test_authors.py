from __future__ import annotations

from typing import TYPE_CHECKING

from tests.whiteboard.drawing import box
from tests.whiteboard.live.stage import browser, play, process

if TYPE_CHECKING:
    from mlsd_site.accounts.models import User
    from whiteboard.models import Board


def test_an_element_keeps_the_author_who_drew_it_first(board: Board, ada: User, ben: User) -> None:
    async def scene() -> None:
        async with (
            process() as hub,
            browser(hub, board.pk, ada.pk) as one,
            browser(hub, board.pk, ben.pk) as two,
        ):
            await one.draw(box("b1"))
            await one.answer()
            await two.draw(box("b1", version=2), box("b2"))
            await two.answer()

    play(scene)
    assert dict(board.elements.values_list("element_id", "author_id")) == {"b1": ada.pk, "b2": ben.pk}
