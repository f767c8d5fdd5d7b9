"""Setting who interviews whom, and beginning it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from casebank.limits import Limit, spend
from casebank.models import Case, CaseVersion
from casebank.queries import visible_to
from casebank.seen import known_to, ways_of
from interviews.actions import assigned_times, rota_mail, sessions
from interviews.actions.assigned_times import call_off
from interviews.actions.groups import hold
from interviews.errors import Refused
from interviews.models import NOT_BEGUN, Assignment, Booking, Group, Membership, Mode, Session
from interviews.queries.blocks import blocked_among
from interviews.queries.groups import booked, cases_of
from interviews.rules.assignments import may_start, standing
from interviews.rules.rota import Gap, rota
from interviews.rules.seen import may_be_asked

ROTA = Limit("rota", 20, 600)
MOST_OPEN = 1000
# Nobody has been asked these yet; some wait in the lobby.
_NOT_ASKED = Q(session=None) | Q(session__started_at=None)


@dataclass(frozen=True, slots=True)
class Terms:
    """What all interviews of a rota have in common; `due_at` is the first week's."""

    framework: str
    level: str
    due_at: datetime


@transaction.atomic
def generate(
    *,
    group: Group,
    by: AbstractBaseUser,
    members: Collection[int],
    weeks: int,
    panels: bool,
    terms: Terms,
    now: datetime,
) -> tuple[list[Assignment], tuple[Gap, ...]]:
    """Set a fair rota (rules/rota.py) for these members over the group's cases, one round a week; and say what could
    not be done."""
    spend(ROTA, by=by.pk, now=now)
    group = hold(group)
    people = {one.user_id: one.user for one in _members(group) if one.user_id in set(members)}
    cases = sorted(_cases(group, by))
    if not cases:
        raise Refused(
            "no_cases", "This group has no case yet that you can see. Choose some first.", status=422
        )
    _must_have_room(group, weeks * len(people))
    made = rota(
        list(people),
        cases,
        weeks=weeks,
        panels=panels,
        knows={one: known_to(user).seen | _coming(group, one) for one, user in people.items()},
        awaits={one: _asked(group, one) for one in people},
        blocked=blocked_among(people),
        met=_met(group),
    )
    rows = [
        Assignment(
            group=group,
            candidate_id=slot.candidate,
            interviewer_id=slot.interviewers[0],
            second_id=slot.interviewers[1] if len(slot.interviewers) > 1 else None,
            case_id=slot.case,
            framework=terms.framework,
            level=terms.level,
            due_at=terms.due_at + timedelta(weeks=slot.week - 1),
            set_by_id=by.pk,
            created_at=now,
        )
        for slot in made.slots
    ]
    set_now = Assignment.objects.bulk_create(rows)
    rota_mail.has_set(group, {who for one in set_now for who in one.people}, by=by.pk, now=now)
    return set_now, made.gaps


@transaction.atomic
def add(
    *, group: Group, by: AbstractBaseUser, people: Sequence[int], case: Case, terms: Terms, now: datetime
) -> Assignment:
    """Set one interview by hand: `people` are candidate, interviewer and, in a panel, the second one."""
    spend(ROTA, by=by.pk, now=now)
    group = hold(group)
    _must_have_room(group, 1)
    members = {one.user_id: one.user for one in _members(group)}
    if len(set(people)) != len(people) or not set(people) <= set(members):
        raise Refused("not_members", "Choose different people of this group. Nothing was set.", status=422)
    if case.pk not in _cases(group, by):
        raise Refused("no_such_case", "Choose one of the group's cases. Nothing was set.", status=422)
    _must_fit(members[people[0]], people, case, "Choose others.")
    _must_be_new(group, people, case)
    found = Assignment.objects.create(
        group=group,
        candidate_id=people[0],
        interviewer_id=people[1],
        second_id=people[2] if len(people) > 2 else None,
        case=case,
        framework=terms.framework,
        level=terms.level,
        due_at=terms.due_at,
        set_by_id=by.pk,
        created_at=now,
    )
    rota_mail.has_set(group, found.people, by=by.pk, now=now)
    return found


@transaction.atomic
def withdraw(*, group: Group, assignment_id: int, by: AbstractBaseUser, now: datetime) -> None:
    """Take back what was not begun; what is being held or was held stays."""
    take_back(hold(group), Q(pk=assignment_id), by=by.pk, now=now)


@transaction.atomic
def withdraw_all(*, group: Group, by: AbstractBaseUser, now: datetime) -> int:
    """Take back everything that was not begun; returns how much that was."""
    return take_back(hold(group), Q(), by=by.pk, now=now)


def take_back(group: Group, which: Q, *, by: int, now: datetime) -> int:
    """Delete these of the group's assignments, as far as nobody has begun them, and tell those who take part, but not
    `by` (an id); returns how many there were. Whoever calls this holds the group."""
    found = list(group.assignments.filter(NOT_BEGUN, which).order_by("pk"))
    call_off(Q(assignment__in=found), now=now)
    group.assignments.filter(pk__in=[one.pk for one in found]).delete()
    rota_mail.has_taken_back(group, found, by=by, now=now)
    return len(found)


