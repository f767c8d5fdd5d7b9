"""Times for what groups have set: proposed by one of its two or three, and called off with it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from casebank import frameworks
from interviews.actions import booking_mail as letters
from interviews.actions import bookings
from interviews.actions.booking_people import Place
from interviews.errors import Refused
from interviews.models import Assignment, Booking
from interviews.queries.groups import booked

State = Booking.State


@transaction.atomic
def propose(*, found: Assignment, by: AbstractBaseUser, start: datetime, now: datetime) -> Booking:
    """Ask the others of an assignment, which is held and not begun, for an interview at `start`."""
    if found.bookings.filter(booked(now)).exists():
        raise Refused("booked", "A time is proposed or agreed already. Move that one.")
    return bookings.propose_among(
        [Place(*one) for one in found.places],
        by=by,
        start=start,
        minutes=frameworks.MINUTES,
        framework=found.framework,
        level=found.level,
        note=f"Set in {found.group.name}.",
        assignment=found,
        now=now,
    )


@transaction.atomic
def call_off(which: Q, *, now: datetime) -> None:
    """End the bookings of these assignments that are still ahead. Of an agreed time all are told; a proposal is over
    without a word, for what it was about is, and that is told (actions.rota_mail)."""
    ahead = Booking.objects.select_for_update(of=("self",)).filter(which, booked(now))
    for booking in ahead.order_by("pk"):
        agreed = booking.state == State.CONFIRMED
        booking.state, booking.cancelled_at = State.CANCELLED, now
        booking.asked_at = booking.asked_by_id = None
        booking.revision += 1
        booking.save()
        booking.seats.update(holds=False, starts_at=None, ends_at=None)
        if agreed:
            letters.cancelled(booking, now=now)
