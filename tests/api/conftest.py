"""Tokens for the cast."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.test import Client
from django.utils import timezone

from mlsd_site.accounts import tokens
from mlsd_site.accounts.models import User
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
    """A client that comes with a token of this user's, and with no cookie."""

    def make(user: User, scopes: Sequence[str] = tokens.SCOPES) -> Client:
        _, secret = tokens.create(by=user, name="Test", scopes=scopes, days=7, now=timezone.now())
        return Client(headers={"Authorization": f"Bearer {secret}"}, enforce_csrf_checks=True)

    return make