@transaction.atomic
def start(*, group: Group, assignment_id: int, by: AbstractBaseUser, now: datetime) -> Session:
    """The session of an assignment, with all its seats taken; made by whoever of them comes first. Refused where they
    have agreed on a time; a time that is only proposed is dropped."""
    found = _own(group, assignment_id, by)
    session = _begun(found, now)
    if session is None and found.bookings.filter(booked(now), state=Booking.State.CONFIRMED).exists():
        raise Refused("agreed", "You have agreed on a time. The room opens then; it is in your calendar.")
    if session is None:
        call_off(Q(assignment=found), now=now)
        session = open_room(found, by=by, now=now)
    return session


@transaction.atomic
def propose(
    *, group: Group, assignment_id: int, by: AbstractBaseUser, start: datetime, now: datetime
) -> Booking:
    """Ask the other one for a time; nothing is agreed before they accept."""
    found = _own(group, assignment_id, by)
    if _begun(found, now):
        raise Refused("begun", "This interview has begun, or was held.")
    hold(group)
    return assigned_times.propose(found=found, by=by, start=start, now=now)


def open_room(
    found: Assignment, *, by: AbstractBaseUser, now: datetime, agreed_start: datetime | None = None
) -> Session:
    """The session of an assignment: the one that there is, or a new one. Whoever calls this holds the group."""
    if session := _begun(found, now):
        return session
    group = hold(found.group)
    if not set(found.people) <= {one.user_id for one in _members(group)}:
        raise Refused("not_members", "Not all of you are in this group any more. Ask the mentor.")
    _must_fit(found.candidate, found.people, found.case, "Ask the mentor.")
    role, part = next((role, part) for user, role, part in found.places if user.pk == by.pk)
    found.session = sessions.create(
        by=by,
        version=_version(found),
        mode=Mode.PEER,
        role=role,
        part=part,
        framework=found.framework,
        level=found.level,
        now=now,
        panel=found.second is not None,
        agreed_start=agreed_start,
        others=[(role, user) for user, role, _ in found.places if user.pk != by.pk],
    )
    found.save(update_fields=["session"])
    return found.session


def _own(group: Group, assignment_id: int, by: AbstractBaseUser) -> Assignment:
    """An assignment of this person's own, held with its group until the transaction ends."""
    Group.objects.select_for_update().get(pk=group.pk)
    found = group.assignments.select_for_update(of=("self",)).filter(pk=assignment_id).first()
    if found is None or by.pk not in found.people:
        raise Refused(
            "no_assignment", "There is no such interview of yours. It may have been taken back.", status=404
        )
    return found


def _begun(found: Assignment, now: datetime) -> Session | None:
    """Its session; one that was given up before it began is none."""
    session = found.session
    if session is None:
        return None
    at = standing(state=session.state, end_reason=session.end_reason, due_at=found.due_at, now=now)
    return None if may_start(at) else session


def _version(found: Assignment) -> CaseVersion:
    version = visible_to(found.set_by).filter(case=found.case).first() if found.set_by else None
    if version is None:
        raise Refused("no_case", "This case is not in the bank any more. Ask the mentor for another one.")
    return version


def _must_fit(candidate: AbstractBaseUser, people: Sequence[int], case: Case, instead: str) -> None:
    """Refused where these do not meet, in words that name no reason, or the candidate knows the case; `instead` says
    what to do."""
    if blocked_among(people):
        raise Refused("not_together", f"These people cannot be put together. {instead}")
    if not may_be_asked(ways_of(candidate, case)):
        raise Refused("not_new", f"{candidate} knows this case by now. It takes another one.")


def _must_be_new(group: Group, people: Sequence[int], case: Case) -> None:
    """Refused where what is set already would have told the candidate this case before, or this would tell it to who is
    still to be asked it."""
    candidate, *others = people
    if case.pk in _coming(group, candidate):
        raise Refused(
            "set_already", "The candidate has this case in another interview here. Choose another case."
        )
    if any(case.pk in _asked(group, one) for one in others):
        raise Refused("still_asked", "An interviewer is still to be asked this case. Choose another case.")


def _must_have_room(group: Group, more: int) -> None:
    if group.assignments.filter(NOT_BEGUN).count() + more > MOST_OPEN:
        raise Refused(
            "too_many", f"A group has at most {MOST_OPEN} interviews to come. Nothing was set.", status=422
        )


def _members(group: Group) -> list[Membership]:
    return list(group.memberships.filter(left_at=None).select_related("user").order_by("joined_at", "pk"))


def _cases(group: Group, by: AbstractBaseUser) -> set[int]:
    return set(cases_of(group, by).values_list("case_id", flat=True))


def _coming(group: Group, user_id: int) -> set[int]:
    """The cases that this person will know by what is set for them already."""
    return {one.case_id for one in group.assignments.filter(_NOT_ASKED) if user_id in one.people}


def _asked(group: Group, user_id: int) -> set[int]:
    """The cases that this person is still to be asked."""
    return set(group.assignments.filter(_NOT_ASKED, candidate=user_id).values_list("case_id", flat=True))


def _met(group: Group) -> Counter[tuple[int, int]]:
    pairs: Counter[tuple[int, int]] = Counter()
    for one in group.assignments.all():
        pairs.update((by, one.candidate_id) for by in one.people[1:])
    return pairs
