"""Saying when one is free, and letting others find it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from interviews.errors import Refused
from interviews.models import CalendarFeed, Listing, Slot, Weekly
from interviews.queries.bookings import hours_of
from interviews.rules import availability, slots
from interviews.rules.availability import Hours


def add_hours(*, by: AbstractBaseUser, hours: Hours) -> Weekly:
    """A weekly rule; Refused (422) with the reason where it cannot stand beside the others."""
    said = availability.objection(hours, hours_of(by))
    if said:
        raise Refused("bad_hours", said, status=422)
    try:
        with transaction.atomic():
            return Weekly.objects.create(
                user_id=by.pk, weekday=hours.weekday, begins=hours.begins, ends=hours.ends
            )
    except IntegrityError as error:  # two of one's own pages in the same instant
        raise Refused(
            "bad_hours", "This overlaps with a rule that you have just made.", status=422
        ) from error


def remove_hours(*, by: AbstractBaseUser, pk: int) -> None:
    """Take a rule back; what is booked stays booked."""
    Weekly.objects.filter(pk=pk, user_id=by.pk).delete()


def add_slot(*, by: AbstractBaseUser, starts_at: datetime, ends_at: datetime, now: datetime) -> Slot:
    """A single time; Refused (422) with the reason where it cannot be."""
    if said := _slot_objection(starts_at, ends_at, now):
        raise Refused("bad_slot", said, status=422)
    mine = Slot.objects.filter(user_id=by.pk, ends_at__gt=now)
    if mine.count() >= availability.MOST_SLOTS:
        raise Refused(
            "too_many", f"You have {availability.MOST_SLOTS} single times; remove one first.", status=422
        )
    try:
        with transaction.atomic():
            return Slot.objects.create(user_id=by.pk, starts_at=starts_at, ends_at=ends_at)
    except IntegrityError as error:
        raise Refused(
            "bad_slot",
            "This overlaps with a single time that you have already. Remove that one first, or choose another.",
            status=422,
        ) from error


def remove_slot(*, by: AbstractBaseUser, pk: int) -> None:
    """Take a single time back; what is booked stays booked."""
    Slot.objects.filter(pk=pk, user_id=by.pk).delete()


def list_me(
    *, by: AbstractBaseUser, wanted: str, language: str, swaps: bool = False, now: datetime
) -> Listing:
    """Let others find this person and take their free times; with `swaps`, who takes one may have the roles swapped at
    half time."""
    listing, _ = Listing.objects.update_or_create(
        user_id=by.pk, defaults={"wanted": wanted, "language": language, "swaps": swaps, "listed_at": now}
    )
    return listing


def unlist_me(*, by: AbstractBaseUser) -> None:
    """Nobody finds this person any more; what is booked or proposed stays."""
    Listing.objects.filter(user_id=by.pk).delete()


def make_feed(*, by: AbstractBaseUser, now: datetime) -> str:
    """The token of a new calendar address (256 bits, shown this once). The old address stops working."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user_id=by.pk, defaults={"token_hash": _hash(token), "created_at": now}
    )
    return token


def revoke_feed(*, by: AbstractBaseUser) -> None:
    """Let the calendar address stop working."""
    CalendarFeed.objects.filter(user_id=by.pk).delete()


def feed_of(token: str) -> CalendarFeed | None:
    """Whose calendar this token opens; None if nobody's."""
    feeds = CalendarFeed.objects.select_related("user").filter(user__is_active=True)
    return feeds.filter(token_hash=_hash(token)).first()


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _slot_objection(starts_at: datetime, ends_at: datetime, now: datetime) -> str | None:
    if ends_at <= starts_at:
        return "The end must be later than the start."
    if ends_at <= now:
        return "That time is over. Choose one that is still to come."
    if ends_at - starts_at < availability.SHORTEST:
        return availability.TOO_SHORT
    if ends_at - starts_at >= timedelta(hours=24):
        return "A single time is shorter than a day. Make several, or a weekly rule."
    if starts_at > now + slots.HORIZON:
        return "That is more than 60 days ahead. Add it when it comes nearer."
    return None
