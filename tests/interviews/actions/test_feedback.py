"""Sealed feedback: drafts that are not lost, sent once, shown together or after two days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from interviews.actions import feedback, marks
from interviews.actions.drafts import Incomplete, Stale
from interviews.errors import Refused
from interviews.models import Feedback, FeedbackDraft, Seat, SelfRating, Session
from interviews.queries.feedback import revealed_to, standing_of
from interviews.queries.report import report
from interviews.rules.reveal import SEALED_FOR
from interviews.views.side_by_side import side_by_side
from mlsd_site.accounts.models import User

NOW = timezone.now()
ABOUT_BEN = {"clear": "5", "fair": "4", "helpful": "3", "keep": "The pace.", "change": "More silence."}
ABOUT_ADA = {"strength": "Calm.", "second_strength": "Quick sums.", "change": "Say trade-offs aloud."}


@pytest.fixture
def seats(submitted: Session) -> tuple[Seat, Seat]:
    """Ada's and Ben's; he has given his verdict."""
    held = submitted.seats.select_related("session", "user")
    ada, ben = held.get(role="candidate"), held.get(role="interviewer")
    marks.mark(seat=ben, item="", level=3, sheet=None, reason="Solid.", now=NOW)
    return ada, ben


def send(seat: Seat, about: Seat, **changed: Any) -> Feedback:
    given = ABOUT_ADA if seat.role == "interviewer" else ABOUT_BEN
    now = changed.pop("now", NOW)
    return feedback.send(seat=seat, about=about, given={**given, **changed}, now=now)


def test_one_alone_shows_nothing_and_both_show_all(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    send(ben, ada)
    assert revealed_to(ada, NOW) is None
    assert report(ada, now=NOW).people is None
    send(ada, ben)
    shown = revealed_to(ada, NOW)
    assert shown
    assert shown.about_me[0].feedback
    assert shown.about_me[0].feedback.strength == "Calm."
    to_ben = revealed_to(ben, NOW)
    assert to_ben
    assert to_ben.about_me[0].feedback
    assert to_ben.about_me[0].feedback.clear == 5
    people = report(ada, now=NOW).people
    assert people
    assert people.marks[""].level == 3


def test_after_two_days_what_was_sent_is_shown_and_the_rest_is_not_written(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    send(ben, ada)
    assert ada.session.ended_at
    later = ada.session.ended_at + SEALED_FOR
    assert revealed_to(ada, later - timedelta(seconds=1)) is None
    shown = revealed_to(ada, later)
    assert shown
    assert (bool(shown.about_me[0].feedback), shown.by_me[0].feedback) == (True, None)
    with pytest.raises(Refused, match="what was written about you can be read"):
        send(ada, ben, now=later)
    assert not Feedback.objects.filter(author=ada).exists()


def test_sent_is_sent(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    send(ada, ben)
    for again in (
        send,
        lambda *pair: feedback.save_draft(seat=ada, about=ben, given=ABOUT_BEN, base=0, now=NOW),
    ):
        with pytest.raises(Refused, match="sent this already"):
            again(ada, ben)
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Feedback.objects.update(change="Something else.")


def test_what_is_missing_is_not_sent(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    with pytest.raises(Incomplete) as missing:
        send(ada, ben, clear="", keep=" ")
    assert set(missing.value.faults) == {"clear", "keep"}
    assert not Feedback.objects.exists()


def test_an_interviewer_sends_with_a_verdict(submitted: Session) -> None:
    held = submitted.seats.select_related("session")
    with pytest.raises(Incomplete) as missing:
        send(held.get(role="interviewer"), held.get(role="candidate"))
    assert list(missing.value.faults) == ["verdict"]


def test_postgres_refuses_half_a_form_and_a_second_one(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    with pytest.raises(IntegrityError, match="feedback_answers_its_form"), transaction.atomic():
        Feedback.objects.create(author=ada, about=ben, clear=5, fair=5, keep="a", change="b")
    with pytest.raises(IntegrityError, match="feedback_answers_its_form"), transaction.atomic():
        Feedback.objects.create(author=ada, about=ben, clear=6, fair=5, helpful=1, keep="a", change="b")
    send(ada, ben)
    with pytest.raises(IntegrityError, match="one_feedback_per_pair"), transaction.atomic():
        Feedback.objects.create(author=ada, about=ben, clear=1, fair=1, helpful=1, keep="a", change="b")


def test_a_draft_is_kept_and_two_windows_do_not_overwrite_each_other(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats

    def save(base: int, **given: str) -> FeedbackDraft:
        return feedback.save_draft(seat=ada, about=ben, given=given, base=base, now=NOW)

    assert save(0, keep="The pace").version == 1
    assert save(0, keep="The pace").version == 1  # our answer was lost, so it came again
    with pytest.raises(Stale) as stale:
        save(0, keep="Something else")
    assert stale.value.draft.answers == {"keep": "The pace"}
    assert save(1, keep="Something else").version == 2


def test_a_draft_holds_more_than_can_be_sent_and_not_everything(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    feedback.save_draft(seat=ada, about=ben, given={"keep": "x" * 4000}, base=0, now=NOW)
    with pytest.raises(Refused, match="5,000 characters"):
        feedback.save_draft(seat=ada, about=ben, given={"keep": "x" * 6000}, base=1, now=NOW)
    assert FeedbackDraft.objects.get().answers == {"keep": "x" * 4000}


@pytest.fixture
def unrated_seat(unrated: Session) -> Seat:
    return unrated.seats.select_related("session", "user").get(role="candidate")


def levels(seat: Seat, level: str = "2", **more: str) -> dict[str, str]:
    return {**{f"step-{step.id}": level for step in report(seat).framework.steps}, "overall": "3", **more}


def test_nobodys_sheet_is_shown_before_one_has_rated_oneself(unrated_seat: Seat) -> None:
    found = report(unrated_seat)
    assert (found.rate_first, found.sheet, found.people, found.pending) == (True, None, None, False)


def test_a_rating_of_oneself_is_a_sheet_with_a_level_for_each_point(unrated_seat: Seat) -> None:
    given = levels(unrated_seat, **{"item-data.labels": "0"})
    sheet = feedback.rate_self(seat=unrated_seat, given=given, now=NOW).sheet
    assert sheet
    got = dict(sheet.items.values_list("item", "level"))
    assert (len(got), got["data.labels"], got["clarify.scale"], sheet.overall) == (50, 0, 2, 3)
    found = report(unrated_seat)
    assert not found.rate_first
    assert found.own == sheet
    beside = side_by_side(found, unrated_seat)
    assert beside
    assert (beside.titles, beside.advances) == (("You",), (3,))
    assert beside.rows[0].cells[0].mean == 2


def test_one_rates_oneself_once_and_not_after_skipping(unrated_seat: Seat) -> None:
    feedback.skip_self(seat=unrated_seat, now=NOW)
    with pytest.raises(Refused, match="colour it"):
        feedback.rate_self(seat=unrated_seat, given=levels(unrated_seat), now=NOW)
    with pytest.raises(Refused, match="colour it"):
        feedback.skip_self(seat=unrated_seat, now=NOW)
    assert SelfRating.objects.get().sheet is None


def test_a_step_without_a_level_is_asked_for(unrated_seat: Seat) -> None:
    given = levels(unrated_seat) | {"step-data": ""}
    with pytest.raises(Incomplete) as missing:
        feedback.rate_self(seat=unrated_seat, given=given, now=NOW)
    assert list(missing.value.faults) == ["step-data"]


def test_the_interviewer_sees_the_rating_with_everything_else(unrated: Session, unrated_seat: Seat) -> None:
    ben = unrated.seats.select_related("session", "user").get(role="interviewer")
    with pytest.raises(Refused, match="First rate yourself"):
        send(unrated_seat, ben)
    feedback.rate_self(seat=unrated_seat, given=levels(unrated_seat), now=NOW)
    assert report(ben, now=NOW).own is None
    send(unrated_seat, ben)
    assert report(ben, now=NOW).own is None
    marks.mark(seat=ben, item="", level=3, sheet=None, reason="Solid.", now=NOW)
    send(ben, unrated_seat)
    assert report(ben, now=NOW).own is not None


def test_the_interviewer_rates_nobody_but_the_candidate(seats: tuple[Seat, Seat]) -> None:
    _, ben = seats
    for act in (
        lambda: feedback.skip_self(seat=ben, now=NOW),
        lambda: send(ben, ben),
        lambda: feedback.save_draft(seat=ben, about=ben, given={}, base=0, now=NOW),
    ):
        with pytest.raises(Refused):
            act()


def test_means_are_told_from_three_on_and_only_of_what_is_revealed(
    seats: tuple[Seat, Seat], make_session: Callable[..., Session], ben: User, cleo: User, ada: User
) -> None:
    seat, other = seats
    send(seat, other, clear="5")
    assert standing_of(ben.pk, NOW).count == 0
    send(other, seat)
    long_ago = NOW - timedelta(days=3)
    for number, clear in enumerate((4, 1), start=2):
        assert standing_of(ben.pk, NOW).means == ()
        session = make_session(cleo)
        session.seats.create(user=ben, role="interviewer")
        Session.objects.filter(pk=session.pk).update(
            state="ended", started_at=long_ago, ended_at=long_ago, end_reason="submitted"
        )
        pair = {seat.role: seat for seat in session.seats.all()}
        Feedback.objects.create(
            author=pair["candidate"],
            about=pair["interviewer"],
            clear=clear,
            fair=3,
            helpful=3,
            keep="a",
            change="b",
        )
        assert standing_of(ben.pk, NOW).count == number
    means = dict(standing_of(ben.pk, NOW).means)
    assert means["Clear"] == pytest.approx(10 / 3)
