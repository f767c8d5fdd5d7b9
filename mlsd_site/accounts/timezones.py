"""Pages in the reader's own time."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from functools import cache

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mlsd_site.errors import database_away


@cache
def known_zones() -> frozenset[str]:
    """Every IANA zone of this machine, read once: each reading walks a whole directory tree."""
    return frozenset(zoneinfo.available_timezones())


def is_known(name: str) -> bool:
    """Whether this is an IANA zone that this machine knows. Hostile names are only looked up in the list."""
    return name in known_zones()


class TimezoneMiddleware:
    """Activates the signed-in person's zone for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/health/"):
            return self.get_response(request)  # a probe with a cookie must not wait for the database
        try:
            name = getattr(request.user, "timezone", "UTC") if request.user.is_authenticated else "UTC"
        except (OperationalError, InterfaceError) as error:
            # Who asks is read here first, outside of every view, so no other place sees this error.
            return database_away(request, error)
        with timezone.override(zoneinfo.ZoneInfo(name) if is_known(name) else None):
            return self.get_response(request)
