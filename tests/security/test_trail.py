"""What is done about accounts stands in the log, and a fault of ours tells its reader nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from mlsd_site import urls
from mlsd_site.accounts.models import User
from mlsd_site.accounts.tokens import SCOPES
from mlsd_site.logs import JsonFormatter
from tests.accounts.test_second_factor import activate
from tests.conftest import PASSWORD, prove

pytestmark = pytest.mark.django_db
OTHER = "gravel otter pine"


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, own_counters: None) -> Iterator[list[tuple[str, object]]]:
    """[(what, whose)] that the trail said so far."""
    cache.clear()
    found: list[tuple[str, object]] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            line = JsonFormatter().format(record)
            assert not [hidden for hidden in (PASSWORD, OTHER, "example.com") if hidden in line]
            found.append((record.getMessage(), record.__dict__["user"]))

    trail, ear = logging.getLogger("mlsd_site.accounts.trail"), Ear()
    trail.addHandler(ear)
    yield found
    trail.removeHandler(ear)


@pytest.mark.asvs("16.2.1", "16.2.5", "16.3.1", "16.3.3")
def test_every_step_is_told_by_the_accounts_number(
    ada: User, told: list[tuple[str, object]], django_capture_on_commit_callbacks: Any
) -> None:
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    browser = Client()
    browser.post("/accounts/login/", {"login": ada.email, "password": "guess of many"})
    browser.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    prove(browser)
    browser.post("/accounts/tokens/", {"name": "Script", "days": "30", "scopes": SCOPES[:1]})
    with django_capture_on_commit_callbacks(execute=True):
        activate(browser)
    said = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    browser.post("/accounts/password/change/", said)
    browser.post("/accounts/logout/")
    assert told == [
        ("login_failed", None),
        ("proved by password", ada.pk),
        ("logged_in", ada.pk),
        ("proved by password", ada.pk),
        ("token_made", ada.pk),
        ("proved by password", ada.pk),
        ("factor_added by totp", ada.pk),
        ("factor_added by recovery_codes", ada.pk),
        ("password_changed", ada.pk),
        ("logged_out", ada.pk),
    ]


@pytest.mark.asvs("16.3.2")
def test_a_refusal_is_told_with_who_and_where(
    as_cleo: Client, cleo: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        as_cleo.get("/sessions/00000000-0000-4000-8000-000000000000/guide/")
        as_cleo.get("/admin/")
    said = [one.__dict__ for one in caplog.records if one.name == "mlsd_site.requests"]
    assert [(one["status"], one["user"]) for one in said] == [(404, cleo.pk), (302, cleo.pk)]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Client:
    """A browser of a site with a page, and an address of the API, that hold a bug."""

    def bug(request: object) -> HttpResponse:
        raise RuntimeError("postgresql://app:hunter2@database/twoloops")

    settings.ROOT_URLCONF = type("Routes", (), {**vars(urls), "urlpatterns": [
        path("broken/", bug), path("api/v1/broken/", bug), *urls.urlpatterns,
    ]})  # fmt: skip
    settings.DEBUG = False
    return Client(raise_request_exception=False)


@pytest.mark.asvs("16.3.4", "16.5.1", "16.5.3")
def test_a_fault_is_logged_whole_and_told_in_no_detail(
    broken: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for address in ("/broken/", "/api/v1/broken/"):
        for headers in ({}, {"HX-Request": "true"}):
            answer = broken.get(address, headers=headers)
            assert answer.status_code == 500
            said = answer.content.decode()
            assert "This is our fault and was logged" in said
            for detail in ("hunter2", "RuntimeError", "Traceback", "bug", "test_trail", "site-packages"):
                assert detail not in said
    errors = [JsonFormatter().format(one) for one in caplog.records if one.levelno >= logging.ERROR]
    assert len(errors) == 4
    for line in errors:
        assert "RuntimeError" in line
        assert "hunter2" not in line
