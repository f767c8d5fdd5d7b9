"""Deleting an account: no personal byte stays, and what the partner stands on does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from casebank.models import Case
from casebank.queries import visible_to
from interviews.actions import people
from interviews.errors import Refused
from interviews.models import Booking, Complaint, Group, OutgoingMail, Seat, Session, Ticket
from interviews.queries.report import report
from mlsd_site.accounts.deletion import NAME, delete
from mlsd_site.accounts.models import User
from tests.accounts import who_left
from tests.interviews.appointments import agreed
from tests.interviews.programme import programme
from tests.interviews.stage import alone, pair, published_case
from tests.interviews.waiting import join as wait
from tests.interviews.waiting import offered
from whiteboard.models import Board

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.asvs("14.2.4")
def test_no_personal_byte_is_left_and_the_partner_keeps_their_sessions(
    ben: User, cleo: User, signed_in: Callable[[User], Client]
) -> None:
    dora = who_left.dora()
    as_candidate, as_interviewer = who_left.life(dora, ben, cleo, NOW)
    assert who_left.dump().count(who_left.CANARY) > 40
    done = delete(user_id=dora.pk, now=NOW)
    assert (done.kept, done.emptied) == (2, True)
    assert [line for line in who_left.dump().splitlines() if who_left.CANARY in line.lower()] == []
    browser = signed_in(ben)
    for session in (as_candidate, as_interviewer):
        for page in ("report/", "replay/", "", "board.svg"):
            response = browser.get(f"/sessions/{session.pk}/{page}")
            assert response.status_code == 200, page
        assert NAME in browser.get(f"/sessions/{session.pk}/report/").content.decode()
    for page in ("/sessions/", "/calendar/", "/groups/", "/profile/", "/practise/", "/"):
        assert browser.get(page).status_code == 200, page
    seat = Seat.objects.select_related("session").get(session=as_interviewer, user=ben)
    told = report(seat, now=NOW)
    assert told.people
    assert told.people.name == NAME
    assert told.feedback
    assert told.feedback.about_me[0].feedback
    assert told.feedback.about_me[0].feedback.strength == "Calm."


def test_without_partners_nothing_is_left_at_all(ada: User) -> None:
    session = alone(ada)
    delete(user_id=ada.pk, now=NOW)
    assert not User.objects.filter(pk=ada.pk).exists()
    assert not Session.objects.filter(pk=session.pk).exists()
    assert not Board.objects.exists()


def test_when_the_last_of_a_session_leaves_it_goes_and_so_do_the_emptied_accounts(
    scored: Session, ada: User, ben: User
) -> None:
    assert delete(user_id=ada.pk, now=NOW).emptied
    assert not delete(user_id=ben.pk, now=NOW).emptied
    assert not Session.objects.exists()
    assert not User.objects.exists()


def test_who_is_in_a_running_session_ends_it_first(live: Session, ada: User) -> None:
    with pytest.raises(Refused) as refusal:
        delete(user_id=ada.pk, now=NOW)
    assert refusal.value.code == "session_runs"
    ada.refresh_from_db()
    assert ada.display_name == "Ada"
    assert live.seats.count() == 2


def test_deleting_twice_is_said(ada: User, scored: Session) -> None:
    delete(user_id=ada.pk, now=NOW)
    with pytest.raises(Refused, match="deleted already"):
        delete(user_id=ada.pk, now=NOW)


def test_a_session_that_has_not_begun_is_given_up(ada: User, ben: User) -> None:
    made = pair(ada, ben)
    delete(user_id=ada.pk, now=NOW)
    made.session.refresh_from_db()
    assert made.session.end_reason == "abandoned"
    assert not User.objects.filter(pk=ada.pk).exists()


def test_partners_are_told_that_a_booking_is_off_and_not_by_name(ada: User, ben: User) -> None:
    start = (NOW + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    booking = agreed(ada, ben, start=start, now=NOW)
    delete(user_id=ada.pk, now=NOW + timedelta(hours=1))
    booking.refresh_from_db()
    assert booking.state == Booking.State.CANCELLED
    told = OutgoingMail.objects.get(state=OutgoingMail.State.QUEUED)
    assert (told.to, told.subject) == (ben.email, f"Cancelled: interview with {NAME}")
    assert "METHOD:CANCEL" in told.attachments[0]["text"]
    assert "Ada" not in told.body


def test_leaving_while_an_offer_is_open_sends_the_partner_back_in_front(ada: User, ben: User) -> None:
    published_case()
    offered(ada, ben, NOW)
    delete(user_id=ada.pk, now=NOW)
    assert Ticket.objects.get().user == ben
    assert Ticket.objects.get().front


def test_leaving_while_waiting_leaves_the_line(ada: User) -> None:
    published_case()
    wait(ada, "interviewer", NOW)
    delete(user_id=ada.pk, now=NOW)
    assert not Ticket.objects.exists()


def test_a_group_without_its_mentor_is_closed_and_an_empty_one_goes(ada: User, ben: User, cleo: User) -> None:
    group = programme(ben, ada)
    delete(user_id=ben.pk, now=NOW)
    group.refresh_from_db()
    assert group.closed_at
    delete(user_id=ada.pk, now=NOW)
    assert not Group.objects.exists()


def test_an_open_report_stays_until_it_is_handled(scored: Session, ada: User, ben: User) -> None:
    own, other = scored.seats.get(user=ada), scored.seats.get(user=ben)
    said = people.complain(seat=own, other=other, reason="hurtful", words="He shouted.", now=NOW)
    delete(user_id=ada.pk, now=NOW)
    said.refresh_from_db()
    assert (said.by, said.of, said.words) == (None, ben, "He shouted.")
    people.handle(complaints=[said.pk], by=None, now=NOW)
    assert Complaint.objects.get().words == ""


def test_a_log_still_never_changes_for_anybody_else(scored: Session, ada: User, ben: User) -> None:
    from django.db import IntegrityError, InternalError, transaction

    delete(user_id=ada.pk, now=NOW)
    event = scored.events.first()
    assert event
    event.data = {"other": 1}
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        event.save()


def test_a_case_on_which_somebody_elses_session_stands_stays_and_is_found_by_nobody(
    ada: User, ben: User, make_session: Callable[..., Session]
) -> None:
    session = make_session(ben)
    case = session.case_version.case
    case.owner = ada
    case.save()
    unused = Case.objects.create(slug="unused", owner=ada)
    done = delete(user_id=ada.pk, now=NOW)
    assert (done.cases, done.emptied) == (1, True)
    case.refresh_from_db()
    assert case.retired_at
    assert not visible_to(ben).filter(case=case).exists()
    assert not Case.objects.filter(pk=unused.pk).exists()


# Whoever adds a table that points at a person or a seat says here what becomes of it, after they have taken care of it
# in interviews/actions/leaving*.py and interviews/queries/own_*.py.
GOES = {
    "accounts.Agreement.user", "accounts.Archive.user", "accounts.ApiToken.user", "accounts.KeptAnswer.user",
    "mfa.Authenticator.user", "usersessions.UserSession.user",
    "account.EmailAddress.user", "admin.LogEntry.user", "casebank.Draft.owner", "casebank.SeenCase.user",
    "interviews.Attendance.user", "interviews.Block.by", "interviews.Block.of", "interviews.BookingSeat.user",
    "interviews.Booking.asked_by", "interviews.CalendarFeed.user", "interviews.CalibrationDraft.rater",
    "interviews.CalibrationRating.rater", "interviews.CallLink.seat", "interviews.ChatMessage.seat",
    "interviews.Complaint.by", "interviews.Complaint.of", "interviews.FeedbackDraft.author",
    "interviews.GroupInvite.created_by", "interviews.Introduction.by", "interviews.Introduction.to",
    "interviews.Invite.created_by", "interviews.Listing.user", "interviews.Mark.rater", "interviews.Membership.user",
    "interviews.PrivateNote.seat", "interviews.ShareLink.by", "interviews.Slot.user", "interviews.Ticket.user",
    "interviews.Webhook.user", "interviews.Weekly.user",
}  # fmt: skip
# It holds nothing personal any more, or it is the session that the partner keeps.
STAYS = {
    "casebank.Case.owner", "interviews.Assignment.candidate", "interviews.Assignment.interviewer",
    "interviews.Assignment.second", "interviews.Assignment.set_by", "interviews.Booking.cancelled_by",
    "interviews.Complaint.handled_by", "interviews.Consent.seat", "interviews.Dispute.seat",
    "interviews.DisputeAnswer.by", "interviews.Event.seat",
    "interviews.Extension.answered_by", "interviews.Extension.asked_by", "interviews.Feedback.about",
    "interviews.Feedback.author", "interviews.FeedbackDraft.about", "interviews.Invite.used_by",
    "interviews.PrivateEvent.seat", "interviews.ScoreSheet.rater", "interviews.Seat.user",
    "interviews.SecondRating.rater", "interviews.SecondRemark.by",
    "interviews.SelfRating.seat", "interviews.Session.created_by", "whiteboard.Delta.author",
    "whiteboard.Element.author",
}  # fmt: skip


def test_of_every_table_that_points_at_a_person_it_is_said_what_becomes_of_it() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model in (User, Seat)
    }
    assert found == GOES | STAYS


def test_what_goes_is_gone_from_an_emptied_account(ben: User, cleo: User) -> None:
    dora = who_left.dora()
    who_left.life(dora, ben, cleo, NOW)
    seats = list(dora.seats.all())
    delete(user_id=dora.pk, now=NOW)
    for name in GOES:
        label, _, field = name.rpartition(".")
        model = apps.get_model(label)
        whose = seats if model._meta.get_field(field).related_model is Seat else [dora.pk]
        assert not model._default_manager.filter(**{f"{field}__in": whose}).exists(), name
