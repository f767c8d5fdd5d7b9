"""What a page may ask the browser for: nothing, unless its view says otherwise."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOTHING = "camera=(), microphone=(), display-capture=(), geolocation=()"


class PermissionsPolicyMiddleware:
    """Sets Permissions-Policy where the view has not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", NOTHING)
        return response
