"""What allauth and Django say of log-ins and of what protects an account, for the audit log (docs/adr/0038)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb

from .events import EVENTS
from .models import User


def listen() -> None:
    """Called once, when the site has loaded."""
    for one in EVENTS:
        if one.kept:
            heard = _failure if one.failed else _change
            one.signal.connect(heard(one.kept, one.kind), weak=False, dispatch_uid=f"audit {one.kept}")


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


def _change(verb: Verb, kind: Kind) -> Callable[..., None]:
    def heard(
        *,
        user: User,
        request: HttpRequest | None = None,
        authenticator: Authenticator | None = None,
        **_: Any,
    ) -> None:
        what = authenticator.type if authenticator else user.pk
        deed = Deed(verb, kind, what, user.pk, user.pk)
        record(deed, now=timezone.now(), address=address_of(request))

    return heard


def _failure(verb: Verb, kind: Kind) -> Callable[..., None]:
    """Nobody knows who it was, so there is no actor."""

    def heard(
        *,
        user: User | None = None,
        credentials: dict[str, Any] | None = None,
        request: HttpRequest | None = None,
        **_: Any,
    ) -> None:
        whose = user.pk if user else _typed(credentials or {})
        deed = Deed(verb, kind, "" if whose is None else whose, None, whose)
        record(deed, now=timezone.now(), address=address_of(request))

    return heard


def _typed(credentials: dict[str, Any]) -> int | None:
    """Whose log-in it would have been; what was typed is kept nowhere. An address without an account costs the same
    two statements."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    return User.objects.filter(email__iexact=typed).values_list("pk", flat=True).first()
