"""Who may open the socket, and whether they still may.

Cookies cross sites on a WebSocket handshake, so the Origin is checked; membership is checked again while the socket
is open, because a log-out or a lost seat must close it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.http import Http404, HttpRequest
from django.http.request import split_domain_port, validate_host

from interviews import access
from interviews.models import Seat

Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Knock:
    """What a handshake shows of who stands at the door."""

    session_key: str
    pk: UUID


def origin_is_ours(headers: Headers, *, scheme: str) -> bool:
    """Whether the page that opens the socket is one of ours: same scheme, host and port as the address it opens,
    or one of CSRF_TRUSTED_ORIGINS. A missing Origin is refused; every browser sends it."""
    found = _headers(headers)
    origin, host = found.get("origin", ""), found.get("host", "")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    page = urlsplit(origin)
    forwarded = found.get("x-forwarded-proto", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    secure = scheme == "wss" or forwarded == "https"
    return page.scheme == ("https" if secure else "http") and page.netloc == host


def session_key(headers: Headers) -> str:
    """The key in the session cookie, or an empty string."""
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(_headers(headers).get("cookie", ""))
    except CookieError:
        return ""
    morsel = cookie.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""


def enter(knock: Knock) -> Seat | None:
    """The seat behind this cookie in this session; None for strangers, anonymous and missing alike."""
    user = get_user(_request(knock.session_key))
    try:
        return access.seat_in(user, knock.pk)
    except Http404:
        return None


def is_logged_in(knock: Knock) -> bool:
    """Whether the cookie still stands for a person; False after log-out or a change of password."""
    return get_user(_request(knock.session_key)).is_authenticated


def _request(key: str) -> HttpRequest:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return request


def _headers(headers: Headers) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
