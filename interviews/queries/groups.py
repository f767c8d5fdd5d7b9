"""What a person sees of their groups. Members see names, never addresses; scores and notes of sessions are not here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from casebank.models import CaseVersion
from casebank.queries import visible_to
from interviews.models import NOT_BEGUN, Assignment, Booking, Group, GroupInvite, Membership, State
from interviews.rules.assignments import WORDS, Standing, may_start, standing


def booked(now: datetime) -> Q:
    """Of the bookings those that are proposed, or agreed and not over."""
    return Q(state=Booking.State.PROPOSED) | Q(state=Booking.State.CONFIRMED, ends_at__gt=now)


@dataclass(frozen=True, slots=True)
class Row:
    """An assignment as one person sees it: `candidate`, and `interviewers`, one or two; `role` is theirs, "" where they
    have none, and `others` who interviews with them. `case` is its title for who interviews and who is mentor, "" for
    everybody else; `booking` a time for it that is proposed or agreed."""

    assignment: Assignment
    candidate: str
    interviewers: tuple[str, ...]
    role: str
    case: str
    standing: Standing
    others: tuple[str, ...] = ()
    booking: Booking | None = None

    @property
    def words(self) -> str:
        return WORDS[self.standing]

    @property
    def may_start(self) -> bool:
        return bool(self.role) and may_start(self.standing)

    @property
    def may_begin(self) -> bool:
        """Whether its room is opened from here; what has a time opens then, from the calendar."""
        return self.may_start and not self.is_agreed

    @property
    def may_propose(self) -> bool:
        return self.may_start and self.booking is None

    @property
    def partners(self) -> str:
        """Whom the one whose row it is asks for a time: "Ada and Ben"."""
        asked = self.interviewers if self.role == "candidate" else (self.candidate, *self.others)
        return " and ".join(asked)

    @property
    def is_agreed(self) -> bool:
        return self.booking is not None and self.booking.state == Booking.State.CONFIRMED

    @property
    def may_withdraw(self) -> bool:
        return may_start(self.standing)

    @property
    def may_enter(self) -> bool:
        return bool(self.role) and self.standing in ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Person:
    """A member, and how many of the `of` interviews that are set for them they were asked in and have held; `late` are
    overdue, `last` is when the last one ended. For mentors."""

    user_id: int
    name: str
    role: str
    asked: int = 0
    held: int = 0
    late: int = 0
    of: int = 0
    last: datetime | None = None

    @property
    def done(self) -> int:
        return self.asked + self.held


@dataclass(frozen=True, slots=True)
class Mine:
    """One line of a person's groups."""

    membership: Membership
    people: int
    to_do: int


def groups_of(user: AbstractBaseUser, now: datetime) -> list[Mine]:
    """The groups that this person is in, the open ones first."""
    mine = (
        Membership.objects.filter(user_id=user.pk, left_at=None)
        .select_related("group")
        .annotate(people=Count("group__memberships", filter=Q(group__memberships__left_at=None)))
        .order_by("-group__closed_at", "group__name")  # Postgres puts NULL, the open ones, first
    )
    waiting = Counter(row.assignment.group_id for row in to_do(user, now))
    return [Mine(one, one.people, waiting[one.group_id]) for one in mine]


def to_do(user: AbstractBaseUser, now: datetime) -> list[Row]:
    """The interviews that are set for this person and not held yet, in open groups, the first due first."""
    part = Q(candidate=user.pk) | Q(interviewer=user.pk) | Q(second=user.pk)
    here = Q(group__closed_at=None, group__memberships__user=user.pk, group__memberships__left_at=None)
    left = NOT_BEGUN | ~Q(session__state=State.ENDED)
    return _rows(Assignment.objects.filter(part & here & left), user.pk, mentor=False, now=now)


def rows_of(membership: Membership, now: datetime) -> list[Row]:
    """The assignments that this person sees: a mentor all of the group's, a member their own; the first due first."""
    me = membership.user_id
    found = Assignment.objects.filter(group=membership.group_id)
    if not membership.is_mentor:
        found = found.filter(Q(candidate=me) | Q(interviewer=me) | Q(second=me))
    return _rows(found, me, mentor=membership.is_mentor, now=now)


def people_of(group: Group, rows: Iterable[Row]) -> list[Person]:
    """Everybody in the group, mentors first; with the counts of these rows."""
    parts: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        for one in row.assignment.people:
            parts[one].append(row)
    members = group.memberships.filter(left_at=None).select_related("user").order_by("joined_at", "pk")
    return [_person(one, parts[one.user_id]) for one in sorted(members, key=lambda one: not one.is_mentor)]


def _person(one: Membership, rows: list[Row]) -> Person:
    done = [row.assignment for row in rows if row.standing == "done"]
    asked = sum(found.candidate_id == one.user_id for found in done)
    return Person(
        one.user_id,
        str(one.user),
        one.role,
        asked=asked,
        held=len(done) - asked,
        late=sum(row.standing == "overdue" for row in rows),
        of=len(rows),
        last=max((at for found in done if found.session and (at := found.session.ended_at)), default=None),
    )


def cases_of(group: Group, reader: AbstractBaseUser) -> QuerySet[CaseVersion]:
    """The cases that the group works on, as far as this person sees them; for mentors."""
    return visible_to(reader).filter(case__in=group.cases.values("case")).defer("prompt", "search")


def open_invites(group: Group, now: datetime) -> QuerySet[GroupInvite]:
    """The links and invitations that still open the group; for mentors."""
    return group.invites.filter(used_at=None, revoked_at=None, expires_at__gt=now).order_by("email")


def _rows(found: QuerySet[Assignment], me: int, *, mentor: bool, now: datetime) -> list[Row]:
    newest = CaseVersion.objects.filter(case=OuterRef("case")).order_by("-number")
    rows = (
        found.select_related("group", "candidate", "interviewer", "second", "session")
        .prefetch_related(Prefetch("bookings", Booking.objects.filter(booked(now)), to_attr="ahead"))
        .annotate(title=Subquery(newest.values("title")[:1]))
        .order_by("due_at", "pk")
    )
    return [_row(one, me, mentor=mentor, now=now) for one in rows]


def _row(one: Any, me: int, *, mentor: bool, now: datetime) -> Row:
    """`one` carries what _rows has asked for beside it."""
    state, reason = (one.session.state, one.session.end_reason) if one.session else ("", "")
    role = "candidate" if me == one.candidate_id else "interviewer" if me in one.people else ""
    interviewers = [person for person in (one.interviewer, one.second) if person]
    at = standing(state=state, end_reason=reason, due_at=one.due_at, now=now)
    # A candidate learns the case when they are asked it.
    sees_case = role == "interviewer" or (mentor and not role) or at == "done"
    return Row(
        one,
        str(one.candidate),
        tuple(str(person) for person in interviewers),
        role,
        one.title if sees_case else "",
        at,
        tuple(str(person) for person in interviewers if role == "interviewer" and person.pk != me),
        next(iter(one.ahead), None),
    )
