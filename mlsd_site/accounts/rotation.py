"""Whoever proves again who they are goes on under a new cookie, as at log-in; the old one opens nothing."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.usersessions.models import UserSession
from django.http import HttpRequest


def listen() -> None:
    """Once, when the apps are ready."""
    authentication_step_completed.connect(_rotate, weak=False, dispatch_uid="rotation")


def _rotate(sender: object, request: HttpRequest, reauthenticated: bool = False, **said: Any) -> None:
    if reauthenticated:
        old = request.session.session_key
        request.session.cycle_key()
        UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
