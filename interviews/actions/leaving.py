"""What becomes of a person's sessions when they delete their account (docs/privacy.md, docs/adr/0032).

What they did alone goes. A session that somebody else held with them stays for that person: what was handed in, the
sheets, and the feedback that was sent. Their private things in it go, and so do their remarks in its logs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection

from interviews.actions import sessions, webhooks
from interviews.actions.record import tell
from interviews.errors import Refused
from interviews.models import (
    CallLink,
    ChatMessage,
    Dispute,
    DisputeAnswer,
    Event,
    FeedbackDraft,
    Introduction,
    Mark,
    PrivateNote,
    Role,
    Seat,
    SecondRating,
    SecondRemark,
    Session,
    State,
    Submission,
)
from whiteboard.models import Board

# In the place of words that a table does not keep without any.
REMOVED = "(taken out: somebody left)"
# The words in a session's log that people type or paste themselves: {kind of event: field}.
_OWN_WORDS = {"paused": "reason", "call_link": "host"}


@dataclass(frozen=True, slots=True)
class Left:
    """How many sessions were deleted, and how many stay for those who held them too."""

    deleted: int
    kept: int


def must_not_run(*, user: AbstractBaseUser) -> None:
    """Refused (409) while this person plays in a session whose clock has started. What has not begun is held, so that
    nothing begins until the transaction ends."""
    open_ones = Session.objects.select_for_update(of=("self",)).exclude(state=State.ENDED)
    held = list(open_ones.filter(seats__user_id=user.pk).exclude(seats__left_at__isnull=False).order_by("pk"))
    seats = Seat.objects.filter(user_id=user.pk, session__in=held).exclude(role=Role.OBSERVER)
    if seats.filter(session__state=State.LIVE).exists():
        raise Refused(
            "session_runs",
            "You are in a session whose clock has started, and your partner with you. End it first; your account is as "
            "it was.",
        )


def leave(*, user: AbstractBaseUser, now: datetime) -> Left:
    """Take this person out of all their sessions. The caller holds a transaction, has asked
    `must_not_run`, and has taken the name off the account already: whoever is told is told of somebody who left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('twoloops.leaving', 'on', true)")
    deleted = kept = 0
    for seat in Seat.objects.filter(user_id=user.pk).select_related("session__case_version"):
        session = seat.session
        if seat.role == Role.OBSERVER:
            seat.delete()
            tell(session, {"t": "seats"})
        elif not _others(session, user):
            _delete(session)
            deleted += 1
        elif session.started_at is None:
            sessions.abandon(session=session, by=seat, now=now)
            seat.delete()
        else:
            _take_out_of(seat)
            kept += 1
    _second_ratings(user)
    webhooks.leave(user=user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('twoloops.leaving', 'off', true)")
    return Left(deleted, kept)


def _others(session: Session, user: AbstractBaseUser) -> bool:
    """Whether somebody who still has an account held this session too."""
    players = session.seats.exclude(role=Role.OBSERVER).exclude(user_id=user.pk)
    return bool(players.filter(user__deleted_at=None).exists())


def _delete(session: Session) -> None:
    board = session.board_id
    Session.objects.filter(pk=session.pk).delete()
    Board.objects.filter(pk=board).delete()


def _second_ratings(user: AbstractBaseUser) -> None:
    """What they have sealed stays on the candidates' reports, which never had their name; others may take the rest."""
    begun = SecondRating.objects.filter(rater=user.pk, sheet=None)
    begun.update(rater=None, taken_at=None, answers={}, version=0)
    SecondRemark.objects.filter(by=user.pk).exclude(words="").update(words=REMOVED)


def _take_out_of(seat: Seat) -> None:
    """Leave what the partner's report stands on, and nothing that was this person's alone."""
    for private in (
        PrivateNote.objects.filter(seat=seat),
        FeedbackDraft.objects.filter(author=seat),
        ChatMessage.objects.filter(seat=seat),
        CallLink.objects.filter(seat=seat),
        Introduction.objects.filter(by=seat),
        Introduction.objects.filter(to=seat),
        Mark.objects.filter(session=seat.session_id, rater_id=seat.user_id),
    ):
        private.delete()
    if seat.role == Role.CANDIDATE:  # whoever offered it is gone
        SecondRating.objects.filter(session=seat.session_id, sheet=None).delete()
    Dispute.objects.filter(seat=seat).update(reason=REMOVED)
    DisputeAnswer.objects.filter(by=seat).update(words=REMOVED)
    _forget_words(seat)


def _forget_words(seat: Seat) -> None:
    """Take their own words out of the session's log, and out of its copy in what was handed in."""
    events = list(Event.objects.filter(seat=seat, kind__in=_OWN_WORDS))
    if not events:
        return
    for event in events:
        event.data = _without_words(event.kind, event.data)
        event.save(update_fields=["data"])
    said = {(event.at.isoformat(), event.kind) for event in events}
    for submission in Submission.objects.filter(session=seat.session_id):
        submission.events = [
            {**one, "data": _without_words(one["kind"], one["data"])}
            if (one["at"], one["kind"]) in said
            else one
            for one in submission.events
        ]
        submission.save(update_fields=["events"])


def _without_words(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return {**data, _OWN_WORDS[kind]: ""}
