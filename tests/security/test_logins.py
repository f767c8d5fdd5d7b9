"""A log-in from its beginning to its end, and what is told about who has an account."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings as configured
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session as LogIn
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.models import OutgoingMail
from mlsd_site.accounts import lifetimes
from mlsd_site.accounts.models import User
from tests.accounts.test_second_factor import activate
from tests.conftest import PASSWORD, prove

pytestmark = pytest.mark.django_db
OTHER = "gravel otter pine"


@pytest.fixture
def counting(own_counters: None) -> None:
    """From nothing."""
    cache.clear()


def log_in(user: User, browser: Client | None = None) -> Client:
    browser = browser or Client()
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return browser


def key(browser: Client) -> str:
    return browser.cookies["session"].value


def with_key(key: str) -> Client:
    thief = Client()
    thief.cookies["session"] = key
    return thief


def is_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


@pytest.mark.asvs("7.2.1", "7.2.4")
def test_a_cookie_from_before_the_log_in_opens_nothing_after_it(ada: User) -> None:
    browser = Client()
    browser.get("/accounts/login/")
    planted = browser.session
    planted["planted"] = "yes"
    planted.save()
    browser.cookies["session"] = str(planted.session_key)
    log_in(ada, browser)
    assert is_in(browser)
    assert key(browser) != planted.session_key
    assert not is_in(with_key(str(planted.session_key)))


@pytest.mark.asvs("7.2.4")
def test_proving_again_who_one_is_changes_the_cookie_too(ada: User) -> None:
    browser = log_in(ada)
    old = key(browser)
    prove(browser)
    assert key(browser) != old
    assert is_in(browser)
    assert not is_in(with_key(old))
    assert [one.session_key for one in UserSession.objects.purge_and_list(ada)] == [key(browser)]


@pytest.mark.asvs("7.2.2", "7.2.3", "11.5.1")
def test_keys_are_long_and_never_the_same(ada: User) -> None:
    keys = {key(log_in(ada)) for _ in range(5)}
    assert len(keys) == 5
    for one in keys:
        assert re.fullmatch(r"[a-z0-9]{32}", one)  # 165 bits
    assert not is_in(with_key("a" * 32))


@pytest.mark.asvs("7.4.1", "14.3.1")
def test_a_log_out_ends_it_on_the_server(ada: User) -> None:
    browser = log_in(ada)
    old = key(browser)
    answer = browser.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"storage"'
    assert not is_in(with_key(old))
    assert not LogIn.objects.filter(session_key=old).exists()


@pytest.mark.asvs("7.4.1", "7.4.3")
def test_a_new_password_ends_all_other_log_ins(ada: User) -> None:
    here, there = log_in(ada), log_in(ada)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER})
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.asvs("7.4.2")
def test_who_is_shut_out_is_out_at_once(ada: User) -> None:
    browser = log_in(ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert not is_in(browser)
    assert not is_in(log_in(ada))


@pytest.mark.asvs("7.4.5")
def test_an_admin_ends_somebodys_log_ins_and_everybodys(ada: User, ben: User) -> None:
    adas, bens = log_in(ada), log_in(ben)
    call_command("end_logins", "ADA@example.com")
    assert (is_in(adas), is_in(bens)) == (False, True)
    call_command("end_logins", "--all")
    assert not is_in(bens)
    with pytest.raises(CommandError, match="Nobody has this address"):
        call_command("end_logins", "eve@example.com")


@pytest.mark.asvs("6.4.1", "6.4.3")
def test_a_way_back_works_once_and_past_no_second_factor(ada: User) -> None:
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    activate(log_in(ada))
    Client().post("/accounts/password/reset/", {"email": ada.email})
    told = OutgoingMail.objects.get(key__startswith="account:email:password_reset_key")
    found = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", told.body)
    assert found
    for works in (True, False):
        browser = Client()
        form = browser.get(found[1], follow=True)
        if works:
            target = form.redirect_chain[-1][0]
            browser.post(target, {"password1": OTHER, "password2": OTHER})
            assert not is_in(browser)
        else:
            assert not form.redirect_chain
    assert configured.PASSWORD_RESET_TIMEOUT <= 3 * 24 * 3600
    browser = Client()
    browser.post("/accounts/login/", {"login": ada.email, "password": OTHER})
    assert not is_in(browser)
    assert "second step" in browser.get("/accounts/2fa/authenticate/").content.decode()


@pytest.mark.asvs("7.3.1", "7.3.2")
def test_a_log_in_ends_when_it_is_not_used_and_in_the_end_though_it_is(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = log_in(ada)
    began = timezone.now()
    clock = [began]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])

    def ends() -> float:
        """In days from the log-in."""
        row = LogIn.objects.get(session_key=key(browser))
        return round((row.expire_date - began) / timedelta(days=1), 1)

    def after(days: float) -> bool:
        clock[0] = began + timedelta(days=days)
        return is_in(browser)

    assert ends() == 14
    assert after(0.02)
    assert ends() == 14  # a row is not written for every page
    assert after(13)
    assert ends() == 27
    assert after(26.9)
    assert ends() == 30
    assert after(29.9)
    assert not after(30.1)


@pytest.mark.asvs("7.3.1")
def test_one_that_lay_unused_is_over(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = log_in(ada)
    later = timezone.now() + configured.SESSION_IDLE + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not is_in(browser)


def test_one_from_before_there_were_lifetimes_gets_one(ada: User) -> None:
    browser = log_in(ada)
    old = browser.session
    del old[lifetimes.BEGAN]
    old.save()
    assert is_in(browser)
    assert lifetimes.BEGAN in browser.session


def test_one_sees_where_one_is_logged_in(ada: User) -> None:
    log_in(ada)
    page = log_in(ada).get("/accounts/sessions/").content.decode()
    assert len(re.findall(r"/accounts/sessions/\d+/end/", page)) == 1  # the other one


@pytest.mark.asvs("7.4.4")
@pytest.mark.parametrize("path", ["/", "/profile/", "/sessions/", "/cases/", "/calendar/", "/groups/"])
def test_every_page_leads_out(ada: User, path: str) -> None:
    assert 'action="/accounts/logout/"' in log_in(ada).get(path).content.decode()


@pytest.mark.asvs("7.6.2")
def test_no_link_logs_anybody_in(client: Client, ada: User) -> None:
    client.get("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    assert not is_in(client)


@pytest.mark.asvs("6.1.1", "6.3.1")
def test_guessing_at_one_account_ends_and_locks_nobody_else_out(ada: User, ben: User, counting: None) -> None:
    def attempt(user: User, password: str, address: str) -> Client:
        browser = Client(REMOTE_ADDR=address)
        browser.post("/accounts/login/", {"login": user.email, "password": password})
        return browser

    for guess in range(6):
        attempt(ada, f"guess {guess} of many", f"192.0.2.{guess}")
    assert not is_in(attempt(ada, PASSWORD, "198.51.100.1"))
    assert is_in(attempt(ben, PASSWORD, "198.51.100.1"))
    # The way back that no guessing closes: a mail.
    assert Client().post("/accounts/password/reset/", {"email": ada.email}).status_code == 302


@pytest.mark.asvs("6.3.1")
def test_guessing_from_one_address_ends_whoever_it_is_about(ada: User, ben: User, counting: None) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.77")
    for guess in range(11):
        browser.post("/accounts/login/", {"login": f"p{guess}@example.com", "password": "guess of many"})
    browser.post("/accounts/login/", {"login": ben.email, "password": PASSWORD})
    assert not is_in(browser)


def told(path: str, said: dict[str, str]) -> tuple[object, ...]:
    """All that an answer tells: status, where to, body and headers, without what is new every time."""
    answer = Client().post(path, said)
    body = re.sub(r"\b[A-Za-z0-9]{64}\b", "", answer.content.decode()).replace(
        said.get("login") or said["email"], "#"
    )
    heads = {name: value for name, value in answer.headers.items() if name not in ("X-Request-ID", "Expires")}
    toasts = [str(one).replace(said.get("email", "-"), "#") for one in get_messages(answer.wsgi_request)]
    return answer.status_code, body, heads, sorted(answer.cookies), toasts


@pytest.mark.asvs("6.3.8")
def test_log_in_tells_nobody_who_is_a_member(ada: User, counting: None) -> None:
    known = told("/accounts/login/", {"login": "ada@example.com", "password": "guess of many"})
    unknown = told("/accounts/login/", {"login": "eve@example.com", "password": "guess of many"})
    assert known == unknown


@pytest.mark.asvs("6.3.8")
def test_reset_tells_nobody_who_is_a_member(ada: User, counting: None) -> None:
    known = told("/accounts/password/reset/", {"email": "ada@example.com"})
    unknown = told("/accounts/password/reset/", {"email": "eve@example.com"})
    assert known == unknown
    assert OutgoingMail.objects.count() == 2


@pytest.mark.asvs("6.3.8")
def test_sign_up_tells_nobody_who_is_a_member(ada: User, counting: None, settings: Settings) -> None:
    """Where addresses are confirmed first, as they are wherever there is a mail server."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    said = {"display_name": "Dora", "timezone": "UTC", "password1": OTHER, "password2": OTHER}
    known = told("/accounts/signup/", {**said, "email": "ada@example.com"})
    unknown = told("/accounts/signup/", {**said, "email": "eve@example.com"})
    assert known == unknown
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == ["ada@example.com", "eve@example.com"]
    assert User.objects.filter(email="ada@example.com").count() == 1
    assert not is_in(log_in(User.objects.get(email="eve@example.com")))


@pytest.mark.parametrize(("mail", "expected"), [("", "optional"), ("smtp://localhost:25", "mandatory")])
def test_addresses_are_confirmed_where_there_is_a_mail_server(mail: str, expected: str) -> None:
    program = "from mlsd_site import settings; print(settings.ACCOUNT_EMAIL_VERIFICATION)"
    env = {**os.environ, "EMAIL_URL": mail}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == expected


@pytest.mark.asvs("6.3.2")
def test_a_fresh_site_has_no_accounts(db: None) -> None:
    assert not User.objects.exists()
