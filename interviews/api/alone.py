"""Practising alone over REST: asking the rules for a fact, and being asked by them."""

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

from casebank.api.asked import Strict, sent
from interviews import access
from interviews.actions import alone as verbs
from interviews.actions import sessions
from interviews.models import Seat
from interviews.queries import server_time
from interviews.queries.alone import asked

# A longer question is refused by the verb, which says how long one may be.
_LONGEST = 10_000


class FactAskWrite(Strict):
    question = serializers.CharField(max_length=_LONGEST, allow_blank=True)


class FoundFactShape(serializers.Serializer[Any]):
    """Both empty where the case has no such fact: assume something and say so. `again`: you had been told before."""

    ask = serializers.CharField(default="")
    answer = serializers.CharField(default="")
    again = serializers.BooleanField()


class AskedShape(serializers.Serializer[Any]):
    """A question of the rules; `second` counts from the start, pauses too."""

    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes fields off the class
    second = serializers.IntegerField()


class NextAskedShape(serializers.Serializer[Any]):
    """Null where the rules have nothing left to ask."""

    question = AskedShape(allow_null=True)


@extend_schema(request=FactAskWrite, responses=FoundFactShape)
@api_view(["POST"])
def fact(request: Request, pk: UUID) -> Response:
    """Ask for a fact where nobody interviews: the one that answers your question best stands among those given then."""
    seat, now = access.candidate_in(request.user, pk), timezone.now()
    event = verbs.ask(seat=seat, question=sent(request, FactAskWrite)["question"], now=now)
    if event is None:
        return Response(FoundFactShape({"again": False}).data)
    found = {"ask": event.data["ask"], "answer": event.data["answer"], "again": event.at < now}
    return Response(FoundFactShape(found).data)


@extend_schema(methods=["GET"], operation_id="alone_asked", responses=AskedShape(many=True))
@extend_schema(methods=["POST"], request=None, responses={201: NextAskedShape})
@never_cache
@api_view(["GET", "POST"])
def questions(request: Request, pk: UUID) -> Response:
    """What the rules have asked you, the newest first; POST has them ask the next question."""
    seat = _candidate(request, pk)
    if request.method == "GET":
        return Response(AskedShape(asked(seat.session), many=True).data)
    made = verbs.be_asked(seat=seat, now=timezone.now())
    newest = asked(seat.session)[0] if made else None
    return Response(NextAskedShape({"question": newest}).data, status=201)


def _candidate(request: Request, pk: UUID) -> Seat:
    """The seat, after the session has been closed if its time is up."""
    access.candidate_in(request.user, pk)
    sessions.close_if_over(pk=pk, now=server_time.now())
    return access.candidate_in(request.user, pk)
