"""The fixed cast: Ada the candidate, Ben the interviewer, Cleo the stranger."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from mlsd_site.accounts.models import User

# Machines are shared: how long an example takes says nothing of the code.
hypothesis.settings.register_profile(
    "shared", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("shared")

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _quick_passwords_and_quiet_mail(settings: Settings) -> None:
    """Hashing is not what these tests are about, and no mail leaves."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _user(name: str) -> User:
    from mlsd_site.accounts.models import User

    return User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, display_name=name)


@pytest.fixture
def ada(db: None) -> User:
    """The candidate."""
    return _user("Ada")


@pytest.fixture
def ben(db: None) -> User:
    """The interviewer."""
    return _user("Ben")


@pytest.fixture
def cleo(db: None) -> User:
    """The stranger."""
    return _user("Cleo")


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """A browser of this user's own."""

    def sign_in(user: User) -> Client:
        own = client.__class__()
        own.force_login(user)
        return own

    return sign_in


@pytest.fixture
def as_ada(ada: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(ada)


@pytest.fixture
def as_ben(ben: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(ben)


@pytest.fixture
def as_cleo(cleo: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cleo)


def prove(browser: Client) -> None:
    """Give the password again, as one is asked to before something that outlives a log-in."""
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def own_counters(settings: Settings) -> None:
    """Limits are counted in this process: a test may forget them, and takes none from those that run beside it."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
