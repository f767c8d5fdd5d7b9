"""What makes a case known, to whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casebank.models import CaseVersion, SeenCase
from casebank.seen import ways_of
from interviews.actions import invites, notes, sessions
from interviews.errors import Refused
from interviews.models import Mode, Role, Seat, Session
from mlsd_site.accounts.models import User


def test_a_lobby_makes_nothing_known(lobby: Session) -> None:
    assert not SeenCase.objects.exists()


def test_starting_makes_it_known_to_both(
    live: Session, ada: User, ben: User, cleo: User, case_version: CaseVersion
) -> None:
    case = case_version.case
    assert ways_of(ada, case) == {"candidate"}
    assert ways_of(ben, case) == {"interviewer"}
    assert ways_of(cleo, case) == set()


def test_opening_the_guide_makes_it_known_and_twice_changes_nothing(
    lobby: Session, ben: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    seat = seat_of(lobby, ben)
    notes.read_guide(seat=seat, now=timezone.now())
    first = SeenCase.objects.get()
    notes.read_guide(seat=seat, now=timezone.now())
    assert (first.user, first.how) == (ben, "guide")
    assert SeenCase.objects.get().at == first.at


def test_a_candidate_who_tries_the_guide_has_not_seen_it(
    lobby: Session, ada: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    with pytest.raises(PermissionDenied):
        notes.read_guide(seat=seat_of(lobby, ada), now=timezone.now())
    assert not SeenCase.objects.exists()


def test_whoever_joins_a_running_session_knows_it_from_then_on(
    make_session: Callable[..., Session], ada: User, ben: User, cleo: User
) -> None:
    session = make_session(ada, mode=Mode.SOLO)
    sessions.start(session=session, by=session.seats.get(), now=timezone.now())
    Session.objects.filter(pk=session.pk).update(mode=Mode.PEER)
    session.refresh_from_db()
    _, token = invites.create(session=session, by=session.seats.get(), role="interviewer", now=timezone.now())
    invites.redeem(token=token, by=ben, now=timezone.now())
    assert ways_of(ben, session.case_version.case) == {"interviewer"}


def test_the_guide_asks_whoever_is_about_to_be_interviewed_on_the_case(
    lobby: Session,
    make_session: Callable[..., Session],
    ada: User,
    seat_of: Callable[[Session, User], Seat],
) -> None:
    """Ada waits for Ben's questions, and prepares to ask Cleo the same."""
    other = make_session(ada, role=Role.INTERVIEWER)
    with pytest.raises(Refused, match="about to be interviewed on this very case"):
        notes.read_guide(seat=seat_of(other, ada), now=timezone.now())
    assert not SeenCase.objects.exists()
    notes.read_guide(seat=seat_of(other, ada), now=timezone.now(), although_it_spoils=True)
    assert ways_of(ada, lobby.case_version.case) == {"guide"}


def test_after_that_interview_the_guide_asks_no_more(
    submitted: Session,
    make_session: Callable[..., Session],
    ada: User,
    seat_of: Callable[[Session, User], Seat],
) -> None:
    other = make_session(ada, role=Role.INTERVIEWER)
    assert notes.read_guide(seat=seat_of(other, ada), now=timezone.now())
