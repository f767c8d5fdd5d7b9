"""How long a log-in lasts: so long after it was last used, and never longer than so long after it was made.

The session's own row says when it ends (`expire_date`), so pages, REST and the room's socket need to know no more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN = "log-in began"
# A row is written at most so often for being used.
_USED = timedelta(hours=1)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def listen() -> None:
    """Once, when the apps are ready."""
    user_logged_in.connect(_logged_in, dispatch_uid="lifetimes")


class LifetimeMiddleware:
    """Lets a log-in that is used last on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Only where somebody was asked for anyway: a session that is looked at makes an answer vary by its cookie.
        if hasattr(request, "_cached_user") and SESSION_KEY in request.session:
            now, session = timezone.now(), request.session
            if BEGAN not in session:  # it was made before there were lifetimes
                _begin(session, now)
            elif _end(session) - now < settings.SESSION_IDLE - _USED:
                _renew(session, now)
        return response


def _logged_in(sender: object, request: HttpRequest, **said: object) -> None:
    _begin(request.session, timezone.now())


def _begin(session: SessionBase, now: datetime) -> None:
    session[BEGAN] = now.isoformat()
    _renew(session, now)


def _renew(session: SessionBase, now: datetime) -> None:
    end = datetime.fromisoformat(session[BEGAN]) + settings.SESSION_LONGEST
    ends = min(now + settings.SESSION_IDLE, end)
    if _end(session) != ends:
        session.set_expiry(ends)


def _end(session: SessionBase) -> datetime:
    """When it ends; long ago where that moves with every write, as allauth's form has it."""
    end: datetime = session.get_expiry_date(modification=_LONG_AGO)
    return end
