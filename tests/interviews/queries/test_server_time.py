"""Sessions go by Postgres' clock, whatever that of the machine says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.models import Session
from interviews.queries import server_time
from interviews.tasks import close_overdue

DAY = timedelta(days=1)
CLOSE = timedelta(seconds=5)


@pytest.fixture(params=[DAY, -DAY], ids=["ahead", "behind"])
def wrong(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """This machine's clock is off by a day."""
    true = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: true() + request.param)
    return timedelta(seconds=request.param.total_seconds())


@pytest.mark.django_db
def test_it_is_asked_for_and_then_counted_on(wrong: timedelta) -> None:
    asked = server_time.now()
    assert abs(asked - (timezone.now() - wrong)) < CLOSE
    assert timedelta() <= server_time.estimate() - asked < CLOSE


def test_before_anybody_asked_it_is_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_time, "_heard", None)
    assert abs(server_time.estimate() - timezone.now()) < CLOSE


def test_a_wrong_clock_ends_no_session(live: Session, as_ada: Client, wrong: timedelta) -> None:
    for page in ("", "clock/", "notices/"):
        as_ada.get(f"/sessions/{live.pk}/{page}")
    as_ada.get(f"/api/v1/sessions/{live.pk}/")
    close_overdue()
    live.refresh_from_db()
    assert live.state == "live"


def test_a_wrong_clock_leaves_none_running(live: Session, wrong: timedelta) -> None:
    Session.objects.filter(pk=live.pk).update(deadline_at=server_time.now() - timedelta(seconds=1))
    close_overdue()
    live.refresh_from_db()
    assert live.state == "ended"


def test_a_clock_that_is_started_by_a_wrong_machine_starts_now(
    lobby: Session, as_ben: Client, wrong: timedelta
) -> None:
    as_ben.post(f"/sessions/{lobby.pk}/start/")
    lobby.refresh_from_db()
    assert lobby.started_at is not None
    assert abs(lobby.started_at - server_time.now()) < CLOSE
