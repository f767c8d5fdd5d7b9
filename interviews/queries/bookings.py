"""When people are free, who offers times to whom, and what is agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from interviews.errors import Refused
from interviews.models import Booking, BookingSeat, Listing, Role, Slot, Weekly
from interviews.queries.blocks import blocked_with
from interviews.queries.people import level_of, name_of, zone_of
from interviews.queries.reliability import paused_among, paused_until
from interviews.rules import availability, panel, slots
from interviews.rules.availability import Hours, Span
from interviews.rules.languages import DEFAULT, NAMES
from interviews.rules.next_case import levels_near

State = Booking.State
# So many people are shown; who listed themselves last comes first.
MOST_PEOPLE = 30
# How far ahead their times are looked at; the page of one person looks to the horizon.
AHEAD = timedelta(days=21)


def hours_of(user: AbstractBaseUser) -> list[Hours]:
    """This person's weekly rules."""
    rules = Weekly.objects.filter(user_id=user.pk)
    return [Hours(rule.weekday, rule.begins, rule.ends) for rule in rules]


def free(user: AbstractBaseUser, *, since: datetime, until: datetime) -> list[Span]:
    """When this person says that they are free, whatever they are booked for."""
    return free_each([user], since=since, until=until)[user.pk]


def free_each(
    users: Collection[AbstractBaseUser], *, since: datetime, until: datetime
) -> dict[int, list[Span]]:
    """The same of several people by id, in two queries."""
    ids = [user.pk for user in users]
    single: dict[int, list[Span]] = defaultdict(list)
    for slot in Slot.objects.filter(user__in=ids, starts_at__lt=until, ends_at__gt=since):
        single[slot.user_id].append(Span(max(slot.starts_at, since), min(slot.ends_at, until)))
    weekly: dict[int, list[Hours]] = defaultdict(list)
    for rule in Weekly.objects.filter(user__in=ids):
        weekly[rule.user_id].append(Hours(rule.weekday, rule.begins, rule.ends))
    return {
        user.pk: availability.union(
            [
                *single[user.pk],
                *availability.expand(weekly[user.pk], zone=zone_of(user), since=since, until=until),
            ]
        )
        for user in users
    }


def taken_each(users: Collection[int], *, since: datetime, until: datetime) -> dict[int, list[Span]]:
    """When each of these people (ids) is booked."""
    held = BookingSeat.objects.filter(user__in=users, holds=True, starts_at__lt=until, ends_at__gt=since)
    found: dict[int, list[Span]] = {user: [] for user in users}
    for user, begins, ends in held.values_list("user_id", "starts_at", "ends_at"):
        if begins and ends:
            found[user].append(Span(begins, ends))
    return found


def open_starts(
    user: AbstractBaseUser, reader: AbstractBaseUser, *, minutes: int, now: datetime
) -> list[datetime]:
    """Every start at which `reader` could take a time of `user`: neither is booked, and `user` is free. None
    where `user` cannot be booked for a while (queries.reliability)."""
    if paused_until(user.pk, now):
        return []
    until = now + slots.HORIZON + timedelta(minutes=minutes)
    offered = free(user, since=now, until=until)
    busy = taken_each([user.pk, reader.pk], since=now, until=until)
    return slots.open_starts(offered, taken=chain(*busy.values()), length=timedelta(minutes=minutes), now=now)


@dataclass(frozen=True, slots=True)
class Offer:
    """A person who offers times. `suits` are the next starts at which `reader` is free as well, at most three; where
    the reader has said no hours, or none meet, the next starts of all."""

    listing: Listing
    name: str
    level: str
    language: str
    starts: list[datetime]
    suits: bool


def offers_for(reader: AbstractBaseUser, *, now: datetime, minutes: int = 45) -> list[Offer]:
    """Whose times this person may take in the next weeks: of a level next to theirs, nobody blocked, nobody without a
    free time or who cannot be booked for a while; the reader's language first. In seven queries, however many."""
    people = Listing.objects.select_related("user").filter(user__is_active=True)
    people = people.filter(user__target_level__in=levels_near(level_of(reader)))
    people = people.exclude(user__in=[reader.pk, *blocked_with(reader.pk)]).order_by("-listed_at", "-pk")
    fitting = list(people[:200])
    paused = paused_among([one.user_id for one in fitting], now)
    fitting = [one for one in fitting if one.user_id not in paused]
    mine = Listing.objects.filter(user_id=reader.pk).values_list("language", flat=True).first()
    until, length = now + AHEAD, timedelta(minutes=minutes)
    hours = free_each([reader, *(one.user for one in fitting)], since=now, until=until)
    busy = taken_each([reader.pk, *(one.user_id for one in fitting)], since=now, until=until)
    found = []
    for listing in fitting:
        them = listing.user
        both = chain(busy[them.pk], busy[reader.pk])
        every = slots.open_starts(hours[them.pk], taken=both, length=length, now=now)
        suit = [at for at in every if slots.fits(at, length, hours[reader.pk])]
        if every:
            spoken = NAMES.get(listing.language, listing.language)
            shown = _spread(suit or every)
            found.append(Offer(listing, name_of(them), level_of(them), spoken, shown, bool(suit)))
    return sorted(found, key=lambda one: (one.listing.language != (mine or DEFAULT), not one.suits))[
        :MOST_PEOPLE
    ]


