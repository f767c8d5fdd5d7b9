"""Times for what groups have set: proposed by one of the two, and called off with it. A booking has two seats, so
none is made for a panel, which begins when its three are there."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from casebank import frameworks
from interviews.actions import booking_mail as letters
from interviews.actions import bookings
from interviews.errors import Refused
from interviews.models import Assignment, Booking, Role
from interviews.queries.groups import booked

State = Booking.State


@transaction.atomic
def propose(*, found: Assignment, by: AbstractBaseUser, start: datetime, now: datetime) -> Booking:
    """Ask the other one of an assignment, which is held and not begun, for an interview at `start`."""
    if found.second_id:
        raise Refused(
            "panel",
            "A booking has two seats, and this is a panel of two. Agree among the three of you, and start it then.",
        )
    if found.bookings.filter(booked(now)).exists():
        raise Refused("booked", "A time is proposed or agreed already. Move that one.")
    mine = by.pk == found.candidate_id
    return bookings.propose(
        by=by,
        to=found.interviewer if mine else found.candidate,
        role=Role.CANDIDATE if mine else Role.INTERVIEWER,
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
    """End the bookings of these assignments that are still ahead. Of an agreed time both are told; a proposal is over
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
