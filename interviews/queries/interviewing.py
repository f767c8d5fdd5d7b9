"""An interviewer's own track: what they did in the room, and what was said of it. For their own eyes; of what others
wrote only what is revealed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser

from casebank.models import Guide
from interviews.charts.course import Course, course
from interviews.models import ChatMessage, Event, Feedback, PrivateEvent, Role, Session
from interviews.queries import practised
from interviews.queries.facts import GIVEN
from interviews.queries.feedback import ratings_of
from interviews.queries.probes import MARKED, MARKS
from interviews.queries.told import FLIPPED, HINTED
from interviews.rules import enquiry, raters
from interviews.rules.enquiry import Known
from interviews.rules.feedback import FEW, OF_INTERVIEWER
from interviews.rules.raters import Figure

# Of these many last sessions the figures are, and so many stand in the table.
LAST, ROWS = 40, 12


@dataclass(frozen=True, slots=True)
class Held:
    """One session that this person ran, and what they did in it. `in_chat` counts the facts that the candidate had
    asked for in the chat before; `probes` is {how it went: how many}, by the last mark of each."""

    session: Session
    hints: int
    facts: int
    in_chat: int
    flips: int
    probes: Counter[str]

    @property
    def ended_at(self) -> datetime:
        return self.session.ended_at or self.session.created_at

    @property
    def probed(self) -> int:
        return self.probes.total()


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of something there was in a session: the mean, its interval, and how it went from one to the next."""

    name: str
    figure: Figure
    chart: Course | None


@dataclass(frozen=True, slots=True)
class Room:
    """The last sessions, the newest first; `probes` is (how it went in words, how many)."""

    rates: tuple[Rate, ...]
    held: tuple[Held, ...]
    facts: int
    in_chat: int
    chatted: int
    probes: tuple[tuple[str, int], ...]

    @property
    def not_in_chat(self) -> int:
        return self.facts - self.in_chat

    @property
    def rows(self) -> tuple[Held, ...]:
        return self.held[:ROWS]


@dataclass(frozen=True, slots=True)
class Said:
    """What candidates said: `count` ratings by so many `people`. `rates` are empty below `enough`; `moments` are (day,
    the ratings 1-5 in the order of `rates`), the oldest first."""

    count: int
    people: int
    rates: tuple[Rate, ...]
    moments: tuple[tuple[date, tuple[int, ...]], ...]
    enough: int = FEW


def room_of(user: AbstractBaseUser) -> Room | None:
    """The last sessions that this person ran as interviewer; None before the first. Six queries, however many."""
    seats = list(
        practised.held_by(user)
        .filter(role=Role.INTERVIEWER)
        .select_related("session__case_version__case")
        .order_by("-session__ended_at")[:LAST]
    )
    if not seats:
        return None
    kinds, given = _told([seat.pk for seat in seats])
    probes = _probes([seat.pk for seat in seats])
    asked = _asked([seat.session for seat in seats if given[seat.pk]])
    held = tuple(
        Held(
            seat.session,
            kinds[seat.pk, HINTED],
            kinds[seat.pk, GIVEN],
            sum(
                any(at <= when for at in asked.get((seat.session_id, number), ()))
                for number, when in given[seat.pk]
            ),
            kinds[seat.pk, FLIPPED],
            probes[seat.pk],
        )
        for seat in seats
    )
    outcomes: Counter[str] = sum((one.probes for one in held), Counter())
    return Room(
        (
            *_rate("Hints", [(one.ended_at.date(), one.hints) for one in reversed(held)]),
            *_rate("Facts given", [(one.ended_at.date(), one.facts) for one in reversed(held)]),
            *_rate("Probes marked", [(one.ended_at.date(), one.probed) for one in reversed(held)]),
            *_rate("Changed constraints", [(one.ended_at.date(), one.flips) for one in reversed(held)]),
        ),
        held,
        sum(one.facts for one in held),
        sum(one.in_chat for one in held),
        len({session for session, _ in asked}),
        tuple((words, outcomes[mark]) for mark, words in MARKS.items()),
    )


