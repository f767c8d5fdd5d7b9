"""Whom a booking is of: two people, or the three of a panel, and how far they agree.

Whoever changes a booking holds first the accounts of its people, in the order of their ids, and then the booking;
so two who want the same hour come one after the other, and the second is told. The constraint `nobody_is_booked_twice`
holds besides, whatever this code believes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from casebank import frameworks
from interviews.actions import booking_guards as guards
from interviews.errors import Refused
from interviews.models import Assignment, Booking, BookingSeat, Role
from interviews.queries.people import level_of
from interviews.rules.next_case import LEVELS

State = Booking.State


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's seat in a booking that is to be made; `part` is a panel's (rules.panel)."""

    user: AbstractBaseUser
    role: str
    part: str = ""


def accounts(ids: Iterable[int]) -> dict[int, AbstractBaseUser]:
    """These accounts by id, as far as there are any, held until the end of the transaction."""
    users = get_user_model()._default_manager.select_for_update(no_key=True)
    return {user.pk: user for user in users.filter(pk__in=list(ids)).order_by("pk")}


def hold(by: AbstractBaseUser, others: Collection[int]) -> tuple[AbstractBaseUser, list[AbstractBaseUser]]:
    """The account of who acts and those of the others, held until the end of the transaction; refused (404) where one
    of them has left, or is blocked."""
    found = accounts([by.pk, *others])
    them: list[AbstractBaseUser] = [user for pk, user in found.items() if pk != by.pk and user.is_active]
    if len(them) < len(set(others)):
        raise Refused("nobody", "There is nobody there any more.", status=404)
    guards.must_not_be_blocked(found[by.pk], them)
    return found[by.pk], them


def locked(pk: UUID, by: AbstractBaseUser) -> tuple[Booking, AbstractBaseUser, list[AbstractBaseUser]]:
    """The booking as it is now, who acts, and the others, as far as they have not left; held until the transaction
    ends."""
    ids = BookingSeat.objects.filter(booking=pk).values_list("user_id", flat=True)
    people = accounts(ids)
    booking = Booking.objects.select_for_update(of=("self",)).select_related("session").get(pk=pk)
    return booking, people[by.pk], [user for user in people.values() if user.pk != by.pk]


def make(
    places: Sequence[Place],
    *,
    asked_by: AbstractBaseUser,
    asked_at: datetime,
    minutes: int,
    framework: str,
    swap: bool,
    now: datetime,
    level: str = "",
    note: str = "",
    assignment: Assignment | None = None,
) -> Booking:
    """A booking of these that is asked for; `level` is the candidate's own where empty."""
    if framework not in frameworks.load():
        raise Refused("unknown_framework", "There is no such plan. Pick one from the list.", status=422)
    candidate = next(place.user for place in places if place.role == Role.CANDIDATE)
    booking = Booking.objects.create(
        state=State.PROPOSED,
        minutes=minutes,
        framework=framework,
        level=level if level in LEVELS else level_of(candidate),
        note=note[:200],
        swap=swap,
        asked_at=asked_at,
        asked_by_id=asked_by.pk,
        created_at=now,
        assignment=assignment,
    )
    BookingSeat.objects.bulk_create(
        BookingSeat(booking=booking, user_id=place.user.pk, role=place.role, part=place.part)
        for place in places
    )
    return booking


def agree(booking: Booking, start: datetime, *, by: AbstractBaseUser) -> bool:
    """Note that this person accepts the start that somebody else asks for; whether everybody has by now. Refused where
    they have another interview then, which is theirs to know."""
    guards.must_be_free(by, start, booking.minutes, but=booking)
    booking.seats.filter(user_id=by.pk).update(agrees=True)
    return not booking.seats.filter(agrees=False).exclude(user=booking.asked_by).exists()


def ask(booking: Booking, start: datetime, *, by: AbstractBaseUser) -> None:
    """Ask for another start in place of whatever was asked for; everybody else is to answer again."""
    booking.seats.update(agrees=False)
    booking.asked_at, booking.asked_by_id = start, by.pk
    booking.revision += 1
    booking.save(update_fields=["asked_at", "asked_by", "revision"])


def confirm(booking: Booking, start: datetime, *, by: AbstractBaseUser, now: datetime) -> None:
    """Take this time of all of them; refused where one of them has another interview then."""
    end = start + timedelta(minutes=booking.minutes)
    try:
        with transaction.atomic():
            booking.seats.update(holds=True, starts_at=start, ends_at=end)
    except IntegrityError:
        guards.refuse_for_who_is_busy(by, start, booking.minutes, but=booking)
    booking.state, booking.starts_at, booking.ends_at = State.CONFIRMED, start, end
    booking.asked_at = booking.asked_by_id = None
    booking.confirmed_at = now
    booking.revision += 1
    booking.save()
