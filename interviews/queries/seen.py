"""What a person has still to do with a case, and what speaks against a seat."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from casebank.models import Case
from casebank.seen import ways_of
from interviews.models import Mode, Role, Seat, State
from interviews.rules import seen


def awaits_the_case(user: AbstractBaseUser, case: Case) -> bool:
    """Whether this person is, or is about to be, the candidate of a session on this case."""
    return Seat.objects.filter(
        user_id=user.pk,
        role=Role.CANDIDATE,
        left_at=None,
        session__case_version__case=case,
        session__state__in=[State.LOBBY, State.LIVE],
    ).exists()


def objection_to(user: AbstractBaseUser, case: Case, *, role: str, mode: str) -> str:
    """Why this person should think twice before taking this seat on this case; "" if nothing speaks against it."""
    return seen.objection(role, ways_of(user, case), alone=mode == Mode.SOLO)
