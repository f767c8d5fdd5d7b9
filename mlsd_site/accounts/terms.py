"""The terms of an installation, where it has some: who agreed to which version, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb

from .models import Agreement, User


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bar on top of a page says: the terms that are not agreed to yet, where they stand, where it says what
    changed, whether some were agreed to before, and the page to come back to."""

    version: str
    url: str
    changes: str
    is_change: bool
    back: str


@transaction.atomic
def agree(*, user: User, now: datetime) -> None:
    """This person agrees to the terms as they are now; twice is once, and without terms nothing."""
    version = settings.TERMS_VERSION
    if not version:
        return
    _, is_new = Agreement.objects.get_or_create(user=user, version=version, defaults={"at": now})
    User.objects.filter(pk=user.pk).update(agreed_to=version)
    user.agreed_to = version
    if is_new:
        record(Deed(Verb.CONSENT_GIVEN, Kind.TERMS, version, user.pk, user.pk), now=now)


def awaited_from(user: User) -> bool:
    """Whether the terms as they are now have not been agreed to by this person. Costs no query."""
    version = settings.TERMS_VERSION
    return bool(version) and user.agreed_to != version


def on_pages(request: HttpRequest) -> dict[str, Callable[[], Asked | None]]:
    """A context processor: what `new_terms` is, reckoned only where a template asks for it."""
    return {"new_terms": lambda: _asked(request)}


def _asked(request: HttpRequest) -> Asked | None:
    """None where nobody is logged in, nothing is to be asked, or the page asks by itself."""
    user = getattr(request, "user", None)  # not there where a request is refused by its host
    if user is None or not user.is_authenticated:
        return None
    if not awaited_from(user) or request.path == reverse("own_consents"):
        return None
    # Nobody is sent to what answers a form alone.
    back = request.get_full_path() if request.method == "GET" else ""
    changes = settings.TERMS_CHANGES_URL
    return Asked(settings.TERMS_VERSION, settings.TERMS_URL, changes, bool(user.agreed_to), back)
