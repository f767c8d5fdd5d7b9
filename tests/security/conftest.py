"""The cast and what is theirs, as the tests of access have them; sessions; and the product as in production."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.access.conftest import scene
from tests.interviews.conftest import case_version, live, lobby, make_session, scored, submitted, unrated

__all__ = ["case_version", "live", "lobby", "make_session", "scene", "scored", "submitted", "unrated"]

Production = Callable[..., list[dict[str, Any]]]
_PROGRAM = """
import json, sys, django
django.setup()
import logging
logging.disable(logging.CRITICAL)
from django.test import Client
told = []
for one in json.loads(sys.argv[1]):
    answer = Client(raise_request_exception=False).generic(one["method"], one["path"], secure=one["secure"],
        headers={"Host": "interviews.example.com", **one["headers"]})
    told.append({"status": answer.status_code, "headers": dict(answer.headers), "body": answer.getvalue().decode(),
        "cookies": [cookie.OutputString() for cookie in answer.cookies.values()]})
print(json.dumps(told))
"""


@pytest.fixture
def production() -> Production:
    """Asks a process with production's settings and the tests' servers: each of `asked` is a path, or a dict with
    method, path, secure and headers; gives for each its status, headers, body and cookies."""

    def ask(*asked: str | dict[str, Any], **environment: str) -> list[dict[str, Any]]:
        plain = {"method": "GET", "secure": True, "headers": {}}
        whole = [{**plain, **({"path": one} if isinstance(one, str) else one)} for one in asked]
        settings = {"DEBUG": "0", "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "interviews.example.com"}
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, json.dumps(whole)],
            env={
                **os.environ,
                **settings,
                **environment,
                "DJANGO_SETTINGS_MODULE": "mlsd_site.settings",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told: list[dict[str, Any]] = json.loads(done.stdout)
        return told

    return ask
