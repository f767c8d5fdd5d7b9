"""What is no request of ours: other methods, other sites, other hosts, other forms, and no TLS."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import mail as outbox
from interviews.models import Session
from mlsd_site.accounts.models import User
from tests import routes
from tests.access.asking import Scene
from tests.access.test_matrix import EXPECTED
from tests.conftest import PASSWORD
from tests.security.conftest import Production

AWAY = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
)


@pytest.mark.asvs("13.4.4")
def test_trace_and_methods_that_there_are_not_are_refused_everywhere(scene: Scene) -> None:
    client = Client()
    client.force_login(scene.cast["candidate"])  # type: ignore[arg-type]
    served = [
        (route, method)
        for route in routes.templates()
        for method in ("TRACE", "TRACK", "CONNECT", "PROPFIND", "BREW")
        if client.generic(method, scene.address(route)).status_code != 405
    ]
    assert served == []


@pytest.mark.asvs("3.5.1", "3.5.2")
def test_nothing_that_changes_anything_is_taken_from_another_site(scene: Scene) -> None:
    """With somebody's cookies and without a token, at every address by every method that changes something."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(scene.cast["candidate"])  # type: ignore[arg-type]
    asked = [(route, method) for route, method in EXPECTED if method != "GET"]
    assert len(asked) > 150
    taken = []
    for route, method in asked:
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            answer = client.generic(
                method,
                scene.address(route, EXPECTED[route, method].when),
                "a=1",
                content_type=kind,
                headers={"Origin": "https://evil.example"},
            )
            # 415: by a program's form alone, which no other site's page can send unasked.
            if answer.status_code not in (403, 415):
                taken.append((route, method, kind, answer.status_code))
    assert taken == []


@pytest.mark.asvs("3.5.2", "4.1.1")
@pytest.mark.django_db
def test_a_program_sends_json_as_json(as_ada: Client) -> None:
    body = json.dumps({"text": "case: {}"})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
        refused = as_ada.post("/api/v1/drafts/", body, content_type=kind)
        assert (refused.status_code, refused["Content-Type"]) == (415, "application/problem+json")
    assert as_ada.post("/api/v1/drafts/", body, content_type="application/json").status_code == 201


