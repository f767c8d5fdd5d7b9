"""What is done about accounts leaves a line in the log: what, whose, and by which means; never what was typed.

The line carries the request's id, by which the proxy's own log says where it came from.
"""

from __future__ import annotations

import logging
from typing import Any

from .events import EVENTS

log = logging.getLogger(__name__)


def note(what: str, user: object = None, *, means: str = "", level: int = logging.INFO) -> None:
    """Say that it happened. `means`: a kind of proof, such as `totp`."""
    log.log(
        level,
        "%s%s",
        what,
        f" by {means}" if means else "",
        extra={"code": what, "user": getattr(user, "pk", None)},
    )


def listen() -> None:
    """Once, when the apps are ready."""
    for one in EVENTS:
        if one.told:
            level = logging.WARNING if one.failed else logging.INFO
            one.signal.connect(_receiver(one.told, level), weak=False, dispatch_uid=f"trail {one.told}")


def _receiver(what: str, level: int) -> Any:
    def receive(sender: object, **said: Any) -> None:
        kind = getattr(said.get("authenticator"), "type", "")
        user = said.get("user") or getattr(said.get("email_address"), "user", None)
        note(what, user, means=str(kind or said.get("type") or said.get("method") or ""), level=level)

    return receive
