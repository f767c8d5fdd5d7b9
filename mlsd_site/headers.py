"""What every answer says of itself: what its page may load and ask for, and whether it may be kept."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import NONE, SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

# What a page may ask the browser for, unless its view says otherwise. Passkeys are ours alone.
PERMISSIONS = (
    "camera=(), microphone=(), display-capture=(), geolocation=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Excalidraw's exported SVG and the thumbnails carry a style attribute; no style element is allowed.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}


class HeadersMiddleware:
    """Sets what the view has not: Permissions-Policy, Cross-Origin-Resource-Policy, and `no-store` on every answer to
    somebody who carries a log-in or a token, since what they read is private and machines are shared. A log-out takes
    with it what the tabs have kept of unsent words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        names_somebody = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if names_somebody or settings.SESSION_COOKIE_NAME in response.cookies:
            response.setdefault("Cache-Control", "no-store")
        found = request.resolver_match
        if found and found.url_name == "account_logout" and request.method == "POST":
            response.setdefault("Clear-Site-Data", '"storage"')
        return response
