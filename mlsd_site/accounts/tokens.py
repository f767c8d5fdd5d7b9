"""API tokens: made, found by their secret, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused

from .models import ApiToken, User

# By it a leaked secret is recognised, in a log or by a scanner.
PREFIX = "twoloops_"
MOST = 20
# A row is written at most so often for being used.
_USED = timedelta(minutes=1)

AREAS = {
    "cases": "Cases, drafts, the primer and cheat sheets",
    "sessions": "Sessions: seats, notes, boards, marks, reports, feedback and second ratings",
    "booking": "The calendar, bookings and the line of practise now",
    "progress": "Your progress",
    "groups": "Your groups",
    "webhooks": "Webhooks: addresses that are told of your sessions",
}
SCOPES = tuple(f"{area}:{what}" for area in AREAS for what in ("read", "write"))


@transaction.atomic
def create(
    *, by: AbstractBaseUser, name: str, scopes: Sequence[str], days: int, now: datetime
) -> tuple[ApiToken, str]:
    """A token and its secret (256 bits, shown this once). Raises Refused with too many open ones."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if open_tokens(by, now).count() >= MOST:
        raise Refused("too_many", f"You have {MOST} tokens that work. Revoke one first.", status=422)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user_id=by.pk,
        name=name,
        token_hash=_hash(secret),
        hint=secret[: len(PREFIX) + 3],
        scopes=[scope for scope in SCOPES if scope in scopes],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(Deed(Verb.TOKEN_MADE, Kind.TOKEN, token.pk, by.pk, by.pk), now=now)
    return token, secret


@transaction.atomic
def revoke(*, by: AbstractBaseUser, pk: int, now: datetime) -> None:
    """The token opens nothing from now on; one that is not there, or somebody else's, is fine."""
    if ApiToken.objects.filter(user_id=by.pk, pk=pk, revoked_at=None).update(revoked_at=now):
        record(Deed(Verb.TOKEN_REVOKED, Kind.TOKEN, pk, by.pk, by.pk), now=now)


def open_tokens(user: AbstractBaseUser, now: datetime) -> QuerySet[ApiToken]:
    """Those of this person's tokens that work."""
    return ApiToken.objects.filter(user_id=user.pk, revoked_at=None, expires_at__gt=now)


def token_of(secret: str, now: datetime) -> ApiToken | None:
    """The token that this secret is, if it works and its person may log in; that it was used is noted."""
    found = (
        ApiToken.objects.select_related("user")
        .filter(token_hash=_hash(secret), revoked_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if found and (found.last_used_at is None or now - found.last_used_at > _USED):
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
