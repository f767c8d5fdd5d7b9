"""Somebody's program, as tests play it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.test import Client
from django.utils import timezone

from mlsd_site.accounts import tokens
from mlsd_site.accounts.models import User

JSON = "application/json"


def by_token(user: User, scopes: Sequence[str] = tokens.SCOPES) -> Client:
    """A client that comes with a token of this user's, and with no cookie."""
    _, secret = tokens.create(by=user, name="Test", scopes=scopes, days=7, now=timezone.now())
    return Client(headers={"Authorization": f"Bearer {secret}"}, enforce_csrf_checks=True)


class Caller:
    """Each call gives what the answer says, and checks its status; paths are below `root`."""

    def __init__(self, client: Client, root: str = "/api/v1/") -> None:
        self.client = client
        self.root = root

    def __call__(self, method: str, path: str, expected: int = 200, **body: Any) -> Any:
        sent = {"data": body, "content_type": JSON} if method != "get" else {}
        answer = getattr(self.client, method)(self.root + path, **sent)
        assert answer.status_code == expected, answer.content
        return answer.json() if answer.content else None