def _spread(starts: list[datetime]) -> list[datetime]:
    """The next three that lie an hour or more apart."""
    chosen: list[datetime] = []
    for at in starts:
        if not chosen or at - chosen[-1] >= timedelta(hours=1):
            chosen.append(at)
    return chosen[:3]


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booking as one of its people sees it: `partners` are the others' names; `asker` who proposes a time, if not
    they, and `waiting_for` who else is still to answer."""

    booking: Booking
    role: str
    part: str
    partners: tuple[str, ...]
    asker: str
    waiting_for: tuple[str, ...]
    asked_me: bool
    asked_by_me: bool
    doors_open: bool
    is_over: bool

    @property
    def partner(self) -> str:
        """All of them."""
        return " and ".join(self.partners) or "Somebody who left"

    @property
    def at(self) -> datetime | None:
        """When it begins, or would."""
        return self.booking.starts_at or self.booking.asked_at


def seen_by(seat: BookingSeat, now: datetime) -> Appointment:
    """This booking, from this seat."""
    booking = seat.booking
    others = _others(seat)
    asked = booking.asked_at is not None
    by_me = booking.asked_by_id == seat.user_id
    held = booking.state == State.CONFIRMED and booking.starts_at and booking.ends_at
    names = {one.user_id: name_of(one.user) for one in others}
    silent = [one.user_id for one in others if not one.agrees and one.user_id != booking.asked_by_id]
    return Appointment(
        booking=booking,
        role=Role(seat.role).label,
        part=panel.letter_of(seat.part),
        partners=tuple(names.values()),
        asker=names.get(booking.asked_by_id or 0, ""),
        waiting_for=tuple(names[one] for one in silent) if asked else (),
        asked_me=asked and not by_me and not seat.agrees,
        asked_by_me=asked and by_me,
        doors_open=bool(held) and slots.doors_open(booking.starts_at, booking.ends_at, now),  # type: ignore[arg-type]
        is_over=bool(held) and booking.ends_at <= now,  # type: ignore[operator]
    )


def others_of(seat: BookingSeat, seats: Iterable[BookingSeat]) -> list[BookingSeat]:
    """All of a booking's seats but this one, the candidate's first."""
    others = [one for one in seats if one.user_id != seat.user_id]
    return sorted(others, key=lambda one: (one.role, one.part))


def together(seats: Iterable[BookingSeat]) -> str:
    """The names of these people: "Ada and Ben"."""
    return " and ".join(name_of(seat.user) for seat in seats)


def upcoming(user: AbstractBaseUser, now: datetime) -> list[Appointment]:
    """What is agreed or proposed and not over, the next first."""
    seats = (
        BookingSeat.objects.select_related("booking__session")
        .prefetch_related("booking__seats__user")
        .filter(user_id=user.pk)
        .filter(
            Q(booking__state=State.CONFIRMED, booking__ends_at__gt=now) | Q(booking__state=State.PROPOSED)
        )
    )
    found = [seen_by(seat, now) for seat in seats]
    return sorted(found, key=lambda one: one.at or now)


def held_since(user: AbstractBaseUser, since: datetime) -> list[tuple[BookingSeat, list[BookingSeat]]]:
    """The parts in what is agreed and ends after `since`, each with the others', for a calendar."""
    mine = (
        BookingSeat.objects.select_related("booking")
        .prefetch_related("booking__seats__user")
        .filter(user_id=user.pk, holds=True, ends_at__gt=since)
        .order_by("starts_at")
    )
    return [(seat, others) for seat in mine[:500] if (others := _others(seat))]


def find(who: str, *, reader: AbstractBaseUser) -> AbstractBaseUser:
    """Somebody who lets themselves be found, by display name or by the address of their account. Refused in the same
    words (404) where nobody is called so, where they do not want to be found, and where one has blocked the other."""
    people = Listing.objects.select_related("user").filter(user__is_active=True)
    people = people.exclude(user__in=blocked_with(reader.pk))
    who = who.strip()
    found = (
        people.filter(user__email__iexact=who)
        if "@" in who
        else people.filter(user__display_name__iexact=who)
    )
    match list(found[:2]):
        case [one]:
            return one.user
        case []:
            raise Refused(
                "nobody",
                "Nobody who lets themselves be found is called so. Check the spelling, or send them an invite link.",
                status=404,
            )
        case _:
            raise Refused(
                "several",
                "Several people are called so. Give the e-mail address of their account.",
                status=422,
            )


def _others(seat: BookingSeat) -> list[BookingSeat]:
    """None where the other one has closed their account."""
    return others_of(seat, seat.booking.seats.all())
