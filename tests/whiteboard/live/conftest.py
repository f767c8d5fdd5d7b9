"""A board on stage: browsers in rooms of one or two processes, and lines to the servers that can be cut."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

if TYPE_CHECKING:
    from whiteboard.models import Board


@pytest.fixture
def board(transactional_db: None) -> Board:
    """A board that is open for an hour."""
    from whiteboard.models import Board

    return Board.objects.create(open_until=timezone.now() + timedelta(hours=1))
