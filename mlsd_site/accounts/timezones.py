"""Pages in the reader's own time."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


def is_known(name: str) -> bool:
    """Whether this is an IANA zone that this machine knows. Hostile names are only looked up in the list."""
    return name in zoneinfo.available_timezones()


class TimezoneMiddleware:
    """Activates the signed-in person's zone for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = getattr(request.user, "timezone", "UTC") if request.user.is_authenticated else "UTC"
        with timezone.override(zoneinfo.ZoneInfo(name) if is_known(name) else None):
            return self.get_response(request)
