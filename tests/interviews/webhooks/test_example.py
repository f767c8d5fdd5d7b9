"""The receiver of docs/webhooks.md, as anybody would run it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import webhooks
from interviews.actions.webhook_outbox import deliver
from interviews.models import Webhook, WebhookDelivery
from interviews.queries.webhooks import secret_of
from interviews.webhooks.policy import Policy
from interviews.webhooks.signing import headers, spelled
from mlsd_site.accounts.models import User
from tests.e2e.product import ROOT, until

pytestmark = pytest.mark.django_db
EXAMPLE = ROOT / "docs" / "examples" / "receive_webhooks.py"
BODY = b'{"type":"session.ended"}'


@pytest.fixture
def hook(ada: User, settings: Settings, own_counters: None) -> Webhook:
    """It leads to a port that is free."""
    settings.WEBHOOKS = Policy(local=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/"
    return webhooks.create(by=ada, url=url, events=["session.ended"], now=timezone.now())


@pytest.fixture
def said(hook: Webhook, tmp_path: Path) -> Iterator[Path]:
    """What the example, running, prints."""
    file, port = tmp_path / "said", int(hook.url.rstrip("/").rpartition(":")[2])
    environment = {**os.environ, "SECRET": spelled(secret_of(hook))}
    with file.open("wb") as output:
        command = [sys.executable, str(EXAMPLE), str(port)]
        running = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.DEVNULL)

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(listens, 60, "The example does not listen.")
        yield file
    finally:
        running.kill()
        running.wait()


def test_it_takes_what_is_ours_once(hook: Webhook, said: Path) -> None:
    now = timezone.now()
    row = webhooks.ping(webhook=hook, now=now)
    assert deliver(now=now) == 1
    row.refresh_from_db()
    webhooks.send_again(delivery=row, now=now)
    assert deliver(now=now) == 1
    webhooks.rotate(webhook=hook, now=now)
    webhooks.ping(webhook=hook, now=now)
    assert deliver(now=now) == 1, "the old secret signs too, for a day"
    assert WebhookDelivery.objects.filter(state="delivered").count() == 2
    assert said.read_text().count("webhook.test") == 2


def test_it_refuses_what_is_not(hook: Webhook, said: Path) -> None:
    secret, now = secret_of(hook), timezone.now()

    def post(body: bytes, sign: bytes, ago: timedelta = timedelta()) -> int:
        made = headers([sign], id="msg_1", timestamp=int((now - ago).timestamp()), body=BODY)
        return httpx.post(hook.url, content=body, headers=made, trust_env=False).status_code

    assert post(BODY, b"another secret") == 401
    assert post(BODY.replace(b"ended", b"begun"), secret) == 401
    assert post(BODY, secret, timedelta(minutes=6)) == 401
    assert httpx.post(hook.url, content=BODY, trust_env=False).status_code == 401
    assert said.read_text() == ""
    assert post(BODY, secret) == 204


def test_the_docs_name_it_and_it_is_short() -> None:
    assert len(EXAMPLE.read_text().splitlines()) <= 32
    assert "(examples/receive_webhooks.py)" in (ROOT / "docs" / "webhooks.md").read_text()
