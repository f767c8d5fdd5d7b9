from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from mlsd_site.accounts.models import User
from tests.whiteboard.drawing import box
from whiteboard.actions import Unfaithful, paint, record
from whiteboard.models import Board, Delta, Recording
from whiteboard.queries import log_of
from whiteboard.replay import Damaged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def drawn(ada: User) -> Board:
    """Two boxes, drawn one after the other; the board is closed."""
    board = Board.objects.create()
    for second, name in enumerate(("b1", "b2")):
        at = NOW + timedelta(seconds=second)
        paint(board=board, elements=[box(name)], author_id=ada.pk, now=at)
    return board


def test_the_log_reads_the_same_from_its_recording(drawn: Board) -> None:
    before = log_of(drawn)
    assert len(before) == 2
    assert record(board=drawn, now=NOW)
    assert not Delta.objects.exists()
    assert log_of(drawn) == before


def test_doing_it_again_changes_nothing(drawn: Board) -> None:
    record(board=drawn, now=NOW)
    made = Recording.objects.get().made_at
    assert not record(board=drawn, now=NOW + timedelta(hours=1))
    assert Recording.objects.get().made_at == made


def test_what_came_since_is_read_and_packed_too(drawn: Board, ada: User) -> None:
    record(board=drawn, now=NOW)
    paint(board=drawn, elements=[box("b3")], author_id=ada.pk, now=NOW)
    before = log_of(drawn)
    assert [entry.seq for entry in before] == [1, 2, 3]
    assert record(board=drawn, now=NOW)
    assert (log_of(drawn), Recording.objects.get().last_seq) == (before, 3)


def test_a_board_that_takes_edits_is_left_alone(drawn: Board) -> None:
    Board.objects.update(open_until=NOW + timedelta(minutes=1))
    assert not record(board=drawn, now=NOW)
    assert (Delta.objects.count(), Recording.objects.count()) == (2, 0)


@pytest.mark.parametrize("wrong", ["element", "gap"])
def test_a_log_that_does_not_lead_to_the_board_is_kept(drawn: Board, wrong: str) -> None:
    if wrong == "element":
        drawn.elements.filter(element_id="b1").update(data=box("b1", x=99))
    else:
        Delta.objects.filter(seq=1).update(seq=7)
    with pytest.raises(Unfaithful, match="kept"):
        record(board=drawn, now=NOW)
    assert (Delta.objects.count(), Recording.objects.count()) == (2, 0)


def test_a_damaged_recording_is_told(drawn: Board) -> None:
    record(board=drawn, now=NOW)
    Recording.objects.update(packed=b"\x01broken")
    with pytest.raises(Damaged):
        log_of(drawn)
