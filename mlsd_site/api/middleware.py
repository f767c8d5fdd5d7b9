"""What happens to every REST request before and after its view: its token, its rate, its key, and the names it uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from casebank.limits import Left, Limit, spend
from interviews.errors import Refused
from mlsd_site.accounts import tokens
from mlsd_site.accounts.models import ApiToken
from mlsd_site.api import idempotency, scopes
from mlsd_site.errors import answer, database_away, problem

REQUESTS = "api"
NO_TOKEN = "This token is unknown, revoked or expired."  # noqa: S105 (words, no secret)


class ApiMiddleware:
    """Does nothing outside of /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        left: Left | None = None
        try:
            token = _token(request)
            left = _spend(request, token)
            response = self._within_scope(request, token)
        except Refused as refusal:
            response = answer(request, refusal)
            if refusal.status == 401:
                response["WWW-Authenticate"] = "Bearer"
        except RequestDataTooBig:
            response = problem(413, "too_large", "This is larger than 1 MB. Nothing was changed.")
        except (OperationalError, InterfaceError) as error:
            response = database_away(request, error)
        return _rated(response, left)

    def process_view(
        self, request: HttpRequest, view: Any, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Refuse a query with a name that the view does not know."""
        made = getattr(view, "cls", None)
        if made is None or not request.path.startswith("/api/"):
            return None
        shape = getattr(made, "query", None) if request.method in ("GET", "HEAD") else None
        known = set(shape().fields) if shape else set()
        unknown = sorted(set(request.GET) - known)
        if not unknown:
            return None
        words = f"There is no parameter {unknown[0][:100]!r} here. Nothing was changed."
        return problem(400, "unknown_parameter", words)

    def _within_scope(self, request: HttpRequest, token: ApiToken | None) -> HttpResponse:
        user_id = token.user_id if token else request.user.pk
        key = request.headers.get(idempotency.HEADER)
        if key is None or request.method != "POST" or user_id is None:
            return self.get_response(request)
        return idempotency.once(request, key, user_id=user_id, now=timezone.now(), do=self.get_response)


def _token(request: HttpRequest) -> ApiToken | None:
    """The token that the request holds, if it holds one. Refused where it opens nothing (401), or not this (403)."""
    said = request.headers.get("Authorization")
    if said is None:
        return None
    scheme, _, secret = said.partition(" ")
    token = tokens.token_of(secret.strip(), timezone.now()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Refused("invalid_token", NO_TOKEN, status=401)
    scope = scopes.wanted(request.path, request.method or "")
    if scope and scope not in token.scopes:
        raise Refused("insufficient_scope", f"This token may not do that: it lacks {scope}.", status=403)
    request.api_token = token  # type: ignore[attr-defined]
    return token


def _spend(request: HttpRequest, token: ApiToken | None) -> Left | None:
    """Count the request. Where it cannot be counted it is let through: what costs much is counted once more by its
    view, which is closed then."""
    by = token.user_id if token else request.user.pk or request.META.get("REMOTE_ADDR", "")
    try:
        return spend(Limit(REQUESTS, settings.API_REQUESTS_PER_MINUTE), by=by, now=timezone.now())
    except Refused as refusal:
        if refusal.status == 503:
            return None
        raise


def _rated(response: HttpResponse, left: Left | None) -> HttpResponse:
    most = settings.API_REQUESTS_PER_MINUTE
    response["RateLimit-Policy"] = f'"{REQUESTS}";q={most};w=60'
    if left:
        response["RateLimit"] = f'"{REQUESTS}";r={left.times};t={left.seconds}'
    return response
