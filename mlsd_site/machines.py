"""Addresses that machines ask: probes of health, and the scraper of figures."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_ASKED_BY_MACHINES = ("/health/live", "/health/ready", "/metrics")


class MachineMiddleware:
    """Takes these requests whatever host they name: each process is asked by its own address, which ALLOWED_HOSTS
    cannot know, and the answers hold no address. Every other request is refused by its host as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in _ASKED_BY_MACHINES and settings.ALLOWED_HOSTS:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
        return self.get_response(request)
