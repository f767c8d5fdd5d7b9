"""What a person has still to do with a case, and what speaks against a seat."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from casebank.models import Case
from casebank.seen import ways_of
from interviews.models import Assignment, EndReason, Mode, Role, Seat, State
from interviews.rules import seen


def awaited_cases(user_ids: Collection[int]) -> dict[int, set[int]]:
    """{user id: the ids of the cases that this person is, or is about to be, asked as a candidate}: in sessions that
    have not ended, and by what groups have set and nobody has begun. One query; who awaits none is left out."""
    seats = Seat.objects.filter(
        user_id__in=user_ids,
        role=Role.CANDIDATE,
        left_at=None,
        session__state__in=[State.LOBBY, State.LIVE],
    ).values_list("user_id", "session__case_version__case_id")
    to_begin = Q(session=None) | Q(session__end_reason=EndReason.ABANDONED)
    set_by_groups = Assignment.objects.filter(to_begin, candidate_id__in=user_ids)
    awaited: dict[int, set[int]] = {}
    for user, case in seats.union(set_by_groups.values_list("candidate_id", "case_id")):
        awaited.setdefault(user, set()).add(case)
    return awaited


def objection_to(user: AbstractBaseUser, case: Case, *, role: str, mode: str) -> str:
    """Why this person should think twice before taking this seat on this case; "" if nothing speaks against it."""
    return seen.objection(role, ways_of(user, case), alone=mode == Mode.SOLO)
