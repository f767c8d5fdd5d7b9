"""What people are told of their bookings by mail: in their own zone, the others by display name and nothing more."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from interviews import calendars
from interviews.actions import mail
from interviews.calendars import Entry, Method, Party
from interviews.errors import Refused
from interviews.models import Booking, BookingSeat, Role
from interviews.queries.bookings import others_of, together
from interviews.queries.people import name_of, zone_of
from interviews.rules import reminders
from interviews.rules.outbox import one_line

log = logging.getLogger(__name__)
State = Booking.State


def proposed(booking: Booking, *, by: AbstractBaseUser, now: datetime) -> None:
    """Tell the others that a time is proposed."""
    for seat, others in _seats(booking):
        if seat.user_id != by.pk:
            verb = "would like to move your interview" if booking.starts_at else "proposes an interview"
            _write(booking, seat, others, "proposed", f"{name_of(by)} {verb}", now, by=by)


def confirmed(booking: Booking, *, now: datetime) -> None:
    """Send all the appointment for their calendars; reminders of an older time are not sent any more."""
    mail.withdraw(f"booking:{booking.pk}:remind:")
    for seat, others in _seats(booking):
        subject = f"Interview with {together(others)}"
        _write(booking, seat, others, "confirmed", subject, now, method="REQUEST")


def declined(booking: Booking, *, by: AbstractBaseUser, now: datetime) -> None:
    """Tell the others that the proposed time will not be."""
    for seat, others in _seats(booking):
        if seat.user_id != by.pk:
            verb = "takes back a proposal" if booking.asked_by_id == by.pk else "cannot at the proposed time"
            _write(booking, seat, others, "declined", f"{name_of(by)} {verb}", now, by=by)


def cancelled(booking: Booking, *, now: datetime) -> None:
    """Take the appointment out of all calendars."""
    mail.withdraw(f"booking:{booking.pk}:remind:")
    for seat, others in _seats(booking):
        subject = f"Cancelled: interview with {together(others)}"
        _write(booking, seat, others, "cancelled", subject, now, by=booking.cancelled_by, method="CANCEL")


def remind(booking: Booking, kind: reminders.Kind, *, now: datetime) -> int:
    """Queue this reminder for all, once for each time that they agreed on; returns how many were new."""
    if booking.starts_at is None or booking.confirmed_at is None:
        return 0
    fresh = 0
    for seat, others in _seats(booking):
        # True however late it leaves.
        at = booking.starts_at.astimezone(zone_of(seat.user))
        when = "about to begin" if kind == "soon" else f"on {at:%A} at {at:%H:%M}"
        fresh += _write(
            booking,
            seat,
            others,
            "reminder",
            f"Your interview with {together(others)} is {when}",
            now,
            key=_reminder(booking, kind, seat.user_id),
            useful_until=reminders.useful_until(kind, booking.starts_at),
        )
    return fresh


def not_reminded(due: Mapping[Booking, reminders.Kind]) -> list[Booking]:
    """Those of these bookings, with their seats, of whose due reminders one is not queued yet; in one query."""
    keys = {
        booking: {_reminder(booking, kind, seat.user_id) for seat in booking.seats.all()}
        for booking, kind in due.items()
    }
    known = mail.known(set().union(*keys.values()))
    return [booking for booking, theirs in keys.items() if not theirs <= known]


def _reminder(booking: Booking, kind: reminders.Kind, user: int) -> str:
    """The key of a reminder: once for each time that was agreed on."""
    agreed = int(booking.confirmed_at.timestamp()) if booking.confirmed_at else 0
    return f"booking:{booking.pk}:remind:{kind}:{agreed}:{user}"


def entry(booking: Booking, seat: BookingSeat, others: Sequence[BookingSeat]) -> Entry:
    """This booking in the calendar of whom the seat is."""
    begins = booking.starts_at or booking.asked_at or booking.created_at
    part = "you interview" if seat.role == Role.INTERVIEWER else "you are interviewed"
    part += ", then you swap" if booking.swap else ""
    url = link(booking)
    return Entry(
        uid=f"{booking.pk}@two-loops",
        revision=booking.revision,
        begins=begins,
        ends=booking.ends_at or begins + timedelta(minutes=booking.minutes),
        summary=f"Mock interview with {together(others)} ({part})",
        description=f"The room opens 15 minutes before: {url}",
        url=url,
        cancelled=booking.state == State.CANCELLED,
    )


def link(booking: Booking) -> str:
    """Where the booking and its room are."""
    return str(settings.SITE_URL) + reverse("interviews:booking", args=[booking.pk])


def _seats(booking: Booking) -> list[tuple[BookingSeat, list[BookingSeat]]]:
    """Each seat with the others."""
    seats = list(booking.seats.select_related("user"))
    return [(seat, others) for seat in seats if (others := others_of(seat, seats))]


def _write(
    booking: Booking,
    seat: BookingSeat,
    others: Sequence[BookingSeat],
    about: str,
    subject: str,
    now: datetime,
    *,
    by: AbstractBaseUser | None = None,
    method: Method | None = None,
    key: str = "",
    useful_until: datetime | None = None,
) -> bool:
    """Queue one mail to the person of `seat` about what `by` did; False if it was queued before, or their address takes
    no mail, which holds up neither what they agreed on nor the others' mail. Of no use is what comes after the time
    that it is about."""
    user = seat.user
    address = str(getattr(user, "email", ""))
    page = {
        "booking": booking,
        "name": name_of(user),
        "partner": together(others),
        "besides": together([one for one in others if one.user != by]),
        "actor": name_of(by) if by else "",
        "by_me": user == by,
        "interviews": seat.role == Role.INTERVIEWER,
        "asker": name_of(booking.asked_by) if booking.asked_by else "",
        "asked_by_me": booking.asked_by_id == user.pk,
        "asked_by_actor": bool(by) and booking.asked_by == by,
        "zone": zone_of(user).key,
        "link": link(booking),
        "calendar": str(settings.SITE_URL) + reverse("interviews:calendar"),
    }
    with timezone.override(zone_of(user)):
        body = render_to_string(f"interviews/booking/mail/{about}.txt", page)
    attachments = []
    if method:
        text = calendars.calendar(
            [entry(booking, seat, others)],
            method=method,
            now=now,
            organizer=calendars.sender(settings.DEFAULT_FROM_EMAIL),
            attendee=Party(address, name_of(user)),
        )
        attachments.append(mail.Attachment("interview.ics", f"text/calendar; method={method}", text))
    try:
        return mail.queue(
            address,
            one_line(subject),
            body.strip() + "\n",
            key or f"booking:{booking.pk}:{booking.revision}:{about}:{user.pk}",
            attachments,
            now=now,
            useful_until=useful_until or booking.asked_at or booking.starts_at,
        )
    except Refused as refusal:
        log.warning("User %s is not told of booking %s: %s", user.pk, booking.pk, refusal.code)
        return False
