"""From a booking to its room."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank import frameworks
from interviews.actions import assignments, sessions
from interviews.errors import Refused
from interviews.models import Booking, Group, Mode, Role, Session, Swap
from interviews.queries.blocks import blocked_among
from interviews.queries.next_case import NONE_LEFT, case_for
from interviews.queries.people import name_of
from interviews.rules import reliability, slots, swap


@transaction.atomic
def open_room(*, booking: Booking, now: datetime) -> Session:
    """The session of a booking, made the first time that somebody asks: in the lobby, all in their seats, on the case
    that trains the candidate best now, or that a group has set. Refused before its time, and where no case is left. Who
    does not come is noted for the first room of a booking alone, and not where that is made after the wait for them
    would be over."""
    if booking.assignment_id:  # the group first, as by everybody who holds both
        list(Group.objects.select_for_update().filter(assignments=booking.assignment_id))
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if booking.room is not None:
        return booking.room
    if booking.state != Booking.State.CONFIRMED or booking.starts_at is None or booking.ends_at is None:
        raise Refused("not_confirmed", "This interview is not agreed on, so it has no room.")
    if not slots.doors_open(booking.starts_at, booking.ends_at, now):
        raise Refused("not_yet", "The room opens 15 minutes before the start, until the time is over.")
    awaited = booking.session_id is None and now < reliability.grace_ends(booking.starts_at)
    seats = list(booking.seats.select_related("user"))
    people = {seat.role: seat.user for seat in seats}
    if len(people) < 2 or blocked_among([seat.user_id for seat in seats]):
        raise Refused("nobody", "Your partner is not there any more.", status=404)
    candidate, interviewer = people[Role.CANDIDATE], people[Role.INTERVIEWER]
    agreed_start = booking.starts_at if awaited else None
    if booking.assignment:
        booking.session = assignments.open_room(
            booking.assignment, by=candidate, now=now, agreed_start=agreed_start
        )
        booking.save(update_fields=["session"])
        return booking.session
    version = case_for(candidate, [interviewer], booking.level)
    if version is None:
        raise Refused("no_case_left", NONE_LEFT.format(name=name_of(candidate)))
    session = sessions.create(
        by=candidate,
        version=version,
        mode=Mode.PEER,
        role=Role.CANDIDATE,
        framework=booking.framework,
        level=booking.level,
        now=now,
        agreed_start=agreed_start,
        swap=Swap(swap.within(booking.minutes, plan=frameworks.MINUTES)) if booking.swap else None,
        others=[(Role.INTERVIEWER, interviewer)],
    )
    booking.session = session
    booking.save(update_fields=["session"])
    return session
