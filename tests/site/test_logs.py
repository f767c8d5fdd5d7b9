"""Log lines: whom they are about is told by numbers, and no door can be opened with them."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from mlsd_site.accounts.models import User
from mlsd_site.logs import JsonFormatter, LineFormatter, redacted
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
TOKEN = "q8Zt_3kPVbYw-4mXn7RsLc2DfGhJ5u1A"


@pytest.mark.parametrize(
    "text",
    [
        f"Not Found: /invites/{TOKEN}/",
        f"Forbidden: /shared/{TOKEN}/?page=2",
        f"/accounts/password/reset/key/3-cxyz12-{TOKEN}/",
        f"/accounts/confirm-email/MQ:1vPq2r:{TOKEN}/",
        f"postgresql://app:{TOKEN}@database/twoloops",
        f"Authorization: Bearer {TOKEN}",
        f"Cookie: __Host-session={TOKEN}; other=1",
        f"refused\nDETAIL: Failing row contains (1, {TOKEN}).\nCONTEXT: {TOKEN}",
        f"mail to {TOKEN}@example.com",
    ],
)
@pytest.mark.asvs("16.2.5")
def test_what_opens_a_door_or_names_a_person_is_hidden(text: str) -> None:
    assert TOKEN not in redacted(text)


def test_the_ids_of_sessions_and_the_places_in_code_are_told() -> None:
    told = f'/sessions/{uuid4()}/report/ File "/app/interviews/queries/a_module_with_a_long_name.py", line 3'
    assert redacted(told) == told


@pytest.mark.asvs("16.2.2")
def test_a_line_is_one_object_with_the_traceback_in_it() -> None:
    said = "\n".join(["no invite", "ada@" + "example.com", "DETAIL: " + "her notes"])
    try:
        raise ValueError(said)
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "f", 1, "It broke at %s", ("/x",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "It broke at /x"
    assert json.loads(line)["at"].endswith("+00:00")
    assert "ValueError" in json.loads(line)["error"]
    for hidden in ("notes", "@example"):
        assert hidden not in json.loads(line)["error"].split("ValueError: ")[1]


@pytest.mark.asvs("14.2.4")
def test_no_record_of_a_log_in_or_an_invite_holds_what_was_sent(
    client: Client, ada: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
        client.get(f"/invites/{TOKEN}/")
        client.get(f"/nowhere/{TOKEN}/")
    told = [record for record in caplog.records if record.name.startswith(("mlsd_site", "django.request"))]
    assert len(told) > 2
    lines = "\n".join(form().format(one) for one in told for form in (JsonFormatter, LineFormatter))
    for hidden in (TOKEN, PASSWORD, ada.email):
        assert hidden not in lines


@pytest.mark.parametrize(
    ("behind_proxy", "offered", "kept"),
    [
        (True, "abcDEF-12345678", True),
        (False, "abcDEF-12345678", False),
        (True, "short", False),
        (True, "a" * 65, False),
        (True, "abcdefgh\tinjected", False),
        (True, 'abcdefgh","level":"X', False),
    ],
)
def test_a_number_is_taken_only_from_a_proxy_and_in_a_plain_form(
    client: Client, settings: Settings, behind_proxy: bool, offered: str, kept: bool
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    answered = client.get("/health/live", headers={"X-Request-ID": offered})["X-Request-ID"]
    assert (answered == offered) is kept
    assert len(answered) >= 8


def test_a_fault_of_ours_names_the_number_and_a_refusal_does_not(client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    headers = {"X-Request-ID": "proxy-number-7"}
    assert "proxy-number-7" not in client.get("/nowhere/", headers=headers).content.decode()
    assert "request_id" not in client.get("/api/v1/nowhere/", headers=headers).json()


@pytest.mark.asvs("16.2.4")
def test_worker_and_beat_write_the_same_lines() -> None:
    """Celery keeps the handlers that Django's settings made."""
    program = (
        "import django; django.setup()\n"
        "import logging\n"
        "from mlsd_site.celery import app\n"
        "app.log.setup(loglevel='WARNING')\n"
        "logging.getLogger('celery.beat').warning('tick for ada@example.com')\n"
        "logging.getLogger('celery.worker').warning('a worker')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "LOG_FORMAT": "json", "DJANGO_SETTINGS_MODULE": "mlsd_site.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["message"] for line in lines] == ["tick for [address]", "a worker"]


@pytest.mark.asvs("16.4.1")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\x0b", "\x85", "\u2028", "\x1b[2J"])
def test_nothing_that_is_typed_begins_a_line_or_moves_the_cursor(end: str) -> None:
    forged = f"no such case: x{end}ERROR   mlsd_site: the database is gone"
    try:
        raise ValueError(forged)
    except ValueError:
        record = logging.LogRecord("a", logging.INFO, "f", 1, "%s", (forged,), sys.exc_info())
    first, *more = LineFormatter().format(record).splitlines()
    assert first.startswith("INFO    a: no such case: x\\")
    assert all(line.startswith("    ") for line in more)
    assert len(JsonFormatter().format(record).split("\n")) == 1


def test_an_unknown_format_is_refused_at_the_start() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import mlsd_site.settings"],
        env={**os.environ, "LOG_FORMAT": "xml"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "LOG_FORMAT is one of text, json" in done.stderr
