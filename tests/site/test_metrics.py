"""Figures for Prometheus: closed to whoever has no token, and of the right things."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from interviews.models import OutgoingMail
from mlsd_site.tasks import tick
from whiteboard.live.store import Connections, Store

pytestmark = pytest.mark.django_db
TOKEN = "a-token-for-the-scraper"


def figures(client: Client) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """{(sample, labels): value} as a scraper reads it."""
    text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("configured", "offered"),
    [("", ""), ("", "Bearer "), (TOKEN, ""), (TOKEN, TOKEN), (TOKEN, "Bearer wrong")],
)
@pytest.mark.asvs("13.4.5")
def test_asvs_13_4_5_without_the_token_there_is_nothing(
    as_ada: Client, settings: Settings, configured: str, offered: str
) -> None:
    settings.METRICS_TOKEN = configured
    response = as_ada.get("/metrics", headers={"Authorization": offered})
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_requests_are_counted_by_route_and_status(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    labels = frozenset({("route", "none"), ("status", "404")})
    before = figures(client).get(("twoloops_requests_total", labels), 0)
    client.get("/nowhere/1/")
    client.get("/nowhere/2/")
    after = figures(client)
    assert after["twoloops_requests_total", labels] == before + 2
    assert after["twoloops_request_seconds_count", frozenset({("route", "none")})] >= 2


def test_a_queue_tells_its_rows_and_the_age_of_the_oldest(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    OutgoingMail.objects.create(
        key="k", to="a@example.com", subject="s", created_at=now - timedelta(minutes=5), next_at=now
    )
    found = figures(client)
    assert found["twoloops_jobs", frozenset({("queue", "mail"), ("state", "queued")})] == 1
    assert found["twoloops_jobs", frozenset({("queue", "score"), ("state", "parked")})] == 0
    assert found["twoloops_oldest_job_seconds", frozenset({("queue", "mail")})] >= 300
    assert found["twoloops_database_up", frozenset()] == 1


def test_a_tick_of_beat_and_what_the_servers_have_left_are_told(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    began = timezone.now().timestamp()
    tick()
    assert client.get("/health/ready").json()["beat_ticked_s_ago"] <= timezone.now().timestamp() - began + 1
    found = {name: value for (name, labels), value in figures(client).items() if not labels}
    assert found["twoloops_beat_ticked_timestamp_seconds"] >= began
    assert 0 < found["twoloops_database_connections"] < found["twoloops_database_connections_allowed"]
    assert found["twoloops_database_bytes"] > 1_000_000
    assert found["twoloops_cache_up"] == 1
    assert found["twoloops_disk_free_bytes"] > 0


def test_the_pool_of_the_boards_is_told(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN

    async def held() -> tuple[Connections, Connections]:
        store = Store()
        await store.open()
        try:
            async with store.turn(uuid4()):
                pass
            # Who comes before the first connection stands has a second one opened, which counts until it is free.
            async with asyncio.timeout(5):
                while store.connections().used:
                    await asyncio.sleep(0.01)
            async with store.turn(uuid4()):
                during = store.connections()
            return during, store.connections()
        finally:
            await store.close()

    during, after = asyncio.run(held())
    assert (during.used, during.waiting, during.refused) == (1, 0, 0)
    assert after.used == 0
    assert after.free >= 1
    assert figures(client)["twoloops_pool_connections", frozenset({("state", "used")})] == 0


def test_what_a_process_holds_open_is_told(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    names = {name for name, _ in figures(client)}
    assert names >= {
        "twoloops_sockets",
        "twoloops_rooms",
        "twoloops_loop_lag_now_seconds",
        "twoloops_edits_committed_total",
        "twoloops_ack_seconds_bucket",
    }
