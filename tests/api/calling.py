"""Somebody's program, as tests play it."""

from __future__ import annotations

from typing import Any

from django.test import Client

JSON = "application/json"


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
