"""One way to say no: every refusal becomes a page, an htmx fragment or problem+json, in the same words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from redis.exceptions import RedisError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from casebank.api import problems
from interviews.errors import Refused
from mlsd_site.logs import request_id

log = logging.getLogger(__name__)

_AWAY = Refused(
    "unavailable",
    "The database does not answer at the moment. What was saved is safe; try again in a few seconds.",
    status=503,
)
_UNCOUNTED = Refused(
    "unavailable",
    "The server cannot count at the moment how often this is tried, so it was not done. Nothing was changed; "
    "try again in a few seconds.",
    status=503,
    retry_after=5,
)


class ErrorMiddleware:
    """Turns Refused, and a database or cache that is away, into an answer. Anything else is a bug and stays one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            return database_away(request, error)
        if isinstance(error, RedisError):
            # Log-in, sign-up and reset count there how often they are tried; uncounted they do not happen.
            log.error("The cache does not answer: %s", error)
            return answer(request, _UNCOUNTED)
        return answer(request, error) if isinstance(error, Refused) else None


def database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    """503 on a page that asks the database for nothing."""
    log.error("The database does not answer: %s", error)
    return answer(request, _AWAY)


def answer(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The refusal in the form that this request asked for, and when to try again."""
    return _dated(_answer(request, refusal), refusal)


def _dated(response: HttpResponse, refusal: Refused) -> HttpResponse:
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _answer(request: HttpRequest, refusal: Refused) -> HttpResponse:
    context = {"title": HTTPStatus(refusal.status).phrase, "message": refusal.message, "code": refusal.code}
    context |= _number(refusal.status)
    if getattr(request, "htmx", False):
        response = render(request, "components/toast.html", context, status=refusal.status)
        response["HX-Retarget"] = "#toasts"
        response["HX-Reswap"] = "beforeend"
        return response
    if request.path.startswith("/api/"):
        return problem(refusal.status, refusal.code, refusal.message)
    page = "errors/away.html" if refusal is _AWAY else "errors/refused.html"
    return render(request, page, context, status=refusal.status)


def problem(status: int, code: str, detail: str) -> JsonResponse:
    """RFC 9457 problem details."""
    body = {**problems.details(status, code, detail), **_number(status)}
    return JsonResponse(body, status=status, content_type=problems.MEDIA_TYPE)


def _number(status: int) -> dict[str, str]:
    """The number under which this request stands in the log, where the fault is ours. Elsewhere it would only make
    one refusal differ from another."""
    return {"request_id": request_id.get()} if status >= 500 else {}


def rest_exception(error: Exception, context: dict[str, Any]) -> HttpResponse | Response | None:
    """DRF's errors as problem+json."""
    if isinstance(error, Refused):
        return _dated(problem(error.status, error.code, error.message), error)
    if isinstance(error, RequestDataTooBig):
        return problem(413, "too_large", "This is larger than 1 MB. Nothing was changed.")
    response = exception_handler(error, context)
    if response is not None:
        said = response.data.get("detail") if isinstance(response.data, dict) else None
        status = response.status_code
        code = getattr(said, "code", "invalid")
        more = {} if said else {"errors": response.data}
        detail = str(said or "This was not understood; `errors` says what. Nothing was changed.")
        response.data = problems.details(status, code, detail, **more)
        response.content_type = problems.MEDIA_TYPE
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, "Bad request", "The server could not read this request. Nothing was changed.")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, "Not allowed", str(exception) or "Your seat does not allow this.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for what does not exist and for what is somebody else's."""
    return _page(request, 404, "Not found", "There is nothing at this address, or it is not yours to see.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500, "Something broke", "This is our fault and was logged. What was saved is safe.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "This form is out of date",
        "For your safety it was not accepted, and nothing was changed. Reload the page and send it again.",
    )


def _page(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(status, title.lower().replace(" ", "_"), message)
    if getattr(request, "htmx", False):
        return answer(request, Refused(title, message, status=status))
    context = {"title": title, "message": message, **_number(status)}
    return render(request, "errors/refused.html", context, status=status)
