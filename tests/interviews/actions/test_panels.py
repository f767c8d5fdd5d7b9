"""Two interviewers of one session: Ben leads part A, Dan part B, and Ada is interviewed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from interviews.actions import feedback, invites, marks, notes, sessions
from interviews.errors import Refused
from interviews.models import Invite, Role, Seat, Session
from interviews.queries.cast import cast_of
from interviews.queries.controls import controls_for
from interviews.queries.lobby import lobby_for
from interviews.queries.mine import sessions_of
from interviews.queries.panel import leading
from interviews.queries.report import report
from interviews.rules.reveal import SEALED_FOR
from interviews.views.steps import steps_of
from mlsd_site.accounts.models import User
from tests.conftest import PASSWORD

NOW = timezone.now()


@pytest.fixture
def dan(db: None) -> User:
    """The second interviewer."""
    return User.objects.create_user("dan@example.com", PASSWORD, display_name="Dan")


@pytest.fixture
def panel(make_session: Callable[..., Session], ada: User) -> Session:
    """Ada waits for two interviewers."""
    return make_session(ada, panel=True)


def take(session: Session, by: User, guest: User, part: str) -> Seat:
    seat = session.seats.get(user=by)
    _, token = invites.create(session=session, by=seat, role="interviewer", part=part, now=NOW)
    return invites.redeem(token=token, by=guest, now=NOW)


def test_each_link_leads_to_its_own_part(panel: Session, ada: User, ben: User, dan: User) -> None:
    seats = [take(panel, ada, ben, "first"), take(panel, ada, dan, "second")]
    assert [(seat.role, seat.part) for seat in seats] == [("interviewer", "first"), ("interviewer", "second")]


def test_an_interviewer_invites_the_other(
    make_session: Callable[..., Session], ada: User, ben: User, dan: User
) -> None:
    session = make_session(ben, role=Role.INTERVIEWER, panel=True)
    assert session.seats.get().part == "first"
    assert take(session, ben, dan, "second").part == "second"
    with pytest.raises(Refused, match="already taken"):
        take(session, dan, ada, "first")


def test_links_to_both_parts_are_open_at_once(panel: Session, ada: User) -> None:
    for part in ("first", "second", "second"):
        invites.create(session=panel, by=panel.seats.get(), role="interviewer", part=part, now=NOW)
    still = Invite.objects.filter(revoked_at=None).values_list("part", flat=True)
    assert sorted(still) == ["first", "second"]


@pytest.mark.parametrize(("role", "part"), [("interviewer", ""), ("observer", "first"), ("candidate", "")])
def test_there_is_no_link_to_a_seat_that_there_is_not(panel: Session, role: str, part: str) -> None:
    with pytest.raises(Refused, match="no such seat"):
        invites.create(session=panel, by=panel.seats.get(), role=role, part=part, now=NOW)


def test_one_interviewer_leads_no_part(make_session: Callable[..., Session], ada: User) -> None:
    session = make_session(ada)
    with pytest.raises(Refused, match="no such seat"):
        invites.create(session=session, by=session.seats.get(), role="interviewer", part="first", now=NOW)


def test_postgres_refuses_two_leaders_of_one_part(
    panel: Session, ada: User, ben: User, dan: User, cleo: User
) -> None:
    take(panel, ada, ben, "first")
    for user, role, part in ((dan, "interviewer", "first"), (cleo, "observer", "second")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(session=panel, user=user, role=role, part=part)


def test_the_clock_waits_for_both_and_either_runs_it(panel: Session, ada: User, ben: User, dan: User) -> None:
    first = take(panel, ada, ben, "first")
    assert controls_for(first, cast_of(panel), NOW).free == ("interviewer, part B",)
    with pytest.raises(Refused, match="Not everybody"):
        sessions.start(session=panel, by=first, now=NOW)
    second = take(panel, ada, dan, "second")
    sessions.start(session=panel, by=second, now=NOW)
    assert sessions.pause(session=panel, by=first, now=NOW).paused_at
    assert sessions.resume(session=panel, by=second, now=NOW).paused_at is None


def test_the_candidate_sees_both_names_and_who_leads_what(
    panel: Session, ada: User, ben: User, dan: User
) -> None:
    take(panel, ada, ben, "first")
    take(panel, ada, dan, "second")
    assert controls_for(panel.seats.get(user=ada), cast_of(panel), NOW).partner == "Ben and Dan"
    assert [(one.letter, one.name) for one in leading(panel)] == [("A", "Ben"), ("B", "Dan")]
    assert [row.partner for row in sessions_of(ada)] == ["Ben and Dan"]
    assert [row.partner for row in sessions_of(dan)] == ["Ada and Ben"]


def test_a_panel_is_made_with_everybody_seated(
    make_session: Callable[..., Session], ada: User, ben: User, dan: User
) -> None:
    others = [(Role.INTERVIEWER, ben), (Role.INTERVIEWER, dan)]
    session = make_session(ada, panel=True, others=others)
    assert dict(session.seats.values_list("user", "part")) == {ada.pk: "", ben.pk: "first", dan.pk: "second"}


def test_where_the_second_does_not_come_the_first_goes_on_alone(
    panel: Session, ada: User, ben: User, dan: User
) -> None:
    first = take(panel, ada, ben, "first")
    _, token = invites.create(session=panel, by=first, role="interviewer", part="second", now=NOW)
    invites.go_on_with_one(session=panel, by=first, now=NOW)
    with pytest.raises(Refused, match="withdrew"):
        invites.redeem(token=token, by=dan, now=NOW)
    panel.refresh_from_db()
    first.refresh_from_db()
    assert (panel.panel, first.part) == (False, "")
    assert sessions.start(session=panel, by=first, now=NOW).started_at


def test_nobody_is_sent_away_by_going_on_alone(panel: Session, ada: User, ben: User, dan: User) -> None:
    first = take(panel, ada, ben, "first")
    take(panel, ada, dan, "second")
    with pytest.raises(Refused, match="no free"):
        invites.go_on_with_one(session=panel, by=first, now=NOW)


@pytest.fixture
def ended(panel: Session, ada: User, ben: User, dan: User) -> Session:
    """A panel that was held and handed in."""
    take(panel, ada, ben, "first")
    second = take(panel, ada, dan, "second")
    sessions.start(session=panel, by=second, now=NOW)
    notes.save_private(seat=second, text="Dan's own", base=0, now=NOW)
    return sessions.submit(session=panel, by=panel.seats.get(user=ada), now=NOW)


def mark(session: Session, by: User, level: int, verdict: int, why: str) -> None:
    seat = session.seats.select_related("session", "user").get(user=by)
    for item, given in (("clarify.scale", level), ("", verdict)):
        marks.mark(seat=seat, item=item, level=given, sheet=None, reason=why, now=NOW)
    about = session.seats.get(role="candidate")
    words = {"strength": "Calm.", "second_strength": "Quick.", "change": "Say it aloud."}
    feedback.send(seat=seat, about=about, given=words, now=timezone.now())


def answer(session: Session, ada: User) -> None:
    """Ada skips rating herself and writes about both, which opens the seal."""
    seat = session.seats.select_related("session", "user").get(user=ada)
    feedback.skip_self(seat=seat, now=timezone.now())
    words = {"clear": "5", "fair": "4", "helpful": "3", "keep": "The pace.", "change": "More silence."}
    for about in session.seats.filter(role="interviewer"):
        feedback.send(seat=seat, about=about, given=words, now=timezone.now())


def test_each_marks_a_sheet_of_their_own_and_neither_is_blended(
    ended: Session, ada: User, ben: User, dan: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    mark(ended, dan, 3, 4, "Dan's words")
    assert report(seat_of(ended, ben)).people is None
    mark(ended, ben, 1, 2, "Ben's words")
    assert report(seat_of(ended, ada)).people is None
    answer(ended, ada)
    found = report(seat_of(ended, ada))
    assert found.people
    sheets = [found.people, *found.others]
    assert [(one.name, one.led, one.marks["clarify.scale"].level) for one in sheets] == [
        ("Ben", "A", 1),
        ("Dan", "B", 3),
    ]


def test_who_marks_reads_the_others_sheet_only_when_all_have_written(
    ended: Session, ada: User, ben: User, dan: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    mark(ended, dan, 3, 4, "Dan's words")
    seat = seat_of(ended, ben)
    marks.mark(seat=seat, item="clarify.scale", level=1, sheet=None, reason="Ben's", now=NOW)
    assert report(seat).others == ()
    mark(ended, ben, 2, 2, "Ben's words")
    assert report(seat).others == ()
    answer(ended, ada)
    found = report(seat)
    assert [one.name for one in found.others] == ["Dan"]
    assert replace(found, sheet=None, people=None).has_sheets


def test_a_step_of_the_notes_belongs_to_who_leads_its_phase(
    make_session: Callable[..., Session], ada: User
) -> None:
    for framework, second in (("seven-step", "evaluate deploy"), ("portable-five", "deploy")):
        session = make_session(ada, panel=True, framework=framework)
        assert " ".join(one.id for one in steps_of(session, {}) if one.part == "B") == second


def test_open_lobbies_of_the_others_are_made_anew_when_one_goes_on_alone(
    panel: Session, ada: User, ben: User, as_ada: Client
) -> None:
    first = take(panel, ada, ben, "first")
    stamp = lobby_for(panel.seats.get(user=ada), cast_of(panel), NOW).stamp
    at = f"/sessions/{panel.pk}/lobby/"
    assert as_ada.get(at, {"people": stamp}).status_code == 204
    invites.go_on_with_one(session=panel, by=first, now=NOW)
    assert as_ada.get(at, {"people": stamp})["HX-Refresh"] == "true"
    panel.refresh_from_db()
    fresh = lobby_for(panel.seats.get(user=ada), cast_of(panel), NOW).stamp
    assert as_ada.get(at, {"people": fresh}).status_code == 204
    assert "HX-Refresh" not in as_ada.get(at, {"people": "1"})


def test_who_may_still_send_after_two_days_reads_nothing_of_the_others_before(
    ended: Session, ada: User, ben: User, dan: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    mark(ended, dan, 3, 4, "Dan's words")
    seat = seat_of(ended, ada)
    given = {f"step-{step.id}": "2" for step in report(seat).framework.steps} | {"overall": "3"}
    feedback.rate_self(seat=seat, given=given, now=NOW)
    Session.objects.update(ended_at=NOW - SEALED_FOR)
    assert report(seat_of(ended, ada)).feedback
    assert report(seat_of(ended, dan)).own  # he has sent
    early = report(seat_of(ended, ben))
    assert (early.feedback, early.own, early.others) == (None, None, ())
    mark(ended, ben, 2, 2, "Ben's words")
    late = report(seat_of(ended, ben))
    assert late.feedback
    assert late.own
    assert [one.name for one in late.others] == ["Dan"]


def test_whose_own_marks_are_not_sealed_reads_no_sheet_made_beside_a_machines(
    ended: Session, ada: User, ben: User, dan: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    mark(ended, dan, 3, 4, "Dan's words")
    answer(ended, ada)
    Session.objects.update(ended_at=NOW - SEALED_FOR)
    found = report(seat_of(ended, ben))  # what was written about him is shown, so he can send no more
    assert found.feedback
    assert (found.withheld, found.others) == (True, ())
