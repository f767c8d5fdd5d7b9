"""The second factor, as an authenticator app computes it, and the places where one is logged in."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from mlsd_site.accounts.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def code_of(secret: str, at: float) -> str:
    """RFC 6238 with its defaults: SHA-1, six digits, 30 seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def log_in(user: User) -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return browser


@pytest.fixture
def member(ada: User) -> User:
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    return ada


def activate(browser: Client) -> tuple[str, list[str]]:
    """Set an app up; its secret and the recovery codes."""
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r"data-totp-secret>([A-Z2-7]+)<", page)
    assert found
    assert "<svg" in page
    assert "data:image" not in page
    done = browser.post("/accounts/2fa/totp/activate/", {"code": code_of(found[1], time.time())}, follow=True)
    return found[1], re.findall(r"<li>(\w{8,})</li>", done.content.decode())


def is_logged_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


@pytest.mark.asvs("7.5.1")
def test_setting_up_asks_for_the_password_again(member: User) -> None:
    assert "/accounts/reauthenticate/" in log_in(member).get("/accounts/2fa/totp/activate/")["Location"]


@pytest.mark.asvs("6.3.4")
def test_with_an_app_the_password_alone_opens_nothing(member: User) -> None:
    secret, _ = activate(log_in(member))
    browser = log_in(member)
    assert not is_logged_in(browser)
    assert "second step" in browser.get("/accounts/2fa/authenticate/").content.decode()
    browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_logged_in(browser)
    # The step that the set-up used is spent; the next one counts already.
    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret, time.time() + 30)})
    assert is_logged_in(browser)
    assert log_in(member).get("/admin/login/").status_code == 302


@pytest.mark.asvs("6.5.1", "6.5.4")
def test_a_recovery_code_opens_once(member: User) -> None:
    _, codes = activate(log_in(member))
    assert len(codes) == 10
    for opens in (True, False):
        browser = log_in(member)
        browser.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert is_logged_in(browser) is opens


def test_guessing_codes_ends_after_five(member: User) -> None:
    secret, _ = activate(log_in(member))
    browser = log_in(member)
    for guess in range(6):
        browser.post("/accounts/2fa/authenticate/", {"code": f"{guess:06}"})
    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret, time.time() + 30)})
    assert not is_logged_in(browser)


def test_the_seed_is_not_in_the_database(member: User) -> None:
    secret, _ = activate(log_in(member))
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_place_is_ended_by_its_owner_alone(member: User, as_cleo: Client) -> None:
    here, there = log_in(member), log_in(member)
    place = UserSession.objects.get(session_key=there.session.session_key)
    assert as_cleo.post(f"/accounts/sessions/{place.pk}/end/").status_code == 404
    assert is_logged_in(there)
    here.post(f"/accounts/sessions/{place.pk}/end/")
    assert (is_logged_in(here), is_logged_in(there)) == (True, False)


@pytest.mark.parametrize("path", ["", "webauthn/", "webauthn/add/", "totp/activate/", "../sessions/"])
def test_each_page_opens_and_is_not_kept(member: User, path: str) -> None:
    browser = log_in(member)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get(f"/accounts/2fa/{path}".replace("2fa/../", ""))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert page["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not re.search(
        r"<script(?! (src=|type=.module. src=|id=.passkey-options. type=.application/json.))",
        page.content.decode(),
    )
