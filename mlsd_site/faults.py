"""Telling a Sentry of faults, where SENTRY_DSN names one: where in the code it broke, and nothing about anybody.

An event is built anew of what is allowed in it, not cleaned of what is not. Messages and values of exceptions quote
what people wrote, so they stay in the log; the request's number leads there.
"""

from __future__ import annotations

from typing import Any

import sentry_sdk
from sentry_sdk.types import Event, Hint

from mlsd_site.logs import request_id

_OF_AN_EVENT = ("event_id", "timestamp", "platform", "level", "logger", "environment", "release")
_OF_A_FRAME = ("module", "filename", "function", "lineno", "in_app")
HANDLER = "sentry_sdk.integrations.logging.EventHandler"


def report_to(dsn: str) -> None:
    """Send what HANDLER is given to this address. Nothing is traced, patched or added by the library."""
    sentry_sdk.init(
        dsn=dsn,
        default_integrations=False,
        auto_enabling_integrations=False,
        before_send=what_may_leave,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
    )


def what_may_leave(event: Event, hint: Hint) -> Event:
    """The event with types of exceptions and places in the code only."""
    given: dict[str, Any] = dict(event)
    kept: Any = {name: given[name] for name in _OF_AN_EVENT if name in given}
    if number := request_id.get():
        kept["tags"] = {"request": number}
    if raised := given.get("exception", {}).get("values"):
        kept["exception"] = {"values": [_places(one) for one in raised]}
    elif record := hint.get("log_record"):
        kept["message"] = f"{record.module}, line {record.lineno}"
    found: Event = kept
    return found


def _places(raised: dict[str, Any]) -> dict[str, Any]:
    frames = (raised.get("stacktrace") or {}).get("frames", [])
    return {
        "type": raised.get("type"),
        "module": raised.get("module"),
        "stacktrace": {"frames": [{name: one.get(name) for name in _OF_A_FRAME} for one in frames]},
    }
