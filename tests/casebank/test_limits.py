"""One counter for all that may be done only so often."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casebank import limits
from casebank.errors import Refused
from casebank.limits import Limit, spend
from casebank.models import Draft
from mlsd_site.accounts.models import User

if TYPE_CHECKING:
    from pytest_django import Settings

ADA, BEN = 1, 2


@pytest.fixture
def limit() -> Limit:
    """Three times in ten minutes, of something that no other test does."""
    return Limit(f"test-{uuid4()}", 3, 600, besides="Read a book.")


@pytest.fixture
def without_cache(settings: Settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }


def refusal(limit: Limit, by: int, now: datetime) -> Refused:
    with pytest.raises(Refused) as refused:
        spend(limit, by=by, now=now)
    return refused.value


@pytest.mark.asvs("2.4.1")
def test_too_often_is_refused_and_only_to_who_did_it(limit: Limit) -> None:
    now = timezone.now()
    for _ in range(limit.most):
        spend(limit, by=ADA, now=now)
    assert refusal(limit, ADA, now).status == 429
    spend(limit, by=BEN, now=now)


def test_a_refusal_says_when_to_try_again_and_what_to_do_meanwhile(limit: Limit) -> None:
    now = timezone.now()
    for _ in range(limit.most):
        spend(limit, by=ADA, now=now)
    said = refusal(limit, ADA, now + timedelta(seconds=100))
    assert said.retry_after == 500
    assert said.message.startswith("That was more than 3 times in 10 minutes.")
    assert said.message.endswith("try again in 9 minutes. Read a book.")
    assert "try again in 2 seconds" in refusal(limit, ADA, now + timedelta(seconds=598.5)).message


def test_a_count_ends_after_its_time_and_not_with_the_clocks_minute(limit: Limit) -> None:
    now = datetime.fromisoformat("2026-01-01T00:09:59+00:00")
    for _ in range(limit.most):
        spend(limit, by=ADA, now=now)
    assert refusal(limit, ADA, now + timedelta(seconds=599)).retry_after == 1
    spend(limit, by=ADA, now=now + timedelta(seconds=600))


def test_trying_all_the_while_does_not_make_the_wait_longer(limit: Limit) -> None:
    now = timezone.now()
    waits = []
    for second in range(10):
        try:
            spend(limit, by=ADA, now=now + timedelta(seconds=second))
        except Refused as refused:
            waits.append(refused.retry_after)
    assert waits == list(range(597, 590, -1))


@pytest.mark.asvs("2.4.1", "16.5.2")
def test_what_cannot_be_counted_is_not_done(limit: Limit, without_cache: None) -> None:
    said = refusal(limit, ADA, timezone.now())
    assert (said.status, said.retry_after) == (503, 5)


def test_without_the_cache_nothing_is_made_and_programs_are_told(
    ada: User, as_ada: Client, without_cache: None
) -> None:
    answer = as_ada.post("/api/v1/drafts/", {"text": "x"}, content_type="application/json")
    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (503, "5", "unavailable")
    assert not Draft.objects.exists()


def test_every_limit_has_a_name_of_its_own() -> None:
    from interviews.actions import printing
    from interviews.api import board

    known = [one for module in (limits, printing, board) for one in vars(module).values()]
    names = [one.what for one in known if isinstance(one, Limit)]
    assert len(names) == len(set(names)) == 9
