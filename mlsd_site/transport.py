"""How a request must come: by a method that there is, and over TLS."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

from mlsd_site.errors import problem

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


class MethodMiddleware:
    """Refuses TRACE and whatever else is no method of ours, so that no view takes it for one of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class TransportMiddleware(SecurityMiddleware):
    """Django's, but a program that calls the API in the clear is refused and not led on: it would send its token in
    the clear ever again, and nobody would notice."""

    def process_request(  # type: ignore[override] (a refusal is no redirect)
        self, request: HttpRequest
    ) -> HttpResponseBase | None:
        redirect = super().process_request(request)
        if redirect and request.path.startswith("/api/"):
            return problem(
                403, "https_only", "The API is reached by https:// alone. Revoke the token that was sent."
            )
        return redirect
