"""What only staff may see asks for a second factor: one that is set up, and was used by this log-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

# Pages that hold more for staff than for others; the admins' site is known by its namespace.
PAGES = frozenset({"interviews:agreement"})
_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class StaffMiddleware:
    """Leads staff to where a second factor is set up, or used, before such a page. Whoever is not staff is left to the
    page itself, and everything else is open to staff as to everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: object, kwargs: object
    ) -> HttpResponse | None:
        found = request.resolver_match
        if not settings.STAFF_SECOND_FACTOR or found is None or found.view_name == "admin:logout":
            return None
        if "admin" not in found.namespaces and found.view_name not in PAGES:
            return None
        user = request.user
        if not user.is_authenticated or not user.is_staff:
            return None
        adapter = get_adapter()
        if not adapter.is_mfa_enabled(user, _FACTORS):
            messages.warning(
                request, "Admins need a second factor. Set one up here, then go on to the admins' pages."
            )
            return redirect("mfa_index")
        # A log-in that is older than the factor was made with the password alone.
        if not any(one.get("method") == "mfa" for one in get_authentication_records(request, user)):
            back = request.get_full_path() if request.method == "GET" else request.path
            has_app = adapter.is_mfa_enabled(user, [Authenticator.Type.TOTP])
            proof = reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
            return redirect(f"{proof}?{urlencode({'next': back})}")
        return None
