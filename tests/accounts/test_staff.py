"""What only staff may see asks for a second factor."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from mlsd_site.accounts.models import User
from tests.accounts.test_second_factor import activate, code_of, log_in

pytestmark = pytest.mark.django_db
PAGES = ["/admin/", "/admin/interviews/outgoingmail/", "/sessions/agreement/"]


@pytest.fixture
def root(ada: User, own_counters: None, settings: Settings) -> User:
    """Ada as an admin, of an installation as it is without DEBUG."""
    cache.clear()
    settings.STAFF_SECOND_FACTOR = True
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    User.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    return ada


@pytest.mark.asvs("6.3.4")
@pytest.mark.parametrize("address", PAGES)
def test_staff_without_a_second_factor_are_led_to_set_one_up(address: str, root: User) -> None:
    browser = log_in(root)
    for answer in (browser.get(address), browser.post(address)):
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")
    assert "Admins need a second factor." in browser.get("/accounts/2fa/").content.decode()


@pytest.mark.asvs("6.3.4")
@pytest.mark.parametrize("address", PAGES)
def test_a_log_in_from_before_the_factor_has_to_use_it_first(address: str, root: User) -> None:
    before, browser = log_in(root), log_in(root)
    secret, _ = activate(browser)
    asked = before.get(address)["Location"]
    assert asked.startswith("/accounts/2fa/reauthenticate/?next=")
    assert before.post(asked, {"code": "000000"}).status_code == 200
    assert before.get(address).status_code == 302
    # The step that the set-up used is spent; the next one counts already.
    done = before.post(asked, {"code": code_of(secret, time.time() + 30)})
    assert done["Location"] == address
    assert before.get(address).status_code == 200


def test_who_logs_in_with_the_factor_is_asked_no_more(root: User) -> None:
    _, codes = activate(log_in(root))
    browser = log_in(root)
    browser.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    for address in PAGES:
        assert browser.get(address).status_code == 200


def test_recovery_codes_alone_are_no_factor(root: User) -> None:
    browser = log_in(root)
    activate(browser)
    browser.post("/accounts/2fa/totp/deactivate/")
    assert browser.get("/admin/")["Location"] == "/accounts/2fa/"


def test_everything_else_is_open_to_staff_as_to_everybody(root: User) -> None:
    browser = log_in(root)
    for address in ("/", "/sessions/", "/accounts/data/"):
        assert browser.get(address).status_code == 200
    assert browser.post("/admin/logout/").status_code == 200


def test_who_is_not_staff_is_answered_as_ever(root: User, as_ben: Client, client: Client) -> None:
    assert as_ben.get("/sessions/agreement/").status_code == 200
    assert as_ben.get("/admin/")["Location"].startswith("/admin/login/")
    assert client.get("/sessions/agreement/")["Location"].startswith("/accounts/login/")


def test_who_has_a_key_alone_is_asked_for_the_key(root: User) -> None:
    browser = log_in(root)
    Authenticator.objects.create(user=root, type=Authenticator.Type.WEBAUTHN, data={})
    assert browser.get("/admin/")["Location"] == "/accounts/2fa/webauthn/reauthenticate/?next=%2Fadmin%2F"


@pytest.mark.parametrize(("debug", "asks"), [("0", "True"), ("1", "False")])
def test_it_is_on_unless_debug_is(debug: str, asks: str) -> None:
    program = "from django.conf import settings; print(settings.STAFF_SECOND_FACTOR)"
    production = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "interviews.example.com"}
    named = {"DEBUG": debug, "DJANGO_SETTINGS_MODULE": "mlsd_site.settings"}
    said = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **production, **named},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == asks


def test_it_can_be_switched_off(root: User, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert log_in(root).get("/admin/").status_code == 200
