"""Saves that name the save they are based on, by If-Match or by `base` in the body; and changes that may name the state
that they are based on."""

from __future__ import annotations

import re

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from casebank.errors import Refused

_TAG = re.compile(r'(?:W/)?"(\d{1,9})"')
_STATE = re.compile(r'(?:W/)?"([0-9a-f]{32})"')
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag of the save that this is based on."
)
UNNAMED = (
    "Say which save this is based on: If-Match with the ETag that you read, or `base`. Nothing was saved."
)
OTHER = "If-Match names no save of this. Read it again. Nothing was saved."


def etag(version: int | str) -> dict[str, str]:
    """The header that names a save, or a state."""
    return {"ETag": f'"{version}"'}


def base_of(request: Request, given: int | None) -> int:
    """The number of the save that this one is based on. Refused where neither the header nor `given` says so (428), or
    the header names none (412)."""
    tag = request.headers.get("If-Match")
    if tag is None:
        if given is None:
            raise Refused("precondition_required", UNNAMED, status=428)
        return given
    named = _TAG.fullmatch(tag.strip())
    if named is None:
        raise Refused("precondition_failed", OTHER, status=412)
    return int(named[1])


def base_state_of(request: Request) -> str | None:
    """The state that this change is based on; None where If-Match is not sent, and whatever stands is replaced. Refused
    (412) where it names none."""
    tag = request.headers.get("If-Match")
    if tag is None:
        return None
    named = _STATE.fullmatch(tag.strip())
    if named is None:
        raise Refused("precondition_failed", OTHER, status=412)
    return named[1]


def conflict(request: Request) -> int:
    """The status of a save that came too late: 412 where it was named by If-Match, else 409."""
    return 412 if "If-Match" in request.headers else 409
