"""Offering a session for a second rating, taking it, and rating it blind: drafts that are saved as one rates, and the
seal, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from casebank import checklist
from casebank.limits import Limit
from interviews.actions import drafts
from interviews.actions.drafts import Incomplete
from interviews.actions.letters import write
from interviews.errors import Refused
from interviews.models import ItemScore, Role, ScoreSheet, Seat, SecondRating, Session, Submission
from interviews.queries.calibration import steps
from interviews.queries.gaps import discussed
from interviews.queries.report import report
from interviews.queries.second import form_of, held_by, open_to, standing_of
from interviews.rules import calibration as forms
from interviews.rules import second as rules

OFFER = Limit("second-offer", 20, 3_600)
TAKE = Limit("second-take", 20, 3_600)
SAVE = Limit("second-rating", 180, besides="What you chose is still in the form.")


@transaction.atomic
def offer(*, seat: Seat, now: datetime) -> SecondRating:
    """The candidate offers the session; the interviewer is told by mail. Refused where it was offered before, not all
    of it is revealed, or its replay is not open."""
    Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    found = standing_of(seat, report(seat, now=now), now)
    if found is None or seat.role != Role.CANDIDATE:
        raise Refused("sealed", "A session can be offered once all that was written is shown.")
    if found.rating is not None:
        raise Refused("offered", "This session is offered already. Nothing was changed.")
    if not found.may_offer:
        raise Refused("no_replay", found.refusal)
    made = SecondRating.objects.create(session=seat.session, offered_at=now)
    for other in seat.session.seats.filter(role=Role.INTERVIEWER, left_at=None).select_related("user"):
        write(
            other.user,
            "An interview that you held is rated a second time",
            "interviews/second/mail/offered.txt",
            ("interviews:report", seat.session_id),
            key=f"second:{made.pk}:offered:{other.user_id}",
            now=now,
        )
    return made


@transaction.atomic
def withdraw(*, seat: Seat, now: datetime) -> None:
    """Take the offer back, while nobody rates it."""
    row = SecondRating.objects.select_for_update(of=("self",)).filter(session=seat.session_id).first()
    if row is None or seat.role != Role.CANDIDATE:
        raise Refused("no_offer", "There is no such offer.", status=404)
    if row.sheet_id or (row.taken_at and not rules.has_lapsed(row.taken_at, now)):
        raise Refused("taken", "Somebody rates it already, so the offer stays.")
    row.delete()


@transaction.atomic
def take(*, user: AbstractBaseUser, rating: UUID, now: datetime) -> SecondRating:
    """Take it to rate it; 404 for what is not open to this person, 409 for who holds enough already."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    row = open_to(user, now).select_for_update(of=("self",)).filter(pk=rating).first()
    if row is None:
        raise Refused("gone", "This session is not open to you, or somebody else has taken it.", status=404)
    if held_by(user).filter(sheet=None).count() >= rules.HELD:
        raise Refused("enough", f"You hold {rules.HELD} sessions already. Seal one or give it back first.")
    row.rater_id, row.taken_at, row.answers, row.version = user.pk, now, {}, 0
    row.save(update_fields=["rater", "taken_at", "answers", "version"])
    return row


@transaction.atomic
def give_back(*, rating: SecondRating) -> None:
    """Let others rate it; the draft is let go."""
    row = _held(rating)
    row.rater, row.taken_at, row.answers, row.version = None, None, {}, 0
    row.save(update_fields=["rater", "taken_at", "answers", "version"])


@transaction.atomic
def save_draft(*, rating: SecondRating, given: Mapping[str, str], base: int, now: datetime) -> SecondRating:
    """Keep what is chosen, on top of save number `base`; the same again is no change. Raises Stale, or Refused once it
    is sealed or somebody else's."""
    row = _held(rating)
    return drafts.keep(row, forms.draft(form_of(row).questions, given), base=base, now=now)


@transaction.atomic
def seal(*, rating: SecondRating, given: Mapping[str, str], now: datetime) -> ScoreSheet:
    """The levels as they are from now on, which the candidate is shown. Where the interviewer is far from them, the two
    may talk about it. Raises Incomplete, or Refused."""
    row = _held(rating)
    reading = forms.sealed(steps(), form_of(row).questions, given)
    if reading.faults:
        raise Incomplete(reading.faults)
    levels = {item: int(value) for item, value in reading.answers.items()}
    sheet = ScoreSheet.objects.create(
        submission=Submission.objects.get(session=row.session_id),
        source=ScoreSheet.Source.SECOND,
        rater_id=row.rater_id,
        overall=levels.pop("overall"),
        created_at=now,
        sealed_at=now,
    )
    ItemScore.objects.bulk_create(
        ItemScore(
            sheet=sheet,
            item=item,
            level=levels[item],
            # A person's word, who has seen the replay, is the evidence.
            evidence=[{"where": "second", "quote": "replay"}] if levels[item] else [],
        )
        for item in checklist.texts()
        if item in levels
    )
    row.sheet, row.answers = sheet, {}
    row.save(update_fields=["sheet", "answers"])
    _tell(row, now)
    return sheet


def _held(rating: SecondRating) -> SecondRating:
    """The row, held until the transaction ends; Refused where it is sealed, or no longer this rater's."""
    row = SecondRating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
    if row.sheet_id is not None:
        raise Refused("sealed", "You have sealed your levels; they stay as they are.")
    if row.rater_id != rating.rater_id:
        raise Refused("lapsed", "Your time for this session was over, and somebody else has taken it.")
    return row


def _tell(row: SecondRating, now: datetime) -> None:
    session = row.session
    for seat in session.seats.filter(left_at=None, role=Role.CANDIDATE).select_related("user"):
        write(
            seat.user,
            "The second rating of your interview is there",
            "interviews/second/mail/sealed.txt",
            ("interviews:report", session.pk),
            key=f"second:{row.pk}:sealed",
            now=now,
        )
    talk = discussed(row)
    for user in talk.users if talk else ():
        write(
            user,
            "You and another rater are far apart on an interview",
            "interviews/second/mail/apart.txt",
            ("interviews:second_talk", row.pk),
            key=f"second:{row.pk}:apart:{user.pk}",
            now=now,
        )
