"""What an interviewer does: telling facts and hints, marking. None of it is in a candidate's schema."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Strict, for_interviewers, sent
from interviews import access
from interviews.actions import conducting, facts, notes
from interviews.actions import marks as verbs
from interviews.models import Seat
from interviews.queries.guides import has_opened
from interviews.queries.marks import is_sealed, own_marks
from interviews.queries.report import report


class FactWrite(Strict):
    number = serializers.IntegerField(min_value=1, max_value=1000, help_text="Its place in the guide.")


class HintWrite(Strict):
    step = serializers.SlugField(max_length=40)
    grade = serializers.IntegerField(min_value=1, max_value=1000, help_text="From 1.")


class FlipWrite(Strict):
    text = serializers.CharField(max_length=5000)


class ProbeWrite(Strict):
    level = serializers.SlugField(max_length=40)
    number = serializers.IntegerField(min_value=1, max_value=1000)
    mark = serializers.CharField(max_length=20)


class TickWrite(Strict):
    item = serializers.CharField(max_length=40)
    level = serializers.IntegerField(min_value=0, max_value=3)


class MarkWrite(Strict):
    """After the end. An empty `item` is the verdict 1-4; `sheet` is the automatic sheet that was in view."""

    item = serializers.CharField(max_length=40, allow_blank=True)
    level = serializers.IntegerField(min_value=0, max_value=4)
    sheet = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, default=None)
    reason = serializers.CharField(max_length=2000, default="", allow_blank=True)


class ConfirmWrite(Strict):
    step = serializers.SlugField(max_length=40)
    sheet = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="The automatic one, by its id."
    )


class MarkShape(serializers.Serializer[Any]):
    item = serializers.CharField()
    level = serializers.IntegerField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class MarksShape(serializers.Serializer[Any]):
    """Your marks, the last of each point; `item` is empty for the verdict."""

    sealed = serializers.BooleanField()
    marks = MarkShape(many=True)


@extend_schema(request=FactWrite, responses={204: None})
@for_interviewers
@api_view(["POST"])
def fact(request: Request, pk: UUID) -> Response:
    """Give a fact."""
    seat = _reader_in(request, pk)
    facts.give(session=seat.session, seat=seat, now=timezone.now(), **sent(request, FactWrite))
    return Response(status=204)


@extend_schema(request=HintWrite, responses={204: None})
@for_interviewers
@api_view(["POST"])
def hint(request: Request, pk: UUID) -> Response:
    """Give the next hint of a step."""
    seat = _reader_in(request, pk)
    conducting.hint(session=seat.session, seat=seat, now=timezone.now(), **sent(request, HintWrite))
    return Response(status=204)


@extend_schema(request=FlipWrite, responses={204: None})
@for_interviewers
@api_view(["POST"])
def flip(request: Request, pk: UUID) -> Response:
    """Announce a changed constraint."""
    seat = _reader_in(request, pk)
    conducting.flip(session=seat.session, seat=seat, now=timezone.now(), **sent(request, FlipWrite))
    return Response(status=204)


@extend_schema(request=ProbeWrite, responses={204: None})
@for_interviewers
@api_view(["POST"])
def probe(request: Request, pk: UUID) -> Response:
    """Mark how the candidate came to a probe."""
    seat = _reader_in(request, pk)
    conducting.probe(session=seat.session, seat=seat, now=timezone.now(), **sent(request, ProbeWrite))
    return Response(status=204)


@extend_schema(request=TickWrite, responses=MarksShape)
@for_interviewers
@api_view(["POST"])
def tick(request: Request, pk: UUID) -> Response:
    """Give a point its level by ear, while the clock runs."""
    seat = _reader_in(request, pk)
    verbs.tick(seat=seat, now=timezone.now(), **sent(request, TickWrite))
    return _marks(seat)


@extend_schema(methods=["GET"], responses=MarksShape)
@extend_schema(methods=["POST"], request=MarkWrite, responses=MarksShape)
@for_interviewers
@never_cache
@api_view(["GET", "POST"])
def marks(request: Request, pk: UUID) -> Response:
    """Your marks; POST adds one after the end."""
    seat = access.interviewer_in(request.user, pk)
    if request.method == "POST":
        verbs.mark(seat=seat, now=timezone.now(), **sent(request, MarkWrite))
    return _marks(seat)


@extend_schema(request=None, responses=MarksShape)
@for_interviewers
@api_view(["POST"])
def seal(request: Request, pk: UUID) -> Response:
    """Close your own marks; from then on your report has the automatic levels."""
    seat = access.interviewer_in(request.user, pk)
    verbs.seal(seat=seat, now=timezone.now())
    return _marks(seat)


@extend_schema(request=ConfirmWrite, responses=MarksShape)
@for_interviewers
@api_view(["POST"])
def confirm(request: Request, pk: UUID) -> Response:
    """Confirm the automatic levels of a step's points that you have not marked."""
    seat, said = access.interviewer_in(request.user, pk), sent(request, ConfirmWrite)
    items = report(seat).points_of(said["step"])
    verbs.confirm(seat=seat, items=items, sheet=said["sheet"], now=timezone.now())
    return _marks(seat)


def _reader_in(request: Request, pk: UUID) -> Seat:
    """The interviewer's seat, where its guide is open or spoils nothing."""
    seat = access.interviewer_in(request.user, pk)
    notes.read_guide(seat=seat, now=timezone.now(), although_it_spoils=has_opened(seat))
    return seat


def _marks(seat: Seat) -> Response:
    found = own_marks(seat.session, seat.user_id)
    rows = [
        {"item": item, "level": one.level, "reason": one.reason, "at": one.at} for item, one in found.items()
    ]
    return Response(MarksShape({"sealed": is_sealed(seat), "marks": rows}).data)
