"""One's own sessions as one takes them along: what one wrote oneself, and what one may see by now.

What was said about somebody comes from the report as that seat sees it (queries.report), so that an export opens no
door which the page keeps shut. Of partners there is the display name, and what they wrote for this person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from interviews.models import (
    ChatMessage,
    Dispute,
    DisputeAnswer,
    Event,
    Feedback,
    FeedbackDraft,
    Mark,
    NotePicture,
    Role,
    ScoreSheet,
    Seat,
    State,
)
from interviews.queries import room
from interviews.queries.people_report import PeopleReport
from interviews.queries.report import Report, report
from interviews.rules import feedback as rules
from interviews.rules import seats

Row = dict[str, Any]
_ANSWER = ("answer__level", "answer__words", "answer__at")
_ABOUT_CANDIDATE = ("strength", "second_strength", "change")
_ABOUT_INTERVIEWER = (*rules.RATINGS, "keep", "change")


def seats_of(user: AbstractBaseUser) -> QuerySet[Seat]:
    """All seats that this person ever took, the oldest first."""
    held = Seat.objects.filter(user_id=user.pk).select_related(
        "session__case_version__case", "user", "consent"
    )
    return held.order_by("joined_at", "pk")


def facts_of(seat: Seat) -> Row:
    """When, on which case and with whom, in one flat row."""
    session = seat.session
    others = session.seats.exclude(pk=seat.pk).select_related("user").order_by("role", "part", "pk")
    consent = getattr(seat, "consent", None)
    return {
        "session": str(session.pk),
        "case": session.case_version.case.slug,
        "case_title": session.case_version.title,
        "case_version": session.case_version.number,
        "framework": session.framework,
        "level": session.level,
        "mode": session.mode,
        "role": seat.role,
        "part": seat.part,
        "with": ", ".join(f"{one.user} ({one.role})" for one in others),
        "created_at": session.created_at,
        "joined_at": seat.joined_at,
        "agreed_start": session.agreed_start,
        "started_at": session.started_at,
        "ended_at": session.ended_at,
        "end_reason": session.end_reason,
        "left_at": seat.left_at,
        "agrees_to_replay": consent.replay if consent else None,
    }


def written_by(seat: Seat) -> Row:
    """What this person wrote or marked here themselves; only for their eyes."""
    session = seat.session
    notes = room.notes(session) if seats.writes_notes(seat.role) else {}
    marks = Mark.objects.filter(session=session, rater_id=seat.user_id).order_by("at", "pk")
    given = Feedback.objects.filter(author=seat).select_related("about__user")
    return {
        "notes": {step: one["text"] for step, one in notes.items() if one["text"]},
        "chat": list(ChatMessage.objects.filter(seat=seat).values("at", "text")),
        "private_notes": room.private_note(seat)["text"],
        "marks": list(marks.values("item", "level", "reason", "automatic_level", "at")),
        "drafts": list(FeedbackDraft.objects.filter(author=seat).values("answers", "updated_at")),
        "feedback_given": [_feedback(one, about=str(one.about.user)) for one in given],
        "disputes": list(
            Dispute.objects.filter(seat=seat).values("item", "source", "level", "reason", "at", *_ANSWER)
        ),
        "answers_to_disputes": list(
            DisputeAnswer.objects.filter(by=seat).values("dispute__item", "level", "words", "at")
        ),
        "log": list(Event.objects.filter(seat=seat).values("at", "kind")),
    }


def told_to(seat: Seat, now: datetime) -> Row:
    """The sheets and the feedback that this person is shown by now; nothing for who watched or left."""
    if seat.role == Role.OBSERVER or seat.left_at or seat.session.state != State.ENDED:
        return {"sheets": [], "feedback_received": []}
    shown = report(seat, now=now)
    said = shown.feedback.about_me if shown.feedback else ()
    received = [_feedback(one.feedback, by=str(one.author.user)) for one in said if one.feedback]
    return {"sheets": list(_sheets(shown)), "feedback_received": received}


def pictures_of(seat: Seat) -> Iterator[tuple[str, bytes]]:
    """The pictures in one's own notes, each with a name for its file."""
    if seats.writes_notes(seat.role):
        for one in NotePicture.objects.filter(session=seat.session).iterator(chunk_size=4):
            yield f"{one.pk}.webp", bytes(one.data)


def _sheets(shown: Report) -> Iterator[Row]:
    for sheet in (shown.sheet, shown.judge.sheet, shown.own):
        if sheet:
            yield _sheet(sheet)
    for person in (shown.people, *shown.others, shown.second):
        if person:
            yield _opinions(person)


def _sheet(sheet: ScoreSheet) -> Row:
    return {
        "source": sheet.source,
        "by": f"{sheet.scorer} {sheet.scorer_version}".strip(),
        "at": sheet.created_at,
        "overall": sheet.overall,
        "items": [
            {"item": one.item, "level": one.level, "confidence": one.confidence, "evidence": one.evidence}
            for one in sheet.items.all()
        ],
    }


def _opinions(person: PeopleReport) -> Row:
    """A person's sheet; `at` is None while it has not been sent, which only its author sees."""
    return {
        "source": str(person.source),
        "by": person.name,
        "at": person.sent_at,
        "overall": person.verdict.level if person.verdict else None,
        "items": [
            {"item": item, "level": one.level, "reason": one.reason}
            for item, one in person.marks.items()
            if item
        ],
    }


def _feedback(one: Feedback, **who: str) -> Row:
    names = _ABOUT_CANDIDATE if one.sheet_id else _ABOUT_INTERVIEWER
    return {**who, "sent_at": one.sent_at, **{name: getattr(one, name) for name in names}}
