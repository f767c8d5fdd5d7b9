"""The line of those who wait for a partner, as the matcher sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import combinations
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from casebank.models import SeenCase
from casebank.queries import visible_to
from interviews.models import PLAYERS, Match, Offer, Seat, State, Ticket
from interviews.queries.blocks import blocked_among
from interviews.queries.seen import awaited_cases
from interviews.rules import pairing


def open_tickets() -> QuerySet[Ticket]:
    """All tickets of people who are in the line, those with an offer too."""
    return Ticket.objects.exclude(state=Ticket.State.CLOSED)


def ready(now: datetime) -> QuerySet[Ticket]:
    """Tickets without an offer whose page is still there, the first in line first."""
    return Ticket.objects.filter(state=Ticket.State.WAITING, seen_at__gt=now - pairing.SILENCE).order_by(
        "-front", "since", "pk"
    )


def as_waiting(tickets: Sequence[Ticket], now: datetime) -> list[pairing.Waiting]:
    """What the rule wants to know of each, by the user's id; in seven queries however many there are."""
    people = {ticket.user_id for ticket in tickets}
    never = _both_ways([*blocked_among(people), *_lately_refused(people, now)])
    met = _both_ways(_lately_met(people, now))
    exhausted = _know_every_case(people)
    return [
        pairing.Waiting(
            id=ticket.user_id,
            role=cast(pairing.Wanted, ticket.role),
            level=ticket.level,
            language=ticket.language,
            since=ticket.since,
            framework=ticket.framework,
            swap=cast(pairing.Swapping, ticket.swap),
            fresh=ticket.user_id not in exhausted,
            front=ticket.front,
            again=ticket.again,
            never=frozenset(never.get(ticket.user_id, ())),
            met=frozenset(met.get(ticket.user_id, ())),
        )
        for ticket in tickets
    ]


def knows_every_case(user_id: int) -> bool:
    """Whether no case of everybody's bank is left to ask this person."""
    return user_id in _know_every_case([user_id])


def is_busy(user_id: int) -> bool:
    """Whether this person is in a running session, not as one who watches."""
    return busy_among([user_id]) != set()


def awaited_seats(user_id: int) -> QuerySet[Seat]:
    """This person's seats in rooms that two agreed on, matched or booked, and whose clock has not started."""
    return Seat.objects.filter(
        user_id=user_id,
        left_at=None,
        role__in=PLAYERS,
        session__state=State.LOBBY,
        session__agreed_start__isnull=False,
    )


def busy_among(people: Collection[int]) -> set[int]:
    """Those of these users' ids who are in a running session, not as ones who watch."""
    live = Seat.objects.filter(user_id__in=people, is_live=True, role__in=PLAYERS)
    return set(live.values_list("user_id", flat=True))


def _know_every_case(people: Collection[int]) -> set[int]:
    """Those to whom no case of everybody's bank can be asked any more: known already, or about to be asked."""
    bank = set(visible_to(AnonymousUser()).order_by().values_list("case_id", flat=True))
    known: dict[int, set[int]] = defaultdict(set)
    seen = SeenCase.objects.filter(user_id__in=people, case_id__in=bank)
    for user, case in seen.values_list("user_id", "case_id"):
        known[user].add(case)
    for user, cases in awaited_cases(people).items():
        known[user] |= cases & bank
    return {user for user in people if len(known[user]) >= len(bank)}


def _lately_refused(people: Collection[int], now: datetime) -> list[frozenset[int]]:
    since = now - pairing.REFUSED_FOR
    reasons = [Match.Outcome.REFUSED, Match.Outcome.NO_CASE]
    return _pairs_of(Offer.objects.filter(match__closed_at__gt=since, match__outcome__in=reasons), people)


def _lately_met(people: Collection[int], now: datetime) -> list[frozenset[int]]:
    """Who sat together, or was about to, in the last week."""
    since = now - pairing.APART
    seats = Seat.objects.filter(
        Q(session__started_at__gt=since) | Q(session__agreed_start__gt=since),
        user_id__in=people,
        role__in=PLAYERS,
    )
    return _grouped(seats.values_list("session_id", "user_id"))


def _pairs_of(offers: QuerySet[Offer], people: Collection[int]) -> list[frozenset[int]]:
    mine = offers.filter(ticket__user_id__in=people)
    return _grouped(mine.values_list("match_id", "ticket__user_id"))


def _grouped(rows: Iterable[tuple[object, int]]) -> list[frozenset[int]]:
    groups: dict[object, set[int]] = defaultdict(set)
    for group, user in rows:
        groups[group].add(user)
    # In a panel there are three, and each has met each.
    return [frozenset(pair) for group in groups.values() for pair in combinations(group, 2)]


def _both_ways(pairs: Iterable[frozenset[int]]) -> dict[int, set[int]]:
    """{id: whom it is paired with}"""
    others: dict[int, set[int]] = defaultdict(set)
    for one, other in map(sorted, pairs):
        others[one].add(other)
        others[other].add(one)
    return others
