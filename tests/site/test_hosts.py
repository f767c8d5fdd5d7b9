"""Only machines may ask by a name that the site does not answer to."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.mark.parametrize("allowed", ["interviews.example.com", ".example.com", "*"])
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "10.1.2.3", "two-loops-web-0"])
def test_probes_and_scrapers_ask_by_address(
    client: Client, db: None, settings: Settings, allowed: str, host: str
) -> None:
    settings.ALLOWED_HOSTS, settings.METRICS_TOKEN = [allowed], "token"
    for path in ("/health/live", "/health/ready", "/metrics"):
        answer = client.get(path, HTTP_HOST=host, headers={"Authorization": "Bearer token"})
        assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/health/live/", "/api/v1/cases/"])
def test_people_ask_by_an_allowed_name(client: Client, settings: Settings, path: str) -> None:
    settings.ALLOWED_HOSTS = ["interviews.example.com"]
    assert client.get(path, HTTP_HOST="10.1.2.3").status_code == 400
