"""A session is offered, taken and rated a second time, blind; where raters are far apart they talk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from casebank import checklist
from casebank.models import CaseVersion, SeenCase
from interviews.actions import gaps, second
from interviews.actions.drafts import Incomplete
from interviews.errors import Refused
from interviews.models import (
    Block,
    Consent,
    OutgoingMail,
    ScoreSheet,
    Seat,
    SecondRating,
    SecondRemark,
    Session,
)
from interviews.queries.gaps import discussed
from interviews.queries.own_rows import rows_of
from interviews.queries.report import report
from interviews.queries.second import held_by, open_to
from interviews.queries.sheets_seen import sheets_of
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.history import POINT

NOW = timezone.now()
Seats = Callable[[Session, User], Seat]
ALL = {item.id: "2" for item in checklist.load().items} | {"overall": "3"}


@pytest.fixture
def past(ada: User, ben: User, cleo: User, case_version: CaseVersion) -> Session:
    return history.ratable(ada, ben, cleo, case_version, now=NOW)


def offered(session: Session, seat_of: Seats, by: User) -> SecondRating:
    return second.offer(seat=seat_of(session, by), now=NOW)


def taken(session: Session, seat_of: Seats, ada: User, cleo: User) -> SecondRating:
    return second.take(user=cleo, rating=offered(session, seat_of, ada).pk, now=NOW)


def sealed(session: Session, seat_of: Seats, ada: User, cleo: User) -> SecondRating:
    row = taken(session, seat_of, ada, cleo)
    second.seal(rating=row, given=ALL, now=NOW)
    return held_by(cleo).get()


def test_from_the_offer_to_the_sheet_beside_the_others(
    past: Session, ada: User, ben: User, cleo: User, seat_of: Seats
) -> None:
    row = taken(past, seat_of, ada, cleo)
    row = second.save_draft(rating=row, given={POINT: "3", "x": "9"}, base=0, now=NOW)
    assert (row.answers, row.version) == ({POINT: "3"}, 1)
    second.seal(rating=row, given=ALL, now=NOW)
    for who in (ada, ben):
        told = report(seat_of(past, who)).second
        assert told is not None
        assert (told.name, told.count, told.marks[POINT].level) == ("Second rater", 50, 2)
    seen = {one.source: one.mean for one in sheets_of(ada.pk, NOW)}
    assert seen["second"] == 2
    assert seen["interviewer"] == pytest.approx(49 / 50)
    assert len(rows_of(cleo, [])["second_ratings"]) == 50


def test_the_mails_name_nobody(past: Session, ada: User, ben: User, cleo: User, seat_of: Seats) -> None:
    sealed(past, seat_of, ada, cleo)
    mails = list(OutgoingMail.objects.order_by("pk"))
    assert [one.to for one in mails] == [ben.email, ada.email, cleo.email, ben.email]
    for one, name in zip(mails, ("Ben", "Ada", "Cleo", "Ben"), strict=True):
        others = {"Ada", "Ben", "Cleo"} - {name}
        assert not [other for other in others if other in one.subject + one.body]


def test_it_is_offered_once_by_the_candidate_when_all_is_revealed_and_the_replay_is_open(
    past: Session, ada: User, ben: User, case_version: CaseVersion, seat_of: Seats
) -> None:
    with pytest.raises(Refused):
        offered(past, seat_of, ben)
    fresh = history.held(ada, ben, case_version, ended=NOW)
    with pytest.raises(Refused) as refusal:
        offered(fresh, seat_of, ada)
    assert refusal.value.code == "sealed"
    Consent.objects.filter(seat__user=ben).update(replay=False)
    with pytest.raises(Refused) as refusal:
        offered(past, seat_of, ada)
    assert refusal.value.code == "no_replay"
    Consent.objects.update(replay=True)
    offered(past, seat_of, ada)
    with pytest.raises(Refused) as refusal:
        offered(past, seat_of, ada)
    assert refusal.value.code == "offered"


def test_who_was_in_it_is_blocked_or_holds_no_guide_is_offered_nothing(
    past: Session, ada: User, ben: User, cleo: User, case_version: CaseVersion, seat_of: Seats
) -> None:
    row = offered(past, seat_of, ada)
    SeenCase.objects.create(user=ben, case=case_version.case, how=SeenCase.How.GUIDE, at=NOW)
    assert not open_to(ben, NOW)
    assert not open_to(ada, NOW)
    assert open_to(cleo, NOW).get() == row
    block = Block.objects.create(by=ben, of=cleo)
    assert not open_to(cleo, NOW)
    with pytest.raises(Refused) as refusal:
        second.take(user=cleo, rating=row.pk, now=NOW)
    assert refusal.value.status == 404
    block.delete()
    SeenCase.objects.filter(user=cleo).update(how=SeenCase.How.CANDIDATE)
    assert not open_to(cleo, NOW)


def test_who_does_not_interview_is_offered_nothing(
    past: Session, ada: User, cleo: User, seat_of: Seats
) -> None:
    offered(past, seat_of, ada)
    cleo.wants_to_interview = False
    assert not open_to(cleo, NOW)


def test_a_replay_that_is_shut_takes_it_away(past: Session, ada: User, cleo: User, seat_of: Seats) -> None:
    taken(past, seat_of, ada, cleo)
    Consent.objects.filter(seat__user=ada).update(replay=False)
    assert not held_by(cleo)


def test_what_is_held_too_long_others_may_take(past: Session, ada: User, cleo: User, seat_of: Seats) -> None:
    row = taken(past, seat_of, ada, cleo)
    dora = User.objects.create_user("dora@example.com", "a long password", display_name="Dora")
    SeenCase.objects.create(user=dora, case=past.case_version.case, how=SeenCase.How.GUIDE, at=NOW)
    assert not open_to(dora, NOW)
    later = NOW + timedelta(days=3)
    second.take(user=dora, rating=row.pk, now=later)
    with pytest.raises(Refused, match="somebody else has taken it"):
        second.seal(rating=row, given=ALL, now=later)


def test_an_offer_is_taken_back_while_nobody_rates_it(
    past: Session, ada: User, cleo: User, seat_of: Seats
) -> None:
    row = taken(past, seat_of, ada, cleo)
    with pytest.raises(Refused, match="already"):
        second.withdraw(seat=seat_of(past, ada), now=NOW)
    second.give_back(rating=row)
    second.withdraw(seat=seat_of(past, ada), now=NOW)
    assert not SecondRating.objects.exists()


def test_half_a_rating_is_not_sealed_and_a_sealed_one_does_not_change(
    past: Session, ada: User, cleo: User, seat_of: Seats
) -> None:
    row = taken(past, seat_of, ada, cleo)
    with pytest.raises(Incomplete):
        second.seal(rating=row, given={POINT: "2", "overall": "2"}, now=NOW)
    assert not ScoreSheet.objects.filter(source="second")
    second.seal(rating=row, given=ALL, now=NOW)
    for again in (
        lambda: second.seal(rating=row, given=ALL, now=NOW),
        lambda: second.save_draft(rating=row, given={}, base=0, now=NOW),
        lambda: second.give_back(rating=row),
    ):
        with pytest.raises(Refused, match="sealed"):
            again()
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondRating.objects.update(rater=ada)


def test_two_who_are_far_apart_say_so_much_and_close(
    past: Session, ada: User, ben: User, cleo: User, seat_of: Seats
) -> None:
    row = sealed(past, seat_of, ada, cleo)
    talk = discussed(row)
    assert talk is not None
    assert [(gap.item, list(gap.levels.values())) for gap in talk.gaps] == [(POINT, [2, 0])]
    for number in range(3):
        gaps.say(rating=row, by=cleo, item=POINT, words=f"It is in the notes, {number}.", now=NOW)
    with pytest.raises(Refused, match="3 messages"):
        gaps.say(rating=row, by=cleo, item=POINT, words="Once more.", now=NOW)
    gaps.close(rating=row, by=cleo, item=POINT, level=2, words="", now=NOW)
    gaps.close(rating=row, by=ben, item=POINT, level=1, words="I had missed it.", now=NOW)
    with pytest.raises(Refused, match="closed"):
        gaps.close(rating=row, by=ben, item=POINT, level=2, words="", now=NOW)
    talk = discussed(row)
    assert talk is not None
    assert talk.gaps[0].is_closed
    assert ScoreSheet.objects.get(source="interviewer").items.get(item=POINT).level == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondRemark.objects.update(words="Other words.")


@pytest.mark.parametrize(("words", "item"), [("", POINT), ("x" * 501, POINT), ("Hm.", "clarify.goal")])
def test_what_is_no_message_is_not_kept(
    past: Session, ada: User, cleo: User, seat_of: Seats, words: str, item: str
) -> None:
    row = sealed(past, seat_of, ada, cleo)
    with pytest.raises(Refused):
        gaps.say(rating=row, by=cleo, item=item, words=words, now=NOW)
    with pytest.raises(Refused):
        gaps.say(rating=row, by=ada, item=POINT, words="I was there.", now=NOW)
    assert not SecondRemark.objects.exists()
