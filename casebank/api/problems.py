"""Problem details (RFC 9457): one form for whatever is refused."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"


def details(status: int, code: str, detail: str, **more: Any) -> dict[str, Any]:
    """The members of a problem; `more` are those of this kind of problem."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """The same as an answer."""
    return Response(details(status, code, detail, **more), status=status, content_type=MEDIA_TYPE)
