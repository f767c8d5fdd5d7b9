from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casebank.actions.publish import publish
from casebank.checklist import CONTENT
from casebank.models import CaseVersion
from casebank.schema import read_case
from interviews.actions import sessions, swap
from interviews.errors import Refused
from interviews.models import Block, Event, Mode, Role, Seat, Session, Swap
from mlsd_site.accounts.models import User
from tests.interviews.actions.test_extensions import at_once
from tests.interviews.stage import published_case

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTES = timedelta(minutes=1)

First = Callable[..., Session]


@pytest.fixture
def other_case(db: None) -> CaseVersion:
    """A second case in the bank."""
    version, _ = publish(content=read_case(CONTENT / "cases" / "visual-search"))
    return version


@pytest.fixture
def first(ada: User, ben: User) -> First:
    """first(swap) is a half that has ended: Ada designed, Ben interviewed."""

    def make(agreed: str = Swap.FULL, *, until: int = 3) -> Session:
        session = sessions.create(
            by=ada,
            version=published_case(),
            mode=Mode.PEER,
            role=Role.CANDIDATE,
            framework="seven-step",
            level="senior",
            now=NOW,
            others=[(Role.INTERVIEWER, ben)],
            swap=Swap(agreed) if agreed else None,
        )
        if until > 1:
            session = sessions.start(session=session, by=seat(session, "interviewer"), now=NOW)
        if until > 2:
            session = sessions.submit(session=session, by=seat(session, "candidate"), now=NOW + 40 * MINUTES)
        return session

    return make


def seat(session: Session, role: str) -> Seat:
    return session.seats.get(role=role)


def opened(session: Session, by: str = "candidate") -> Session:
    return swap.open_second_half(session=session, by=seat(session, by), now=NOW + 41 * MINUTES)


def test_in_the_second_half_the_roles_are_exchanged(
    first: First, other_case: CaseVersion, ada: User, ben: User
) -> None:
    half = first()
    second = opened(half)
    assert {s.user: s.role for s in second.seats.all()} == {ben: "candidate", ada: "interviewer"}
    assert (second.case_version, second.follows, second.state) == (other_case, half, "lobby")
    assert second.board_id != half.board_id
    assert (second.plan, second.framework, second.level) == (half.plan, half.framework, half.level)
    assert Event.objects.get(session=half, kind="swapped").data == {"second": str(second.pk)}
    assert (
        sessions.start(session=second, by=seat(second, "interviewer"), now=NOW + 45 * MINUTES).state == "live"
    )


def test_halves_of_one_hour_have_half_the_minutes(first: First, other_case: CaseVersion) -> None:
    half = first(Swap.HALF)
    assert half.deadline_at == NOW + 22.5 * MINUTES
    assert opened(half).plan == half.plan


def test_opening_twice_opens_one(first: First, other_case: CaseVersion) -> None:
    half = first()
    assert opened(half) == opened(half, "interviewer")


def test_the_second_half_does_not_swap_again(first: First, other_case: CaseVersion) -> None:
    second = opened(first())
    sessions.start(session=second, by=seat(second, "interviewer"), now=NOW + 45 * MINUTES)
    ended = sessions.submit(session=second, by=seat(second, "candidate"), now=NOW + 50 * MINUTES)
    with pytest.raises(Refused, match="do not swap"):
        opened(ended)


def test_without_agreeing_beforehand_there_is_no_swap(first: First, other_case: CaseVersion) -> None:
    with pytest.raises(Refused, match="do not swap"):
        opened(first(""))


@pytest.mark.parametrize("until", [1, 2])
def test_while_the_first_half_is_not_over_there_is_no_second(
    until: int, first: First, other_case: CaseVersion
) -> None:
    with pytest.raises(Refused, match="still runs"):
        opened(first(until=until))


def test_a_case_that_the_new_candidate_knows_is_not_asked(first: First) -> None:
    """Ben has interviewed on the only case."""
    with pytest.raises(Refused, match="known to Ben"):
        opened(first())


def test_who_watches_opens_nothing(first: First, other_case: CaseVersion, cleo: User) -> None:
    half = first()
    watching = Seat.objects.create(session=half, user=cleo, role=Role.OBSERVER)
    with pytest.raises(Refused) as refused:
        swap.open_second_half(session=half, by=watching, now=NOW + 41 * MINUTES)
    assert refused.value.status == 403


def test_who_does_not_want_to_meet_again_does_not(
    first: First, other_case: CaseVersion, ada: User, ben: User
) -> None:
    half = first()
    Block.objects.create(by=ada, of=ben)
    with pytest.raises(Refused, match="cannot be opened"):
        opened(half, "interviewer")


def test_alone_there_is_nobody_to_swap_with(ada: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sessions.create(
            by=ada,
            version=published_case(),
            mode=Mode.SOLO,
            role=Role.CANDIDATE,
            framework="seven-step",
            level="senior",
            now=NOW,
            swap=Swap.FULL,
        )


@pytest.mark.django_db(transaction=True)
def test_when_both_open_the_second_half_at_once_there_is_one(first: First, other_case: CaseVersion) -> None:
    half = first()
    found = at_once(*[lambda by=by: opened(half, by).pk for by in ("candidate", "interviewer") * 2])
    assert len(set(found)) == 1
    assert Session.objects.filter(follows=half).count() == 1
    assert Event.objects.filter(session=half, kind="swapped").count() == 1
