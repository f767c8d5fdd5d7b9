"""Disputes of levels over REST: the same verbs and doors as their page."""

from __future__ import annotations

from collections.abc import Iterable
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

from casebank.api.asked import Strict, for_interviewers, sent
from casebank.api.drafts import person
from casebank.limits import spend
from interviews import access
from interviews.actions import disputes as verbs
from interviews.models import Dispute, Seat
from interviews.queries.disputes import awaits, disputable, disputes_in, waiting_for
from interviews.queries.report import report

# Longer words are refused by the verb, which says how long they may be.
_LONGEST = 10_000
_LARGEST = 2**31 - 1


class DisputeAnswerShape(serializers.Serializer[Any]):
    """`level` is what its author would give now: the disputed one where they keep it."""

    by = serializers.CharField(source="by.user")
    level = serializers.IntegerField()
    words = serializers.CharField()
    at = serializers.DateTimeField()


class DisputeShape(serializers.Serializer[Any]):
    """A level of one point that the candidate disputes, on `sheet`, which is of `source`: "automatic", or
    "interviewer" (then `rater` says whose). `awaits_you`: you are to answer it."""

    id = serializers.IntegerField(source="pk")
    item = serializers.CharField()
    sheet = serializers.IntegerField(source="sheet_id")
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes fields off the class
    rater = serializers.SerializerMethodField()
    level = serializers.IntegerField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    answer = DisputeAnswerShape(default=None, allow_null=True)
    awaits_you = serializers.SerializerMethodField()

    def get_rater(self, row: Dispute) -> str:
        return str(row.sheet.rater) if row.sheet.rater else ""

    def get_awaits_you(self, row: Dispute) -> bool:
        return awaits(self.context["seat"], row)


class DisputableShape(serializers.Serializer[Any]):
    """A level that you may dispute: whose, on which sheet."""

    sheet = serializers.IntegerField(source="sheet.pk")
    name = serializers.CharField()
    level = serializers.IntegerField()


class PointShape(serializers.Serializer[Any]):
    disputes = DisputeShape(many=True)
    disputable = DisputableShape(many=True)


class AwaitedShape(serializers.Serializer[Any]):
    """A dispute that you are to answer, by its session and its point."""

    id = serializers.IntegerField(source="pk")
    session = serializers.UUIDField(source="seat.session_id")
    case = serializers.CharField(source="seat.session.case_version.title")
    candidate = serializers.CharField(source="seat.user")
    item = serializers.CharField()
    at = serializers.DateTimeField()


class DisputeWrite(Strict):
    """`sheet` is that of one of the point's `disputable`."""

    sheet = serializers.IntegerField(min_value=0, max_value=_LARGEST)
    words = serializers.CharField(max_length=_LONGEST, allow_blank=True)


class DisputeAnswerWrite(Strict):
    """`level` is the disputed one where you keep it."""

    dispute = serializers.IntegerField(min_value=0, max_value=_LARGEST)
    level = serializers.IntegerField(min_value=0, max_value=3)
    words = serializers.CharField(max_length=_LONGEST, allow_blank=True)


@extend_schema(operation_id="disputes_awaited", responses=AwaitedShape(many=True))
@for_interviewers
@never_cache
@api_view(["GET"])
def awaited(request: Request) -> Response:
    """The disputes that you are to answer, the oldest first, twenty at most."""
    return Response(AwaitedShape(waiting_for(person(request), timezone.now()), many=True).data)


@extend_schema(operation_id="disputes_list", responses=DisputeShape(many=True))
@never_cache
@api_view(["GET"])
def disputes(request: Request, pk: UUID) -> Response:
    """The disputes of this report that you may see, with their answers: your own as its candidate; an interviewer's
    once all that was written is shown."""
    seat = access.player_in(request.user, pk)
    found = disputes_in(seat, report(seat))
    return Response(_shown(seat, (row for rows in found.values() for row in rows)))


@extend_schema(methods=["GET"], operation_id="dispute_read", responses=PointShape)
@extend_schema(methods=["POST"], request=DisputeWrite, responses={201: DisputeShape})
@never_cache
@api_view(["GET", "POST"])
def point(request: Request, pk: UUID, item: str) -> Response:
    """The disputes of one point, and which of its levels you may dispute; POST disputes one, once. No level changes."""
    if request.method == "POST":
        return _file(request, access.candidate_in(request.user, pk), item)
    seat = access.player_in(request.user, pk)
    found = report(seat)
    rows, offered = disputes_in(seat, found).get(item, ()), disputable(seat, found, item)
    if not (rows or offered):
        raise Http404("There is no level here to dispute.")
    return Response({"disputes": _shown(seat, rows), "disputable": DisputableShape(offered, many=True).data})


@extend_schema(request=DisputeAnswerWrite, responses={201: DisputeAnswerShape})
@for_interviewers
@api_view(["POST"])
def answer(request: Request, pk: UUID, item: str) -> Response:
    """Answer a dispute as an interviewer, once: of your own level, or, as an opinion, of the automatic scorer's."""
    seat, now = access.interviewer_in(request.user, pk), timezone.now()
    said = sent(request, DisputeAnswerWrite)
    spend(verbs.DISPUTE, by=seat.user_id, now=now)
    row = Dispute.objects.filter(pk=said["dispute"], seat__session=pk).first()
    if row is None or row.item != item:
        raise Http404("There is no such dispute.")
    made = verbs.answer(seat=seat, now=now, **said)
    return Response(DisputeAnswerShape(made).data, status=201)


def _file(request: Request, seat: Seat, item: str) -> Response:
    now, said = timezone.now(), sent(request, DisputeWrite)
    spend(verbs.DISPUTE, by=seat.user_id, now=now)
    made = verbs.file(seat=seat, item=item, sheet=said["sheet"], reason=said["words"], now=now)
    return Response(DisputeShape(made, context={"seat": seat}).data, status=201)


def _shown(seat: Seat, rows: Iterable[Dispute]) -> Any:
    return DisputeShape(list(rows), many=True, context={"seat": seat}).data
