"""People with a session cookie each, without a log-in page: where hundreds are needed at once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as Cookie
from django.utils import timezone

if TYPE_CHECKING:
    from mlsd_site.accounts.models import User


def people(count: int) -> list[User]:
    """So many new users that nobody can log in as."""
    from mlsd_site.accounts.models import User

    mark = secrets.token_hex(4)
    return User.objects.bulk_create(
        User(email=f"{mark}-{number}@example.com", display_name=f"Person {number}", password="!")
        for number in range(count)
    )


def log_in(users: list[User]) -> list[str]:
    """The value of a `Cookie` header for each user, as a log-in makes it."""
    store = SessionStore()
    made = [
        Cookie(
            session_key=secrets.token_hex(16),
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=timezone.now() + timedelta(days=1),
        )
        for user in users
    ]
    Cookie.objects.bulk_create(made)
    return [f"{settings.SESSION_COOKIE_NAME}={cookie.session_key}" for cookie in made]
