"""Where attempts cannot be counted nobody logs in; and what every answer to somebody says of itself."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from mlsd_site.accounts.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_valkey(settings: Settings) -> None:
    away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("login/", {"login": "ada@example.com", "password": PASSWORD}),
        ("signup/", {"email": "new@example.com", "password1": PASSWORD}),
        ("password/reset/", {"email": "ada@example.com"}),
    ],
)
@pytest.mark.asvs("6.3.1", "16.5.3")
def test_without_valkey_nothing_that_is_limited_happens(
    ada: User, client: Client, without_valkey: None, path: str, data: dict[str, str]
) -> None:
    response = client.post(f"/accounts/{path}", data)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(email="new@example.com").exists()


def test_what_somebody_reads_is_not_kept(as_ada: Client, client: Client) -> None:
    assert as_ada.get("/profile/")["Cache-Control"] == "no-store"
    assert "Cache-Control" not in client.get("/accounts/reauthenticate/")
