"""How much a person has practised, when, and on what."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, ExpressionWrapper, F, FloatField, QuerySet, Sum
from django.db.models.functions import Extract

from casebank.models import CaseVersion
from casebank.seen import Bank
from interviews.charts.days import WEEKS, Days, days
from interviews.models import PLAYERS, Role, Seat, State
from interviews.queries.people import zone_of


@dataclass(frozen=True, slots=True)
class Totals:
    """Sessions held in each seat, and the hours in them, pauses left out; `asking` are those as interviewer."""

    interviewed: int
    interviewing: int
    hours: float
    asking: float

    @property
    def sessions(self) -> int:
        return self.interviewed + self.interviewing


@dataclass(frozen=True, slots=True)
class Covered:
    """The cases of one kind of task: (case, "done", "seen" or "" where it is new)."""

    kind: str
    cases: tuple[tuple[CaseVersion, str], ...]

    @property
    def done(self) -> int:
        return sum(how == "done" for _, how in self.cases)


def totals(user: AbstractBaseUser) -> Totals:
    """Over all of a person's held sessions, in one query."""
    spent = ExpressionWrapper(
        Extract(F("session__ended_at") - F("session__started_at"), "epoch") - F("session__paused_seconds"),
        output_field=FloatField(),
    )
    rows = list(held_by(user).values_list("role").annotate(held=Count("pk"), spent=Sum(spent)))
    counts = {role: count for role, count, _ in rows}
    hours = {role: spent / 3600 for role, _, spent in rows}
    return Totals(
        counts.get(Role.CANDIDATE, 0),
        counts.get(Role.INTERVIEWER, 0),
        sum(hours.values()),
        hours.get(Role.INTERVIEWER, 0.0),
    )


def by_day(user: AbstractBaseUser, now: datetime) -> Days:
    """The minutes in sessions on each day of the last weeks, days being those of this person's zone."""
    zone: ZoneInfo = zone_of(user)
    since = now - timedelta(weeks=WEEKS)
    minutes: Counter[date] = Counter()
    rows = held_by(user).filter(session__ended_at__gte=since)
    for began, ended, paused in rows.values_list(
        "session__started_at", "session__ended_at", "session__paused_seconds"
    ):
        if began and ended:
            minutes[began.astimezone(zone).date()] += round(((ended - began).total_seconds() - paused) / 60)
    return days(dict(minutes), until=now.astimezone(zone).date())


def coverage(bank: Bank) -> tuple[Covered, ...]:
    """The cases that a person may see, by kind of task, and which of them they know."""
    known = bank.known
    kinds: dict[str, list[tuple[CaseVersion, str]]] = defaultdict(list)
    for version in bank.versions:
        how = "done" if version.case_id in known.done else "seen" if version.case_id in known.seen else ""
        kinds[version.kind].append((version, how))
    return tuple(Covered(kind, tuple(cases)) for kind, cases in sorted(kinds.items()))


def held_by(user: AbstractBaseUser) -> QuerySet[Seat]:
    """The seats to work, not to watch, that this person kept in sessions which ran and have ended."""
    return Seat.objects.filter(
        user_id=user.pk,
        role__in=PLAYERS,
        left_at=None,
        session__state=State.ENDED,
        session__started_at__isnull=False,
    )
