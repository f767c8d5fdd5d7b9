"""Agreeing on a time: propose, take, accept, counter, decline and cancel; who is held for it says booking_people.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from casebank.limits import Limit, spend
from interviews.actions import booking_guards as guards
from interviews.actions import booking_mail as letters
from interviews.actions import booking_people as people
from interviews.actions import sessions
from interviews.actions.booking_people import Place
from interviews.errors import Refused
from interviews.models import PLAYERS, Assignment, Booking, BookingSeat, EndReason, Listing, Role
from interviews.queries.bookings import open_starts
from interviews.rules import seats, slots

State = Booking.State
# So many of one's proposals may be without an answer.
MOST_OPEN = 10
# Proposals to one person, other times, and times of theirs that are taken; each is a mail to them.
TO_ONE = Limit("propose_to", 8, 24 * 3600)


@transaction.atomic
def take(
    *,
    by: AbstractBaseUser,
    listing: Listing,
    role: str,
    start: datetime,
    minutes: int,
    framework: str,
    swap: bool = False,
    now: datetime,
) -> Booking:
    """Book a time that somebody offers; it is confirmed at once. `role` is the seat of who takes it, with `swap` until
    half time, which is refused (422) where they do not offer that. Of two who take the same time one gets it, and the
    other is told (409)."""
    guards.must_be_possible(start, minutes, now)
    me, [them] = people.hold(by, [listing.user_id])
    guards.must_not_be_paused(me, [them], now=now)
    still = Listing.objects.filter(pk=listing.pk).first()
    if still is None:
        raise Refused("time_gone", guards.GONE)
    if role not in seats_offered(still):
        raise Refused("wrong_seat", "They do not offer this seat.", status=422)
    if swap and not still.swaps:
        raise Refused(
            "no_swap", "They do not swap roles (any more). Nothing was booked; book it without.", status=422
        )
    if start not in open_starts(them, me, minutes=minutes, now=now):
        guards.refuse_for_who_is_busy(me, start, minutes)
    _spend_on([them], by=me, now=now)
    booking = people.make(
        _facing(me, them, role),
        asked_by=me,
        asked_at=start,
        minutes=minutes,
        framework=framework,
        swap=swap,
        now=now,
    )
    people.confirm(booking, start, by=me, now=now)
    letters.confirmed(booking, now=now)
    return booking


@transaction.atomic
def propose(
    *,
    by: AbstractBaseUser,
    to: AbstractBaseUser,
    role: str,
    start: datetime,
    minutes: int,
    framework: str,
    level: str = "",
    note: str = "",
    swap: bool = False,
    now: datetime,
) -> Booking:
    """Ask somebody for an interview at `start`; `role` is the asker's own seat, `level` that of the interview (the
    candidate's own where empty). With `swap` the roles are exchanged at half time, within the same time. Nothing is
    booked before they accept."""
    if role not in PLAYERS:
        raise Refused("wrong_seat", "Be interviewed, or interview: choose a seat.", status=422)
    if by.pk == to.pk:
        raise Refused("yourself", "This is you. To work alone, start a session alone.", status=422)
    return propose_among(
        _facing(by, to, role),
        by=by,
        start=start,
        minutes=minutes,
        framework=framework,
        level=level,
        note=note,
        swap=swap,
        now=now,
    )


@transaction.atomic
def propose_among(
    places: Sequence[Place],
    *,
    by: AbstractBaseUser,
    start: datetime,
    minutes: int,
    framework: str,
    level: str,
    note: str,
    swap: bool = False,
    assignment: Assignment | None = None,
    now: datetime,
) -> Booking:
    """Ask the others in these places, of which one is the asker's own, for an interview at `start`; it may be the time
    for an `assignment` of theirs."""
    guards.must_be_possible(start, minutes, now)
    me, them = people.hold(by, [place.user.pk for place in places if place.user.pk != by.pk])
    guards.must_not_be_paused(me, them, now=now)
    if Booking.objects.filter(asked_by_id=me.pk).count() >= MOST_OPEN:
        raise Refused(
            "too_many_open",
            f"{MOST_OPEN} of your proposals have no answer yet. Wait for one, or withdraw one first.",
            status=429,
        )
    _spend_on(them, by=me, now=now)
    booking = people.make(
        places,
        asked_by=me,
        asked_at=start,
        minutes=minutes,
        framework=framework,
        level=level,
        note=note,
        swap=swap,
        assignment=assignment,
        now=now,
    )
    letters.proposed(booking, by=me, now=now)
    return booking


@transaction.atomic
def accept(*, booking: Booking, by: AbstractBaseUser, start: datetime, now: datetime) -> Booking:
    """Agree to the time that was proposed; `start` is the one that was read, lest another one is agreed to. It is
    booked once everybody whom it was proposed to has agreed."""
    booking, me, others = people.locked(booking.pk, by)
    if booking.asked_at != start or booking.asked_by_id not in {one.pk for one in others}:
        raise Refused(
            "changed", "This proposal has changed, or was withdrawn, since you saw it. Look at it again."
        )
    if start <= now:
        raise Refused("over", "That time is over. Propose another one.")
    guards.must_not_be_blocked(me, others)
    guards.must_not_be_open(booking)
    guards.must_not_be_paused(me, others, now=now)
    if people.agree(booking, start, by=me):
        people.confirm(booking, start, by=me, now=now)
        letters.confirmed(booking, now=now)
    return booking


@transaction.atomic
def counter(*, booking: Booking, by: AbstractBaseUser, start: datetime, now: datetime) -> Booking:
    """Propose another time: in answer to a proposal, in place of one's own, or to move what is confirmed. A confirmed
    time stays until everybody accepts."""
    booking, me, others = people.locked(booking.pk, by)
    if booking.state not in (State.PROPOSED, State.CONFIRMED):
        raise Refused("closed", "This booking is closed. Propose a new one.")
    guards.must_be_possible(start, booking.minutes, now)
    guards.must_not_be_blocked(me, others)
    guards.must_not_be_open(booking)
    guards.must_not_be_paused(me, others, now=now)
    if start == booking.starts_at:
        raise Refused("same_time", "This is the time that you have already.", status=422)
    _spend_on(others, by=me, now=now)
    people.ask(booking, start, by=me)
    letters.proposed(booking, by=me, now=now)
    return booking


@transaction.atomic
def decline(*, booking: Booking, by: AbstractBaseUser, now: datetime) -> Booking:
    """Say no to the time that is proposed, or withdraw one's own proposal. A confirmed time stays as it was. Without a
    proposal this changes nothing."""
    booking, me, _ = people.locked(booking.pk, by)
    if booking.asked_at is None:
        return booking
    mine = booking.asked_by_id == me.pk
    if booking.state == State.PROPOSED:
        booking.state = State.CANCELLED if mine else State.DECLINED
        if mine:
            booking.cancelled_at, booking.cancelled_by_id = now, me.pk
    letters.declined(booking, by=me, now=now)
    booking.asked_at = booking.asked_by_id = None
    booking.revision += 1
    booking.save()
    return booking


@transaction.atomic
def cancel(*, booking: Booking, by: AbstractBaseUser, now: datetime) -> Booking:
    """Call off what is confirmed and still to come; less than 12 hours before the start it is recorded as late. Twice
    changes nothing."""
    booking, me, _ = people.locked(booking.pk, by)
    if booking.state != State.CONFIRMED or booking.starts_at is None:
        return booking
    if booking.starts_at <= now:
        raise Refused("too_late", "Its time has come; who does not come is noted.")
    if booking.session is not None:
        session = sessions.abandon(
            session=booking.session, by=booking.session.seats.get(user_id=me.pk), now=now
        )
        if session.end_reason != EndReason.ABANDONED:
            raise Refused("begun", "The interview has begun; end it in its room.")
    booking.state, booking.asked_at, booking.asked_by_id = State.CANCELLED, None, None
    booking.cancelled_at, booking.cancelled_by_id = now, me.pk
    booking.cancelled_late = slots.is_late(booking.starts_at, now)
    booking.revision += 1
    booking.save()
    booking.seats.update(holds=False, starts_at=None, ends_at=None)
    letters.cancelled(booking, now=now)
    return booking


@transaction.atomic
def part(*, by: AbstractBaseUser, other: int, now: datetime) -> None:
    """Call off and take back all that these two (`other` by id) have ahead, in the words of any other day. What has
    begun goes on."""
    ahead = Booking.objects.filter(state__in=[State.PROPOSED, State.CONFIRMED], seats__user_id=by.pk)
    ahead = ahead.filter(pk__in=BookingSeat.objects.filter(user_id=other).values("booking"))
    # Held as by who accepts, so that nothing is agreed to in between; with them whoever would sit in a panel with both.
    with_us = BookingSeat.objects.filter(booking__in=ahead).values_list("user_id", flat=True)
    people.accounts({by.pk, other, *with_us})
    for booking in ahead.order_by("created_at"):
        if booking.state == State.PROPOSED:
            decline(booking=booking, by=by, now=now)
        elif booking.starts_at and booking.starts_at > now:
            with suppress(Refused):
                cancel(booking=booking, by=by, now=now)


def seats_offered(listing: Listing) -> tuple[Role, ...]:
    """The seats that are left to whoever takes a time of this person."""
    if listing.wanted == Listing.Wanted.EITHER:
        return PLAYERS
    return (Role(seats.partner_of(listing.wanted)),)


def _facing(me: AbstractBaseUser, them: AbstractBaseUser, role: str) -> tuple[Place, Place]:
    """The places of two, of whom the first takes this seat."""
    return Place(me, role), Place(them, seats.partner_of(role))


def _spend_on(them: Iterable[AbstractBaseUser], *, by: AbstractBaseUser, now: datetime) -> None:
    for one in them:
        spend(TO_ONE, by=f"{by.pk}:{one.pk}", now=now)
