"""The terms of an installation, where it has some: who agreed to which version, and when."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb

from .models import Agreement, User


@transaction.atomic
def agree(*, user: User, now: datetime) -> None:
    """This person agrees to the terms as they are now; twice is once, and without terms nothing."""
    version = settings.TERMS_VERSION
    if not version:
        return
    _, is_new = Agreement.objects.get_or_create(user=user, version=version, defaults={"at": now})
    if is_new:
        record(Deed(Verb.CONSENT_GIVEN, Kind.TERMS, version, user.pk, user.pk), now=now)


def awaited_from(user: User) -> bool:
    """Whether the terms as they are now have not been agreed to by this person."""
    version = settings.TERMS_VERSION
    return bool(version) and not Agreement.objects.filter(user=user, version=version).exists()