def said_of(user_id: int, now: datetime) -> Said:
    """What candidates said of this person, as far as it is revealed. Below FEW there is no mean: it would say more of
    one person than of the interviews."""
    rows = ratings_of(user_id, now)
    people = len({row.author.user_id for row in rows})
    if len(rows) < FEW:
        return Said(len(rows), people, (), ())
    questions = [one for one in OF_INTERVIEWER if one.scale]
    days = [_day(row) for row in rows]
    columns = [[getattr(row, one.name) for row in rows] for one in questions]
    rates = [
        rate
        for one, column in zip(questions, columns, strict=True)
        for rate in _rate(one.ask, list(zip(days, column, strict=True))[-LAST:], low=1, high=5, of=column)
    ]
    moments = tuple(zip(days, zip(*columns, strict=True), strict=True))
    return Said(len(rows), people, tuple(rates), moments[-LAST:])


def _day(row: Feedback) -> date:
    session = row.author.session
    return (session.ended_at or session.created_at).date()


def _rate(
    name: str,
    values: Sequence[tuple[date, float]],
    *,
    low: int = 0,
    high: int | None = None,
    of: Sequence[float] | None = None,
) -> tuple[Rate, ...]:
    """One rate, or none without a value; `of` are all values where the chart shows only the last."""
    found = raters.mean(of or [value for _, value in values])
    if found is None:
        return ()
    if found.low is not None and found.high is not None:
        top = found.high if high is None else min(high, found.high)
        found = Figure(found.value, max(low, found.low), top)
    return (Rate(name, found, course(values, low=low, high=high)),)


def _told(
    seats: Collection[int],
) -> tuple[Counter[tuple[int | None, str]], dict[int, list[tuple[int, datetime]]]]:
    """{(seat, kind): how many}, and the facts that each seat gave as (number in the guide, when)."""
    kinds: Counter[tuple[int | None, str]] = Counter()
    given: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    rows = Event.objects.filter(seat__in=seats, kind__in=[HINTED, GIVEN, FLIPPED])
    for seat, kind, at, number in rows.values_list("seat", "kind", "at", "data__number"):
        kinds[seat, kind] += 1
        if kind == GIVEN and seat is not None:
            given[seat].append((int(number), at))
    return kinds, given


def _probes(seats: Collection[int]) -> dict[int, Counter[str]]:
    """How each seat last marked each probe."""
    last: dict[tuple[int | None, str, int], str] = {}
    rows = PrivateEvent.objects.filter(seat__in=seats, kind=MARKED).order_by("pk")
    for seat, data in rows.values_list("seat", "data"):
        last[seat, data["level"], data["number"]] = data["mark"]
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for (held, *_), mark in last.items():
        if held is not None:
            found[held][mark] += 1
    return found


def _asked(sessions: Iterable[Session]) -> dict[tuple[object, int], list[datetime]]:
    """{(session, fact's number): when the candidate asked for it in the chat}, as far as rules understand a question.
    What is asked aloud leaves no trace. The guide is read of sessions that this person ran."""
    versions = {one.pk: one.case_version_id for one in sessions}
    facts = {
        version: [Known(str(one["ask"]), str(one["answer"])) for one in body.get("facts", [])]
        for version, body in Guide.objects.filter(version__in=set(versions.values())).values_list(
            "version", "body"
        )
    }
    said = ChatMessage.objects.filter(session__in=versions, seat__role=Role.CANDIDATE)
    found: dict[tuple[object, int], list[datetime]] = defaultdict(list)
    for session, at, text in said.values_list("session", "at", "text"):
        place = enquiry.best(text, facts.get(versions[session], []))
        if place is not None:
            found[session, place + 1].append(at)
    return found
