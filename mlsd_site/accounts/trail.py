"""What is done about accounts leaves a line in the log: what, whose, and by which means; never what was typed.

The line carries the request's id, by which the proxy's own log says where it came from.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import Signal

log = logging.getLogger(__name__)

SUCCESSES: dict[str, Signal] = {
    "logged_in": auth.user_logged_in,
    "logged_out": auth.user_logged_out,
    "password_changed": account.password_changed,
    "password_reset": account.password_reset,
    "password_set": account.password_set,
    "address_added": account.email_added,
    "address_changed": account.email_changed,
    "address_confirmed": account.email_confirmed,
    "address_removed": account.email_removed,
    "factor_added": mfa.authenticator_added,
    "factor_removed": mfa.authenticator_removed,
    "factor_renewed": mfa.authenticator_reset,
    "factor_used": mfa.authenticator_used,
}
FAILURES: dict[str, Signal] = {
    "login_failed": auth.user_login_failed,
    "factor_failed": mfa.authentication_failed,
}


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
    for found, level in ((SUCCESSES, logging.INFO), (FAILURES, logging.WARNING)):
        for what, signal in found.items():
            signal.connect(_receiver(what, level), weak=False, dispatch_uid=f"trail {what}")
    account.authentication_step_completed.connect(_proved, weak=False, dispatch_uid="trail proved")


def _receiver(what: str, level: int) -> Any:
    def receive(sender: object, **said: Any) -> None:
        kind = getattr(said.get("authenticator"), "type", "")
        user = said.get("user") or getattr(said.get("email_address"), "user", None)
        note(what, user, means=str(kind), level=level)

    return receive


def _proved(sender: object, method: str, user: object, **said: Any) -> None:
    note("proved", user, means=str(said.get("type") or method))
