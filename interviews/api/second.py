"""A session's second rating over REST, for those who were in it: how it stands, the offer, and the result."""

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

from casebank.limits import spend
from interviews import access
from interviews.actions import second as verbs
from interviews.audit import readings
from interviews.models import Seat
from interviews.queries.report import report
from interviews.queries.second import Standing, standing_of, talk_of

_NOTHING = Standing(None)


class SecondResultShape(serializers.Serializer[Any]):
    """A sheet rated blind: `overall` 1-4, and a level 0-3 for each point that was rated. Nobody is told whose it is."""

    sealed_at = serializers.DateTimeField()
    overall = serializers.IntegerField()
    levels = serializers.DictField(child=serializers.IntegerField())


class SecondShape(serializers.Serializer[Any]):
    """`refusal` says why it cannot be offered where it would be yours to offer; `may_withdraw`: nobody has taken it.
    `talk`: the rating under which an interviewer who is far apart from the result talks about it."""

    may_offer = serializers.BooleanField()
    refusal = serializers.CharField()
    may_withdraw = serializers.BooleanField()
    offered_at = serializers.DateTimeField(allow_null=True)
    result = SecondResultShape(allow_null=True)
    talk = serializers.UUIDField(source="talk.rating.pk", default=None, allow_null=True)


@extend_schema(methods=["GET"], operation_id="second_read", responses=SecondShape)
@extend_schema(methods=["POST"], request=None, responses={201: SecondShape})
@extend_schema(methods=["DELETE"], responses={204: None})
@never_cache
@api_view(["GET", "POST", "DELETE"])
def second(request: Request, pk: UUID) -> Response:
    """The second rating of this session. Its candidate offers it by POST, and takes the offer back by DELETE."""
    now = timezone.now()
    if request.method == "GET":
        return Response(_shown(access.player_in(request.user, pk), now))
    seat = access.candidate_in(request.user, pk)
    if request.method == "DELETE":
        verbs.withdraw(seat=seat, now=now)
        return Response(status=204)
    spend(verbs.OFFER, by=seat.user_id, now=now)
    verbs.offer(seat=seat, now=now)
    return Response(_shown(seat, now), status=201)


def _shown(seat: Seat, now: datetime) -> dict[str, Any]:
    found = report(seat, now=now)
    standing = standing_of(seat, found, now) or _NOTHING
    given, result = found.second, None
    if given and given.verdict:
        readings.second(seat, now=now)
        levels = {item: said.level for item, said in given.marks.items() if item}
        result = {"sealed_at": given.sent_at, "overall": given.verdict.level, "levels": levels}
    shown: dict[str, Any] = SecondShape(
        {
            "may_offer": standing.may_offer,
            "refusal": standing.refusal,
            "may_withdraw": standing.may_withdraw,
            "offered_at": standing.rating.offered_at if standing.rating else None,
            "result": result,
            "talk": talk_of(seat, found),
        }
    ).data
    return shown
