from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casebank.actions import seen
from casebank.models import CaseVersion
from interviews.actions import matching
from interviews.errors import Refused
from interviews.models import Block, Match, Session, Swap, Ticket
from mlsd_site.accounts.models import User
from tests.casebank.shelf import case
from tests.interviews.waiting import both_accept, join, offered, state_of

NOW = timezone.now()
SOON = NOW + timedelta(seconds=20)
LATE = NOW + timedelta(seconds=60)


@pytest.fixture(autouse=True)
def bank(case_version: CaseVersion) -> CaseVersion:
    """One case, which nobody knows."""
    return case_version


def test_two_who_accept_sit_in_one_session(ada: User, ben: User, bank: CaseVersion) -> None:
    session = both_accept(offered(ada, ben, NOW, framework="nine-step"), SOON)
    assert set(session.seats.values_list("user", "role")) == {
        (ada.pk, "candidate"),
        (ben.pk, "interviewer"),
    }
    assert (session.state, session.level, session.framework) == ("lobby", "senior", "nine-step")
    assert (session.case_version, session.agreed_start) == (bank, SOON)
    assert state_of(ada) == state_of(ben) == ("closed", "met")
    assert Match.objects.get().session == session


def test_two_who_swap_sit_in_the_first_half_of_two(ada: User, ben: User) -> None:
    case("another")
    join(ada, "candidate", NOW, swap="yes")
    join(ben, "interviewer", NOW, swap="either")
    assert matching.match_waiting(now=NOW) == 1
    match = Match.objects.get()
    assert match.swap
    assert both_accept(match, SOON).swap == Swap.FULL


def test_a_swap_needs_a_case_for_each_of_the_two(ada: User, ben: User) -> None:
    """The bank has one case: asked of Ada, Ben knows it by half time."""
    join(ada, "candidate", NOW, swap="yes")
    join(ben, "interviewer", NOW, swap="yes")
    matching.match_waiting(now=NOW)
    match = Match.objects.get()
    matching.accept(match_id=match.pk, by=ada, now=SOON)
    assert matching.accept(match_id=match.pk, by=ben, now=SOON) is None
    assert state_of(ada) == state_of(ben) == ("waiting", "no_case")


def test_accepting_twice_is_accepting_once(ada: User, ben: User) -> None:
    match = offered(ada, ben, NOW)
    for _ in range(2):
        assert matching.accept(match_id=match.pk, by=ada, now=SOON) is None
    assert matching.accept(match_id=match.pk, by=ben, now=SOON)
    with pytest.raises(Refused, match="over"):
        matching.accept(match_id=match.pk, by=ben, now=SOON)
    assert Session.objects.count() == 1


def test_who_lets_it_run_out_leaves_and_who_accepted_stands_in_front(ada: User, ben: User) -> None:
    match = offered(ada, ben, NOW)
    matching.accept(match_id=match.pk, by=ada, now=SOON)
    assert matching.lapse(now=LATE - timedelta(seconds=1)) == 0
    assert matching.lapse(now=LATE) == 1
    assert state_of(ada) == ("waiting", "lapsed")
    assert state_of(ben) == ("closed", "lapsed")
    ticket = Ticket.objects.get(user=ada)
    assert (ticket.front, ticket.since) == (True, NOW)


def test_a_yes_that_comes_too_late_is_told_so(ada: User, ben: User) -> None:
    match = offered(ada, ben, NOW)
    matching.accept(match_id=match.pk, by=ada, now=SOON)
    with pytest.raises(Refused, match="time ran out"):
        matching.accept(match_id=match.pk, by=ben, now=LATE)
    assert not Session.objects.exists()
    assert state_of(ben) == ("closed", "lapsed")


def test_a_no_keeps_both_in_the_line_and_apart_for_an_hour(ada: User, ben: User, cleo: User) -> None:
    match = offered(ada, ben, NOW)
    matching.decline(match_id=match.pk, by=ben, now=SOON)
    assert state_of(ada) == ("waiting", "refused")
    assert state_of(ben) == ("waiting", "own_no")
    assert [Ticket.objects.get(user=user).front for user in (ada, ben)] == [True, False]
    assert matching.match_waiting(now=SOON) == 0
    join(cleo, "interviewer", SOON)
    assert matching.match_waiting(now=SOON) == 1
    Ticket.objects.update(state="waiting", seen_at=NOW + timedelta(hours=2))
    Match.objects.filter(outcome="").delete()
    Ticket.objects.filter(user=cleo).delete()
    assert matching.match_waiting(now=NOW + timedelta(hours=1, minutes=1)) == 1


def test_blocked_people_are_never_offered(ada: User, ben: User) -> None:
    Block.objects.create(by=ben, of=ada)
    join(ada, "candidate", NOW, again=True)
    join(ben, "interviewer", NOW, again=True)
    assert matching.match_waiting(now=NOW) == 0


@pytest.mark.parametrize(("again", "pairs"), [((False, True), 0), ((True, True), 1)])
def test_no_rematch_within_a_week_unless_both_ask(
    ada: User, ben: User, again: tuple[bool, bool], pairs: int
) -> None:
    both_accept(offered(ada, ben, NOW), SOON)
    Session.objects.update(state="ended", ended_at=SOON, end_reason="abandoned")
    case("another")
    later = NOW + timedelta(days=6)
    join(ada, "candidate", later, again=again[0])
    join(ben, "interviewer", later, again=again[1])
    assert matching.match_waiting(now=later) == pairs


def test_a_case_that_the_candidate_has_learnt_of_meanwhile(ada: User, ben: User, bank: CaseVersion) -> None:
    match = offered(ada, ben, NOW)
    seen.mark(case_id=bank.case_id, ways={ada.pk: "guide"}, now=SOON)
    matching.accept(match_id=match.pk, by=ada, now=SOON)
    assert matching.accept(match_id=match.pk, by=ben, now=SOON) is None
    assert state_of(ada) == state_of(ben) == ("waiting", "no_case")
    assert matching.match_waiting(now=SOON) == 0


def test_who_began_another_session_meanwhile_is_not_put_into_a_second(
    lobby: Session, ada: User, ben: User, cleo: User
) -> None:
    from interviews.actions import sessions

    case("another")
    match = offered(cleo, ben, NOW)
    sessions.start(session=lobby, by=lobby.seats.get(user=ben), now=SOON)
    matching.accept(match_id=match.pk, by=cleo, now=SOON)
    assert matching.accept(match_id=match.pk, by=ben, now=SOON) is None
    assert state_of(ben) == ("closed", "busy")
    assert state_of(cleo) == ("waiting", "refused")
    assert Session.objects.count() == 1


def test_looking_again_offers_nobody_twice(ada: User, ben: User, cleo: User) -> None:
    offered(ada, ben, NOW)
    join(cleo, "either", SOON)
    assert matching.match_waiting(now=SOON) == 0
    assert Match.objects.count() == 1


def test_a_block_made_after_the_offer_ends_it_like_a_no(
    ada: User, ben: User, case_version: CaseVersion
) -> None:
    match = offered(ada, ben, NOW)
    matching.accept(match_id=match.pk, by=ada, now=NOW)
    Block.objects.create(by=ben, of=ada)
    assert matching.accept(match_id=match.pk, by=ben, now=NOW) is None
    assert state_of(ada) == state_of(ben) == ("waiting", "refused")
    match.refresh_from_db()
    assert match.outcome == "refused"
    assert matching.match_waiting(now=NOW) == 0
