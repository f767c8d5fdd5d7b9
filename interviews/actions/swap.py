"""Opening the second half, in which the roles are exchanged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from interviews.actions import sessions
from interviews.actions.record import log
from interviews.errors import Refused
from interviews.models import Mode, Role, Seat, Session, State
from interviews.queries.blocks import blocked_among
from interviews.queries.halves import second_half_of
from interviews.queries.next_case import NONE_LEFT, case_for
from interviews.rules import swap as rules
from interviews.rules.seats import partner_of

_REFUSED = {
    "not_agreed": "In this session the roles do not swap. Make a new one to change seats.",
    "not_over": "The first half still runs. The second can be opened when it has ended.",
    "never_began": "The first half never began, so there is no second one.",
    "not_two": "The roles swap between two people, and here are not exactly two.",
}


@transaction.atomic
def open_second_half(*, session: Session, by: Seat, now: datetime) -> Session:
    """A session of the same two people with their roles exchanged, a case that its candidate does not know, and a fresh
    board. Whoever comes second is given the one that is there."""
    first = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    there = second_half_of(first)
    if there is not None:
        return there
    seats = list(
        first.seats.filter(left_at=None).exclude(role=Role.OBSERVER).select_related("user").order_by("role")
    )
    _raise_unless_possible(first, by, seats)
    candidate, interviewer = (one.user for one in sorted(seats, key=lambda one: partner_of(one.role)))
    version = case_for(candidate, [interviewer], first.level)
    if version is None:
        raise Refused("no_case_left", NONE_LEFT.format(name=candidate))
    second = sessions.create(
        by=candidate,
        version=version,
        mode=Mode(first.mode),
        role=Role.CANDIDATE,
        framework=first.framework,
        level=first.level,
        now=now,
        interviewer_draws=first.interviewer_draws,
        others=[(Role.INTERVIEWER, interviewer)],
        follows=first,
    )
    log(first, "swapped", by=by, now=now, second=str(second.pk))
    return second


def _raise_unless_possible(first: Session, by: Seat, seats: list[Seat]) -> None:
    if by.pk not in {seat.pk for seat in seats}:
        raise Refused("not_your_half", "Only the two who swap open the second half.", status=403)
    trouble = rules.obstacle(
        agreed=bool(first.swap),
        began=first.started_at is not None,
        ended=first.state == State.ENDED,
        roles=[seat.role for seat in seats],
    )
    if trouble:
        raise Refused(trouble, _REFUSED[trouble])
    # In neutral words: a block is told to nobody.
    if blocked_among([seat.user_id for seat in seats]):
        raise Refused("apart", "The second half cannot be opened. Make a new session instead.")
