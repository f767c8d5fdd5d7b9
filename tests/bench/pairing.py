"""What it costs to pair those who wait: the rule alone for growing crowds, so that one sees how the cost grows, and the
whole matcher, with its queries and writes, for the largest."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from interviews.rules.pairing import Waiting, best_pairs
from tests.bench.scrub import _start
from tests.bench.timing import seconds

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SIZES = (1_250, 2_500, 5_000, 10_000)
LANGUAGES = ["en"] * 6 + ["de", "zh", "hi", "es"]
FRAMEWORKS = ["", "", "", "seven-step", "nine-step", "blueprint"]
ROLES = ["candidate", "candidate", "interviewer", "either"]


def run() -> Iterator[str]:
    for name, make in (
        ("a mixed crowd", _mixed),
        ("all candidates but one in ten", _scarce),
        ("all with 50 they met", _met),
    ):
        yield from _growth(name, make)
    yield from _matcher(SIZES[-1])


Crowd = Callable[[random.Random, int], list[Waiting]]


def _growth(name: str, make: Crowd) -> Iterator[str]:
    """CPU seconds for each size, and by what the cost grows when the crowd doubles (2.0 is linear)."""
    costs = []
    for size in SIZES:
        crowd = make(random.Random(size), size)
        costs.append(median(_cpu(crowd) for _ in range(3)))
        pairs = len(best_pairs(crowd, NOW))
    growth = ", ".join(f"{after / before:.1f}" for before, after in pairwise(costs))
    yield f"{name}: {SIZES[-1]} people in {costs[-1]:.2f} s of CPU, {pairs} pairs; twice the people cost x {growth}"


def _cpu(crowd: list[Waiting]) -> float:
    """Not the clock on the wall: others are on this machine."""
    began = time.process_time()
    best_pairs(crowd, NOW)
    return time.process_time() - began


def _mixed(chance: random.Random, size: int) -> list[Waiting]:
    return [_person(chance, id) for id in range(size)]


def _scarce(chance: random.Random, size: int) -> list[Waiting]:
    """Most are left over: whoever finds nobody has looked everywhere."""
    roles = ["candidate"] * 9 + ["interviewer"]
    return [_person(chance, id, roles=roles) for id in range(size)]


def _met(chance: random.Random, size: int) -> list[Waiting]:
    return [
        _person(chance, id, met=frozenset(chance.choices(range(size), k=50)) - {id}) for id in range(size)
    ]


def _person(
    chance: random.Random, id: int, *, roles: list[str] = ROLES, met: frozenset[int] = frozenset()
) -> Waiting:
    return Waiting(
        id=id,
        role=chance.choice(roles),  # type: ignore[arg-type]
        level=chance.choice(["mid", "senior", "senior", "staff"]),
        language=chance.choice(LANGUAGES),
        framework=chance.choice(FRAMEWORKS),
        since=NOW - timedelta(seconds=chance.uniform(0, 400)),
        front=chance.random() < 0.02,
        met=met,
    )


def _matcher(size: int) -> Iterator[str]:
    _start()
    from interviews.actions import matching
    from interviews.models import Ticket
    from mlsd_site.accounts.models import User
    from tests.interviews.stage import published_case

    published_case()
    chance = random.Random(size)
    now = datetime.now(UTC)
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.com", display_name=f"P{number}") for number in range(size)
    )
    wanted = [_person(chance, user.pk) for user in people]
    Ticket.objects.bulk_create(
        Ticket(
            user_id=one.id,
            role=one.role,
            level=one.level,
            language=one.language,
            framework=one.framework,
            since=now - (NOW - one.since),
            seen_at=now,
        )
        for one in wanted
    )
    wall, cpu = time.perf_counter(), time.process_time()
    pairs = matching.match_waiting(now=now)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    yield f"the matcher, with Postgres: {size} people in {wall:.2f} s ({cpu:.2f} s of CPU), {pairs} pairs offered"
    idle = median(seconds(lambda: matching.tend(now=now)) for _ in range(20))
    yield f"a look at the line when there is nothing left to pair: {idle * 1e3:.0f} ms"
