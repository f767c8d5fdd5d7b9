"""What beat does for bookings: reminders, rooms that open, proposals that nobody answered in time."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from interviews.actions import booking_mail, booking_rooms
from interviews.errors import Refused
from interviews.models import Booking
from interviews.queries.blocks import blocked_among
from interviews.rules import reminders, slots

log = logging.getLogger(__name__)
State = Booking.State


def sweep(*, now: datetime) -> int:
    """Do what is due now; returns how many reminders were queued. Safe to run twice, and two at once."""
    _lapse(now)
    _open_rooms(now)
    soon = Booking.objects.filter(
        state=State.CONFIRMED, starts_at__gt=now, starts_at__lte=now + reminders.DAY
    )
    due = {
        booking: kind
        for booking in soon.order_by("starts_at").prefetch_related("seats")
        if (kind := _due(booking, now))
    }
    return sum(_remind(booking, now) for booking in booking_mail.not_reminded(due))


@transaction.atomic
def _remind(booking: Booking, now: datetime) -> int:
    """Whoever moves or cancels it meanwhile waits, or is waited for: nobody is reminded of what is called off."""
    held = (
        Booking.objects.select_for_update(skip_locked=True)
        .filter(pk=booking.pk, state=State.CONFIRMED)
        .first()
    )
    kind = _due(held, now) if held else None
    if held is None or kind is None:
        return 0
    if blocked_among(list(held.seats.values_list("user_id", flat=True))):
        return 0
    return booking_mail.remind(held, kind, now=now)


def _due(booking: Booking, now: datetime) -> reminders.Kind | None:
    if booking.starts_at is None or booking.confirmed_at is None:
        return None
    return reminders.due(booking.starts_at, confirmed=booking.confirmed_at, now=now)


def _open_rooms(now: datetime) -> None:
    ready = Booking.objects.filter(
        state=State.CONFIRMED, session=None, starts_at__lte=now + slots.DOORS, ends_at__gt=now
    )
    for booking in ready:
        try:
            booking_rooms.open_room(booking=booking, now=now)
        except Refused as refusal:  # its page says so, too
            log.info("Booking %s has no room: %s", booking.pk, refusal.code)


def _lapse(now: datetime) -> None:
    """What was proposed for a time that is over is closed; a confirmed time stays."""
    over = Q(asked_at__lte=now)
    Booking.objects.filter(over, state=State.PROPOSED).update(
        state=State.DECLINED, asked_at=None, asked_by=None
    )
    Booking.objects.filter(over, state=State.CONFIRMED).update(asked_at=None, asked_by=None)
