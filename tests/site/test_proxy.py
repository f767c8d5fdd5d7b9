from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from interviews.views.shared import LOOKS
from mlsd_site.proxy import ProxyMiddleware


@pytest.mark.parametrize(
    ("behind", "said", "counted"),
    [
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (True, "2001:db8::1", "2001:db8::1"),
        (True, "203.0.113.9, somebody", "10.0.0.1"),
        (True, "", "10.0.0.1"),
        (False, "203.0.113.9", "10.0.0.1"),
    ],
)
@pytest.mark.asvs("4.1.3")
def test_only_what_our_proxy_wrote_is_believed(
    settings: Settings, behind: bool, said: str, counted: str
) -> None:
    settings.BEHIND_PROXY = behind
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    ProxyMiddleware(answer)(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=said))
    assert seen == [counted]


@pytest.mark.django_db
@pytest.mark.asvs("15.3.4")
def test_one_visitor_behind_the_proxy_uses_up_nobody_elses_looks(
    settings: Settings, own_counters: None, client: Client
) -> None:
    settings.BEHIND_PROXY = True

    def look(address: str) -> int:
        return client.get(f"/shared/{'n' * 43}/", headers={"X-Forwarded-For": address}).status_code

    assert {look("203.0.113.1") for _ in range(LOOKS.most)} == {404}
    assert look("203.0.113.1") == 429
    assert look("198.51.100.7, 203.0.113.1") == 429
    assert look("203.0.113.2") == 404
