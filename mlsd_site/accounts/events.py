"""What allauth and Django say of accounts, by name: what of it the log tells (trail.py), and what the audit log keeps
(audit.py).

These are the only changes that are not made by verbs of ours, and so the only ones that are listened for.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import Signal

from interviews.audit.verbs import Kind, Verb


@dataclass(frozen=True, slots=True)
class Event:
    """`told` is what the log calls it, "" where it is silent; `kept` the audit log's verb, None where it keeps nothing,
    for a thing of this `kind`. What `failed` was done by nobody knows whom."""

    signal: Signal
    told: str = ""
    kept: Verb | None = None
    kind: Kind = Kind.ACCOUNT
    failed: bool = False


EVENTS = (
    # The log tells of each log-in that Django makes, the audit log keeps those that came through allauth.
    Event(auth.user_logged_in, "logged_in"),
    Event(account.user_logged_in, kept=Verb.LOGIN_SUCCEEDED),
    Event(auth.user_logged_out, "logged_out"),
    Event(account.authentication_step_completed, "proved"),
    Event(account.password_changed, "password_changed", Verb.PASSWORD_CHANGED),
    Event(account.password_reset, "password_reset", Verb.PASSWORD_CHANGED),
    Event(account.password_set, "password_set", Verb.PASSWORD_CHANGED),
    Event(account.email_added, "address_added", Verb.ADDRESS_CHANGED),
    Event(account.email_changed, "address_changed", Verb.ADDRESS_CHANGED),
    Event(account.email_confirmed, "address_confirmed"),
    Event(account.email_removed, "address_removed", Verb.ADDRESS_CHANGED),
    Event(mfa.authenticator_added, "factor_added", Verb.FACTOR_ADDED, Kind.FACTOR),
    Event(mfa.authenticator_removed, "factor_removed", Verb.FACTOR_REMOVED, Kind.FACTOR),
    Event(mfa.authenticator_reset, "factor_renewed", Verb.FACTOR_RESET, Kind.FACTOR),
    Event(mfa.authenticator_used, "factor_used"),
    Event(auth.user_login_failed, "login_failed", Verb.LOGIN_FAILED, failed=True),
    Event(mfa.authentication_failed, "factor_failed", Verb.LOGIN_FAILED, Kind.FACTOR, failed=True),
)