@pytest.mark.asvs("3.7.2")
@pytest.mark.django_db
@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize("path", ["login/", "signup/", "logout/", "reauthenticate/"])
def test_no_address_of_ours_leads_elsewhere(own_counters: None, ada: User, path: str, away: str) -> None:
    client = Client()
    if path in ("logout/", "reauthenticate/"):
        client.force_login(ada)
    said = {"login": ada.email, "email": "dora@example.com", "display_name": "Dora", "next": away}
    said |= {"password": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    for address in (f"/accounts/{path}", f"/accounts/{path}?next={away}"):
        answer = client.post(address, said)
        assert "evil" not in answer.get("Location", "")
        assert "javascript" not in answer.get("Location", "")


@pytest.mark.asvs("3.7.2")
def test_a_form_that_says_where_to_go_on_stays_here(scene: Scene) -> None:
    """Every address, with every name that such a thing goes by."""
    logging.disable(logging.WARNING)
    went = []
    for away in AWAY[1:2]:
        names = dict.fromkeys(("next", "then", "back", "return", "url", "redirect", "to", "from"), away)
        query = "&".join(f"{name}={away}" for name in names)
        for route, method in EXPECTED:
            if method in ("GET", "POST"):
                address = scene.address(route, EXPECTED[route, method].when)
                body: dict[str, Any] = {**names} if method == "POST" else {}
                answer = scene.ask("candidate", method, f"{address}?{query}", **body)
                if "Location: https://evil" in answer.text or "Location: //evil" in answer.text:
                    went.append((method, route))
    assert went == []


@pytest.mark.django_db
@pytest.mark.asvs("4.1.3", "6.4.3")
def test_no_header_of_a_visitor_changes_where_a_mails_link_leads(
    ada: User, own_counters: None, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    said = {"email": ada.email}
    for headers in ({"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}):
        assert Client().post("/accounts/password/reset/", said, headers=headers).status_code == 302
    assert (
        Client().post("/accounts/password/reset/", said, headers={"Host": "evil.example"}).status_code == 400
    )
    assert outbox.deliver(now=timezone.now()) == 2
    assert all("evil.example" not in str(one.body) for one in mail.outbox)


@pytest.mark.asvs("4.1.2", "12.2.1")
def test_in_the_clear_a_page_leads_to_tls_and_the_api_answers_nothing(production: Production) -> None:
    asked = [
        {"path": path, "secure": False}
        for path in ("/", "/accounts/login/", "/api/v1/cases/", "/health/live")
    ]
    home, login, api, health = production(*asked)
    for page, path in ((home, "/"), (login, "/accounts/login/")):
        assert (page["status"], page["headers"]["Location"]) == (301, f"https://interviews.example.com{path}")
        assert "default-src 'none'" in page["headers"]["Content-Security-Policy"]
    assert (api["status"], json.loads(api["body"])["code"]) == (403, "https_only")
    assert "Location" not in api["headers"]
    assert health["status"] == 200  # asked by whoever keeps the process, inside


@pytest.mark.asvs("4.1.3", "15.3.4")
def test_tls_is_what_our_own_proxy_says_and_nobody_else(production: Production) -> None:
    claimed = {"path": "/", "secure": False, "headers": {"X-Forwarded-Proto": "https"}}
    assert production(claimed)[0]["status"] == 301
    assert production(claimed, BEHIND_PROXY="1")[0]["status"] == 200


@pytest.mark.asvs("13.4.1", "13.4.2", "13.4.3", "13.4.5", "15.2.3")
def test_production_serves_nothing_of_how_it_is_made(production: Production) -> None:
    paths = [
        "/.git/config",
        "/.env",
        "/static/",
        "/static/.vite/manifest.json",
        "/static/../mlsd_site/settings.py",
    ]
    paths += ["/__debug__/", "/metrics", "/server-status", "/api/v1/schema/interviewer.json", "/admin/doc/"]
    told = dict(zip(paths, production(*paths), strict=True))
    assert {path: one["status"] for path, one in told.items() if one["status"] != 404} == {
        "/api/v1/schema/interviewer.json": 403,
        "/admin/doc/": 302,  # to the log-in, as all of /admin/ does
    }
    for one in told.values():
        assert "Traceback" not in one["body"]
        assert "urlpatterns" not in one["body"]


@pytest.mark.django_db
@pytest.mark.asvs("8.2.3", "15.3.3")
def test_a_form_takes_what_it_asks_for_and_nothing_else(
    ada: User, as_ada: Client, own_counters: None
) -> None:
    much = {"is_staff": "on", "is_superuser": "on", "is_active": "", "id": "1", "email": "root@example.com"}
    shown = {"display_name": "Ada", "timezone": "UTC", "target_level": "senior"}
    as_ada.post("/profile/", {**shown, **much})
    said = {"display_name": "Dora", "timezone": "UTC", "password1": PASSWORD, "password2": PASSWORD}
    Client().post("/accounts/signup/", {**said, **much, "email": "dora@example.com"})
    for user in (User.objects.get(pk=ada.pk), User.objects.get(email="dora@example.com")):
        assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)
    assert User.objects.filter(email="ada@example.com").exists()


@pytest.mark.asvs("15.3.5", "15.3.7")
def test_a_name_that_comes_twice_or_elsewhere_changes_nothing(live: Session, as_ben: Client) -> None:
    """A form's values are read from its body alone, a filter's from the query alone."""
    assert as_ben.post(f"/sessions/{live.pk}/pause/?reason=query").status_code in (200, 302, 400, 422)
    live.refresh_from_db()
    told = as_ben.get("/api/v1/cases/?page=1&page=2")
    assert told.status_code in (200, 400, 422)
    for value in ('{"level": ["senior"]}', '{"level": {"$ne": 1}}', '{"level": true}'):
        refused = as_ben.post("/api/v1/sessions/", value, content_type="application/json")
        assert refused.status_code in (400, 422)
