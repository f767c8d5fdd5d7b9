"""Tokens for the cast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.api.calling import by_token
from tests.interviews.conftest import (  # noqa: F401
    case_version,
    live,
    lobby,
    make_session,
    scored,
    seat_of,
    submitted,
    unrated,
)

Program = Callable[..., Client]


@pytest.fixture
def program(db: None) -> Program:
    """program(ada): a program of hers."""
    return by_token
