from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import mail as outbox
from interviews.models import OutgoingMail
from mlsd_site.accounts.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {
    "email": "dora@example.com",
    "display_name": "Dora",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "timezone": "Europe/Berlin",
}


def mailed(pattern: str) -> str:
    """What this matches in the one mail that leaves now."""
    assert outbox.deliver(now=timezone.now()) == 1
    found = re.search(pattern, str(mail.outbox[-1].body))
    assert found
    return found[0]


def test_signing_up_logs_in_and_keeps_name_and_zone(client: Client) -> None:
    response = client.post("/accounts/signup/", NEW)
    assert response.status_code == 302
    dora = User.objects.get(email="dora@example.com")
    assert (dora.display_name, dora.timezone) == ("Dora", "Europe/Berlin")
    assert "Hello, Dora" in client.get("/").content.decode()


def test_signing_up_sends_a_mail_to_confirm_the_address(client: Client) -> None:
    # An address of its own: mails to one address are limited, and that limit outlives a test.
    client.post("/accounts/signup/", {**NEW, "email": "erin@example.com"})
    link = mailed(r"http\S+/accounts/confirm-email/\S+")
    page = client.get(link).content.decode()
    assert "erin@example.com" in page


def test_signing_up_keeps_where_one_was_going(client: Client) -> None:
    assert (
        client.post("/accounts/signup/?next=/invites/", {**NEW, "next": "/invites/"})["Location"]
        == "/invites/"
    )


def test_signing_up_does_not_lead_off_the_site(client: Client) -> None:
    response = client.post("/accounts/signup/", {**NEW, "next": "https://evil.example/"})
    assert response["Location"] == "/"


@pytest.mark.parametrize(("zone", "kept"), [("Mars/Phobos", "UTC"), ("../../etc/passwd", "UTC"), ("", "UTC")])
def test_an_unknown_zone_counts_as_utc(client: Client, zone: str, kept: str) -> None:
    client.post("/accounts/signup/", {**NEW, "timezone": zone})
    assert User.objects.get(email="dora@example.com").timezone == kept


def test_a_name_of_invisible_characters_is_refused(client: Client) -> None:
    page = client.post("/accounts/signup/", {**NEW, "display_name": "\u200b\u202e"}).content.decode()
    assert "Give a name that others can see" in page


def test_log_in_and_log_out(client: Client, ada: User) -> None:
    client.post("/accounts/login/", {"login": "ADA@example.com", "password": PASSWORD})
    assert "Hello, Ada" in client.get("/").content.decode()
    client.post("/accounts/logout/")
    assert "Hello, Ada" not in client.get("/").content.decode()


def test_a_wrong_password_is_told_kindly(client: Client, ada: User) -> None:
    page = client.post("/accounts/login/", {"login": "ada@example.com", "password": "wrong"}).content.decode()
    assert "not correct" in page


def test_resetting_a_password(client: Client, ada: User) -> None:
    client.post("/accounts/password/reset/", {"email": "ada@example.com"})
    link = mailed(r"http\S+/accounts/password/reset/key/\S+")
    assert not OutgoingMail.objects.exclude(body="").exists()
    assert mail.outbox[-1].subject == "Choose a new password"
    form = client.get(link, follow=True)
    target = form.redirect_chain[-1][0]
    fresh = "another horse battery"
    client.post(target, {"password1": fresh, "password2": fresh})
    assert client.login(email="ada@example.com", password=fresh)


def test_a_mail_server_that_is_away_keeps_nobody_from_an_account(
    client: Client, ada: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert client.post("/accounts/password/reset/", {"email": ada.email}).status_code == 302
    assert client.post("/accounts/signup/", {**NEW, "email": "fay@example.com"}).status_code == 302
    assert outbox.deliver(now=timezone.now()) == 0
    assert set(OutgoingMail.objects.values_list("to", "state", "attempts")) == {
        (ada.email, "queued", 1),
        ("fay@example.com", "queued", 1),
    }


def test_a_reset_does_not_tell_who_is_a_member(client: Client, ada: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": "ada@example.com"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [ada.email, "nobody@example.com"]


def test_the_profile_can_be_changed(as_ada: Client, ada: User) -> None:
    as_ada.post(
        "/profile/",
        {
            "display_name": " Ada  L. ",
            "timezone": "Asia/Tokyo",
            "target_level": "staff",
            "wants_to_interview": "on",
        },
    )
    ada.refresh_from_db()
    assert (ada.display_name, ada.timezone, ada.target_level) == ("Ada L.", "Asia/Tokyo", "staff")
    assert not ada.wants_to_be_candidate


def test_a_profile_belongs_to_who_is_logged_in(client: Client) -> None:
    assert client.get("/profile/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["login", "signup", "password/reset", "password/change", "email", "logout"])
def test_each_page_opens(as_ada: Client, client: Client, path: str) -> None:
    browser = client if path in ("login", "signup", "password/reset") else as_ada
    assert browser.get(f"/accounts/{path}/").status_code == 200


def test_a_user_is_never_shown_by_the_address() -> None:
    assert str(User(email="ada@example.com", display_name="Ada")) == "Ada"
    assert str(User(email="ada@example.com")) == "Somebody"
