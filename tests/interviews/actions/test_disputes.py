"""A candidate disputes a level, the interviewer answers once, and no level changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from casebank.models import CaseVersion
from interviews.actions import disputes
from interviews.errors import Refused
from interviews.models import Dispute, DisputeAnswer, Mode, OutgoingMail, ScoreSheet, Seat, Session
from interviews.queries.disputes import disputable, disputes_in, waiting_for
from interviews.queries.report import report
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.history import POINT

NOW = timezone.now()
Seats = Callable[[Session, User], Seat]


@pytest.fixture
def past(ada: User, ben: User, case_version: CaseVersion) -> Session:
    return history.disputable(ada, ben, case_version, now=NOW)


def sheet_by(session: Session, source: str) -> ScoreSheet:
    return session.submission.sheets.get(source=source)


def dispute(
    session: Session, seat: Seat, source: str = "interviewer", reason: str = "It is there."
) -> Dispute:
    return disputes.file(seat=seat, item=POINT, sheet=sheet_by(session, source).pk, reason=reason, now=NOW)


def test_a_dispute_and_its_answer_stand_beside_the_level(
    past: Session, ada: User, ben: User, seat_of: Seats
) -> None:
    made = dispute(past, seat_of(past, ada), reason=" 30k requests a second, in my notes. ")
    assert (made.level, made.reason) == (0, "30k requests a second, in my notes.")
    assert [row.pk for row in waiting_for(ben, NOW)] == [made.pk]
    disputes.answer(seat=seat_of(past, ben), dispute=made.pk, level=2, words="You are right.", now=NOW)
    assert waiting_for(ben, NOW) == []
    for who in (ada, ben):
        seat = seat_of(past, who)
        (row,) = disputes_in(seat, report(seat))[POINT]
        assert (row.level, row.answer.level, row.answer.words) == (0, 2, "You are right.")
    assert sheet_by(past, "interviewer").items.get(item=POINT).level == 0


def test_each_is_told_by_mail_without_a_name_or_a_level(
    past: Session, ada: User, ben: User, seat_of: Seats
) -> None:
    made = dispute(past, seat_of(past, ada), reason="canary")
    disputes.answer(seat=seat_of(past, ben), dispute=made.pk, level=0, words="canary too", now=NOW)
    to_ben, to_ada = OutgoingMail.objects.order_by("pk")
    assert (to_ben.to, to_ada.to) == (ben.email, ada.email)
    assert "canary" not in to_ben.body + to_ada.body
    assert "Ada" not in to_ben.subject + to_ben.body


def test_a_level_is_disputed_once_and_a_new_version_of_the_scorer_opens_nothing(
    past: Session, ada: User, seat_of: Seats
) -> None:
    seat = seat_of(past, ada)
    dispute(past, seat)
    with pytest.raises(Refused, match="already"):
        dispute(past, seat)
    dispute(past, seat, "automatic")
    history.sheet(past, 0, at=NOW)
    assert disputable(seat, report(seat), POINT) == []


def test_a_level_that_nobody_gave_cannot_be_disputed(past: Session, ada: User, seat_of: Seats) -> None:
    seat = seat_of(past, ada)
    for item, sheet in ((POINT, 0), ("no.such", sheet_by(past, "automatic").pk)):
        with pytest.raises(Refused) as refusal:
            disputes.file(seat=seat, item=item, sheet=sheet, reason="So?", now=NOW)
        assert refusal.value.status == 404


@pytest.mark.parametrize("reason", ["", "  \n", "\0", "x" * 601])
def test_a_reason_is_words_and_not_too_many(past: Session, ada: User, seat_of: Seats, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        dispute(past, seat_of(past, ada), reason=reason)
    assert refusal.value.status == 422
    assert not Dispute.objects.exists()


def test_before_the_seal_opens_nothing_is_disputed(
    ada: User, ben: User, case_version: CaseVersion, seat_of: Seats
) -> None:
    session = history.held(ada, ben, case_version, ended=NOW - timedelta(hours=1))
    history.sheet(session, 1)
    with pytest.raises(Refused, match="once all that was written is shown"):
        dispute(session, seat_of(session, ada), "automatic")


def test_before_rating_oneself_nothing_is_disputed(
    ada: User, ben: User, case_version: CaseVersion, seat_of: Seats
) -> None:
    session = history.held(ada, ben, case_version, ended=NOW - timedelta(days=3), rated=False)
    history.sheet(session, 1)
    with pytest.raises(Refused):
        dispute(session, seat_of(session, ada), "automatic")


def test_alone_the_scorer_is_disputed_and_nobody_answers(
    ada: User, ben: User, case_version: CaseVersion, seat_of: Seats
) -> None:
    session = history.held(ada, ben, case_version, ended=NOW, mode=Mode.SOLO)
    history.sheet(session, 1)
    dispute(session, seat_of(session, ada), "automatic")
    assert not OutgoingMail.objects.exists()


def test_an_answer_is_given_once_by_whose_level_it_is(
    past: Session, ada: User, ben: User, seat_of: Seats
) -> None:
    made = dispute(past, seat_of(past, ada))
    with pytest.raises(Refused) as refusal:
        disputes.answer(seat=seat_of(past, ada), dispute=made.pk, level=3, words="Mine.", now=NOW)
    assert refusal.value.status == 404
    disputes.answer(seat=seat_of(past, ben), dispute=made.pk, level=0, words="Kept.", now=NOW)
    with pytest.raises(Refused, match="already"):
        disputes.answer(seat=seat_of(past, ben), dispute=made.pk, level=3, words="Or not.", now=NOW)


def test_an_interviewer_who_can_still_send_sees_no_dispute(
    ada: User, ben: User, case_version: CaseVersion, seat_of: Seats
) -> None:
    session = history.held(ada, ben, case_version, ended=NOW - timedelta(days=3))
    history.sheet(session, 1)
    made = dispute(session, seat_of(session, ada), "automatic")
    seat = seat_of(session, ben)
    history.seal(session, ben)
    assert disputes_in(seat, report(seat)) == {}
    assert waiting_for(ben, NOW) == []
    with pytest.raises(Refused) as refusal:
        disputes.answer(seat=seat, dispute=made.pk, level=1, words="So?", now=NOW)
    assert refusal.value.status == 404


def test_neither_is_changed_afterwards(past: Session, ada: User, ben: User, seat_of: Seats) -> None:
    made = dispute(past, seat_of(past, ada))
    disputes.answer(seat=seat_of(past, ben), dispute=made.pk, level=1, words="Yes.", now=NOW)
    for rows in (Dispute.objects, DisputeAnswer.objects):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            rows.update(level=3)
