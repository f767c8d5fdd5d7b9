"""The scene that every test of access asks."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.access.asking import Scene


@pytest.fixture
def scene(db: None, own_counters: None) -> Iterator[Scene]:
    """The cast and what is theirs; refusals are not logged, since most of what is asked is refused."""
    logging.disable(logging.WARNING)
    yield Scene()
    logging.disable(logging.NOTSET)
