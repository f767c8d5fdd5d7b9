"""Sealed feedback over REST: the forms, their drafts, sending them, and what has been revealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import limits
from casebank.api.asked import Strict, sent
from casebank.api.conditions import IF_MATCH, base_of, conflict, etag
from casebank.api.problems import problem
from interviews import access
from interviews.actions import feedback as verbs
from interviews.actions import sessions
from interviews.actions.drafts import Incomplete, Stale
from interviews.audit import readings
from interviews.models import FeedbackDraft, Seat
from interviews.queries import server_time
from interviews.queries.feedback import Form, Said, form_of, forms_of, rates_first, revealed_to, stands
from interviews.rules.feedback import LONGEST_DRAFT

WORDS = ("strength", "second_strength", "keep", "change", "clear", "fair", "helpful")


class QuestionShape(serializers.Serializer[Any]):
    """`scale` is its values; without one it asks for words."""

    name = serializers.CharField()
    ask = serializers.CharField()
    needed = serializers.BooleanField()
    scale = serializers.SerializerMethodField()

    def get_scale(self, question: Any) -> list[int]:
        return [value for value, _ in question.scale]


class FeedbackFormShape(serializers.Serializer[Any]):
    """`about` is a seat; about your own you rate yourself. `answers` is the draft, `version` its number."""

    about = serializers.IntegerField(source="about.pk")
    name = serializers.CharField(source="about.user")
    kind = serializers.ChoiceField(choices=["candidate", "interviewer", "self"])
    questions = QuestionShape(many=True)
    answers = serializers.DictField(child=serializers.CharField(), source="draft")
    version = serializers.IntegerField()
    sent = serializers.SerializerMethodField()
    may_send = serializers.BooleanField()

    def get_sent(self, form: Form) -> bool:
        return form.sent is not None


class RevealedShape(serializers.Serializer[Any]):
    """What one wrote about another; `sent` is false where nothing was written."""

    author = serializers.CharField()
    about = serializers.CharField()
    sent = serializers.BooleanField()
    words = serializers.DictField()


class FeedbackShape(serializers.Serializer[Any]):
    """`stands` is what you have still to write: "" for nothing, rate, open, late, sent, over. `revealed` is empty while
    it is sealed."""

    stands = serializers.CharField()
    forms = FeedbackFormShape(many=True)
    revealed = RevealedShape(many=True)


class AnswersWrite(Strict):
    """`answers` {question: text, or the number of a scale as text}; `base` is the save that this one is based on."""

    answers = serializers.DictField(
        child=serializers.CharField(max_length=4 * LONGEST_DRAFT, allow_blank=True, trim_whitespace=False)
    )
    base = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class DraftKeptShape(serializers.Serializer[Any]):
    version = serializers.IntegerField()


@extend_schema(responses=FeedbackShape)
@never_cache
@api_view(["GET"])
def feedback(request: Request, pk: UUID) -> Response:
    """Your forms about the others, and first about yourself; and what has been revealed."""
    seat, now = _seat(request, pk), timezone.now()
    own = form_of(seat, seat, now) if rates_first(seat) else None
    forms = [*([own] if own else []), *forms_of(seat, now)]
    revealed = revealed_to(seat, now)
    readings.feedback(seat, revealed, now=now)
    said = (*revealed.about_me, *revealed.by_me) if revealed else ()
    return Response(
        FeedbackShape(
            {"stands": stands(seat, now), "forms": forms, "revealed": [_told(one) for one in said]}
        ).data
    )


@extend_schema(parameters=[IF_MATCH], request=AnswersWrite, responses=DraftKeptShape)
@api_view(["PUT"])
def draft(request: Request, pk: UUID, about_id: int) -> Response:
    """Keep what is written so far, which nobody else sees; 409 or 412 with the stored answers if somebody saved in
    between."""
    seat, about = _people(request, pk, about_id)
    try:
        kept, _ = _kept(request, seat, about, timezone.now())
    except Stale as stale:
        return stale_problem(request, stale)
    return Response(DraftKeptShape(kept).data, headers=etag(kept.version))


@extend_schema(parameters=[IF_MATCH], request=AnswersWrite, responses={204: None})
@api_view(["POST"])
def send(request: Request, pk: UUID, about_id: int) -> Response:
    """Save it and send it, sealed, or rate yourself; 422 with `errors` by question where something is missing."""
    (seat, about), now = _people(request, pk, about_id), timezone.now()
    try:
        _, answers = _kept(request, seat, about, now)
        if seat.pk == about.pk:
            verbs.rate_self(seat=seat, given=answers, now=now)
        else:
            verbs.send(seat=seat, about=about, given=answers, now=now)
    except Stale as stale:
        return stale_problem(request, stale)
    except Incomplete as incomplete:
        return problem(422, incomplete.code, incomplete.message, errors=incomplete.faults)
    return Response(status=204)


@extend_schema(request=None, responses={204: None})
@api_view(["POST"])
def skip(request: Request, pk: UUID) -> Response:
    """See the sheets without having rated yourself."""
    verbs.skip_self(seat=_seat(request, pk), now=timezone.now())
    return Response(status=204)


def stale_problem(request: Request, stale: Stale) -> Response:
    """A save that came too late, with what is stored."""
    stored = {"answers": stale.draft.answers, "version": stale.draft.version}
    return problem(conflict(request), stale.code, stale.message, **stored)


def _seat(request: Request, pk: UUID) -> Seat:
    access.seat_in(request.user, pk)
    sessions.close_if_over(pk=pk, now=server_time.now())
    return access.seat_in(request.user, pk)


def _kept(request: Request, seat: Seat, about: Seat, now: datetime) -> tuple[FeedbackDraft, dict[str, str]]:
    """The draft as it is stored now, and the answers that were sent."""
    said = sent(request, AnswersWrite)
    base = base_of(request, said.get("base"))
    limits.spend(verbs.SAVE, by=seat.user_id, now=now)
    answers: dict[str, str] = said["answers"]
    return verbs.save_draft(seat=seat, about=about, given=answers, base=base, now=now), answers


def _people(request: Request, pk: UUID, about_id: int) -> tuple[Seat, Seat]:
    seat = _seat(request, pk)
    about = seat.session.seats.filter(pk=about_id, left_at=None).select_related("user").first()
    if about is None or form_of(seat, about, timezone.now()) is None:
        raise Http404("There is nothing to write here.")
    return seat, about


def _told(said: Said) -> dict[str, Any]:
    row = said.feedback
    words = (
        {name: getattr(row, name) for name in WORDS if getattr(row, name) not in (None, "")} if row else {}
    )
    return {
        "author": str(said.author.user),
        "about": str(said.about.user),
        "sent": row is not None,
        "words": words,
    }
