from __future__ import annotations

from django.test import Client
from pytest_django import Settings


def test_health_answers_only_to_an_allowed_host(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["interviews.example.com"]
    assert client.get("/health/live", HTTP_HOST="127.0.0.1:8000").status_code == 400
    assert client.get("/health/live", HTTP_HOST="interviews.example.com").status_code == 200
