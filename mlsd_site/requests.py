"""Each request gets an id, one line in the log and its place in the figures."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from mlsd_site import metrics
from mlsd_site.logs import chosen_id, request_id

log = logging.getLogger(__name__)
HEADER = "X-Request-ID"


class RequestMiddleware:
    """Outermost, so that what other middleware answers is counted too. Says the route's name, never the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        number = chosen_id(request.headers.get(HEADER, ""), believe=settings.BEHIND_PROXY)
        token = request_id.set(number)
        try:
            response = self.get_response(request)
            response[HEADER] = number
            self._note(request, response, time.perf_counter() - began)
        finally:
            request_id.reset(token)
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        found = request.resolver_match
        route = (found.view_name or "unnamed") if found else "none"
        metrics.answered(route, response.status_code, seconds)
        in_session = found is not None and found.route.startswith("sessions/<uuid:pk>")
        facts = {
            "route": route,
            "method": request.method,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "user": _user_id(request),
            "session": str(found.kwargs["pk"]) if found and in_session else None,
        }
        level = logging.DEBUG if route in ("live", "ready", "metrics", "none") else logging.INFO
        log.log(level, "%s %s", route, response.status_code, extra=facts)


def _user_id(request: HttpRequest) -> int | None:
    """Whoever was asked for while the request was answered; nobody is looked up for the log's sake."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)
