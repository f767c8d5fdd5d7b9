"""How a request must come: by a method that there is, and a program's over TLS."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from mlsd_site.errors import problem

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


class TransportMiddleware:
    """Refuses TRACE and whatever else is no method of ours, so that no view takes it for one of its own. A program that
    calls the API in the clear is refused and not led on, as a page is: it would send its token in the clear ever
    again, and nobody would notice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith("/api/"):
            told = "The API is reached by https:// alone. Revoke the token that was sent."
            return problem(403, "https_only", told)
        return self.get_response(request)
