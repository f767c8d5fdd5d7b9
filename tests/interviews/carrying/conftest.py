"""Somebody who has been here for a while."""

from __future__ import annotations

from typing import Any

import pytest

from interviews.models import Session
from mlsd_site.accounts.models import User
from tests.accounts import who_left
from tests.interviews.carrying.archives import NOW
from tests.whiteboard.drawing import box
from whiteboard.actions import paint, record
from whiteboard.rules import Element as Drawn
from whiteboard.rules import validate


def drawn(id: str, **values: Any) -> Drawn:
    """A box as a room would have taken it."""
    clean = validate.element(box(id, **values))
    assert not isinstance(clean, validate.Problem)
    return clean


@pytest.fixture
def life(ben: User, cleo: User) -> User:
    """Somebody with one of everything, and drawings by two people, of which one is packed."""
    dora = who_left.dora()
    who_left.life(dora, ben, cleo, NOW)
    held = Session.objects.filter(state="ended", started_at__isnull=False).select_related("board")
    for number, session in enumerate(held.order_by("started_at")):
        at, board = session.started_at, session.board
        assert at
        paint(board=board, elements=[drawn("b1"), drawn("b2", isDeleted=True)], author_id=dora.pk, now=at)
        paint(board=board, elements=[drawn("b3")], author_id=ben.pk, now=at)
        assert number or record(board=board, now=NOW)
    return dora
