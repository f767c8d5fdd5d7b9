"""What people and load balancers are told while a server is away; each test asks a process that cannot reach one."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(raise_request_exception=False)
if sys.argv[3]:
    client.cookies[settings.SESSION_COOKIE_NAME] = sys.argv[3]
response = client.get(sys.argv[1], headers=json.loads(sys.argv[2]), HTTP_HOST="localhost")
print(json.dumps([response.status_code, dict(response.headers), response.content.decode()]))
"""


def _ask(
    path: str, headers: dict[str, str], *, debug: bool = False, cookie: str = "a" * 32
) -> tuple[int, dict[str, str], str]:
    """Status, headers and body that a browser with this session cookie gets while Postgres is away."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mlsd_site.settings",
        "DATABASE_URL": "postgresql://app@127.0.0.1:1/none",
        "SECRET_KEY": "k" * 50,
        "ALLOWED_HOSTS": "localhost",
        "HTTPS": "0",
        "DEBUG": "1" if debug else "0",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK, path, json.dumps(headers), cookie],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    status, sent, body = json.loads(done.stdout.splitlines()[-1])
    return status, sent, body


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.asvs("16.5.2")
def test_a_page_says_that_the_database_is_away(debug: bool) -> None:
    status, _, body = _ask("/", {}, debug=debug)
    assert status == 503
    assert "What was saved is safe" in body
    assert "Traceback" not in body


def test_a_fragment_becomes_a_toast() -> None:
    status, headers, body = _ask("/", {"HX-Request": "true"})
    assert (status, headers["HX-Retarget"], headers["HX-Reswap"]) == (503, "#toasts", "beforeend")
    assert "<html" not in body


def test_readiness_names_postgres() -> None:
    status, _, body = _ask("/health/ready", {}, cookie="")
    assert status == 503
    assert json.loads(body)["postgres"] == "does not answer"
