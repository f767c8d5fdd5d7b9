"""Tokens: made and revoked on their page, and what they open."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.models import Session
from mlsd_site.accounts import tokens
from mlsd_site.accounts.models import ApiToken, User
from mlsd_site.api import scopes
from tests import routes
from tests.api.conftest import Program
from tests.conftest import PASSWORD, prove

pytestmark = pytest.mark.django_db
PAGE = "/accounts/tokens/"
SESSIONS = "/api/v1/sessions/"


def made(client: Client, **changed: object) -> str:
    wish = {"name": "Script", "days": "30", "scopes": ["sessions:read"], **changed}
    prove(client)
    found = re.search(r"twoloops_[\w-]{43}", client.post(PAGE, wish).content.decode())
    assert found
    return found[0]


def asked(secret: str, path: str = SESSIONS, **how: object) -> int:
    return Client().get(path, headers={"Authorization": f"Bearer {secret}"}).status_code


@pytest.mark.asvs("11.5.1")
def test_the_secret_is_shown_once_and_kept_as_a_hash(as_ada: Client) -> None:
    secret = made(as_ada)
    assert asked(secret) == 200
    assert secret not in as_ada.get(PAGE).content.decode()
    token = ApiToken.objects.get()
    assert secret not in (token.token_hash, token.hint)
    assert token.last_used_at is not None


@pytest.mark.asvs("7.5.1")
def test_who_has_not_just_proved_who_they_are_makes_none(as_ada: Client) -> None:
    wish = {"name": "Script", "days": "30", "scopes": ["sessions:read"]}
    asked_for = as_ada.post(PAGE, wish)
    assert asked_for["Location"].startswith("/accounts/reauthenticate/?next=")
    assert not ApiToken.objects.exists()
    # With the password what was asked for is done, and its secret shown.
    shown = as_ada.post(asked_for["Location"], {"password": PASSWORD, "next": PAGE})
    assert re.search(r"twoloops_[\w-]{43}", shown.content.decode())
    assert ApiToken.objects.count() == 1


def test_a_revoked_token_opens_nothing(as_ada: Client) -> None:
    secret = made(as_ada)
    as_ada.post(f"{PAGE}{ApiToken.objects.get().pk}/revoke/")
    assert asked(secret) == 401


def test_nobody_revokes_anothers_token(as_ada: Client, as_cleo: Client) -> None:
    secret = made(as_ada)
    as_cleo.post(f"{PAGE}{ApiToken.objects.get().pk}/revoke/")
    assert asked(secret) == 200


def test_nobody_sees_anothers_tokens(as_ada: Client, as_cleo: Client) -> None:
    made(as_ada, name="Adas script")
    assert "Adas script" not in as_cleo.get(PAGE).content.decode()


def test_an_expired_token_opens_nothing(as_ada: Client) -> None:
    secret = made(as_ada)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert asked(secret) == 401


def test_the_token_of_who_may_not_log_in_opens_nothing(as_ada: Client, ada: User) -> None:
    secret = made(as_ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert asked(secret) == 401


@pytest.mark.parametrize("said", ["Bearer nothing", "Bearer", "Basic YTpi", "", "Bearer \u00fc"])
def test_what_is_no_token_is_refused_everywhere(client: Client, said: str) -> None:
    for path in (SESSIONS, "/api/v1/cases/"):
        response = client.get(path, headers={"Authorization": said.encode().decode("latin-1")})
        assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
        assert response["Content-Type"] == "application/problem+json"


def test_a_scope_that_it_lacks_is_named(as_ada: Client, live: Session) -> None:
    secret = made(as_ada)
    head = {"Authorization": f"Bearer {secret}"}
    refused = Client().post(f"{SESSIONS}{live.pk}/submit/", headers=head)
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
    assert "sessions:write" in refused.json()["detail"]
    assert asked(secret, "/api/v1/cases/") == 403  # although it is open to everybody: this token is for less
    assert asked(secret, "/api/v1/schema/candidate.json") == 200


@pytest.mark.parametrize("wish", [{"scopes": []}, {"scopes": ["all"]}, {"days": "9999"}, {"name": "\u200b"}])
def test_a_token_that_makes_no_sense_is_refused(as_ada: Client, wish: dict[str, object]) -> None:
    said = {"name": "Script", "days": "30", "scopes": ["sessions:read"], **wish}
    prove(as_ada)
    assert as_ada.post(PAGE, said).status_code == 422
    assert not ApiToken.objects.exists()


def test_there_are_so_many_and_no_more(as_ada: Client, ada: User) -> None:
    for _ in range(tokens.MOST):
        tokens.create(by=ada, name="x", scopes=tokens.SCOPES, days=1, now=timezone.now())
    wish = {"name": "Script", "days": "30", "scopes": ["sessions:read"]}
    prove(as_ada)
    assert as_ada.post(PAGE, wish).status_code == 422


def test_the_page_is_for_who_is_logged_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302


def test_a_session_needs_its_csrf_token_and_a_program_none(
    program: Program, live: Session, ada: User, ben: User
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ben)
    path = f"{SESSIONS}{live.pk}/pause/"
    assert strict.post(path, {}, content_type="application/json").status_code == 403
    assert program(ben).post(path, {}, content_type="application/json").status_code == 200


def test_every_route_wants_a_scope_that_there_is() -> None:
    for route in routes.templates():
        if route.startswith("api/v1/"):
            for method in ("GET", "POST"):
                assert scopes.wanted(f"/{route}", method) in (None, *tokens.SCOPES), route


def test_an_address_that_is_named_nowhere_wants_what_no_token_has() -> None:
    assert scopes.wanted("/api/v1/secrets/", "GET") not in tokens.SCOPES
