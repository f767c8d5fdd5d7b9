"""Rating others' sessions blind over REST: the same verbs and doors as the pages under /ratings/."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import for_interviewers, sent
from casebank.api.conditions import IF_MATCH, base_of, etag
from casebank.api.drafts import person
from casebank.api.problems import problem
from casebank.limits import spend
from interviews import access
from interviews.actions import second as verbs
from interviews.actions.drafts import Incomplete, Stale
from interviews.api.feedback import AnswersWrite, DraftKeptShape, QuestionShape, stale_problem
from interviews.api.shapes import SessionCaseShape
from interviews.audit import readings
from interviews.errors import Refused
from interviews.models import SecondRating, Submission
from interviews.queries import second as queries
from interviews.queries.scorer_input import own_drawing
from interviews.rules import second as rules


class OpenRatingShape(serializers.Serializer[Any]):
    """A session that is over, offered by its candidate. Whose it is nobody is told."""

    id = serializers.UUIDField()
    case = SessionCaseShape(source="session.case_version")
    level = serializers.CharField(source="session.level")
    offered_at = serializers.DateTimeField()


class HeldRatingShape(OpenRatingShape):
    """One that you have taken. Unless it is sealed by `due_at`, others may take it. `overall` 1-4 once it is sealed."""

    taken_at = serializers.DateTimeField()
    due_at = serializers.SerializerMethodField()
    sealed_at = serializers.DateTimeField(source="sheet.sealed_at", default=None, allow_null=True)
    overall = serializers.IntegerField(source="sheet.overall", default=None, allow_null=True)

    def get_due_at(self, row: SecondRating) -> datetime | None:
        return row.taken_at + rules.LAPSES if row.taken_at else None


class TalkingShape(serializers.Serializer[Any]):
    """A session on which you and another rater are far apart, by its rating; `open` points are to be closed."""

    id = serializers.UUIDField(source="rating.pk")
    case = SessionCaseShape(source="rating.session.case_version")
    open = serializers.IntegerField(source="open_gaps")


class RatingsShape(serializers.Serializer[Any]):
    """`open` is what you may take, `yours` what you have taken, the newest first. `unread` are cases, by their slugs,
    on which more is offered once you have read the guide. `talking` are those with points that you have not closed."""

    open = OpenRatingShape(many=True)
    yours = HeldRatingShape(many=True)
    unread = serializers.ListField(child=serializers.CharField())
    talking = TalkingShape(many=True)


class WorkShape(HeldRatingShape):
    """What you rate: the notes by step and the drawing as they were handed in. `answers` is your draft of the
    `questions`, levels and numbers as text, `version` its number."""

    task = serializers.CharField(source="session.case_version.summary")
    notes = serializers.DictField(child=serializers.CharField())
    elements = serializers.ListField(child=serializers.DictField())
    questions = QuestionShape(many=True)
    answers = serializers.DictField(child=serializers.CharField())
    version = serializers.IntegerField()


@extend_schema(operation_id="ratings_list", responses=RatingsShape)
@for_interviewers
@never_cache
@api_view(["GET"])
def ratings(request: Request) -> Response:
    """The sessions that you may rate, and those that you have taken; thirty of each at most."""
    user, now = person(request), timezone.now()
    page = {
        "open": queries.open_to(user, now)[: queries.MOST],
        "yours": queries.held_by(user)[: queries.MOST],
        "unread": [version.case.slug for version in queries.unread_by(user, now)],
        "talking": queries.talking(user),
    }
    return Response(RatingsShape(page).data)


@extend_schema(request=None, responses=HeldRatingShape)
@for_interviewers
@api_view(["POST"])
def take(request: Request, pk: UUID) -> Response:
    """Take one to rate it; 409 while you hold as many as one may."""
    user, now = person(request), timezone.now()
    spend(verbs.TAKE, by=user.pk, now=now)
    return Response(HeldRatingShape(verbs.take(user=user, rating=pk, now=now)).data)


@extend_schema(methods=["GET"], operation_id="rating_read", responses=WorkShape)
@extend_schema(methods=["PUT"], parameters=[IF_MATCH], request=AnswersWrite, responses=DraftKeptShape)
@extend_schema(methods=["DELETE"], responses={204: None})
@for_interviewers
@never_cache
@api_view(["GET", "PUT", "DELETE"])
def rating(request: Request, pk: UUID) -> Response:
    """The work and your draft, until you seal it. PUT keeps the draft, 409 or 412 with the stored answers if another
    window saved in between; DELETE gives the session back and lets the draft go."""
    row, now = access.second_rating(person(request), pk), timezone.now()
    if request.method == "DELETE":
        verbs.give_back(rating=row)
        return Response(status=204)
    if request.method == "PUT":
        try:
            kept, _ = _kept(request, row, now)
        except Stale as stale:
            return stale_problem(request, stale)
        return Response(DraftKeptShape(kept).data, headers=etag(kept.version))
    if row.sheet_id is not None:
        raise Refused("sealed", "You have sealed your levels; they stay as they are.")
    readings.work(row, now=now)
    form, handed_in = queries.form_of(row), Submission.objects.get(session=row.session_id)
    shown = HeldRatingShape(row).data | {
        "task": row.session.case_version.summary,
        "notes": handed_in.notes,
        "elements": own_drawing(handed_in),
        "questions": QuestionShape(form.questions, many=True).data,
        "answers": form.draft,
        "version": form.version,
    }
    return Response(shown, headers=etag(row.version))


@extend_schema(parameters=[IF_MATCH], request=AnswersWrite, responses={204: None})
@for_interviewers
@api_view(["POST"])
def seal(request: Request, pk: UUID) -> Response:
    """Save the draft and seal it, for good; 422 with `errors` by question where something is missing."""
    row, now = access.second_rating(person(request), pk), timezone.now()
    try:
        _, answers = _kept(request, row, now)
        verbs.seal(rating=row, given=answers, now=now)
    except Stale as stale:
        return stale_problem(request, stale)
    except Incomplete as incomplete:
        return problem(422, incomplete.code, incomplete.message, errors=incomplete.faults)
    return Response(status=204)


def _kept(request: Request, row: SecondRating, now: datetime) -> tuple[SecondRating, dict[str, str]]:
    """The draft as it is stored now, and the answers that were sent."""
    said = sent(request, AnswersWrite)
    base = base_of(request, said.get("base"))
    spend(verbs.SAVE, by=row.rater_id or 0, now=now)
    answers: dict[str, str] = said["answers"]
    return verbs.save_draft(rating=row, given=answers, base=base, now=now), answers
