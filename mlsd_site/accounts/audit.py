"""What allauth and Django say of log-ins and of what protects an account, for the audit log (docs/adr/0038).

These are the only changes that are not made by verbs of ours, and so the only ones that are listened for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils import timezone

from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb

from .models import User

_CHANGES: tuple[tuple[Signal, Verb], ...] = (
    (account.user_logged_in, Verb.LOGIN_SUCCEEDED),
    (account.password_set, Verb.PASSWORD_CHANGED),
    (account.password_changed, Verb.PASSWORD_CHANGED),
    (account.password_reset, Verb.PASSWORD_CHANGED),
    (account.email_added, Verb.ADDRESS_CHANGED),
    (account.email_removed, Verb.ADDRESS_CHANGED),
    (account.email_changed, Verb.ADDRESS_CHANGED),
)
_FACTORS: tuple[tuple[Signal, Verb], ...] = (
    (mfa.authenticator_added, Verb.FACTOR_ADDED),
    (mfa.authenticator_removed, Verb.FACTOR_REMOVED),
    (mfa.authenticator_reset, Verb.FACTOR_RESET),
)


def listen() -> None:
    """Called once, when the site has loaded."""
    for signal, verb in _CHANGES:
        signal.connect(_account(verb), weak=False)
    for signal, verb in _FACTORS:
        signal.connect(_factor(verb), weak=False)
    mfa.authentication_failed.connect(_wrong_code)
    user_login_failed.connect(_wrong_password)


def account_deed(verb: Verb, user_id: int, *, request: HttpRequest | None) -> None:
    """Somebody did this to their own account."""
    deed = Deed(verb, Kind.ACCOUNT, user_id, user_id, user_id)
    record(deed, now=timezone.now(), address=address_of(request))


def address_of(request: HttpRequest | None) -> str:
    """Where a request came from; "" outside of one."""
    return str(request.META.get("REMOTE_ADDR", "")) if request else ""


class UserSessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """allauth's page ends all other log-ins of a person at once."""

    @transaction.atomic
    def end_sessions(self, sessions: list[UserSession]) -> None:
        record(*(login_ended(one) for one in sessions), now=timezone.now())
        super().end_sessions(sessions)


def login_ended(session: UserSession) -> Deed:
    """One of a person's log-ins, ended by them from another place."""
    user = session.user_id
    return Deed(Verb.LOGIN_ENDED, Kind.LOGIN, session.pk, user, user)


def _account(verb: Verb) -> Callable[..., None]:
    def heard(*, user: User, request: HttpRequest | None = None, **_: Any) -> None:
        account_deed(verb, user.pk, request=request)

    return heard


def _factor(verb: Verb) -> Callable[..., None]:
    def heard(
        *, user: User, authenticator: Authenticator, request: HttpRequest | None = None, **_: Any
    ) -> None:
        deed = Deed(verb, Kind.FACTOR, authenticator.type, user.pk, user.pk)
        record(deed, now=timezone.now(), address=address_of(request))

    return heard


def _wrong_code(*, user: User, request: HttpRequest | None = None, **_: Any) -> None:
    _failed(user.pk, Kind.FACTOR, request)


def _wrong_password(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Whose log-in it would have been; what was typed is kept nowhere. An address without an account costs the same
    two statements."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email__iexact=typed).values_list("pk", flat=True).first()
    _failed(user, Kind.ACCOUNT, request)


def _failed(user: int | None, kind: Kind, request: HttpRequest | None) -> None:
    """Nobody knows who it was, so there is no actor."""
    deed = Deed(Verb.LOGIN_FAILED, kind, "" if user is None else user, None, user)
    record(deed, now=timezone.now(), address=address_of(request))
