"""What it costs to pair those who wait, for growing crowds, so that one sees how the cost grows: the rule alone, and
the whole matcher with its queries and writes, beside the rule on the same people."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from interviews.rules.pairing import Swapping, Waiting, best_pairs
from tests.bench.scrub import _start
from tests.bench.timing import seconds

if TYPE_CHECKING:
    from casebank.models import CaseVersion

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SIZES = (1_250, 2_500, 5_000, 10_000)
LANGUAGES = ["en"] * 6 + ["de", "zh", "hi", "es"]
FRAMEWORKS = ["", "", "", "seven-step", "nine-step", "blueprint"]
SWAPS: list[Swapping] = ["no", "no", "yes", "either"]
ROLES = ["candidate", "candidate", "interviewer", "either"]


def run() -> Iterator[str]:
    for name, make in (
        ("a mixed crowd", _mixed),
        ("all candidates but one in ten", _scarce),
        ("all with 50 they met", _met),
    ):
        yield from _growth(name, make)
    yield from _matcher()


Crowd = Callable[[random.Random, int], list[Waiting]]


def _growth(name: str, make: Crowd) -> Iterator[str]:
    """CPU seconds for each size, and by what the cost grows when the crowd doubles (2.0 is linear)."""
    costs = []
    for size in SIZES:
        crowd = make(random.Random(size), size)
        costs.append(median(_cpu(crowd) for _ in range(3)))
        pairs = len(best_pairs(crowd, NOW))
    yield (
        f"{name}: {SIZES[-1]} people in {costs[-1]:.2f} s of CPU, {pairs} pairs; "
        f"twice the people cost x {_doublings(costs)}"
    )


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
        swap=chance.choice(SWAPS),
        since=NOW - timedelta(seconds=chance.uniform(0, 400)),
        front=chance.random() < 0.02,
        met=met,
    )


def _matcher() -> Iterator[str]:
    """The whole matcher for growing lines, each beside the rule alone on the same people: what Postgres adds."""
    _start()
    from interviews.actions import matching
    from interviews.queries import line
    from tests.interviews.stage import published_case

    version = published_case()
    walls, shares = [], []
    for size in SIZES:
        now = datetime.now(UTC)
        _stand(random.Random(size), size, now, version)
        people = line.as_waiting(list(line.ready(now)), now)
        rule = median(seconds(partial(best_pairs, people, now)) for _ in range(3))
        cpu = time.process_time()
        wall = time.perf_counter()
        pairs = matching.match_waiting(now=now)
        walls.append(time.perf_counter() - wall)
        cpu = time.process_time() - cpu
        shares.append(walls[-1] / rule)
    yield (
        f"the matcher, with Postgres: {SIZES[-1]} people in {walls[-1]:.2f} s ({cpu:.2f} s of them its own CPU), "
        f"{pairs} pairs offered"
    )
    yield f"twice the people cost x {_doublings(walls)}; beside the rule alone x {_listed(shares)}"
    idle = median(seconds(partial(matching.tend, now=now)) for _ in range(20))
    yield f"a look at the line when nobody is left to pair: {idle / walls[-1]:.2f} of that, {idle * 1e3:.0f} ms"


def _stand(chance: random.Random, size: int, now: datetime, version: CaseVersion) -> None:
    """A new line of this many, in place of the last one, of people with a past: each has met about six others this
    week, one in ten has lately said no to somebody, one in twenty blocks somebody, one in ten knows every case."""
    from casebank.models import SeenCase
    from interviews.models import Block, Match, Offer, Seat, Session, Ticket
    from mlsd_site.accounts.models import User
    from whiteboard.models import Board

    Ticket.objects.exclude(state="closed").update(state="closed", ending="left", closed_at=now)
    people = User.objects.bulk_create(
        User(email=f"p{number}-{size}@example.com", display_name=f"P{number}") for number in range(size)
    )
    tickets = Ticket.objects.bulk_create(
        Ticket(
            user_id=one.id,
            role=one.role,
            level=one.level,
            language=one.language,
            framework=one.framework,
            swap=one.swap,
            since=now - (NOW - one.since),
            front=one.front,
            seen_at=now,
        )
        for one in (_person(chance, user.pk) for user in people)
    )
    yesterday = now - timedelta(days=1)
    sessions = Session.objects.bulk_create(
        Session(
            mode="peer",
            state="ended",
            end_reason="submitted",
            case_version=version,
            framework="seven-step",
            plan=[],
            level="senior",
            board=board,
            started_at=yesterday,
            ended_at=yesterday,
        )
        for board in Board.objects.bulk_create(Board() for _ in range(3 * size))
    )
    Seat.objects.bulk_create(
        Seat(session=session, user=user, role=role)
        for session in sessions
        for user, role in zip(chance.sample(people, 2), ("candidate", "interviewer"), strict=True)
    )
    refused = Match.objects.bulk_create(
        Match(level="senior", made_at=now, expires_at=now, closed_at=now, outcome="refused")
        for _ in range(size // 20)
    )
    Offer.objects.bulk_create(
        Offer(match=match, ticket=ticket, role=role, is_open=False)
        for match in refused
        for ticket, role in zip(chance.sample(tickets, 2), ("candidate", "interviewer"), strict=True)
    )
    Block.objects.bulk_create(
        [Block(by=one, of=other) for one, other in (chance.sample(people, 2) for _ in range(size // 20))],
        ignore_conflicts=True,
    )
    SeenCase.objects.bulk_create(
        SeenCase(user=user, case_id=version.case_id, how="candidate", at=yesterday)
        for user in chance.sample(people, size // 10)
    )


def _doublings(costs: list[float]) -> str:
    """By what the cost grows when the crowd doubles; 2.0 is linear."""
    return _listed(after / before for before, after in pairwise(costs))


def _listed(ratios: Iterable[float]) -> str:
    return ", ".join(f"{ratio:.1f}" for ratio in ratios)
