"""A receiver on this machine, which the settings allow here alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import webhooks
from interviews.models import Webhook
from interviews.rules.webhooks import EVENTS
from interviews.webhooks.policy import Policy
from mlsd_site.accounts.models import User
from tests.interviews.judging import stub

Hook = Callable[..., Webhook]


@pytest.fixture
def receiver(settings: Settings) -> Iterator[stub.Stub]:
    """It takes whatever comes, until a test gives it another `manner`."""
    settings.WEBHOOKS = Policy(local=True)
    with stub.serving(stub.answers(200, b"thanks")) as running:
        yield running


@pytest.fixture
def hook(receiver: stub.Stub, own_counters: None) -> Hook:
    """A webhook of this user's that leads to the receiver."""

    def make(user: User, path: str = "", events: list[str] | None = None) -> Webhook:
        told = [event for event, *_ in EVENTS] if events is None else events
        return webhooks.create(by=user, url=receiver.url + path, events=told, now=timezone.now())

    return make
