"""The REST views: door, validate, verb, render."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import frameworks
from casebank.api.asked import Strict, for_interviewers, queried, query, sent
from interviews import access
from interviews.actions import jobs, judging, notes, sessions
from interviews.api import shapes
from interviews.audit import readings
from interviews.errors import Refused
from interviews.queries import server_time
from interviews.queries.clock import clock_message
from interviews.queries.report import report


class LensQuery(Strict):
    framework = serializers.ChoiceField(choices=list(frameworks.load()), required=False)


class RetryWrite(Strict):
    scorer = serializers.ChoiceField(choices=["local", "judge"], default="local")


class GuideQuery(Strict):
    anyway = serializers.ChoiceField(
        choices=["1"], required=False, help_text="Open it although it spoils an interview."
    )


@extend_schema(responses=shapes.OwnSessionShape)
@api_view(["GET"])
def session(request: Request, pk: UUID) -> Response:
    """The session's state, its clock, and this user's role in it."""
    now = server_time.now()
    sessions.close_if_over(pk=access.seat_in(request.user, pk).session_id, now=now)
    seat = access.seat_in(request.user, pk)
    clock = clock_message(seat.session, now)
    return Response(
        {
            **shapes.SessionShape(seat.session).data,
            "role": seat.role,
            "server_time": clock["server_time"],
            "clock": clock["clock"],
        }
    )


@extend_schema(responses=shapes.ReportShape)
@query(LensQuery)
@api_view(["GET"])
def session_report(request: Request, pk: UUID) -> Response:
    """The report, read through `?framework=`."""
    seat = access.seat_in(request.user, pk)
    said = queried(request, LensQuery)
    found, now = report(seat, lens=said.get("framework")), timezone.now()
    readings.report(seat, found, now=now)
    return Response(shapes.ReportShape(found).data)


@extend_schema(responses=OpenApiTypes.OBJECT)
@query(GuideQuery)
@for_interviewers
@never_cache
@api_view(["GET"])
def guide(request: Request, pk: UUID) -> Response:
    """The guide to the session's case, for its interviewer alone, who has seen the case from then on; 409 with the
    code would_spoil where another session is about to ask it of this person."""
    seat = access.interviewer_in(request.user, pk)
    anyway = queried(request, GuideQuery).get("anyway") == "1"
    return Response(notes.read_guide(seat=seat, now=timezone.now(), although_it_spoils=anyway))


@extend_schema(request=RetryWrite, responses={204: None})
@api_view(["POST"])
def retry(request: Request, pk: UUID) -> Response:
    """Score again what could not be scored, by the scorer or by the model judge."""
    seat = access.scoring_keeper_in(request.user, pk)
    said = sent(request, RetryWrite)
    found = report(seat)
    job = found.judge.job if said["scorer"] == "judge" else found.job
    if job is not None:
        jobs.retry(job=job, now=timezone.now())
    return Response(status=204)


@extend_schema(request=None, responses={204: None})
@api_view(["POST"])
def ask_judge(request: Request, pk: UUID) -> Response:
    """Send the design to the model judge, where this server has one."""
    found = report(access.scoring_keeper_in(request.user, pk))
    if found.submission is None:
        raise Refused("not_handed_in", "Nothing was handed in, so there is nothing to judge.")
    judging.request(submission=found.submission, now=timezone.now())
    return Response(status=204)
