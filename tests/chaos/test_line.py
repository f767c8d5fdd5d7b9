"""200 people join at once, round after round, while several matchers look at the line: nobody is in two sessions, and
nobody starves. Real Postgres, real threads; time is moved, not waited for. PAIRING_ROUNDS says how many rounds,
PAIRING_SEED who wishes what."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection
from django.utils import timezone

from interviews.actions import line, matching
from interviews.errors import Refused
from interviews.models import Match, Offer, Seat, Session, Ticket
from interviews.queries.line import as_waiting
from interviews.rules.pairing import TO_ACCEPT, best_pairs
from mlsd_site.accounts.models import User
from tests.casebank.shelf import case
from tests.interviews.waiting import wish

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]
PEOPLE = 200
ROUNDS = int(os.environ.get("PAIRING_ROUNDS", "4"))
SEED = int(os.environ.get("PAIRING_SEED", "6"))
THREADS = 6
# Who is left over stands first in the next round.
MOST_ROUNDS = 3
T = TypeVar("T")


def at_once(pool: ThreadPoolExecutor, do: Callable[[T], object], items: Iterable[T]) -> None:
    """Do it for all of them, on all threads; what one raises is raised here."""
    for _ in pool.map(do, items):
        pass


def test_200_join_at_once_and_nobody_sits_twice_or_starves() -> None:
    chance = random.Random(SEED)
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.com", display_name=f"P{number}") for number in range(PEOPLE)
    )
    case("one")
    waited: Counter[int] = Counter()
    barrier = Barrier(THREADS)

    def hang_up(_: int) -> None:
        barrier.wait()  # so that each thread does it once
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        for round in range(ROUNDS):
            now = timezone.now() + timedelta(days=8 * round)
            one_round(pool, people, now, chance, waited)
            assert all(rounds < MOST_ROUNDS for rounds in waited.values()), waited.most_common(3)
        at_once(pool, hang_up, range(THREADS))
    met = Ticket.objects.filter(ending="met").count()
    print(f"{PEOPLE * ROUNDS} joined, {met} met, at most {max(waited.values())} rounds without a partner")


def one_round(
    pool: ThreadPoolExecutor, people: list[User], now: datetime, chance: random.Random, waited: Counter[int]
) -> None:
    wishes = {user.pk: wish(chance.choice(["candidate", "interviewer", "either"])) for user in people}
    silent = {user.pk for user in people if chance.random() < 0.05}
    unwilling = {user.pk for user in people if chance.random() < 0.05} - silent

    def join(user: User) -> None:
        line.keep(by=user, now=now)  # who was left over from the last round is still there
        for _ in range(1 + (user.pk % 10 == 0)):  # some click twice, in two windows
            with suppress(Refused):
                line.join(by=user, wish=wishes[user.pk], now=now)
        if user.pk % 20 == 0:
            matching.match_waiting(now=now)

    def answer(user: User) -> None:
        offer = Offer.objects.filter(ticket__user_id=user.pk, is_open=True).first()
        if offer is None or user.pk in silent:
            return
        say = matching.decline if user.pk in unwilling else matching.accept
        with suppress(Refused):  # the other one was quicker to say no
            say(match_id=offer.match_id, by=user, now=now)

    chance.shuffle(people)
    at_once(pool, join, people)
    settle(pool, people, answer, now)
    check(now)
    left = set(Ticket.objects.exclude(state="closed").values_list("user_id", flat=True))
    for user in people:
        waited[user.pk] = waited[user.pk] + 1 if user.pk in left else 0
    Session.objects.filter(state="lobby").update(state="ended", ended_at=now, end_reason="abandoned")


def settle(
    pool: ThreadPoolExecutor, people: list[User], answer: Callable[[User], object], now: datetime
) -> None:
    """Until nothing moves any more: match, answer, and let the minute run out for whoever says nothing."""
    while matching.match_waiting(now=now) or Match.objects.filter(outcome="").exists():
        at_once(pool, answer, people)
        at_once(pool, lambda _: matching.match_waiting(now=now), range(3))
        matching.lapse(now=now + TO_ACCEPT)


def check(now: datetime) -> None:
    """What must hold when the dust has settled."""
    seats = Counter(Seat.objects.filter(session__state="lobby").values_list("user_id", flat=True))
    assert not [user for user, count in seats.items() if count > 1], "somebody sits in two sessions"
    met = Counter(Ticket.objects.filter(ending="met", closed_at=now).values_list("user_id", flat=True))
    assert met == seats
    assert Match.objects.filter(outcome="met", closed_at=now).count() * 2 == len(seats)
    assert not Offer.objects.filter(is_open=True).exists()
    left = list(Ticket.objects.filter(state="waiting"))
    assert not best_pairs(as_waiting(left, now), now), "two who could have met were left"
